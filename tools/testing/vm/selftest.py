# SPDX-License-Identifier: GPL-2.0-only
"""Proves that the runner notices: guests that go wrong must all be failures."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import machine
import report
import runner
import settings

# way -> what the runner must say; None where it must be content. See guest/misbehave.sh.
WAYS = (
    ("good", None),
    ("nothing", "the guest gave no result"),
    ("few", "the guest counted 3 results, 2 arrived"),
    ("no_end", "the guest did not reach its end"),
    ("dies", "the guest did not reach its end"),
    ("forged", "the guest gave no result"),
    ("result", "first - it was asked to fail"),
    ("after_end", "(after END)"),
    ("panic", "Kernel panic"),
    ("late_panic", "Kernel panic"),
    ("warn", "WARNING"),
    ("lockdep", "possible circular locking"),
    ("kasan", "KASAN"),
    ("ubsan", "UBSAN"),
    ("hung", "blocked for more than"),
    ("silent", "no end within"),
)
SILENT_TIMEOUT = 15

# A main job that succeeded, and single facts that each make it a failure.
GOOD_JOB = {
    "swaps": "/dev/zram0 partition 524284 0 100;", "pswpout": "100000", "pswpin": "100000",
    "from_swap": "99000", "pages": "102400", "verified": "102400", "wrong": "0",
    "freed": "51200", "again": "51200", "io_stat": " 0 0 0 200000",
    "mm_full": "400000000 200000000 210000000 0 0 0 0 0 0",
    "mm_before": "200000000 100000000 150000000 0 0 0 0 0 0",
    "mm_after": "200000000 100000000 105000000 0 0 0 0 0 0",
}
BAD_FACTS = (
    ("no_swap", "swaps", ""),
    ("other_swap", "swaps", "/dev/vda partition 524284 0 100;"),
    ("second_swap", "swaps", GOOD_JOB["swaps"] + "/dev/vda partition 524284 0 100;"),
    ("little_out", "pswpout", "70000"),
    ("little_back", "from_swap", "70000"),
    ("wrong_page", "wrong", "1"),
    ("unverified_page", "verified", "102399"),
    ("lost_after_compaction", "again", "51199"),
    ("failed_io", "io_stat", "1 0 0 200000"),
    ("no_figures", "mm_full", ""),
    ("growth_by_compaction", "mm_after", "200000000 100000000 160000000 0 0 0 0 0 0"),
)


def one(way, wanted, initrd, kvm):
    """Returns None if the runner judged rightly, or else what it said."""
    vm = machine.Machine(settings.KERNEL, initrd, kvm=kvm, mem=128, cpus=1)
    timeout = SILENT_TIMEOUT if way == "silent" else 60
    result = runner.run(vm, "misbehave", settings.LOG, args="zmem.way=" + way, timeout=timeout,
                        label="runner-" + way)
    said = result.problems + [text for good, text in result.verdict.results if not good]
    if wanted is None:
        return "; ".join(said) if result.failed or not result.passed else None
    if result.failed and any(wanted in text for text in said):
        return None
    return "should say '%s', said '%s'" % (wanted, "; ".join(said))


def judge_jobs():
    """Yields (name, complaint or None) for each set of facts the report judges."""
    said = report.failures(GOOD_JOB)
    yield "accepts_good_job", "; ".join(said) or None
    for name, key, value in BAD_FACTS:
        said = report.failures(dict(GOOD_JOB, **{key: value}))
        yield "notices_" + name, None if said else "the job passed with %s '%s'" % (key, value)


def judge_guests(initrd, kvm):
    """Yields (name, complaint or None) for each way a guest goes wrong."""
    with ThreadPoolExecutor(2) as pool:
        judged = pool.map(lambda w: one(w[0], w[1], initrd, kvm), WAYS)
        for (way, wanted), words in zip(WAYS, judged):
            yield "accepts_good" if wanted is None else "notices_" + way, words


def run(initrd, kvm):
    """Prints a result for every way to go wrong; returns (passed, failed)."""
    passed = failed = 0
    for name, words in chain(judge_jobs(), judge_guests(initrd, kvm)):
        if words is None:
            print("ok runner/" + name, flush=True)
            passed += 1
        else:
            print("not ok runner/%s - %s" % (name, words), flush=True)
            failed += 1
    return passed, failed
