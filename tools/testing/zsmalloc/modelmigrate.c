// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory manager at work on the pages of a model's pool: it isolates them, migrates
 * them and puts them back, in any order with everything else.
 */
#include "model.h"

static void isolate(struct model *m)
{
	struct page *page = test_any_page(&m->rnd);

	if (page && m->nr_isolated < MODEL_ISOLATED && shim_isolate(page))
		m->isolated[m->nr_isolated++] = page;
}

static void remove_isolated(struct model *m, unsigned int nr)
{
	m->isolated[nr] = m->isolated[--m->nr_isolated];
}

static void migrate(struct model *m, unsigned int nr)
{
	static const enum migrate_mode modes[] = {
		MIGRATE_ASYNC, MIGRATE_SYNC_LIGHT, MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY
	};
	enum migrate_mode mode = modes[rnd_below(&m->rnd, ARRAY_SIZE(modes))];
	struct page *page = m->isolated[nr];
	bool owned = page_count(page) > 1;
	int err = shim_migrate(page, mode);

	if (err == MIGRATEPAGE_SUCCESS) {
		m->moved += owned;
		remove_isolated(m, nr);
		return;
	}
	/* only readers are in the way */
	expect(m->readers || mode == MIGRATE_SYNC_NO_COPY, "%d in mode %d", err, mode);
	expect(owned, "a page that nobody has is not given up: %d", err);
	expect(err == (mode == MIGRATE_SYNC_NO_COPY ? -EINVAL : -EAGAIN), "%d in mode %d", err,
	       mode);
}

static void put_back(struct model *m, unsigned int nr)
{
	shim_putback(m->isolated[nr]);
	remove_isolated(m, nr);
}

/* Pages that left the pool while they were isolated. */
unsigned int model_orphans(struct model *m)
{
	unsigned int n, orphans = 0;

	for (n = 0; n < m->nr_isolated; n++)
		orphans += page_count(m->isolated[n]) == 1;
	return orphans;
}

void model_migrate(struct model *m)
{
	m->ops++;
	if (!m->nr_isolated || rnd_below(&m->rnd, 2))
		isolate(m);
	else if (rnd_below(&m->rnd, 4))
		migrate(m, rnd_below(&m->rnd, m->nr_isolated));
	else
		put_back(m, rnd_below(&m->rnd, m->nr_isolated));
}

void model_migrate_end(struct model *m)
{
	while (m->nr_isolated)
		put_back(m, 0);
}
