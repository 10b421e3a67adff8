/* SPDX-License-Identifier: GPL-2.0-only */
/* What lib/lzo wants of the kernel, on a machine that reads anywhere. */
#ifndef _CORPUS_UNALIGNED_H
#define _CORPUS_UNALIGNED_H

#define get_unaligned(p)								\
	({									\
		const struct { typeof(*(p)) v; } __attribute__((packed)) *__p =	\
			(const void *)(p);					\
										\
		__p->v;								\
	})
#define put_unaligned(val, p)							\
	do {									\
		struct { typeof(*(p)) v; } __attribute__((packed)) *__p =	\
			(void *)(p);						\
										\
		__p->v = (val);							\
	} while (0)
#define get_unaligned_le16(p)	get_unaligned((const u16 *)(p))
#define get_unaligned_le32(p)	get_unaligned((const u32 *)(p))
#define put_unaligned_le16(v, p)	put_unaligned(v, (u16 *)(p))
#define put_unaligned_le32(v, p)	put_unaligned(v, (u32 *)(p))

#endif /* _CORPUS_UNALIGNED_H */
