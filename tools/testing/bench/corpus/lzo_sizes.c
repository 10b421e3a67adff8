// SPDX-License-Identifier: GPL-2.0-only
/*
 * lzo_sizes: a file of pages on the standard input, a file of 16-bit sizes on the
 * standard output: what each page takes after lzo-rle, which is what zram uses
 * unless it is told otherwise. The compressor is the kernel's own.
 *
 * A page of one repeated word takes nothing, as zram keeps the word in its table:
 * 0. A page that does not get smaller is kept as it is: 4096.
 */
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>
#include <linux/lzo.h>

#define PAGE	4096

static unsigned int compressed_size(const unsigned char *page)
{
	static unsigned char out[lzo1x_worst_compress(PAGE)], work[LZO1X_MEM_COMPRESS];
	size_t len = sizeof(out);

	/* all of it is the same word */
	if (!memcmp(page, page + sizeof(long), PAGE - sizeof(long)))
		return 0;
	if (lzorle1x_1_compress(page, PAGE, out, &len, work) != LZO_E_OK || len > PAGE)
		return PAGE;
	return len;
}

int main(void)
{
	static unsigned char page[PAGE];
	uint16_t size;

	while (fread(page, PAGE, 1, stdin) == 1) {
		size = compressed_size(page);
		if (fwrite(&size, sizeof(size), 1, stdout) != 1)
			return 1;
	}
	return ferror(stdin) || fflush(stdout);
}
