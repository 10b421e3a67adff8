# SPDX-License-Identifier: GPL-2.0-only
"""What counts as success: the guest's own words, and a console without complaints.

The guest's port carries these lines and no others:

	ok NAME			one result
	not ok NAME - REASON	one result
	= KEY VALUE		a fact for the report
	# TEXT			a remark for the reader
	END N			the last line: N results were given

Everything else on the port, and the absence of END, is a failure. Silence can
therefore never pass.
"""

import re

# What a kernel prints when something is wrong. The console of a good run holds
# none of these.
COMPLAINTS = re.compile(r"""
	Kernel\ panic | WARNING:\  | BUG:?\  | Oops | \bINFO:\ | general\ protection |
	possible\ (circular|recursive)\ locking | inconsistent\ lock\ state | suspicious\ RCU |
	KASAN | KCSAN | UBSAN | kmemleak:.*suspected | soft\ lockup | hard\ LOCKUP |
	blocked\ for\ more\ than | page\ allocation\ failure | Out\ of\ memory: |
	list_(add|del)\ corruption | Bad\ (page|rss|swap) | \bsegfault\b | traps: |
	refcount_t: | sleeping\ function\ called | unable\ to\ handle
	""", re.VERBOSE)


class Verdict:
    """Collects a run's lines and says what is wrong with them."""

    def __init__(self):
        self.results = []       # (passed, text)
        self.facts = {}
        self.remarks = []
        self.end = None         # what END said
        self.strange = []       # lines that mean nothing

    def feed(self, line):
        line = line.rstrip("\r\n")
        if self.end is not None and line:
            self.strange.append(line + " (after END)")
        elif line.startswith("ok "):
            self.results.append((True, line[3:]))
        elif line.startswith("not ok "):
            self.results.append((False, line[7:]))
        elif line.startswith("= "):
            key, _, value = line[2:].partition(" ")
            self.facts[key] = value
        elif line.startswith("#"):
            self.remarks.append(line[1:].strip())
        elif re.fullmatch(r"END \d+", line):
            self.end = int(line[4:])
        elif line:
            self.strange.append(line)

    def problems(self):
        """Why the run failed apart from the results it gave; empty when it did not."""
        found = []
        if not self.results:
            found.append("the guest gave no result")
        if self.end is None:
            found.append("the guest did not reach its end")
        elif self.end != len(self.results):
            found.append("the guest counted %d results, %d arrived"
                         % (self.end, len(self.results)))
        for line in self.strange[:3]:
            found.append("unexpected words on the verdict port: %r" % line[:80])
        return found


def complaints(console_lines, allow=None):
    """The lines of a console that name a defect, without those ALLOW matches."""
    found = []
    for line in console_lines:
        if COMPLAINTS.search(line) and not (allow and re.search(allow, line)):
            found.append(line.strip())
    return found
