// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inputs of a fuzzer once more, without it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "replay.h"

int main(int argc, char **argv)
{
	static uint8_t data[1 << 20];
	int n;

	for (n = 1; n < argc; n++) {
		FILE *file = fopen(argv[n], "rb");
		size_t size;

		if (!file) {
			printf("not ok fuzz - %s cannot be read\n", argv[n]);
			return 1;
		}
		size = fread(data, 1, sizeof(data), file);
		fclose(file);
		/* for the log, where the program dies */
		fprintf(stderr, "%s\n", argv[n]);
		LLVMFuzzerTestOneInput(data, size);
	}
	if (argc < 2) {
		printf("not ok fuzz - there is no input\n");
		return 1;
	}
	printf("ok fuzz/replay_of_%d_inputs\n", argc - 1);
	fuzz_done();
	return 0;
}
