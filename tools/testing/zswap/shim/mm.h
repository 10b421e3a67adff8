/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What zswap's sources expect of kernel headers beyond what the allocator's do: pages of
 * the swap cache, swap areas, and parts of the kernel that are not modelled. It is
 * included behind the shim of the allocator's harness, ahead of every file.
 */
#ifndef _SHIM_MM_H
#define _SHIM_MM_H

/* One node, one group that is charged to nobody, no huge pages. */
#define nr_node_ids		1
#define NUMA_NO_NODE		(-1)
#define page_to_nid(page)	((void)(page), 0)
#define for_each_node(nid)	for ((nid) = 0; (nid) < nr_node_ids; (nid)++)
#define num_possible_nodes()	nr_node_ids
#define next_node_in(nid, nodes)	(((nid) + 1) % nr_node_ids)
#define num_online_cpus()	1
#define PageTransHuge(page)	((void)(page), false)
#define PageTransCompound(page)	((void)(page), false)
#define thp_nr_pages(page)	((void)(page), 1)

struct obj_cgroup;
#define get_obj_cgroup_from_page(page)			((void)(page), (struct obj_cgroup *)NULL)
#define obj_cgroup_put(objcg)				((void)(objcg))
#define obj_cgroup_charge_zswap(objcg, bytes)		((void)(objcg))
#define obj_cgroup_uncharge_zswap(objcg, bytes)		((void)(objcg))
#define count_objcg_event(objcg, event)			((void)(objcg))
#define count_vm_event(event)				((void)0)
#define memalloc_noreclaim_save()			0u
#define memalloc_noreclaim_restore(flags)		((void)(flags))
#define totalram_pages()				16ul
#define schedule_timeout_uninterruptible(jiffies)	cpu_relax()
#define flush_dcache_page(page)				((void)(page))

/* Whoever waits gives way, and the workers have their time. */
#define DECLARE_WAIT_QUEUE_HEAD(name)	atomic_t name = ATOMIC_INIT(0)
#define wq_has_sleeper(wq)		atomic_read(wq)
#define wake_up_all(wq)			shim_step(wq, SHIM_WRITE)
#define wait_event_timeout(wq, cond, timeout)					\
({										\
	long __left = (timeout);						\
										\
	atomic_inc(&(wq));							\
	while (!(cond) && __left--)						\
		shim_wait();							\
	atomic_dec(&(wq));							\
	__left < 0 ? 0 : max(__left, 1L);					\
})
void shim_wait(void);

/* Time stands still while tasks run; each schedule is long after the one before. */
extern unsigned long shim_jiffies;
#define jiffies			shim_jiffies
#define time_after(a, b)	((long)((b) - (a)) < 0)

struct kmem_cache;
#define KMEM_CACHE(type, flags)		((struct kmem_cache *)sizeof(struct type))
#define kmem_cache_alloc(cache, gfp)	kmalloc((size_t)(cache), gfp)
#define kmem_cache_zalloc(cache, gfp)	kzalloc((size_t)(cache), gfp)
#define kmem_cache_free(cache, mem)	kfree(mem)

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct percpu_ref {
	atomic_t count;
};

static inline void percpu_ref_get(struct percpu_ref *ref)
{
	if (atomic_inc_return(&ref->count) <= 1)
		shim_bug("percpu_ref: a reference is taken to something that is gone");
}

static inline void percpu_ref_put(struct percpu_ref *ref)
{
	if (atomic_dec_return(&ref->count) < 0)
		shim_bug("percpu_ref: a reference is dropped that nobody had");
}

#define SHIM_PAGE_FLAG(name, bit)						\
static inline bool Page##name(struct page *page)				\
{										\
	shim_step(&page->flags, SHIM_READ);					\
	return page->flags & BIT(bit);						\
}										\
static inline void SetPage##name(struct page *page)				\
{										\
	shim_step(&page->flags, SHIM_WRITE);					\
	page->flags |= BIT(bit);						\
}										\
static inline void ClearPage##name(struct page *page)				\
{										\
	shim_step(&page->flags, SHIM_WRITE);					\
	page->flags &= ~BIT(bit);						\
}

SHIM_PAGE_FLAG(Uptodate, PG_uptodate)
SHIM_PAGE_FLAG(Dirty, PG_dirty)
SHIM_PAGE_FLAG(Writeback, PG_writeback)
SHIM_PAGE_FLAG(Reclaim, PG_reclaim)
SHIM_PAGE_FLAG(SwapCache, PG_swapcache)
SHIM_PAGE_FLAG(Error, PG_error)
#define set_page_dirty(page)	SetPageDirty(page)
#define page_folio(page)	(page)

typedef struct {
	unsigned long val;
} swp_entry_t;

#define SHIM_SWAP_TYPE		1
#define MAX_SWAPFILES		2
#define swp_type(entry)		((unsigned int)((entry).val >> 8))
#define swp_offset(entry)	((entry).val & 0xff)
#define swp_entry(type, offset)	((swp_entry_t){ (unsigned long)(type) << 8 | (offset) })

#define SWP_SYNCHRONOUS_IO	BIT(1)
#define SWP_FS_OPS		BIT(2)

struct swap_info_struct {
	unsigned long flags;
};

struct swap_info_struct *get_swap_device(swp_entry_t entry);
void put_swap_device(struct swap_info_struct *si);

struct vm_area_struct;
struct swap_iocb;
enum writeback_sync_modes { WB_SYNC_NONE, WB_SYNC_ALL };
struct writeback_control {
	enum writeback_sync_modes sync_mode;
};

void wait_on_page_writeback(struct page *page);

/* debugfs and meminfo are not there; what they would show is. */
extern atomic_t zswap_stored_pages;

#endif /* _SHIM_MM_H */
