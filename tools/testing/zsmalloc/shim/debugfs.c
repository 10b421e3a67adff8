// SPDX-License-Identifier: GPL-2.0-only
/*
 * A flat list of directories and files. As in the kernel, the parent may be an
 * error pointer, then nothing is made, and a name exists once in a directory.
 */
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"

struct dentry {
	struct list_head node;
	struct dentry *parent;
	char name[64];
	void *data;
	const struct file_operations *fops;
};

static LIST_HEAD(dentries);
static DEFINE_MUTEX(lock);

static struct dentry *lookup(const char *name, struct dentry *parent)
{
	struct dentry *dentry;

	list_for_each_entry(dentry, &dentries, node)
		if (dentry->parent == parent && !strcmp(dentry->name, name))
			return dentry;
	return NULL;
}

struct dentry *debugfs_create_file(const char *name, int mode, struct dentry *parent,
				   void *data, const struct file_operations *fops)
{
	struct dentry *dentry;

	might_sleep();
	if (IS_ERR(parent))
		return parent;
	if (shim_fails_now())
		return ERR_PTR(-ENOMEM);
	mutex_lock(&lock);
	if (lookup(name, parent)) {
		dentry = ERR_PTR(-EEXIST);
	} else {
		dentry = calloc(1, sizeof(*dentry));
		snprintf(dentry->name, sizeof(dentry->name), "%s", name);
		dentry->parent = parent;
		dentry->data = data;
		dentry->fops = fops;
		list_add_tail(&dentry->node, &dentries);
	}
	mutex_unlock(&lock);
	return dentry;
}

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	return debugfs_create_file(name, 0755, parent, NULL, NULL);
}

static int bool_show(struct seq_file *m, void *v)
{
	seq_puts(m, READ_ONCE(*(bool *)m->private) ? "Y\n" : "N\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(bool);

void debugfs_create_bool(const char *name, int mode, struct dentry *parent, bool *value)
{
	debugfs_create_file(name, mode, parent, value, &bool_fops);
}

static void remove_tree(struct dentry *dentry)
{
	struct dentry *child, *next;

	list_for_each_entry_safe(child, next, &dentries, node) {
		if (child->parent == dentry && !child->fops)
			shim_bug("debugfs: a directory goes that holds others");
		if (child->parent == dentry) {
			list_del(&child->node);
			free(child);
		}
	}
	list_del(&dentry->node);
	free(dentry);
}

void debugfs_remove(struct dentry *dentry)
{
	might_sleep();
	if (IS_ERR_OR_NULL(dentry))
		return;
	mutex_lock(&lock);
	remove_tree(dentry);
	mutex_unlock(&lock);
}

static struct dentry *find(const char *dir, const char *file)
{
	struct dentry *dentry, *hit = NULL;

	mutex_lock(&lock);
	list_for_each_entry(dentry, &dentries, node)
		if (dentry->fops && !strcmp(dentry->name, file) &&
		    !strcmp(dentry->parent->name, dir))
			hit = dentry;
	mutex_unlock(&lock);
	return hit;
}

int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data)
{
	struct seq_file *m = calloc(1, sizeof(*m));

	m->private = data;
	m->show = show;
	file->private_data = m;
	return 0;
}

int single_release(struct inode *inode, struct file *file)
{
	free(file->private_data);
	return 0;
}

/* All of it at once: the text is left in the seq_file. */
ssize_t seq_read(struct file *file, char *to, size_t len, loff_t *pos)
{
	struct seq_file *m = file->private_data;

	return m->show(m, NULL);
}

loff_t seq_lseek(struct file *file, loff_t pos, int whence)
{
	return pos;
}

void *memdup_user_nul(const void *from, size_t len)
{
	char *copy = kmalloc(len + 1, GFP_KERNEL);

	if (!copy)
		return ERR_PTR(-ENOMEM);
	memcpy(copy, from, len);
	copy[len] = 0;
	return copy;
}

char *shim_debugfs_read(const char *dir, const char *file)
{
	struct dentry *dentry = find(dir, file);
	struct file opened = { };
	struct seq_file m = { };
	char *text;

	if (!dentry)
		return NULL;
	if (dentry->fops->show) {
		m.private = dentry->data;
		dentry->fops->show(&m, NULL);
		return m.text;
	}
	dentry->fops->open(&(struct inode){ dentry->data }, &opened);
	dentry->fops->read(&opened, NULL, 0, NULL);
	text = ((struct seq_file *)opened.private_data)->text;
	dentry->fops->release(NULL, &opened);
	return text;
}

ssize_t shim_debugfs_write(const char *dir, const char *file, const char *text, size_t len)
{
	struct dentry *dentry = find(dir, file);
	struct file opened = { };
	ssize_t ret;

	if (!dentry || !dentry->fops->write)
		return -EACCES;
	dentry->fops->open(&(struct inode){ dentry->data }, &opened);
	ret = dentry->fops->write(&opened, text, len, NULL);
	dentry->fops->release(NULL, &opened);
	return ret;
}

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	char line[512];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof(line))
		shim_bug("seq_printf: a line of %d bytes", len);
	if (m->used + len + 1 > m->size) {
		m->size = 2 * (m->used + len + 1);
		m->text = realloc(m->text, m->size);
	}
	memcpy(m->text + m->used, line, len + 1);
	m->used += len;
}

void seq_puts(struct seq_file *m, const char *text)
{
	seq_printf(m, "%s", text);
}
