/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An array of pointers with 32-bit indices, and numbers handed out.
 *
 * Loads take no lock and may run against changes. Nodes are given back only by
 * xa_destroy(), so that no load meets a node that is gone.
 */
#ifndef _SHIM_XARRAY_H
#define _SHIM_XARRAY_H

#define XA_CHUNK_SHIFT	6

struct xa_node {
	unsigned int shift;
	u64 room;
	void *slot[1 << XA_CHUNK_SHIFT];
};

struct xarray {
	spinlock_t xa_lock;
	struct xa_node *root;
	unsigned long first;
};

struct xa_limit {
	u32 max;
	u32 min;
};

#define XA_LIMIT(lo, hi)	((struct xa_limit){ .min = (lo), .max = (hi) })
#define xa_limit_32b		XA_LIMIT(0, U32_MAX)
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)
#define XA_FLAGS_ALLOC		1u
#define XA_FLAGS_ALLOC1		2u

void xa_init_flags(struct xarray *xa, unsigned int flags);
#define xa_init(xa)		xa_init_flags(xa, 0)
void xa_destroy(struct xarray *xa);
void *xa_load(struct xarray *xa, unsigned long index);
int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_erase(struct xarray *xa, unsigned long index);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max);
bool xa_empty(struct xarray *xa);

#define xa_err(entry)		(IS_ERR(entry) ? (int)PTR_ERR(entry) : 0)
#define xa_lock(xa)		spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)		spin_unlock(&(xa)->xa_lock)
#define xa_for_each_start(xa, index, entry, start)				\
	for ((index) = (start), (entry) = xa_find(xa, &(index), U32_MAX); (entry); \
	     (index)++, (entry) = xa_find(xa, &(index), U32_MAX))
#define xa_for_each(xa, index, entry)	xa_for_each_start(xa, index, entry, 0)

#define SHIM_IDS	65536

struct ida {
	spinlock_t lock;
	DECLARE_BITMAP(used, SHIM_IDS);
};

#define DEFINE_IDA(name)	struct ida name = { .lock = SHIM_LOCK_INIT }
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);

#endif /* _SHIM_XARRAY_H */
