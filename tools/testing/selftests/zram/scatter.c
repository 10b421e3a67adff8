// SPDX-License-Identifier: GPL-2.0-only
/*
 * scatter DEVICE COMMAND NUMBER SEED: fills memory with pages that a device stores, and
 * leaves holes between them. They are incompressible, so that each takes a page.
 *
 *	fill KIB SEED		until MemFree is below KIB; prints how many blocks
 *	halve BLOCKS SEED	discards a random half of the first BLOCKS
 *	verify BLOCKS SEED	the others hold what was written, these read as zeroes
 *	program KIB SEED	no DEVICE: the same with pages of this program, which goes on
 *				to exist when it has printed how many
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "page.h"

/* blocks at once; MemFree is read before each */
#define BATCH 64

static unsigned char pages[BATCH][BLK] __attribute__((aligned(BLK)));
static unsigned char want[BLK] __attribute__((aligned(BLK)));
static uint64_t seed;
static int fd;

static int fail(const char *what, uint64_t block)
{
	fprintf(stderr, "%s at %llu, seed %llu\n", what, (unsigned long long)block,
		(unsigned long long)seed);
	return 1;
}

static void make(void *page, uint64_t block)
{
	uint64_t state = seed << 32 ^ block, *word = page;

	for (unsigned int i = 0; i < BLK_WORDS; i++)
		word[i] = rng_next(&state);
}

static bool dropped(uint64_t block)
{
	uint64_t state = ~seed << 32 ^ block;

	return rng_next(&state) >> 63;
}

static long free_kib(void)
{
	FILE *f = fopen("/proc/meminfo", "r");
	char key[64];
	long value, found = -1;

	while (f && fscanf(f, "%63s %ld%*[^\n]", key, &value) == 2)
		if (!strcmp(key, "MemFree:"))
			found = value;
	if (f)
		fclose(f);
	return found;
}

static int fill(long kib)
{
	uint64_t block = 0;
	long now;

	while ((now = free_kib()) >= kib) {
		for (unsigned int i = 0; i < BATCH; i++)
			make(pages[i], block + i);
		if (pwrite(fd, pages, sizeof(pages), block * BLK) != sizeof(pages))
			return fail(strerrorname_np(errno), block);
		block += BATCH;
	}
	if (now < 0)
		return fail("no MemFree", block);
	printf("%llu\n", (unsigned long long)block);
	return 0;
}

static int halve(uint64_t blocks)
{
	for (uint64_t i = 0; i < blocks; i++) {
		uint64_t range[2] = { i * BLK, BLK };

		if (dropped(i) && ioctl(fd, BLKDISCARD, range))
			return fail(strerrorname_np(errno), i);
	}
	return 0;
}

static int verify(uint64_t blocks)
{
	for (uint64_t at = 0; at < blocks; at += BATCH) {
		if (pread(fd, pages, sizeof(pages), at * BLK) != sizeof(pages))
			return fail(strerrorname_np(errno), at);
		for (uint64_t i = 0; i < BATCH && at + i < blocks; i++) {
			memset(want, 0, BLK);
			if (!dropped(at + i))
				make(want, at + i);
			if (memcmp(pages[i], want, BLK))
				return fail("differs", at + i);
		}
	}
	return 0;
}

static int program(long kib)
{
	size_t size = (size_t)1 << 32;
	unsigned char *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uint64_t blocks = 0;

	if (at == MAP_FAILED)
		return fail(strerrorname_np(errno), 0);
	for (; blocks * BLK < size && free_kib() >= kib; blocks += BATCH)
		for (unsigned int i = 0; i < BATCH; i++)
			at[(blocks + i) * BLK] = 1;
	for (uint64_t i = 0; i < blocks; i++)
		if (dropped(i) && madvise(at + i * BLK, BLK, MADV_DONTNEED))
			return fail(strerrorname_np(errno), i);
	printf("%llu\n", (unsigned long long)blocks);
	fflush(stdout);
	return pause();
}

int main(int argc, char **argv)
{
	unsigned long long number;

	if (argc != 5) {
		fprintf(stderr, "usage: scatter DEVICE fill|halve|verify|program NUMBER SEED\n");
		return 2;
	}
	number = strtoull(argv[3], NULL, 0);
	seed = strtoull(argv[4], NULL, 0);
	if (!strcmp(argv[2], "program"))
		return program(number);
	fd = open(argv[1], O_RDWR | O_DIRECT);
	if (fd < 0)
		return fail(strerrorname_np(errno), 0);
	if (!strcmp(argv[2], "fill"))
		return fill(number);
	if (!strcmp(argv[2], "halve"))
		return halve(number);
	if (!strcmp(argv[2], "verify"))
		return verify(number);
	return 2;
}
