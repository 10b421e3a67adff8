// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a page one word over and over, so that it need not be compressed?
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/zcomp.h>

#define WORDS_PER_PAGE	(PAGE_SIZE / sizeof(unsigned long))

/**
 * zcomp_page_is_word() - does a page repeat one word from end to end?
 * @page: PAGE_SIZE bytes, aligned to a word; they may change meanwhile
 * @word: set to that word if so
 *
 * Context: Any.
 * Return: whether it did, at some moment for each of its words.
 */
bool zcomp_page_is_word(const void *page, unsigned long *word)
{
	const unsigned long *words = page;
	/* Once: the page may be changing, the answer must be about one value. */
	unsigned long first = READ_ONCE(words[0]);
	unsigned int i;

	/*
	 * Most pages differ in the first line of the cache, which is needed anyway; those
	 * that start alike mostly differ at the end.
	 */
	if (words[1] != first || words[WORDS_PER_PAGE - 1] != first)
		return false;
	for (i = 2; i < WORDS_PER_PAGE - 1; i++)
		if (words[i] != first)
			return false;
	*word = first;
	return true;
}
EXPORT_SYMBOL_GPL(zcomp_page_is_word);
