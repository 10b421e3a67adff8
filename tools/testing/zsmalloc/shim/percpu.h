/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Per-CPU variables and the hotplug states that fill them. A variable stands in
 * a section of its own as the template; every CPU has a copy of the section.
 */
#ifndef _SHIM_PERCPU_H
#define _SHIM_PERCPU_H

#define NR_CPUS		4

#define DEFINE_PER_CPU(type, name) \
	__attribute__((section("percpu_data"))) type name

void *shim_percpu(void *template, unsigned int cpu);

#define per_cpu_ptr(ptr, cpu)	((typeof(ptr))shim_percpu((void *)(ptr), cpu))
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
#define this_cpu_ptr(ptr)	per_cpu_ptr(ptr, shim_self.cpu)
#define raw_cpu_ptr(ptr)	this_cpu_ptr(ptr)
#define smp_processor_id()	(shim_self.cpu)
#define raw_smp_processor_id()	(shim_self.cpu)
#define num_possible_cpus()	NR_CPUS
#define for_each_possible_cpu(cpu) \
	for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++)
#define for_each_online_cpu(cpu)	for_each_possible_cpu(cpu)

enum cpuhp_state { CPUHP_MM_ZS_PREPARE };

int cpuhp_setup_state(enum cpuhp_state state, const char *name,
		      int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu));
void cpuhp_remove_state(enum cpuhp_state state);

#endif /* _SHIM_PERCPU_H */
