// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies of the per-CPU section, and CPUs that come and go.
 */
#include <stdlib.h>

#include "shim.h"

extern char __start_percpu_data[] __attribute__((weak));
extern char __stop_percpu_data[] __attribute__((weak));

static char *areas[NR_CPUS];

static struct {
	int (*startup)(unsigned int cpu);
	int (*teardown)(unsigned int cpu);
} hotplug;

void *shim_percpu(void *template, unsigned int cpu)
{
	if (cpu >= NR_CPUS || !areas[cpu])
		shim_bug("CPU %u has no area", cpu);
	return areas[cpu] + ((char *)template - __start_percpu_data);
}

void shim_percpu_boot(void)
{
	size_t size = __stop_percpu_data - __start_percpu_data;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		areas[cpu] = aligned_alloc(64, ALIGN(size + 1, 64));
		memcpy(areas[cpu], __start_percpu_data, size);
	}
}

void shim_percpu_halt(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		free(areas[cpu]);
		areas[cpu] = NULL;
	}
}

int shim_cpu_up(unsigned int cpu)
{
	return hotplug.startup ? hotplug.startup(cpu) : 0;
}

int shim_cpu_down(unsigned int cpu)
{
	return hotplug.teardown ? hotplug.teardown(cpu) : 0;
}

/* As in the kernel: a CPU that fails undoes those before it, and the state is gone. */
int cpuhp_setup_state(enum cpuhp_state state, const char *name,
		      int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu))
{
	unsigned int cpu;
	int err;

	might_sleep();
	hotplug.startup = startup;
	hotplug.teardown = teardown;
	for_each_online_cpu(cpu) {
		err = shim_cpu_up(cpu);
		if (!err)
			continue;
		while (cpu-- > 0)
			shim_cpu_down(cpu);
		hotplug.startup = NULL;
		hotplug.teardown = NULL;
		return err;
	}
	return 0;
}

void cpuhp_remove_state(enum cpuhp_state state)
{
	unsigned int cpu;

	might_sleep();
	for_each_online_cpu(cpu)
		shim_cpu_down(cpu);
	hotplug.startup = NULL;
	hotplug.teardown = NULL;
}
