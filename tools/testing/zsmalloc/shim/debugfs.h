/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of debugfs that a test can read.
 */
#ifndef _SHIM_DEBUGFS_H
#define _SHIM_DEBUGFS_H

struct dentry;

struct seq_file {
	void *private;
	int (*show)(struct seq_file *m, void *v);
	char *text;
	size_t used, size;
};

struct inode {
	void *i_private;
};

struct file {
	void *private_data;
};

/* Either @show, or @open, which calls single_open(), and whatever is called after it. */
struct file_operations {
	int (*show)(struct seq_file *m, void *v);
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	ssize_t (*read)(struct file *file, char *to, size_t len, loff_t *pos);
	ssize_t (*write)(struct file *file, const char *from, size_t len, loff_t *pos);
	loff_t (*llseek)(struct file *file, loff_t pos, int whence);
	struct module *owner;
};

int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data);
int single_release(struct inode *inode, struct file *file);
ssize_t seq_read(struct file *file, char *to, size_t len, loff_t *pos);
loff_t seq_lseek(struct file *file, loff_t pos, int whence);
void *memdup_user_nul(const void *from, size_t len);

#define DEFINE_SHOW_ATTRIBUTE(name) \
	static const struct file_operations name##_fops = { .show = name##_show }

void seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
void seq_puts(struct seq_file *m, const char *text);

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent);
struct dentry *debugfs_create_file(const char *name, int mode, struct dentry *parent,
				   void *data, const struct file_operations *fops);
void debugfs_create_bool(const char *name, int mode, struct dentry *parent, bool *value);
void debugfs_remove(struct dentry *dentry);
#define debugfs_remove_recursive	debugfs_remove

#endif /* _SHIM_DEBUGFS_H */
