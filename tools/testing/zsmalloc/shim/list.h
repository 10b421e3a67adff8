/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Circular doubly linked lists. Like the kernel's with CONFIG_DEBUG_LIST: a torn
 * list ends the program, and a deleted entry's links point nowhere.
 */
#ifndef _SHIM_LIST_H
#define _SHIM_LIST_H

struct list_head {
	struct list_head *next, *prev;
};

#define LIST_POISON1		((struct list_head *)0x100)
#define LIST_POISON2		((struct list_head *)0x122)
#define LIST_HEAD_INIT(name)	{ &(name), &(name) }
#define LIST_HEAD(name)		struct list_head name = LIST_HEAD_INIT(name)

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

static inline void shim_link(struct list_head **to, struct list_head *entry)
{
	shim_write(to);
	__atomic_store_n(to, entry, __ATOMIC_RELAXED);
}

static inline void shim_list_insert(struct list_head *new, struct list_head *prev,
				    struct list_head *next)
{
	if (prev->next != next || next->prev != prev || new == prev || new == next)
		shim_bug("list: insertion into a torn list, or of an entry that is there");
	shim_link(&next->prev, new);
	new->next = next;
	new->prev = prev;
	shim_link(&prev->next, new);
}

static inline void list_add(struct list_head *new, struct list_head *head)
{
	shim_list_insert(new, head, head->next);
}

static inline void list_add_tail(struct list_head *new, struct list_head *head)
{
	shim_list_insert(new, head->prev, head);
}

static inline void shim_list_unlink(struct list_head *entry)
{
	if (entry->next == LIST_POISON1 || entry->prev == LIST_POISON2)
		shim_bug("list: entry deleted twice");
	if (entry->prev->next != entry || entry->next->prev != entry)
		shim_bug("list: deletion from a torn list");
	shim_link(&entry->next->prev, entry->prev);
	shim_link(&entry->prev->next, entry->next);
}

static inline void list_del(struct list_head *entry)
{
	shim_list_unlink(entry);
	entry->next = LIST_POISON1;
	entry->prev = LIST_POISON2;
}

static inline void list_del_init(struct list_head *entry)
{
	shim_list_unlink(entry);
	INIT_LIST_HEAD(entry);
}

static inline void list_move(struct list_head *entry, struct list_head *head)
{
	shim_list_unlink(entry);
	list_add(entry, head);
}

static inline void list_move_tail(struct list_head *entry, struct list_head *head)
{
	shim_list_unlink(entry);
	list_add_tail(entry, head);
}

static inline bool list_empty(const struct list_head *head)
{
	return __atomic_load_n(&head->next, __ATOMIC_ACQUIRE) == head;
}

static inline bool list_empty_careful(const struct list_head *head)
{
	struct list_head *next = smp_load_acquire(&head->next);

	return next == head && next == READ_ONCE(head->prev);
}

static inline bool list_is_singular(const struct list_head *head)
{
	return !list_empty(head) && head->next == head->prev;
}

#define list_entry(ptr, type, member)		container_of(ptr, type, member)
#define list_first_entry(head, type, member)	list_entry((head)->next, type, member)
#define list_last_entry(head, type, member)	list_entry((head)->prev, type, member)
#define list_first_entry_or_null(head, type, member) \
	(list_empty(head) ? NULL : list_first_entry(head, type, member))
#define list_next_entry(pos, member) \
	list_entry((pos)->member.next, typeof(*(pos)), member)
#define list_prev_entry(pos, member) \
	list_entry((pos)->member.prev, typeof(*(pos)), member)
#define list_for_each(pos, head) \
	for ((pos) = (head)->next; (pos) != (head); (pos) = (pos)->next)
/* The head is no entry: its address is compared, nothing is looked at through it. */
#define shim_at_head(pos, head, member) \
	((char *)(pos) + offsetof(typeof(*(pos)), member) == (char *)(head))
#define list_for_each_entry(pos, head, member)					\
	for ((pos) = list_first_entry(head, typeof(*(pos)), member);		\
	     !shim_at_head(pos, head, member); (pos) = list_next_entry(pos, member))
#define list_for_each_entry_reverse(pos, head, member)				\
	for ((pos) = list_last_entry(head, typeof(*(pos)), member);		\
	     !shim_at_head(pos, head, member); (pos) = list_prev_entry(pos, member))
#define list_for_each_entry_safe(pos, n, head, member)				\
	for ((pos) = list_first_entry(head, typeof(*(pos)), member);		\
	     !shim_at_head(pos, head, member) &&				\
	     ((n) = list_next_entry(pos, member), true); (pos) = (n))

#endif /* _SHIM_LIST_H */
