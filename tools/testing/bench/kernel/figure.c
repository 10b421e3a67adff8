// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was measured: a line "bench figure NAME VALUE..." for each figure, with one
 * value for each round.
 */
#include <linux/errno.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "measure.h"

#define FIGURES		64
#define LINE		512

struct line {
	char name[48];
	char values[LINE];
};

static struct line *lines;
static unsigned int nr_lines;

/**
 * figures_init() - get the room for figures before any memory is counted
 *
 * Return: 0 or -ENOMEM.
 */
int figures_init(void)
{
	lines = kcalloc(FIGURES, sizeof(*lines), GFP_KERNEL);
	return lines ? 0 : -ENOMEM;
}

/**
 * figure() - note a figure of this round
 * @name: of the figure
 * @dividend: its value, multiplied with
 * @divisor: this; 0 makes the figure 0
 */
void figure(const char *name, u64 dividend, u64 divisor)
{
	u64 value = divisor ? div64_u64(dividend * 10000, divisor) : 0;
	struct line *line;
	unsigned int n;
	size_t len;

	for (n = 0; n < nr_lines && strcmp(lines[n].name, name); n++)
		;
	if (n == FIGURES)
		return;
	line = &lines[n];
	if (n == nr_lines) {
		strscpy(line->name, name, sizeof(line->name));
		nr_lines++;
	}
	len = strlen(line->values);
	snprintf(line->values + len, LINE - len, " %llu.%04u", value / 10000,
		 (u32)(value % 10000));
}

/**
 * figures_print() - say all of them in the log
 */
void figures_print(void)
{
	unsigned int n;

	for (n = 0; n < nr_lines; n++)
		pr_info("bench figure %s%s\n", lines[n].name, lines[n].values);
}

/**
 * figures_free() - give the room back
 */
void figures_free(void)
{
	kfree(lines);
}
