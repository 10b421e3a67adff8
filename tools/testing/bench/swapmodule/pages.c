// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages are stored?
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "swap.h"

/* Pages of one repeated word are no work for a compressor: they are left out. */
static bool one_word(const unsigned long *w)
{
	unsigned int i;

	for (i = 1; i < PAGE_SIZE / sizeof(*w); i++)
		if (w[i] != w[0])
			return false;
	return true;
}

static void keep_useful(struct sample *sample, u32 pages)
{
	u32 i;

	for (i = 0; i < pages; i++) {
		const void *from = sample->data + (size_t)i * PAGE_SIZE;

		if (one_word(from))
			continue;
		memmove(sample->data + (size_t)sample->nr * PAGE_SIZE, from, PAGE_SIZE);
		sample->nr++;
	}
}

int sample_read(struct sample *sample, const char *path)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0, size;
	ssize_t done;

	if (IS_ERR(file))
		return PTR_ERR(file);
	size = round_down(i_size_read(file_inode(file)), PAGE_SIZE);
	sample->data = vmalloc(size);
	sample->size = vmalloc(size / PAGE_SIZE * sizeof(*sample->size));
	if (!sample->data || !sample->size || !size) {
		fput(file);
		return -ENOMEM;
	}
	while (pos < size) {
		done = kernel_read(file, sample->data + pos, size - pos, &pos);
		if (done <= 0) {
			fput(file);
			return done ?: -EIO;
		}
	}
	fput(file);
	keep_useful(sample, size / PAGE_SIZE);
	return sample->nr ? 0 : -ENODATA;
}

void sample_free(struct sample *sample)
{
	vfree(sample->data);
	vfree(sample->size);
}

const void *sample_page(const struct sample *sample, u32 nr)
{
	return sample->data + (size_t)(nr % sample->nr) * PAGE_SIZE;
}
