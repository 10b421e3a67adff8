/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tests ask of the shim. The allocator's sources do not see this.
 */
#ifndef _SHIM_SHIM_H
#define _SHIM_SHIM_H

/* Allocations of all kinds since the last shim_fail(): a count of sites passed. */
extern unsigned long shim_sites;

/**
 * shim_fail() - let allocations fail
 * @first: the number of the first allocation to fail, counted from 1 from now on; 0 for none
 * @second: that of a second one, 0 for none
 */
void shim_fail(unsigned long first, unsigned long second);

/* How many allocations failed since shim_fail(). */
extern unsigned long shim_failed;

/* Should this allocation fail? For the shim's own allocators. */
bool shim_fails_now(void);

/**
 * struct shim_usage - what is allocated now
 * @slab: pieces of slab memory
 * @lowmem: pages reached by address
 * @pages: pages for payload
 * @ids: numbers
 * @zspages: the counters NR_ZSPAGES of the two zones
 */
struct shim_usage {
	long slab;
	long lowmem;
	long pages;
	long ids;
	long zspages[2];
};

/* What RCU still keeps is waited for. */
struct shim_usage shim_usage(void);
bool shim_usage_same(struct shim_usage a, struct shim_usage b);
void shim_id_count(int by);
void shim_page_count(int by);
long shim_zone_pages(unsigned int zone);

/* The bytes of a page, for the shim's own allocators. */
void *shim_page_memory(gfp_t gfp, unsigned int order);
void shim_page_memory_free(void *mem);

/* All pages that there are or were, by number; and what the memory manager does to one. */
unsigned int shim_pages(void);
struct page *shim_page(unsigned int nr);
bool shim_isolate(struct page *page);
int shim_migrate(struct page *page, enum migrate_mode mode);
void shim_putback(struct page *page);

/* Run RCU callbacks if many wait; the task may sleep. */
void shim_rcu_work(void);

/* Log lines printed at level error and warning, and the last line of any level. */
extern unsigned long shim_log_lines;
extern char shim_log_last[256];
extern bool shim_log_echo;

/* Boot: per-CPU areas, then the module's init; and the reverse. */
void shim_percpu_boot(void);
void shim_percpu_halt(void);
int shim_cpu_up(unsigned int cpu);
int shim_cpu_down(unsigned int cpu);

/* The time of all delayed work has come. Returns how many ran. */
unsigned int shim_run_work(void);

/* Memory is short: every shrinker is to scan @nr. Returns what came free, of what was counted. */
unsigned long shim_shrink(unsigned long nr, unsigned long *counted);

/* What a read of debugfs file @dir/@file shows, to be freed, or NULL. */
char *shim_debugfs_read(const char *dir, const char *file);
/* What a write to it returns. */
ssize_t shim_debugfs_write(const char *dir, const char *file, const char *text, size_t len);

#endif /* _SHIM_SHIM_H */
