// SPDX-License-Identifier: GPL-2.0-only
/*
 * Payload never steers the allocator: every byte of every live page is replaced
 * by noise, over and over, while the pool works on. What is read back is noise;
 * everything else must be as if nothing had happened.
 */
#include "model.h"

#define SCRIBBLE_EVERY	5000

static void scribble(struct model *m)
{
	struct zs_zspage *zspage;
	unsigned long index;
	unsigned int nr;
	size_t at;

	xa_for_each(&m->pool->zspages, index, zspage) {
		for (nr = 0; nr < zspage->nr_pages; nr++) {
			u32 *mem = kmap_local_page(zspage->pages[nr]);

			for (at = 0; at < PAGE_SIZE / sizeof(*mem); at++)
				mem[at] = rnd_next(&m->rnd);
			kunmap_local(mem);
		}
	}
}

static void noise(u32 (*size)(struct rnd *rnd))
{
	unsigned long ops = max(test_options.ops / 4, 1000UL), next = 0;
	struct model *m = model_new(size);

	m->trash = true;
	while (m->ops < ops) {
		model_step(m, m->ops < ops / 2 ? 6 : 3);
		if (m->ops < next)
			continue;
		next = m->ops + SCRIBBLE_EVERY;
		scribble(m);
		model_compact(m);
		model_check(m);
	}
	model_end(m);
}

static void noise_in_compressed_pages(void)
{
	noise(model_page_size);
}

static void noise_in_tiny_objects(void)
{
	noise(model_tiny_size);
}

static const struct test_case trash_cases[] = {
	{ "noise_in_compressed_pages", noise_in_compressed_pages },
	{ "noise_in_tiny_objects", noise_in_tiny_objects },
	{ }
};

const struct test_suite trash_suite = { "trash", trash_cases };
