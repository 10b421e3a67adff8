// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does an object get damaged when a test wants it to be?
 *
 * Memory that fails, or somebody who writes where he should not, changes an object
 * and leaves the slot and the allocator alone. So does this.
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/bitops.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/zsmalloc.h>

#include "damage.h"
#include "page_io.h"
#include "zram.h"

static void flip(u8 *mem, u32 bit, u32 nr_bits)
{
	for (; nr_bits--; bit++)
		mem[bit / 8] ^= BIT(bit % 8);
}

/* Context: slot lock held. */
static int damage_object(struct zram_store *store, const struct zram_content *content,
			 const struct zram_damage_request *request, u8 *buf)
{
	unsigned int size = zram_content_size(content);
	struct zs_reading reading;
	void *mem;

	if (!size || content->bits & ZRAM_WB)
		return -ENOENT;
	if (request->bit >= size * 8 || request->nr_bits > size * 8 - request->bit)
		return -ERANGE;

	mem = zs_read_begin(store->pool, content->value, size, buf, &reading);
	if (!mem)
		return -EIO;
	if (mem != buf)
		memcpy(buf, mem, size);
	zs_read_end(&reading);
	flip(buf, request->bit, request->nr_bits);
	return zs_obj_write(store->pool, content->value, buf, size);
}

/**
 * zram_damage() - invert bits of an object
 * @store: the disk
 * @request: which; the same request again undoes it
 *
 * Context: sleeps.
 * Return: 0; -ERANGE if the disk has no such page, or its object no such bits;
 *	   -ENOENT if the page has no object; -ENOMEM.
 */
int zram_damage(struct zram_store *store, const struct zram_damage_request *request)
{
	struct zram_content content;
	struct zram_slot *slot;
	u8 *buf;
	int err;

	if (request->index >= store->table.nr_slots)
		return -ERANGE;
	slot = zram_table_find(&store->table, request->index);
	if (!slot)
		return -ENOENT;
	buf = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;

	zram_slot_lock(&store->table, slot);
	content = zram_slot_content(slot);
	err = damage_object(store, &content, request, buf);
	zram_page_unlock(store, slot);
	kfree(buf);
	return err;
}

static ssize_t damage_write(struct file *file, const char __user *from, size_t len, loff_t *pos)
{
	struct zram *zram = file->private_data;
	struct zram_damage_request request;
	char *text = memdup_user_nul(from, min_t(size_t, len, PAGE_SIZE));
	int err;

	if (IS_ERR(text))
		return PTR_ERR(text);
	err = len > PAGE_SIZE ? -EINVAL : zram_request_damage(text, len, &request);
	if (!err) {
		down_read(&zram->init_lock);
		err = zram_device_ready(zram) ? zram_damage(&zram->store, &request) : -EINVAL;
		up_read(&zram->init_lock);
	}
	if (err)
		zram_refused(zram->disk->disk_name, "damage", text, min_t(size_t, len, PAGE_SIZE),
			     err);
	kfree(text);
	return err ?: len;
}

const struct file_operations zram_damage_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = damage_write,
	.llseek = noop_llseek,
};
