/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device and its attributes, whatever they are, for parsers.c.
 */
#ifndef ZRAM_SELFTEST_PARSERS_H
#define ZRAM_SELFTEST_PARSERS_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "page.h"

#define CONTROL		"/sys/class/zram-control/"
#define MAX_ATTRIBUTES	64
#define MAX_SHOWN	4096

struct attribute {
	char name[32];
	int fd;			/* open for what it allows */
	bool readable;
	bool writable;
	char shown[MAX_SHOWN];	/* at the last look */
	ssize_t len;		/* of that */
};

static struct attribute attributes[MAX_ATTRIBUTES];
static unsigned int nr_attributes;
static int device = -1;

static void broken(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	exit(1);
}

static void print_text(const char *text, size_t len)
{
	size_t n;

	for (n = 0; n < len && n < 200; n++) {
		if (text[n] >= ' ' && text[n] <= '~' && text[n] != '\\')
			putchar(text[n]);
		else
			printf("\\%03o", (unsigned char)text[n]);
	}
	putchar('\n');
}

static void add_attribute(const char *dir, const char *name)
{
	struct attribute *attribute = &attributes[nr_attributes];
	char path[512];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (lstat(path, &st) || !S_ISREG(st.st_mode))
		return;
	if (nr_attributes == MAX_ATTRIBUTES)
		broken("more than %d attributes", MAX_ATTRIBUTES);
	attribute->readable = st.st_mode & 0444;
	attribute->writable = st.st_mode & 0222;
	snprintf(attribute->name, sizeof(attribute->name), "%s", name);
	attribute->fd = open(path, !attribute->writable ? O_RDONLY :
				   attribute->readable ? O_RDWR : O_WRONLY);
	if (attribute->fd < 0)
		broken("%s: %s", path, strerror(errno));
	nr_attributes++;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct attribute *)a)->name, ((const struct attribute *)b)->name);
}

/* What every block device has is none of ours: a loop device has it too. */
static void find_attributes(void)
{
	char dir[64], generic[512];
	struct dirent *entry;
	DIR *all;

	snprintf(dir, sizeof(dir), "/sys/block/zram%d", device);
	if (access("/sys/block/loop0", F_OK))
		broken("there is no loop0 to compare with");
	all = opendir(dir);
	while (all && (entry = readdir(all))) {
		snprintf(generic, sizeof(generic), "/sys/block/loop0/%s", entry->d_name);
		if (access(generic, F_OK))
			add_attribute(dir, entry->d_name);
	}
	if (!all || nr_attributes < 10)
		broken("%s: hardly an attribute", dir);
	closedir(all);
	add_attribute(CONTROL, "hot_remove");
	/* The order of a directory is no one's: the same seed has to give the same stores. */
	qsort(attributes, nr_attributes, sizeof(attributes[0]), by_name);
}

static struct attribute *attribute_named(const char *name)
{
	unsigned int n;

	for (n = 0; n < nr_attributes; n++)
		if (!strcmp(attributes[n].name, name))
			return &attributes[n];
	return NULL;
}

/* 0 or an error number */
static int store(const struct attribute *attribute, const char *text, size_t len)
{
	ssize_t done = pwrite(attribute->fd, text, len, 0);

	if (done < 0)
		return errno;
	if ((size_t)done != len)
		broken("%s: %zd of %zu bytes", attribute->name, done, len);
	return 0;
}

/* A line each, or nothing where there may be no line. */
static bool is_lines(const struct attribute *attribute, const char *shown, ssize_t len)
{
	if (!len)
		return !strcmp(attribute->name, "recomp_algorithm");
	return len > 0 && shown[len - 1] == '\n';
}

/* Every attribute that can be read, read; returns the first that is not as it was. */
static const struct attribute *look(void)
{
	const struct attribute *changed = NULL;
	struct attribute *attribute;
	static char shown[MAX_SHOWN];
	ssize_t len;

	for (attribute = attributes; attribute < attributes + nr_attributes; attribute++) {
		if (!attribute->readable)
			continue;
		len = pread(attribute->fd, shown, sizeof(shown), 0);
		if (!is_lines(attribute, shown, len))
			broken("%s cannot be read, or has no end of line", attribute->name);
		if (memchr(shown, 0, len) || memmem(shown, len, "(null)", 6) ||
		    memmem(shown, len, "(efault)", 8))
			broken("%s shows what is not there", attribute->name);
		if (len != attribute->len || memcmp(shown, attribute->shown, len))
			changed = changed ?: attribute;
		memcpy(attribute->shown, shown, len);
		attribute->len = len;
	}
	return changed;
}

static void close_device(void)
{
	while (nr_attributes)
		close(attributes[--nr_attributes].fd);
	memset(attributes, 0, sizeof(attributes));
}

static void remove_device(void)
{
	struct attribute *hot_remove = attribute_named("hot_remove");
	char id[16];
	int err;

	snprintf(id, sizeof(id), "%d", device);
	err = store(hot_remove, id, strlen(id));
	/* A text may have removed it. */
	if (err && err != ENODEV)
		broken("zram%d cannot be removed: %s", device, strerror(err));
	close_device();
}

static void fresh_device(void)
{
	int fd = open(CONTROL "hot_add", O_RDONLY);
	char id[16] = "";

	if (nr_attributes)
		remove_device();
	if (fd < 0 || read(fd, id, sizeof(id) - 1) <= 0)
		broken("hot_add: %s", strerror(errno));
	close(fd);
	device = atoi(id);
	find_attributes();
	look();
}

/* What random texts are put together from. */
static const char *const grammar[] = {
	"0", "1", "1 ", "2", "7", "-1", "42", "4095", "65536", "18446744073709551615",
	"18446744073709551616", "1M", "4M", "64K", "16E", "1Gjunk", "0x100000", "all", "all\n",
	"idle", "huge", "huge_idle", "incompressible", "none", "type=", "type=idle ", "type=huge ",
	"type=huge_idle ", "page_index=3 ", "page_index=1023 ", "page_index=9999999 ",
	"page_indexes=0-9 ", "page_indexes=5-2 ", "threshold=100 ", "threshold=4096 ",
	"max_pages=5 ", "algo=zstd ", "algo=lz4 ", "algo=deflate ", "algo=nosuch ", "priority=1 ",
	"priority=2 ", "priority=0 ", "priority=4 ", "level=1 ", "level=-100000 ", "level=999 ",
	"deflate.winbits=-15 ", "deflate.winbits=99 ", "dict=/dev/null ", "dict=/nosuch ",
	"zstd", "lz4", "lzo-rle", "842\n", "lz4hc", "nosuch", "y", "n", "on", "off", "/dev/loop0",
	"/dev/loop0\n", "/dev/null", "/nosuch", "/", "\t", "\n", " ", "=",
	"xxxxxxxxxxxxxxxxxxxxxxxxxx", NULL
};

#endif /* ZRAM_SELFTEST_PARSERS_H */
