# SPDX-License-Identifier: GPL-2.0-only
"""The table of the compile: run time and swap traffic by level, as it was first announced."""

from statistics import median

# At the worst level, against no zswap
IO_DOWN = 80
TIME_DOWN = 55


def change(now, before):
    return "%+.0f%%" % (100 * (now - before) / before) if before else "-"


class Compile:
    """Figures of every run by what was booted and how many jobs ran."""

    def __init__(self, levels, names):
        self.levels = levels
        self.names = names          # the first has no zswap
        self.runs = {}

    def add(self, name, jobs, facts):
        self.runs.setdefault((name, jobs), []).append(facts)

    def values(self, name, jobs, what):
        return [sum(f[k] for k in what) for f in self.runs[name, jobs]]

    def middle(self, name, jobs, *what):
        return median(self.values(name, jobs, what))

    def span(self, name, jobs):
        """Half of what lies between the shortest and the longest run, in seconds."""
        values = self.values(name, jobs, ("run",))
        return (max(values) - min(values)) / 2

    def table(self, title, show):
        """SHOW gives the text of a cell."""
        yield "%-6s" % title + "".join("%22s" % n for n in self.names)
        for jobs in self.levels:
            yield "%-6d" % jobs + "".join("%22s" % show(n, jobs) for n in self.names)
        yield ""

    def time_cell(self, name, jobs):
        now = self.middle(name, jobs, "run")
        base = self.middle(self.names[0], jobs, "run")
        return "%.1f +-%.1f%s" % (now, self.span(name, jobs),
                                  "" if name == self.names[0] else " " + change(now, base))

    def pages_cell(self, name, jobs):
        pages = ("pages_read", "pages_written")
        now = self.middle(name, jobs, *pages)
        base = self.middle(self.names[0], jobs, *pages)
        return "%d%s" % (now, "" if name == self.names[0] else " " + change(now, base))

    def verdicts(self):
        none, worst = self.names[0], self.levels[-1]
        pages = ("pages_read", "pages_written")
        for name in self.names[1:]:
            moved = [self.middle(n, worst, *pages) for n in (none, name)]
            took = [self.middle(n, worst, "run") for n in (none, name)]
            for what, now, target in (("swap I/O", moved, IO_DOWN), ("run time", took, TIME_DOWN)):
                if not now[0]:
                    yield "%-9s %s: nothing to save at %d jobs" % (name, what, worst)
                    continue
                down = 100 * (now[0] - now[1]) / now[0]
                yield "%-9s %s at %d jobs: down by %.0f %%, target %d %%: %s" % (
                    name, what, worst, down, target, "met" if down >= target else "MISSED")
            slower = [j for j in self.levels if self.middle(name, j, "run") >
                      self.middle(none, j, "run") + self.span(name, j) + self.span(none, j)]
            yield "%-9s slower than without, beyond the spread: %s" % (
                name, " ".join("%d jobs" % j for j in slower) or "at no level")

    def lines(self):
        yield "libbpf compiled by so many compilers at a time; medians of %d runs" % len(
            self.runs[self.names[0], self.levels[0]])
        yield ""
        yield "Run time, s (+- half the range; change against no zswap)"
        yield from self.table("jobs", self.time_cell)
        yield "Pages read from and written to the swap device"
        yield from self.table("jobs", self.pages_cell)
        yield from self.verdicts()
