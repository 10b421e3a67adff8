// SPDX-License-Identifier: GPL-2.0-only
/*
 * blkio DEVICE COMMAND START COUNT [ARGUMENT]: block I/O past the page cache,
 * in blocks of 4096 bytes, one request a block. Prints "OK", or the name of the error and
 * the block where it happened.
 *
 *	write START COUNT SEED		pages that say SEED and their block
 *	verify START COUNT SEED		the same pages come back
 *	repeat START COUNT WORD		pages of one repeated 64-bit word
 *	isrepeat START COUNT WORD	the same pages come back
 *	random START COUNT SEED		incompressible pages
 *	israndom START COUNT SEED	the same pages come back
 *	letters START COUNT SEED	64 letters at random: LZ finds nothing, entropy coding does
 *	isletters START COUNT SEED	the same pages come back
 *	copy START COUNT SOURCE		blocks 1.. of another device
 *	compare START COUNT SOURCE	the same data come back
 *	discard START COUNT		BLKDISCARD
 *	zeroout START COUNT		BLKZEROOUT
 *	rawread OFFSET LENGTH		one pread of bytes, whatever the alignment
 *	rawwrite OFFSET LENGTH		one pwrite of bytes, whatever the alignment
 *	hold SECONDS 0			keeps the device open
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "page.h"

static unsigned char page[BLK] __attribute__((aligned(BLK)));
static unsigned char want[BLK] __attribute__((aligned(BLK)));

static int answer(const char *what, long long block)
{
	printf("%s at %lld\n", what, block);
	return 1;
}

/* What block @index should hold; false if @kind has no such data. */
static bool make_page(const char *kind, uint64_t index, const char *arg, int source)
{
	uint64_t seed = arg ? strtoull(arg, NULL, 0) : 0;
	uint64_t *w = (uint64_t *)want;
	uint64_t state = seed ^ index << 24;

	if (strstr(kind, "repeat")) {
		for (unsigned int i = 0; i < BLK_WORDS; i++)
			w[i] = seed;
		return true;
	}
	if (strstr(kind, "random")) {
		for (unsigned int i = 0; i < BLK_WORDS; i++)
			w[i] = rng_next(&state);
		return true;
	}
	if (strstr(kind, "letters")) {
		for (unsigned int i = 0; i < BLK; i++)
			want[i] = ' ' + rng_next(&state) % 64;
		return true;
	}
	if (source >= 0)
		return pread(source, want, BLK, (off_t)(index + 1) * BLK) == BLK;
	page_fill(want, seed, index, 0);
	return true;
}

static int transfer(int fd, const char *kind, uint64_t start, uint64_t count, const char *arg)
{
	bool reading = !strcmp(kind, "verify") || !strcmp(kind, "compare") ||
		       !strncmp(kind, "is", 2);
	int source = -1;

	if (!strcmp(kind, "copy") || !strcmp(kind, "compare")) {
		source = open(arg, O_RDONLY | O_DIRECT);
		if (source < 0)
			return answer("no source", 0);
	}
	for (uint64_t i = start; i < start + count; i++) {
		ssize_t n;

		if (!make_page(kind, i, arg, source))
			return answer("source error", i);
		if (reading)
			n = pread(fd, page, BLK, (off_t)i * BLK);
		else
			n = pwrite(fd, want, BLK, (off_t)i * BLK);
		if (n < 0)
			return answer(strerrorname_np(errno), i);
		if (n != BLK)
			return answer("short", i);
		if (reading && memcmp(page, want, BLK))
			return answer("differs", i);
	}
	if (!reading && fsync(fd))
		return answer(strerrorname_np(errno), -1);
	printf("OK\n");
	return 0;
}

static int free_range(int fd, unsigned long cmd, uint64_t start, uint64_t count)
{
	uint64_t range[2] = { start * BLK, count * BLK };

	if (ioctl(fd, cmd, range))
		return answer(strerrorname_np(errno), start);
	printf("OK\n");
	return 0;
}

static int raw(int fd, bool writing, off_t offset, size_t len)
{
	unsigned char *buf = aligned_alloc(BLK, (len + BLK - 1) / BLK * BLK);
	ssize_t n;

	if (!buf)
		return answer("ENOMEM", offset);
	memset(buf, 0x5a, len);
	n = writing ? pwrite(fd, buf, len, offset) : pread(fd, buf, len, offset);
	if (n < 0)
		return answer(strerrorname_np(errno), offset);
	printf("OK %zd\n", n);
	return 0;
}

int main(int argc, char **argv)
{
	const char *arg = argc > 5 ? argv[5] : NULL;
	uint64_t start, count;
	int fd;

	if (argc < 5) {
		fprintf(stderr, "usage: blkio DEVICE COMMAND START COUNT [ARGUMENT]\n");
		return 2;
	}
	start = strtoull(argv[3], NULL, 0);
	count = strtoull(argv[4], NULL, 0);
	fd = open(argv[1], O_RDWR | O_DIRECT);
	if (fd < 0)
		return answer(strerrorname_np(errno), -1);
	if (!strcmp(argv[2], "discard"))
		return free_range(fd, BLKDISCARD, start, count);
	if (!strcmp(argv[2], "zeroout"))
		return free_range(fd, BLKZEROOUT, start, count);
	if (!strcmp(argv[2], "rawread") || !strcmp(argv[2], "rawwrite"))
		return raw(fd, argv[2][3] == 'w', start, count);
	if (!strcmp(argv[2], "hold"))
		return sleep(start);
	return transfer(fd, argv[2], start, count, arg);
}
