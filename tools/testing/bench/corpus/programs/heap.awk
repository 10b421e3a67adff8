# SPDX-License-Identifier: GPL-2.0-only
# An awk that counts: an associative array of text.
BEGIN {
	srand(1)
	for (n = 0; n < 40000; n++) {
		key = int(rand() * 1000000) " " int(n / 7)
		seen[key] = "GET /item/" n "?page=" int(rand() * 50) " HTTP/1.1"
	}
	print "ready"
	fflush()
	getline
}
