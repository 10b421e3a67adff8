// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shim itself: that its parts compute what they should, and that it ends the
 * program where it promises to. A check that never fires would prove nothing.
 */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static void bits_are_found(void)
{
	struct rnd rnd = { test_options.seed };
	DECLARE_BITMAP(map, 200);
	int round, n;

	for (round = 0; round < 2000; round++) {
		unsigned int bits = rnd_range(&rnd, 1, 200), from = rnd_below(&rnd, bits);
		unsigned int first = bits, zero = bits, last = bits, next = bits, weight = 0;

		for (n = 0; n < 200; n++)
			if (rnd_below(&rnd, round % 7 + 2))
				__clear_bit(n, map);
			else
				__set_bit(n, map);
		for (n = bits - 1; n >= 0; n--) {
			if (!test_bit(n, map)) {
				zero = n;
				continue;
			}
			first = n;
			last = last == bits ? (unsigned int)n : last;
			next = n >= (int)from ? (unsigned int)n : next;
			weight++;
		}
		expect(find_first_bit(map, bits) == first);
		expect(find_first_zero_bit(map, bits) == zero);
		expect(find_last_bit(map, bits) == last);
		expect(find_next_bit(map, bits, from) == next);
		expect(bitmap_weight(map, bits) == weight);
	}
}

#define SPAN	5000

/* Against an array: lowest free index first, found again, walked in order. */
static void the_array_is_an_array(void)
{
	static char marks[SPAN];
	static void *model[SPAN];
	struct rnd rnd = { test_options.seed };
	unsigned long index;
	struct xarray xa;
	void *entry;
	u32 id, n, low;
	int round;

	memset(model, 0, sizeof(model));
	xa_init_flags(&xa, XA_FLAGS_ALLOC);
	for (round = 0; round < 30000; round++) {
		n = rnd_below(&rnd, SPAN);
		if (rnd_below(&rnd, round / 1000 % 2 ? 3 : 8)) {
			for (low = 0; low < SPAN && model[low]; low++)
				;
			if (low == SPAN)
				continue;
			expect(xa_alloc(&xa, &id, &marks[low], xa_limit_32b, GFP_KERNEL) == 0);
			expect(id == low, "%u, not %u", id, low);
			model[low] = &marks[low];
		} else {
			expect(xa_erase(&xa, n) == model[n], "%u", n);
			model[n] = NULL;
		}
		expect(xa_load(&xa, n) == model[n], "%u", n);
	}
	n = 0;
	xa_for_each(&xa, index, entry) {
		for (; n < index; n++)
			expect(!model[n], "%u was left out", n);
		expect(model[n++] == entry, "%lu", index);
	}
	for (; n < SPAN; n++)
		expect(!model[n], "%u was left out", n);
	expect(!xa_load(&xa, U32_MAX) && !xa_load(&xa, SPAN * 64));
	expect(xa_alloc(&xa, &id, marks, XA_LIMIT(0, 2), GFP_KERNEL) == -EBUSY || id <= 2);
	xa_destroy(&xa);
}

static bool dies(void (*deed)(void))
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (!child) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, 1);
		dup2(null, 2);
		deed();
		_exit(0);
	}
	expect(child > 0 && waitpid(child, &status, 0) == child);
	return !WIFEXITED(status) || WEXITSTATUS(status);
}

static DEFINE_SPINLOCK(some_lock);

static void ask_for_two_pages(void)
{
	alloc_pages(GFP_KERNEL, 1);
}

static void ask_slab_for_more_than_a_page(void)
{
	kfree(kmalloc(PAGE_SIZE + 1, GFP_KERNEL));
}

static void ask_slab_for_highmem(void)
{
	kfree(kmalloc(10, GFP_KERNEL | __GFP_HIGHMEM));
}

static void sleep_under_a_spinlock(void)
{
	spin_lock(&some_lock);
	kfree(kmalloc(10, GFP_KERNEL));
}

static void lock_twice(void)
{
	spin_lock(&some_lock);
	spin_lock(&some_lock);
}

static void assert_a_lock_that_is_free(void)
{
	lockdep_assert_held(&some_lock);
}

static void unmap_in_the_wrong_order(void)
{
	struct page *a = alloc_page(GFP_KERNEL), *b = alloc_page(GFP_KERNEL);
	void *first = kmap_local_page(a);

	kmap_local_page(b);
	kunmap_local(first);
}

static void free_a_mapped_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	kmap_local_page(page);
	__free_page(page);
}

static void add_to_a_list_twice(void)
{
	LIST_HEAD(head);
	struct list_head entry;

	list_add(&entry, &head);
	list_add(&entry, &head);
}

static void copy_beyond_a_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char buf[16];

	memcpy_from_page(buf, page, PAGE_SIZE - 8, 16);
}

#ifdef __SANITIZE_ADDRESS__
static void touch_an_unmapped_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char *mem = kmap_local_page(page);

	kunmap_local(mem);
	WRITE_ONCE(*mem, 0);
}

static void touch_the_byte_behind_a_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char *mem = kmap_local_page(page);

	WRITE_ONCE(mem[PAGE_SIZE], 0);
}

static void touch_a_freed_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char *mem = kmap_local_page(page);

	kunmap_local(mem);
	__free_page(page);
	WRITE_ONCE(*mem, 0);
}
#endif

static void what_is_forbidden_ends_the_program(void)
{
	expect(dies(ask_for_two_pages));
	expect(dies(ask_slab_for_more_than_a_page));
	expect(dies(ask_slab_for_highmem));
	expect(dies(sleep_under_a_spinlock));
	expect(dies(lock_twice));
	expect(dies(assert_a_lock_that_is_free));
	expect(dies(unmap_in_the_wrong_order));
	expect(dies(free_a_mapped_page));
	expect(dies(add_to_a_list_twice));
	expect(dies(copy_beyond_a_page));
#ifdef __SANITIZE_ADDRESS__
	expect(dies(touch_an_unmapped_page));
	expect(dies(touch_the_byte_behind_a_page));
	expect(dies(touch_a_freed_page));
#endif
}

static void what_is_kept_is_counted(void)
{
	struct shim_usage before = shim_usage();
	struct page *page = alloc_page(GFP_KERNEL);
	void *mem = kmalloc(1, GFP_KERNEL);

	expect(!shim_usage_same(before, shim_usage()));
	__free_page(page);
	expect(!shim_usage_same(before, shim_usage()));
	kfree(mem);
	expect(shim_usage_same(before, shim_usage()));
}

static const struct test_case shim_cases[] = {
	{ "bits_are_found", bits_are_found },
	{ "the_array_is_an_array", the_array_is_an_array },
	{ "what_is_forbidden_ends_the_program", what_is_forbidden_ends_the_program },
	{ "what_is_kept_is_counted", what_is_kept_is_counted },
	{ }
};

const struct test_suite shim_suite = { "shim", shim_cases };
