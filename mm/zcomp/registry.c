// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which algorithms there are, and under which names.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "internal.h"

/* In the order in which users see them: that of the base's own zram, and what it does not list. */
static const struct zcomp_ops * const registry[] = {
	&zcomp_lzo_ops,
	&zcomp_lzorle_ops,
#ifdef CONFIG_ZCOMP_LZ4
	&zcomp_lz4_ops,
#endif
#ifdef CONFIG_ZCOMP_LZ4HC
	&zcomp_lz4hc_ops,
#endif
#ifdef CONFIG_ZCOMP_842
	&zcomp_842_ops,
#endif
#ifdef CONFIG_ZCOMP_ZSTD
	&zcomp_zstd_ops,
#endif
#ifdef CONFIG_ZCOMP_DEFLATE
	&zcomp_deflate_ops,
#endif
};

static const struct zcomp_ops *registry_find(const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(registry); i++)
		if (!strcmp(registry[i]->name, name))
			return registry[i];
	return NULL;
}

/*
 * The table for algorithm @name, and in @found a copy of the name that is never
 * freed. NULL if there is no such algorithm, @found is left alone then. May sleep,
 * and load a module.
 */
const struct zcomp_ops *zcomp_registry_find(const char *name, const char **found)
{
	const struct zcomp_ops *ops = registry_find(name);

	if (ops) {
		*found = ops->name;
		return ops;
	}
	return zcomp_crypto_find(name, found);
}

/**
 * zcomp_find() - is there an algorithm of this name?
 * @name: compared byte for byte; cut off a line's end before
 *
 * A name this layer has no table for is looked up in the crypto API, if that is
 * configured, which may load a module.
 *
 * Context: Process context, may sleep. No lock that a module's initialisation
 * may take, the CPU hotplug lock for one, may be held.
 * Return: the name as a string that stays valid and unchanged while the
 * compression layer is loaded, or NULL if there is no such algorithm (or no
 * memory to note down a name of the crypto API).
 */
const char *zcomp_find(const char *name)
{
	const char *found = NULL;

	zcomp_registry_find(name, &found);
	return found;
}
EXPORT_SYMBOL_GPL(zcomp_find);

static size_t show_name(char *buf, size_t size, size_t at, const char *name,
			bool chosen)
{
	return at + scnprintf(buf + at, size - at, chosen ? "[%s] " : "%s ", name);
}

/**
 * zcomp_show_names() - all algorithms on a line, as attributes show them
 * @chosen: name of the algorithm in use, shown as "[name]"; or NULL
 * @buf: where to; terminated by a zero byte unless @size is 0
 * @size: bytes in @buf; a longer line is cut short
 *
 * Every name is followed by a space, the last one by a space and a newline. A
 * name of the crypto API appears only while it is the chosen one.
 *
 * Context: Any.
 * Return: bytes written, without the terminating zero byte.
 */
ssize_t zcomp_show_names(const char *chosen, char *buf, size_t size)
{
	bool shown = !chosen;
	size_t at = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(registry); i++) {
		bool is_chosen = chosen && !strcmp(registry[i]->name, chosen);

		at = show_name(buf, size, at, registry[i]->name, is_chosen);
		shown |= is_chosen;
	}
	if (!shown)
		at = show_name(buf, size, at, chosen, true);
	return at + scnprintf(buf + at, size - at, "\n");
}
EXPORT_SYMBOL_GPL(zcomp_show_names);
