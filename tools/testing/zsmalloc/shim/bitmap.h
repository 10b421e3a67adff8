/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bits in arrays of unsigned long.
 */
#ifndef _SHIM_BITMAP_H
#define _SHIM_BITMAP_H

#define BITS_TO_LONGS(nr)	DIV_ROUND_UP(nr, BITS_PER_LONG)
#define BIT_WORD(nr)		((nr) / BITS_PER_LONG)
#define BIT_MASK(nr)		(1UL << ((nr) % BITS_PER_LONG))
#define DECLARE_BITMAP(name, bits)	unsigned long name[BITS_TO_LONGS(bits)]

static inline void __set_bit(unsigned long nr, unsigned long *map)
{
	map[BIT_WORD(nr)] |= BIT_MASK(nr);
}

static inline void __clear_bit(unsigned long nr, unsigned long *map)
{
	map[BIT_WORD(nr)] &= ~BIT_MASK(nr);
}

static inline void set_bit(unsigned long nr, unsigned long *map)
{
	shim_write(&map[BIT_WORD(nr)]);
	__atomic_fetch_or(&map[BIT_WORD(nr)], BIT_MASK(nr), SHIM_RMW);
}

/* Returns what the bit was. */
static inline bool test_and_set_bit(unsigned long nr, unsigned long *map)
{
	shim_write(&map[BIT_WORD(nr)]);
	return __atomic_fetch_or(&map[BIT_WORD(nr)], BIT_MASK(nr), SHIM_RMW) & BIT_MASK(nr);
}

static inline void clear_bit(unsigned long nr, unsigned long *map)
{
	shim_write(&map[BIT_WORD(nr)]);
	__atomic_fetch_and(&map[BIT_WORD(nr)], ~BIT_MASK(nr), SHIM_RMW);
}

static inline bool test_bit(unsigned long nr, const unsigned long *map)
{
	return READ_ONCE(map[BIT_WORD(nr)]) & BIT_MASK(nr);
}

/* The bits of word @word that belong to a map of @bits bits. */
static inline unsigned long shim_valid_bits(unsigned long word, unsigned long bits)
{
	unsigned long left = bits - word * BITS_PER_LONG;

	return left >= BITS_PER_LONG ? ~0UL : (1UL << left) - 1;
}

static inline unsigned long shim_find(const unsigned long *map, unsigned long bits,
				      unsigned long from, unsigned long invert)
{
	unsigned long mask = ~0UL << (from % BITS_PER_LONG), word;

	for (word = from / BITS_PER_LONG; word < BITS_TO_LONGS(bits); word++, mask = ~0UL) {
		unsigned long hit;

		shim_read(&map[word]);
		hit = (__atomic_load_n(&map[word], __ATOMIC_ACQUIRE) ^ invert) & mask;

		hit &= shim_valid_bits(word, bits);

		if (hit)
			return word * BITS_PER_LONG + __builtin_ctzl(hit);
	}
	return bits;
}

static inline unsigned long find_first_bit(const unsigned long *map, unsigned long bits)
{
	return shim_find(map, bits, 0, 0);
}

static inline unsigned long find_first_zero_bit(const unsigned long *map, unsigned long bits)
{
	return shim_find(map, bits, 0, ~0UL);
}

static inline unsigned long find_next_bit(const unsigned long *map, unsigned long bits,
					  unsigned long from)
{
	return from >= bits ? bits : shim_find(map, bits, from, 0);
}

static inline unsigned long find_next_zero_bit(const unsigned long *map, unsigned long bits,
					       unsigned long from)
{
	return from >= bits ? bits : shim_find(map, bits, from, ~0UL);
}

static inline unsigned long find_last_bit(const unsigned long *map, unsigned long bits)
{
	unsigned long word;

	for (word = BITS_TO_LONGS(bits); word-- > 0;) {
		unsigned long hit = map[word] & shim_valid_bits(word, bits);

		if (hit)
			return word * BITS_PER_LONG + BITS_PER_LONG - 1 - __builtin_clzl(hit);
	}
	return bits;
}

static inline unsigned int bitmap_weight(const unsigned long *map, unsigned int bits)
{
	unsigned int word, weight = 0;

	for (word = 0; word < BITS_TO_LONGS(bits); word++)
		weight += __builtin_popcountl(map[word] & shim_valid_bits(word, bits));
	return weight;
}

static inline bool bitmap_empty(const unsigned long *map, unsigned int bits)
{
	return find_first_bit(map, bits) == bits;
}

static inline void bitmap_zero(unsigned long *map, unsigned int bits)
{
	memset(map, 0, BITS_TO_LONGS(bits) * sizeof(long));
}

static inline void bitmap_copy(unsigned long *to, const unsigned long *from, unsigned int bits)
{
	memcpy(to, from, BITS_TO_LONGS(bits) * sizeof(long));
}

static inline unsigned int hweight_long(unsigned long word)
{
	return __builtin_popcountl(word);
}

#define for_each_set_bit(bit, map, bits)			\
	for ((bit) = find_first_bit(map, bits); (bit) < (bits);	\
	     (bit) = find_next_bit(map, bits, (bit) + 1))

#endif /* _SHIM_BITMAP_H */
