// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmapdisk DEVICE BLOCKS: fills a disk through a shared mapping, has it written out and
 * forgotten, and reads it through another mapping. The pages are those of "blkio write" with
 * seed 3.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "page.h"

#define SEED 3

static unsigned char *map_disk(int fd, size_t len, int prot)
{
	void *disk = mmap(NULL, len, prot, MAP_SHARED, fd, 0);

	if (disk == MAP_FAILED) {
		perror("mmap");
		exit(2);
	}
	return disk;
}

int main(int argc, char **argv)
{
	unsigned char want[BLK] __attribute__((aligned(BLK)));
	unsigned char *disk;
	uint64_t blocks;
	size_t len;
	int fd;

	if (argc != 3) {
		fprintf(stderr, "usage: mmapdisk DEVICE BLOCKS\n");
		return 2;
	}
	blocks = strtoull(argv[2], NULL, 0);
	len = blocks * BLK;
	fd = open(argv[1], O_RDWR);
	if (fd < 0) {
		perror(argv[1]);
		return 2;
	}
	disk = map_disk(fd, len, PROT_READ | PROT_WRITE);
	for (uint64_t i = 0; i < blocks; i++)
		page_fill(disk + i * BLK, SEED, i, 0);
	if (msync(disk, len, MS_SYNC) || munmap(disk, len) || ioctl(fd, BLKFLSBUF, 0)) {
		perror("write out");
		return 1;
	}
	disk = map_disk(fd, len, PROT_READ);
	for (uint64_t i = 0; i < blocks; i++) {
		page_fill(want, SEED, i, 0);
		if (memcmp(disk + i * BLK, want, BLK)) {
			page_complain(disk + i * BLK, SEED, i);
			return 1;
		}
	}
	printf("%llu blocks, 0 wrong\n", (unsigned long long)blocks);
	return 0;
}
