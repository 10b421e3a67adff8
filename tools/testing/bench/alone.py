# SPDX-License-Identifier: GPL-2.0-only
"""zswap alone: what a store and a load take beyond the compressor, and how dense a pool is."""

import os
import subprocess
from statistics import median

import boot
import images

SAMPLE = 4000           # pages of the corpus, taken from all of it
BURST = 40000           # pages that fill a pool of about 50 MB
SWAP = 256              # MiB, of which nothing is written
MEMORY = 640            # MiB
ROUNDS = 15
TURNS = 3
COST = 0.6              # of the peer's
DENSITY = 1.07
OPERATIONS = (("store", "compress"), ("load", "decompress"), ("invalidate", None))
HEAD = "%-34s %8s %8s %8s %8s %7s" % ("", "target", "ours", "peer", "ratio", "+-% o/p")


def sample(corpus):
    path = os.path.join(boot.OUT, "pages.bin")
    whole = os.path.join(corpus, "pages.bin")
    pages = os.path.getsize(whole) // 4096
    with open(whole, "rb") as f, open(path, "wb") as out:
        for i in range(SAMPLE):
            f.seek(i * pages // SAMPLE * 4096)
            out.write(f.read(4096))
    return path


def kernels():
    for label, name, tree, allocators in (("ours", "um", "linux", ("zsmalloc",)),
                                          ("peer", "um-peer", "linux-peer", ("zsmalloc", "zbud"))):
        kernel = boot.Kernel(label, name, tree, "swapmodule")
        yield kernel, allocators


def boot_line(kernel, allocator, codec):
    line = "zswap.enabled=1 zswap.zpool=%s zswap.compressor=%s zswap.max_pool_percent=80" % (
        allocator, codec)
    # The peer has none.
    return line + " zswap.checksum_enabled=0" * (kernel.label == "ours")


def spread(values):
    return 100 * (max(values) - min(values)) / median(values)


def cost_rows(found):
    for codec in ("lzo", "lz4"):
        for operation, bare in OPERATIONS:
            what = "%s, %s%s, ns" % (operation, codec, " above the compressor" * bool(bare))
            by = {}
            for key, figures in found.items():
                if key[2] == codec:
                    by[key[:2]] = [f[operation][0] - (f[bare][0] if bare else 0) for f in figures]
            ours, peer = (median(by[k]) for k in (("ours", "zsmalloc"), ("peer", "zsmalloc")))
            target = "%g x" % COST if bare else "-"
            verdict = "" if not bare else "  met" if ours <= COST * peer else "  MISSED"
            yield "%-34s %8s %8.0f %8.0f %8.2f %3.0f/%-3.0f%s" % (
                what, target, ours, peer, ours / peer, spread(by["ours", "zsmalloc"]),
                spread(by["peer", "zsmalloc"]), verdict)
            yield "%-34s %8s %8s %8.0f" % ("    the peer with zbud", "", "",
                                           median(by["peer", "zbud"]))


def density_rows(bursts):
    for what, at in (("at once", "pool_at_once"), ("settled", "pool_settled")):
        ours, peer = (bursts[k][at][0] / bursts[k]["live_bytes"][0] for k in ("ours", "peer"))
        judged = at == "pool_settled"
        verdict = "" if not judged else "  met" if ours <= DENSITY else "  MISSED"
        yield "%-34s %8s %8.3f %8.3f %8.2f%s" % (
            "pool per byte, half gone, " + what, "%g" % DENSITY if judged else "-", ours, peer,
            ours / peer, verdict)


def measure(say, quick):
    """Returns the lines of the table."""
    corpus = os.path.join(boot.BUILD, "corpus")
    subprocess.run([os.path.join(boot.HERE, "corpus", "collect"),
                    os.path.join(boot.BUILD, "linux"), corpus], check=True)
    pages = sample(corpus)
    swap = images.scratch(boot.OUT, SWAP)
    found, bursts = {}, {}
    both = list(kernels())
    for kernel, _ in both:
        kernel.build_initramfs("zswap_bench", pages, os.path.join(boot.HERE, "swapmodule", "init"))
    for turn in range(1 if quick else TURNS):
        for kernel, allocators in both[::-1 if turn % 2 else 1]:
            for allocator in allocators:
                for codec in ("lzo", "lz4"):
                    say("zswap alone: %s, %s, %s" % (kernel.label, allocator, codec))
                    found.setdefault((kernel.label, allocator, codec), []).append(kernel.measure(
                        "%s-%s" % (allocator, codec), MEMORY, swap=swap, codec=codec, rounds=ROUNDS,
                        append=boot_line(kernel, allocator, codec)))
    for kernel, _ in both:
        say("zswap alone: %s, a burst" % kernel.label)
        bursts[kernel.label] = kernel.measure(
            "burst", MEMORY, swap=swap, codec="lzo", burst=BURST,
            append=boot_line(kernel, "zsmalloc", "lzo"))
    return ["zswap alone, by the machine's time; the peer with zsmalloc, its densest allocator.",
            "", HEAD, *cost_rows(found), *density_rows(bursts)]
