// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real pages, and the order in which they are used.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "zram_bench.h"

static bool is_one_word(const unsigned long *words)
{
	return !memcmp(words, words + 1, PAGE_SIZE - sizeof(*words));
}

static int read_all(struct pages *pages, struct file *file, u32 nr)
{
	loff_t pos = 0;

	while (nr--) {
		struct page *page = alloc_page(GFP_KERNEL);
		void *mem;

		if (!page)
			return -ENOMEM;
		mem = page_address(page);
		if (kernel_read(file, mem, PAGE_SIZE, &pos) != PAGE_SIZE) {
			__free_page(page);
			return -EIO;
		}
		if (is_one_word(mem))
			__free_page(page);
		else
			pages->page[pages->nr++] = page;
	}
	return pages->nr ? 0 : -EINVAL;
}

/**
 * pages_read() - read the pages
 * @pages: set
 * @path: of a file of pages
 *
 * Return: 0 or a negative error.
 */
int pages_read(struct pages *pages, const char *path)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	int err = -ENOMEM;
	u32 nr;

	if (IS_ERR(file))
		return PTR_ERR(file);
	nr = i_size_read(file_inode(file)) / PAGE_SIZE;
	pages->nr = 0;
	pages->page = vmalloc(array_size(nr, sizeof(*pages->page)));
	if (pages->page)
		err = read_all(pages, file, nr);
	filp_close(file, NULL);
	if (err)
		pages_free(pages);
	return err;
}

void pages_free(struct pages *pages)
{
	while (pages->nr)
		__free_page(pages->page[--pages->nr]);
	vfree(pages->page);
	pages->page = NULL;
}

/**
 * pages_order() - the numbers from 0 on in random order
 * @nr: how many
 * @seed: the same one gives the same order
 *
 * Return: to be given to vfree(); or NULL.
 */
u32 *pages_order(u32 nr, u64 seed)
{
	u32 *order = vmalloc(array_size(nr, sizeof(*order)));
	struct rnd rnd = { .state = seed };
	u32 n;

	if (!order)
		return NULL;
	for (n = 0; n < nr; n++)
		order[n] = n;
	for (n = nr; n > 1; n--) {
		u32 other = rnd_below(&rnd, n);

		swap(order[n - 1], order[other]);
	}
	return order;
}
