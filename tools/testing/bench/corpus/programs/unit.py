#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Prints a C source of some size for the compiler to keep in mind."""
import random

HEADERS = """assert.h ctype.h dirent.h errno.h fcntl.h fenv.h float.h glob.h inttypes.h limits.h
locale.h math.h netdb.h poll.h pthread.h pwd.h regex.h sched.h search.h semaphore.h setjmp.h
signal.h spawn.h stdarg.h stdio.h stdlib.h string.h sys/epoll.h sys/mman.h sys/resource.h
sys/socket.h sys/stat.h sys/time.h sys/uio.h sys/wait.h termios.h time.h unistd.h wchar.h""".split()

FUNCTION = """
struct item_%(n)d { struct item_%(n)d *next; char name[%(size)d]; long key, count[%(few)d]; };
static int compare_%(n)d(const struct item_%(n)d *a, const struct item_%(n)d *b)
{
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return strncmp(a->name, b->name, sizeof(a->name));
}
struct item_%(n)d *find_%(n)d(struct item_%(n)d *list, const char *name, long key)
{
	struct item_%(n)d want = { .key = key * %(size)d }, *best = NULL;
	snprintf(want.name, sizeof(want.name), "%%s-%%ld", name, key);
	for (int i = 0; list; list = list->next, i++) {
		switch ((list->key + i) %% %(few)d) {
		case 0: list->count[i %% %(few)d] += compare_%(n)d(list, &want); break;
		case 1: if (compare_%(n)d(list, &want) > 0) best = list; break;
		default: if (!compare_%(n)d(list, &want)) return list;
		}
	}
	fprintf(stderr, "%%s: %(text)s %%ld\\n", name, best ? best->key : -1L);
	return best;
}
"""


def main():
    rnd = random.Random(1)
    for header in HEADERS:
        print("#include <%s>" % header)
    for n in range(700):
        text = "".join(rnd.choice("etaoin shrdlu") for _ in range(rnd.randint(5, 40)))
        print(FUNCTION % {"n": n, "size": rnd.randint(8, 200), "few": rnd.randint(3, 9), "text": text})


if __name__ == "__main__":
    main()
