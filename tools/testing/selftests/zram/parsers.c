// SPDX-License-Identifier: GPL-2.0-only
/*
 * parsers list:		the attributes that can be written, a line each
 * parsers texts SEED COUNT:	random texts into all of them
 * parsers orders:		every order of three stores, and all that can be read after each
 *
 * A store that fails has a documented error and changes nothing: not what any attribute
 * shows, and no data.
 */
#include "parsers.h"

typedef uint32_t u32;
typedef uint64_t u64;

#include "../../zram/texts.c"

#define BLOCKS	64

/* Beside EINVAL; what is not here has no other error than EBUSY. */
static const struct {
	const char *attribute;
	int errors[8];
} documented[] = {
	{ "disksize", { EBUSY, ENOMEM } },
	{ "reset", { EBUSY } },
	{ "compact", { 0 } },
	{ "mem_limit", { 0 } },
	{ "mem_used_max", { 0 } },
	{ "comp_algorithm", { EBUSY, E2BIG } },
	{ "recomp_algorithm", { EBUSY, E2BIG } },
	{ "recompress", { E2BIG, ENOMEM } },	/* over the limit */
	{ "algorithm_params", { EBUSY, E2BIG, EOPNOTSUPP } },
	/* And what finding a file may end with. */
	{ "backing_dev", { EBUSY, ENOTBLK, ENOENT, ENOTDIR, ENAMETOOLONG, EACCES } },
	{ "writeback", { ENODEV, ERANGE, EIO, ENOSPC } },
	{ "writeback_limit", { 0 } },
	{ "writeback_limit_enable", { 0 } },
	{ "writeback_batch_size", { 0 } },
	{ "compressed_writeback", { EBUSY } },
	{ "idle", { 0 } },
	{ "hot_remove", { EBUSY, ENODEV } },
	{ NULL, { 0 } },
};

static bool is_documented(const char *attribute, int err)
{
	unsigned int n, i;

	if (err == EINVAL)
		return true;
	for (n = 0; documented[n].attribute; n++) {
		if (strcmp(documented[n].attribute, attribute))
			continue;
		for (i = 0; i < 8; i++)
			if (documented[n].errors[i] == err)
				return true;
		return false;
	}
	return err == EBUSY;
}

static int open_disk(void)
{
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/dev/zram%d", device);
	fd = open(path, O_RDWR | O_DIRECT);
	if (fd < 0)
		broken("%s: %s", path, strerror(errno));
	return fd;
}

static void choose(const char *name, const char *text)
{
	const struct attribute *attribute = attribute_named(name);
	int err = attribute ? store(attribute, text, strlen(text)) : 0;

	if (err)
		broken("%s: %s", name, strerror(err));
}

/* A device with data and with all that texts may then use, or one without a size. */
static void set_up(bool ready)
{
	static unsigned char page[BLK] __attribute__((aligned(BLK)));
	unsigned int n;
	int fd;

	fresh_device();
	if (!ready)
		return;
	choose("backing_dev", "/dev/loop0");
	choose("recomp_algorithm", "algo=zstd priority=1");
	choose("disksize", "4M");
	fd = open_disk();
	for (n = 0; n < BLOCKS; n++) {
		page_fill(page, device, n, 1);
		if (pwrite(fd, page, BLK, n * BLK) != BLK)
			broken("block %u: %s", n, strerror(errno));
	}
	close(fd);
	look();
}

static void verify(void)
{
	static unsigned char page[BLK] __attribute__((aligned(BLK)));
	static unsigned char want[BLK];
	unsigned int n;
	int fd = open_disk();

	for (n = 0; n < BLOCKS; n++) {
		page_fill(want, device, n, 1);
		if (pread(fd, page, BLK, n * BLK) != BLK)
			broken("block %u: %s", n, strerror(errno));
		if (memcmp(page, want, BLK))
			broken("block %u has other data", n);
	}
	close(fd);
	look();
}

static void failed(const struct attribute *attribute, const char *text, size_t len, int err)
{
	const struct attribute *changed = look();
	bool partly = !strcmp(attribute->name, "writeback") && (err == EIO || err == ENOSPC);

	if (is_documented(attribute->name, err) && (!changed || partly))
		return;
	print_text(text, len);
	broken("%s: %s%s%s", attribute->name, strerror(err),
	       changed ? ", and another value of " : " is not documented",
	       changed ? changed->name : "");
}

/* These end what there was: data, and the choices of before. */
static bool ends_it(const struct attribute *attribute)
{
	return !strcmp(attribute->name, "disksize") || !strcmp(attribute->name, "reset") ||
	       !strcmp(attribute->name, "hot_remove");
}

/* What ends it comes less often: a new device takes far longer than a store. */
static struct attribute *any_writable(struct rnd *rnd)
{
	struct attribute *attribute;

	do {
		attribute = &attributes[rnd_below(rnd, nr_attributes)];
	} while (!attribute->writable || (ends_it(attribute) && rnd_below(rnd, 16)));
	return attribute;
}

static int texts(unsigned long long seed, unsigned long count)
{
	struct rnd rnd = { .state = seed };
	unsigned long n, accepted = 0;
	static char text[MAX_TEXT];
	struct attribute *attribute;
	bool ready = false;
	size_t len;
	int err;

	set_up(ready);
	for (n = 0; n < count; n++) {
		if (n % 1024 == 1023) {
			if (ready)
				verify();
			ready = !ready;
			set_up(ready);
		}
		attribute = any_writable(&rnd);
		len = text_random(&rnd, grammar, text);
		if (!len)
			continue;
		err = store(attribute, text, len);
		if (err) {
			failed(attribute, text, len, err);
			continue;
		}
		accepted++;
		if (ends_it(attribute))
			set_up(ready);
		else
			look();
	}
	remove_device();
	printf("%lu texts, %lu accepted\n", n, accepted);
	return accepted < count / 100 || accepted == n;
}

/* What is done to a device in its life; those that a kernel has not got are left out. */
static const struct {
	const char *attribute, *text;
} steps[] = {
	{ "disksize", "1M" },
	{ "reset", "1" },
	{ "comp_algorithm", "zstd" },
	{ "recomp_algorithm", "algo=lz4 priority=1" },
	{ "algorithm_params", "priority=0 level=3" },
	{ "backing_dev", "/dev/loop%u" },	/* of the part */
	{ "mem_limit", "64K" },
	{ "idle", "all" },
	{ "recompress", "type=idle" },
	{ "writeback", "idle" },
	{ "writeback_limit_enable", "1" },
	{ NULL, NULL },
};

#define MAX_STEPS	16

/* Most of the time is spent waiting for devices to come and go: several at a time. */
#define PARTS		4

static void take(unsigned int nr, unsigned int part)
{
	const struct attribute *attribute = attribute_named(steps[nr].attribute);
	char text[64];
	int len, err;

	len = snprintf(text, sizeof(text), steps[nr].text, part);
	err = store(attribute, text, len);
	if (err)
		failed(attribute, text, len, err);
	else
		look();
}

/* All are looked at after each step: shorter orders are the starts of longer ones. */
static unsigned int orders_of(const unsigned int *there, unsigned int nr, unsigned int part)
{
	unsigned int n, done = 0;

	for (n = part; n < nr * nr * nr; n += PARTS) {
		unsigned int first = n / nr / nr, second = n / nr % nr, third = n % nr;

		if (first == second || second == third || first == third)
			continue;
		fresh_device();
		take(there[first], part);
		take(there[second], part);
		take(there[third], part);
		done++;
	}
	remove_device();
	return done;
}

static int orders(void)
{
	unsigned int there[MAX_STEPS], nr = 0, n, part;
	int status, bad = 0;

	fresh_device();
	for (n = 0; steps[n].attribute && nr < MAX_STEPS; n++)
		if (attribute_named(steps[n].attribute))
			there[nr++] = n;
	remove_device();
	for (part = 0; part < PARTS; part++) {
		if (fork())
			continue;
		printf("%u orders of 3 out of %u stores\n", orders_of(there, nr, part), nr);
		exit(nr < 5);
	}
	while (wait(&status) > 0)
		bad |= status;
	return !!bad;
}

static int list(void)
{
	unsigned int n;

	fresh_device();
	for (n = 0; n < nr_attributes; n++)
		if (attributes[n].writable)
			puts(attributes[n].name);
	remove_device();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "texts"))
		return texts(strtoull(argv[2], NULL, 0), strtoul(argv[3], NULL, 0));
	if (argc == 2 && !strcmp(argv[1], "orders"))
		return orders();
	if (argc == 2 && !strcmp(argv[1], "list"))
		return list();
	fprintf(stderr, "usage: parsers list | texts SEED COUNT | orders\n");
	return 2;
}
