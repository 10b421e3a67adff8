/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random numbers for the harnesses; the same seed gives the same ones everywhere.
 */
#ifndef _RND_H
#define _RND_H

struct rnd {
	u64 state;
};

static inline u32 rnd_next(struct rnd *rnd)
{
	rnd->state += 0x9e3779b97f4a7c15ULL;
	u64 z = rnd->state;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return (z ^ z >> 31) >> 16;
}

/* 0 to limit - 1 */
static inline u32 rnd_below(struct rnd *rnd, u32 limit)
{
	return (u64)rnd_next(rnd) * limit >> 32;
}

/* min to max */
static inline u32 rnd_range(struct rnd *rnd, u32 min, u32 max)
{
	return min + rnd_below(rnd, max - min + 1);
}

#endif /* _RND_H */
