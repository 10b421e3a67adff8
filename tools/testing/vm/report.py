# SPDX-License-Identifier: GPL-2.0-only
"""The main job's report: what a person reads, and what must hold for success."""

MB = 1 << 20
PAGE = 4096                 # pswpin and pswpout count pages; the machine has 4 KiB pages
WANTED = 300 * MB           # this much must go out and come back verified


class Facts:
    """The figures the guest gave. Columns of mm_stat are named once, here."""

    MM = ("orig", "compr", "used", "limit", "max", "same", "compacted", "huge", "huge_since")

    def __init__(self, facts):
        self.facts = facts

    def text(self, key):
        return self.facts.get(key, "?")

    def number(self, key):
        try:
            return float(self.facts[key])
        except (KeyError, ValueError):
            return 0.0

    def mm(self, key):
        values = [int(x) for x in self.facts.get(key, "").split() if x.isdigit()]
        values += [0] * (len(self.MM) - len(values))
        return dict(zip(self.MM, values))


def ratio(a, b):
    return a / b if b else 0.0


def overhead(mm):
    """Percent of the compressed bytes that the allocator takes on top of them."""
    return 100.0 * ratio(mm["used"] - mm["compr"], mm["compr"])


def failures(facts):
    """The conditions of success that do not hold, in words."""
    f = Facts(facts)
    found = []
    swaps = [line.split() for line in f.text("swaps").split(";") if line.strip()]
    if len(swaps) != 1 or swaps[0][0] != "/dev/zram0":
        found.append("the swap was not /dev/zram0 alone: %s" % f.text("swaps"))
    if f.number("pswpout") * PAGE < WANTED:
        found.append("only %d MB were swapped out" % (f.number("pswpout") * PAGE / MB))
    if f.number("from_swap") * PAGE < WANTED:
        found.append("only %d MB came back from swap verified"
                     % (f.number("from_swap") * PAGE / MB))
    if f.number("wrong") or f.number("verified") != f.number("pages"):
        found.append("%d of %d pages were verified, %d were wrong"
                     % (f.number("verified"), f.number("pages"), f.number("wrong")))
    if f.number("again") + f.number("freed") != f.number("pages"):
        found.append("%d pages were verified after compaction, %d were freed, of %d"
                     % (f.number("again"), f.number("freed"), f.number("pages")))
    failed_io = f.text("io_stat").split()[:3]
    if failed_io != ["0", "0", "0"]:
        found.append("the device counts failed I/O: %s" % " ".join(failed_io))
    full, before = f.mm("mm_full"), f.mm("mm_before")
    after = f.mm("mm_after")
    if not full["compr"] or not before["compr"] or not after["compr"]:
        found.append("mm_stat shows no compressed data")
    if after["used"] > before["used"]:
        found.append("compaction made the pool larger")
    return found


def lines(facts, machine):
    """The report, a line an item."""
    f = Facts(facts)
    full, before, after = f.mm("mm_full"), f.mm("mm_before"), f.mm("mm_after")
    out_mb = f.number("pswpout") * PAGE / MB
    in_mb = f.number("pswpin") * PAGE / MB
    fill_mbs = ratio(f.number("fill_out") * PAGE / MB, f.number("fill_seconds"))
    read_mbs = ratio(f.number("verify_in") * PAGE / MB, f.number("verify_seconds"))
    swap = f.text("swaps").rstrip(";")

    def item(name, text, *args):
        return "  %-22s %s" % (name, text % args if args else text)

    return [
        item("kernel", "%s", f.text("kernel")),
        item("machine", "%s; %d MB usable", machine.describe(), f.number("memory_kb") / 1024),
        item("swap (/proc/swaps)", "%s", swap),
        item("zram0", "%d MB, %s", f.number("disksize") / MB, f.text("algorithm")),
        item("data", "%d MB in %d pages, files of this system", f.number("pages") * PAGE / MB,
             f.number("pages")),
        item("swapped out", "%.1f MB", out_mb),
        item("swapped in", "%.1f MB", in_mb),
        item("stored", "%.1f MB, compressed to %.1f MB (filled up)", full["orig"] / MB,
             full["compr"] / MB),
        item("memory used", "%.1f MB for them", full["used"] / MB),
        item("ratio", "%.2f by compression, %.2f with everything", ratio(full["orig"],
             full["compr"]), ratio(full["orig"], full["used"])),
        item("overhead, filled", "%.2f %% over the compressed bytes", overhead(full)),
        item("a random half freed", "%.1f MB stored, %.1f MB used, overhead %.2f %%",
             before["orig"] / MB, before["used"] / MB, overhead(before)),
        item("after compaction", "%.1f MB used, overhead %.2f %%, in %.2f s",
             after["used"] / MB, overhead(after), f.number("compact_seconds")),
        item("pages freed", "%d by this compaction, %d in all",
             after["compacted"] - before["compacted"], after["compacted"]),
        item("throughput", "out %.0f MB/s while filling, in %.0f MB/s while verifying "
             "(and out %.0f MB/s beside it)", fill_mbs, read_mbs,
             ratio(f.number("verify_out") * PAGE / MB, f.number("verify_seconds"))),
        item("verified", "%.1f MB in random order, %.1f MB of it from swap; "
             "%.1f MB again after compaction", f.number("verified") * PAGE / MB,
             f.number("from_swap") * PAGE / MB, f.number("again") * PAGE / MB),
    ]


def zswap_failures(facts):
    """The same for zswap before a disk."""
    f = Facts(facts)
    found = []
    for key, what in (("stored", "stored in zswap"), ("loaded", "loaded from it"),
                      ("written_back", "written back")):
        if f.number(key) < 1000:
            found.append("only %d pages were %s" % (f.number(key), what))
    if f.number("wrong") or f.number("verified") != f.number("pages"):
        found.append("%d of %d pages were verified, %d were wrong"
                     % (f.number("verified"), f.number("pages"), f.number("wrong")))
    if f.number("damaged"):
        found.append("%d pages were damaged" % f.number("damaged"))
    return found


def zswap_lines(facts, vm):
    """What a person reads of zswap before a disk."""
    f = Facts(facts)
    table = (
        ("machine", "%s; %.0f MB usable" % (vm.describe(), f.number("memory_kb") / 1024)),
        ("zswap", "%s, at most %s %% of memory" % (f.text("log"), f.text("limit_percent"))),
        ("swap (/proc/swaps)", f.text("swaps").rstrip("; ")),
        ("swapped out", "%d pages" % f.number("pswpout")),
        ("stored, loaded", "%d, %d pages" % (f.number("stored"), f.number("loaded"))),
        ("written back", "%d pages; the limit was met %d times"
         % (f.number("written_back"), f.number("limit_hit"))),
        ("pool, filled", "%.1f MB" % (f.number("mm_full") / MB)),
        ("verified", "%.1f MB in random order, %d wrong"
         % (f.number("verified") * PAGE / MB, f.number("wrong"))),
    )
    return ["  %-22s %s" % line for line in table]
