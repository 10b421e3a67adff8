/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RCU that really defers: what is given to call_rcu() is freed once every read
 * section that was open then has been left, and not much later, so that a use
 * after that is a use of freed memory.
 */
#ifndef _SHIM_RCU_H
#define _SHIM_RCU_H

struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

void rcu_read_lock(void);
void rcu_read_unlock(void);
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
void synchronize_rcu(void);
void rcu_barrier(void);

#define rcu_read_lock_held()		(shim_self.rcu_depth > 0)
#define rcu_dereference(p)		smp_load_acquire(&(p))
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), v)

#endif /* _SHIM_RCU_H */
