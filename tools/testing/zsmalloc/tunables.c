// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is set in a running pool through debugfs: texts that are taken, texts that are
 * refused and change nothing, and what follows.
 */
#include "test.h"

/* Refused, with a line in the log that names @key and @value. */
static const struct {
	const char *text, *key, *value;
} bad[] = {
	{ "", "", "" },
	{ "\n ", "", "" },
	{ "background_permille", "background_permille", "" },
	{ "background_permille=", "background_permille", "" },
	{ "background_permille=1001", "background_permille", "1001" },
	{ "background_permille=-1", "background_permille", "-1" },
	{ "background_permille=+1", "background_permille", "+1" },
	{ "background_permille=0x1", "background_permille", "0x1" },
	{ "background_permille=5junk", "background_permille", "5junk" },
	{ "background_permille=5 junk", "junk", "" },
	{ "background_permille=9 burst_delay_ms=60001", "burst_delay_ms", "60001" },
	{ "background_permille=9 quiet_delay_ms=4294967296", "quiet_delay_ms",
	  "4294967296" },
	{ "background_permille=9 demand_start=99", "demand_start", "" },
	{ "background_permille=9 demand_stop=101", "demand_start", "" },
	{ "background_permille=9 demand_start=16777217", "demand_start", "16777217" },
	{ "background_permile=9", "background_permile", "9" },
	{ "=9", "", "9" },
	{ "background_permille=9\001", "", "" },
	{ "background_permille=9=9", "background_permille", "9=9" },
};

static ssize_t tune(const char *text)
{
	return shim_debugfs_write("test", "tunables", text, strlen(text));
}

static void tunables_are_set_together_or_not_at_all(void)
{
	struct zs_pool *pool = zs_create_pool("test");
	char *text = shim_debugfs_read("test", "tunables"), defaults[256];
	unsigned int n;

	snprintf(defaults, sizeof(defaults), "background_permille=5\nburst_delay_ms=20\n"
		 "quiet_delay_ms=1000\ndemand_start=%lu\ndemand_stop=%lu\n", PAGE_SIZE / 4 * 3,
		 PAGE_SIZE / 16 * 3);
	expect(!strcmp(text, defaults), "%s", text);
	/* what is shown can be written back */
	expect(tune(text) == (ssize_t)strlen(text));
	free(text);

	/* start and stop pass each other only when both are given */
	expect(tune("demand_start=100") == -EINVAL);
	expect(strstr(shim_log_last, "demand_start"), "%s", shim_log_last);
	expect(tune("demand_start=100\tdemand_stop=100\n ") > 0);
	expect(pool->demand.start == 100 && pool->demand.stop == 100);
	expect(tune("background_permille=7 burst_delay_ms=60000\nquiet_delay_ms=0") > 0);
	expect(pool->background.permille == 7 && pool->background.burst_ms == 60000 &&
	       pool->background.quiet_ms == 0);

	for (n = 0; n < ARRAY_SIZE(bad); n++) {
		unsigned long lines = shim_log_lines;

		expect(tune(bad[n].text) == -EINVAL, "'%s'", bad[n].text);
		expect(shim_log_lines == lines + 1, "'%s'", bad[n].text);
		expect(strstr(shim_log_last, bad[n].key) && strstr(shim_log_last, bad[n].value),
		       "'%s': %s", bad[n].text, shim_log_last);
		expect(pool->background.permille == 7 && pool->background.burst_ms == 60000 &&
		       pool->background.quiet_ms == 0, "'%s'", bad[n].text);
		expect(pool->demand.start == 100 && pool->demand.stop == 100, "'%s'", bad[n].text);
	}
	/* a null byte does not hide what follows it */
	expect(shim_debugfs_write("test", "tunables", "burst_delay_ms=1\0x", 18) == -EINVAL);
	expect(shim_debugfs_write("test", "tunables", "burst_delay_ms=1", 300) == -EINVAL);
	expect(pool->background.burst_ms == 60000);
	zs_destroy_pool(pool);
}

static void the_worker_is_switched_on_and_off_in_use(void)
{
	struct zs_pool *pool = zs_create_pool("test");
	static unsigned long handles[2000];
	u32 n;

	expect(tune("background_permille=1000") > 0);
	for (n = 0; n < 2000; n++)
		handles[n] = test_malloc(pool, PAGE_SIZE / 4);
	for (n = 0; n < 2000; n++)
		if (n % 8)
			zs_free(pool, handles[n]);
	expect(!shim_run_work(), "the worker runs though it is switched off");
	/* it starts without another free */
	expect(tune("background_permille=5") > 0);
	/* and is switched off again before its time has come */
	expect(tune("background_permille=1000") > 0);
	shim_run_work();
	expect(zs_counted(pool, ZS_COUNT_WORKER) == 0);
	expect(tune("background_permille=5") > 0);
	shim_run_work();
	expect(zs_counted(pool, ZS_COUNT_WORKER) > 0);
	expect(atomic_long_read(&pool->recoverable) < 10);
	zs_destroy_pool(pool);
}

static const struct test_case tunables_cases[] = {
	{ "tunables_are_set_together_or_not_at_all", tunables_are_set_together_or_not_at_all },
	{ "the_worker_is_switched_on_and_off_in_use", the_worker_is_switched_on_and_off_in_use },
	{ }
};

const struct test_suite tunables_suite = { "tunables", tunables_cases };
