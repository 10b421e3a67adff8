// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver: random texts for each attribute, and a line of results for each.
 */
#include <getopt.h>
#include <time.h>

#include "harness.h"

/* A claim that is rarely tried is no claim: so many texts in a hundred must be accepted. */
#define MIN_ACCEPTED	1

static u64 seed;
static unsigned long texts = 1000000;

static unsigned long total_weight(void)
{
	unsigned long total = 0;
	unsigned int n;

	for (n = 0; n < nr_attributes; n++)
		total += attributes[n].weight;
	return total;
}

static bool run(const struct attribute *attribute)
{
	unsigned long nr = DIV_ROUND_UP(texts * attribute->weight, total_weight());
	/* The same texts for an attribute, whatever is tried before it. */
	struct rnd rnd = { .state = seed ^ (u64)(attribute - attributes) << 32 };
	unsigned long n, accepted = 0;
	static char text[MAX_TEXT];
	bool enough;
	size_t len;

	for (n = 0; n < nr; n++) {
		len = text_random(&rnd, attribute->grammar, text);
		accepted += text_check(attribute, text, len);
	}
	enough = accepted * 100 >= nr * MIN_ACCEPTED && accepted < nr;
	printf("# %s: %lu texts, %lu accepted\n", attribute->name, nr, accepted);
	printf("%s %s/%s/random_texts%s\n", enough ? "ok" : "not ok", VARIANT, attribute->name,
	       enough ? "" : " - hardly any was accepted, or all were");
	fflush(stdout);
	return enough;
}

static void parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "texts", required_argument, NULL, 'n' },
		{ }
	};
	int c;

	seed = time(NULL);
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'n':
			texts = strtoul(optarg, NULL, 0);
			break;
		default:
			fprintf(stderr, "%s [--seed=N] [--texts=N] [ATTRIBUTE...]\n", argv[0]);
			exit(2);
		}
	}
}

static bool is_named(const char *name, int argc, char **argv)
{
	int n;

	for (n = optind; n < argc; n++)
		if (!strcmp(argv[n], name))
			return true;
	return optind == argc;
}

int main(int argc, char **argv)
{
	bool good = true;
	unsigned int n;

	parse(argc, argv);
	printf("# %s, %lu texts, repeat with --seed=%#llx\n", VARIANT, texts,
	       (unsigned long long)seed);
	fflush(stdout);
	for (n = 0; n < nr_attributes; n++)
		if (is_named(attributes[n].name, argc, argv))
			good &= run(&attributes[n]);
	return !good;
}
