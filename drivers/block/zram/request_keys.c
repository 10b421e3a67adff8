// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does a text of KEY=VALUE pairs ask for, each key at most once?
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include "request_text.h"
#include "setup.h"

/**
 * struct key - a key there is
 * @name: its name
 * @read: puts the value into a request, whose type the table of keys knows
 */
struct key {
	const char *name;
	int (*read)(struct zram_text value, void *request);
};

static int read_keys(struct zram_text rest, const struct key *keys, void *request)
{
	struct zram_text word, name, value;
	unsigned int seen = 0;
	unsigned int i;
	int err;

	if (zram_text_has_zero(rest))
		return -EINVAL;
	while (zram_text_next_word(&rest, &word)) {
		if (!zram_text_split(word, '=', &name, &value))
			return -EINVAL;
		for (i = 0; keys[i].name && !zram_text_is(name, keys[i].name); i++)
			;
		if (!keys[i].name || (seen & BIT(i)))
			return -EINVAL;
		err = keys[i].read(value, request);
		if (err)
			return err;
		seen |= BIT(i);
	}
	/* A variable that a script forgot to set does not mean everything there is. */
	return seen ? 0 : -EINVAL;
}

static int read_name(struct zram_text value, char *name)
{
	return zram_request_name(value.at, zram_text_len(value), name, ZCOMP_NAME_MAX);
}

static int read_priority(struct zram_text value, unsigned int min, int *priority)
{
	u64 number;
	int err = zram_text_number(value, ZRAM_MAX_COMPS - 1, &number);

	if (err)
		return err;
	if (number < min)
		return -EINVAL;
	*priority = number;
	return 0;
}

static int recompress_type(struct zram_text value, void *request)
{
	struct zram_recompress_request *recompress = request;
	int err = zram_text_select(value, &recompress->select);

	if (err)
		return err;
	/* What is known not to get shorter is left alone. */
	return recompress->select == ZRAM_SELECT_INCOMPRESSIBLE ? -EINVAL : 0;
}

static int recompress_threshold(struct zram_text value, void *request)
{
	struct zram_recompress_request *recompress = request;
	u64 number;
	int err = zram_text_number(value, U32_MAX, &number);

	if (err)
		return err;
	recompress->threshold = number;
	return 0;
}

static int recompress_algo(struct zram_text value, void *request)
{
	return read_name(value, ((struct zram_recompress_request *)request)->algorithm);
}

static int recompress_priority(struct zram_text value, void *request)
{
	return read_priority(value, 1, &((struct zram_recompress_request *)request)->priority);
}

static int recompress_max_pages(struct zram_text value, void *request)
{
	struct zram_recompress_request *recompress = request;

	return zram_text_number(value, U64_MAX, &recompress->max_pages);
}

/**
 * zram_request_recompress() - which pages to compress again, and with what
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @huge_size: an object this long, in bytes, takes a page anyway
 * @request: on success what is asked for; else untouched
 *
 * The keys: type=MODE with MODE one out of idle, huge and huge_idle,
 * threshold=BYTES, algo=NAME, priority=1..3, max_pages=N. One that is not there
 * asks for nothing; there must be one. Whether algorithm and priority belong
 * together is not checked.
 *
 * Return: 0, -E2BIG for a name that is too long, -EINVAL for anything else,
 *	   a threshold of @huge_size and more included.
 */
int zram_request_recompress(const char *text, size_t len, size_t huge_size,
			    struct zram_recompress_request *request)
{
	static const struct key keys[] = {
		{ "type", recompress_type },
		{ "threshold", recompress_threshold },
		{ "algo", recompress_algo },
		{ "priority", recompress_priority },
		{ "max_pages", recompress_max_pages },
		{ }
	};
	struct zram_recompress_request parsed = { .max_pages = U64_MAX };
	int err;

	err = read_keys(zram_text_start(text, len), keys, &parsed);
	if (err)
		return err;
	if (parsed.threshold >= huge_size)
		return -EINVAL;
	*request = parsed;
	return 0;
}

static int recomp_algo(struct zram_text value, void *request)
{
	return read_name(value, ((struct zram_recomp_request *)request)->algorithm);
}

static int recomp_priority(struct zram_text value, void *request)
{
	return read_priority(value, 1, &((struct zram_recomp_request *)request)->priority);
}

/**
 * zram_request_recomp() - an algorithm that pages may be compressed again with
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @request: on success what is asked for; else untouched
 *
 * The keys: algo=NAME, which must be there, and priority=1..3, 1 if it is not.
 *
 * Return: 0, -E2BIG for a name that is too long, -EINVAL for anything else.
 */
int zram_request_recomp(const char *text, size_t len, struct zram_recomp_request *request)
{
	static const struct key keys[] = {
		{ "algo", recomp_algo },
		{ "priority", recomp_priority },
		{ }
	};
	struct zram_recomp_request parsed = { .priority = 1 };
	int err;

	err = read_keys(zram_text_start(text, len), keys, &parsed);
	if (err)
		return err;
	if (!parsed.algorithm[0])
		return -EINVAL;
	*request = parsed;
	return 0;
}

static int params_algo(struct zram_text value, void *request)
{
	return read_name(value, ((struct zram_params_request *)request)->algorithm);
}

static int params_priority(struct zram_text value, void *request)
{
	return read_priority(value, 0, &((struct zram_params_request *)request)->priority);
}

static int params_level(struct zram_text value, void *request)
{
	return zram_text_signed(value, &((struct zram_params_request *)request)->level);
}

static int params_winbits(struct zram_text value, void *request)
{
	return zram_text_signed(value, &((struct zram_params_request *)request)->winbits);
}

static int params_dict(struct zram_text value, void *request)
{
	struct zram_params_request *params = request;
	int err = zram_request_path(value.at, zram_text_len(value), &params->dict,
				    &params->dict_len);

	if (err)
		return err;
	/* Whose working directory would it be? */
	return params->dict[0] == '/' ? 0 : -EINVAL;
}

/**
 * zram_request_params() - what an algorithm is to be tuned with
 * @text: what the user wrote, not terminated; @request points into it
 * @len: bytes in @text
 * @request: on success what is asked for; else untouched
 *
 * The keys: algo=NAME or priority=0..3, priority 0 if there is neither;
 * level=S32, deflate.winbits=S32 and dict=/PATH, which has no blanks. A parameter
 * that is not there is to have its default.
 *
 * Return: 0, -E2BIG for a name that is too long, -EINVAL for anything else.
 */
int zram_request_params(const char *text, size_t len, struct zram_params_request *request)
{
	static const struct key keys[] = {
		{ "algo", params_algo },
		{ "priority", params_priority },
		{ "level", params_level },
		{ "deflate.winbits", params_winbits },
		{ "dict", params_dict },
		{ }
	};
	struct zram_params_request parsed = {
		.priority = -1,
		.level = ZCOMP_LEVEL_DEFAULT,
		.winbits = ZCOMP_WINBITS_DEFAULT,
	};
	int err;

	err = read_keys(zram_text_start(text, len), keys, &parsed);
	if (err)
		return err;
	/* Two ways to say which: one of them would be ignored. */
	if (parsed.algorithm[0] && parsed.priority >= 0)
		return -EINVAL;
	parsed.priority = max(parsed.priority, 0);
	*request = parsed;
	return 0;
}
