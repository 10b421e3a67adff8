/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the pages of swappages are, and the ways to get one that may be lost.
 */
#ifndef ZSWAP_SELFTEST_SWAPREGION_H
#define ZSWAP_SELFTEST_SWAPREGION_H

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "page.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define HUGE_PAGE (512ul * BLK)

enum way { TOUCH, PROC_MEM, WRITE, READ, WAYS };

/* Each with the error that says that a page is lost; touching it is a signal. */
static const struct {
	const char *name;
	int lost;
} ways[WAYS] = { { "touch", 0 }, { "mem", EIO }, { "write", EFAULT }, { "read", EIO } };

static unsigned char *mem;
static uint64_t pages;
static int file = -1;
static int proc_mem = -1;
static int pipe_end[2];

static __thread sigjmp_buf lost;
static __thread volatile bool reading;

static inline void bus_error(int sig)
{
	if (!reading)
		_exit(128 + sig);
	siglongjmp(lost, 1);
}

static inline bool touch(uint64_t *copy, const void *page)
{
	if (sigsetjmp(lost, 1)) {
		reading = false;
		return false;
	}
	reading = true;
	memcpy(copy, page, BLK);
	reading = false;
	return true;
}

/* False if the page is lost; what cannot be had for another reason is a wrong page. */
static inline bool get(enum way way, uint64_t *copy, uint64_t index)
{
	unsigned char *page = mem + index * BLK;
	ssize_t got = -1;

	memset(copy, 0, BLK);
	switch (way) {
	case PROC_MEM:
		got = pread(proc_mem, copy, BLK, (uintptr_t)page);
		break;
	case WRITE:
		got = write(pipe_end[1], page, BLK);
		if (got > 0)
			got = read(pipe_end[0], copy, got);
		break;
	case READ:
		got = pread(file, copy, BLK, index * BLK);
		break;
	default:
		return touch(copy, page);
	}
	if (got == -1 && errno == ways[way].lost)
		return false;
	if (got != BLK)
		fprintf(stderr, "wrong page %llu: %zd bytes, error %d\n",
			(unsigned long long)index, got, got < 0 ? errno : 0);
	return true;
}

/* How many of them are in swap, and not in memory. */
static inline uint64_t swapped(void)
{
	int fd = open("/proc/self/pagemap", O_RDONLY);
	uint64_t entry, found = 0;
	unsigned char in_memory;

	for (uint64_t i = 0; i < pages; i++) {
		if (file >= 0) {
			/* The page table forgets where a page of a file went. */
			if (!mincore(mem + i * BLK, BLK, &in_memory))
				found += !(in_memory & 1);
		} else if (pread(fd, &entry, sizeof(entry), ((uintptr_t)mem / BLK + i) * 8) == 8) {
			found += entry >> 62 & 1;
		}
	}
	close(fd);
	return found;
}

/* As the second argument of swappages says; false if that cannot be had. */
static inline bool map(const char *how)
{
	bool huge = how && !strcmp(how, "huge");
	size_t slack = huge ? HUGE_PAGE : 0;
	unsigned char *got;

	if (how && !huge) {
		file = open(how, O_RDWR | O_CREAT, 0600);
		if (file < 0 || ftruncate(file, pages * BLK))
			return false;
	}
	got = mmap(NULL, pages * BLK + slack, PROT_READ | PROT_WRITE,
		   file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, file, 0);
	if (got == MAP_FAILED)
		return false;
	mem = got;
	proc_mem = open("/proc/self/mem", O_RDONLY);
	if (huge) {
		mem += -(uintptr_t)mem % HUGE_PAGE;
		if (madvise(mem, pages * BLK, MADV_HUGEPAGE))
			return false;
	}
	return proc_mem >= 0 && !pipe(pipe_end);
}

#endif /* ZSWAP_SELFTEST_SWAPREGION_H */
