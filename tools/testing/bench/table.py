# SPDX-License-Identifier: GPL-2.0-only
"""Figures of both kernels, the allocator's figures to reach, and the table of both."""

from statistics import median

WIDTH = 99
PHASES = ("fresh", "churned", "halved", "compacted")
TITLES = {"fresh": "fresh", "churned": "churned", "halved": "half freed", "compacted": "compacted"}
# by payload in MB, by phase
DENSITY = {2: (1.13, 1.12, 1.20, 1.13), 20: (1.045, 1.045, 1.065, 1.045),
           200: (1.025, 1.03, 1.04, 1.03)}
# (figure, what it is, at most so many times the peer's)
COST = (("malloc", "zs_malloc, ns", 0.6), ("free", "zs_free, random order, ns", 0.6),
        ("map", "map + unmap to read, all sizes, ns", 0.5),
        ("churn", "free + malloc, steady churn, worker incl., ns", 0.8),
        ("compact", "full compaction, per page freed, ns", 1.0))
# what debugfs counts
BOUNDS = (("stat.max_bytes_locked", "most bytes copied under one lock hold", 16384),
          ("stat.max_slots_locked", "most slots visited under one lock hold", 256))
SCALING = 1.7
# no targets: what the rows above leave out
ASIDE = (("free_and_after", "zs_free with what it leaves for later, ns"),
         ("free_in_order", "zs_free in the order of zs_malloc, ns"),
         ("read", "map + copy all of it out + unmap, ns"),
         ("compact_all", "full compaction, per object that was left, ns"))


class Results:
    """Figures by (label, name): one value for each machine."""

    def __init__(self):
        self.boots = {}

    def add(self, label, figures):
        for name, rounds in figures.items():
            self.boots.setdefault((label, name), []).append(median(rounds))

    def values(self, label, name):
        values = self.boots.get((label, name), [])
        return [v for v in values if v > 0]

    def value(self, label, name):
        """None if there is none."""
        values = self.values(label, name)
        return median(values) if values else None

    def spread(self, label, name):
        """From the lowest to the highest machine, in percent of the median."""
        values = self.values(label, name)
        return 100 * (max(values) - min(values)) / median(values)


class Row:
    """One line. MET is None where there is no target, and where there is no figure."""

    def __init__(self, what, target, ours, peer, met, spread=None, digits=1):
        self.what, self.target, self.ours, self.peer = what, target, ours, peer
        self.met, self.spread, self.digits = met, spread, digits
        self.missing = False

    @classmethod
    def absent(cls, what, target):
        row = cls(what, target, None, None, None)
        row.missing = True
        return row

    def text(self):
        def number(value):
            return "-" if value is None else "%.*f" % (self.digits, value)
        ratio = "-" if None in (self.ours, self.peer) else "%.3f" % (self.ours / self.peer)
        spread = "-" if self.spread is None else "%.1f/%.1f" % self.spread
        verdict = {None: "", True: "met", False: "MISSED"}[self.met]
        if self.missing:
            verdict = "NO FIGURE"
        return ("%-46s %9s %9s %9s %6s %9s  %s" % (self.what, self.target, number(self.ours),
                                                 number(self.peer), ratio, spread,
                                                 verdict)).rstrip()


def compared(results, name, what, digits, judge, target):
    ours, peer = results.value("ours", name), results.value("peer", name)
    if ours is None or peer is None:
        return Row.absent(what, target)
    spread = (results.spread("ours", name), results.spread("peer", name))
    met = judge(round(ours, 3), peer) if judge else None
    return Row(what, target, ours, peer, met, spread, digits)


def density_rows(results):
    for size, targets in DENSITY.items():
        for phase, target in zip(PHASES, targets):
            yield compared(results, "density.%d.%s" % (size, phase),
                           "density, %d MB, %s" % (size, TITLES[phase]), 3,
                           lambda ours, _, target=target: ours <= target, "%g" % target)


def cost_rows(results):
    for name, what, factor in COST:
        yield compared(results, name, what, 1,
                       lambda ours, peer, factor=factor: ours <= factor * peer,
                       "%g x peer" % factor)


def bound_rows(results):
    for name, what, limit in BOUNDS:
        ours = results.value("ours", name)
        if ours is None:
            yield Row.absent(what, "%d" % limit)
            continue
        yield Row(what, "%d" % limit, ours, None, ours <= limit, digits=0)


def scaling_row(one, two):
    """Operations in a second; nothing was counted while a thread had to wait for a CPU."""
    what, target = "two native threads against one, one pool", "%g" % SCALING
    if not one or not two:
        return Row.absent(what, target)
    ratio = median(two) / median(one)
    return Row(what, target, ratio, None, ratio >= SCALING, digits=2)


def aside_rows(results):
    for name, what in ASIDE:
        yield compared(results, name, what, 1, None, "")
    for size in DENSITY:
        for phase in ("fresh", "compacted"):
            yield compared(results, "pages.%d.%s" % (size, phase),
                           "zs_get_total_pages only, %d MB, %s" % (size, TITLES[phase]), 3, None, "")
        yield compared(results, "density.%d.burst" % size,
                       "density, %d MB, 0.2 s after half was freed" % size, 3, None, "")


HEAD = "%-46s %9s %9s %9s %6s %9s" % ("", "target", "ours", "peer", "ratio", "+-% o/p")


def lines(rows, aside):
    yield HEAD
    for row in rows:
        yield row.text()
    yield ""
    yield "Without a target:"
    for row in aside:
        yield row.text()
    yield ""
    yield "%d of %d figures met" % (sum(1 for row in rows if row.met), len(rows))
