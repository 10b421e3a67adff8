# SPDX-License-Identifier: GPL-2.0-only
"""Disk images for the guest, made without root: a corpus of real data, big tools.

The corpus is a raw image: block 0 holds the words "zmem corpus" and the number of blocks
that follow, each 4096 bytes of a file of this system, every file starting on
a block of its own, as it would in memory.
"""

import os
import shutil
import struct
import subprocess
import zlib

import initramfs

BLOCK = 4096
MAGIC = b"zmem corpus\0\0\0\0\0"
FILE_CAP = 4 << 20          # no single file dominates

# (what, share of the corpus, worst ratio allowed, where, which names). The ratio is that of
# zlib's fastest level on single blocks; it keeps the corpus as compressible
# on any system as the memory of programs commonly is, about 2 to 1 under LZO.
KINDS = (
    ("text", 0.62, 0.28, ("/usr/include", "/usr/share", "/usr/lib/python3",
                          "/usr/lib/python3.11", "/usr/src", "/etc"),
     (".h", ".py", ".txt", ".html", ".pl", ".pm", ".c", ".xml", ".sh", ".md", ".rst", ".list",
      ".md5sums", ".po", ".mo", ".conf", "copyright")),
    ("programs", 0.15, 0.48, ("/usr/bin", "/usr/sbin", "/usr/libexec", "/usr/lib/gcc"), ("",)),
    ("libraries", 0.18, 0.43, ("/usr/lib/x86_64-linux-gnu", "/usr/lib"),
     (".so", ".a", ".o", ".so.")),
    ("compressed", 0.05, 1.0, ("/usr/share", "/usr/src", "/var/lib", "/usr/lib"),
     (".gz", ".xz", ".zst", ".png", ".bz2", ".jar", ".zip")),
)


def files(roots, names):
    """Files below ROOTS with such names, in an order that does not change."""
    for root in roots:
        for path, dirs, entries in os.walk(root):
            dirs.sort()
            for entry in sorted(entries):
                full = os.path.join(path, entry)
                if any(entry.endswith(n) or (n == ".so." and n in entry) for n in names) \
                        and os.path.isfile(full) and not os.path.islink(full):
                    yield full


def compressed_size(data):
    """About what DATA, a whole number of blocks, compresses to: by a sample of it."""
    sample = range(0, len(data), BLOCK * 16)
    size = sum(min(BLOCK, len(zlib.compress(data[at:at + BLOCK], 1))) for at in sample)
    return size * (len(data) // BLOCK) // len(sample)


def add_kind(out, budget, worst, roots, names):
    """Appends up to BUDGET bytes, a whole number of blocks for each file.

    A file that would bring the ratio above WORST is left out.
    """
    done = compressed = 0
    for path in files(roots, names):
        if done >= budget:
            break
        try:
            with open(path, "rb") as f:
                data = f.read(min(FILE_CAP, budget - done))
        except OSError:
            continue
        # An empty file, or one of a few bytes, says nothing about compression.
        if len(data) < 512:
            continue
        data += b"\0" * (-len(data) % BLOCK)
        size = compressed_size(data)
        if compressed + size > worst * (done + len(data)):
            continue
        out.write(data)
        done += len(data)
        compressed += size
    return done


def corpus(builddir, size=400 << 20):
    """BUILDDIR/corpus.img with about SIZE bytes; made once."""
    path = os.path.join(builddir, "corpus.img")
    if os.path.exists(path):
        return path
    print("Collecting %d MB of this system's files for the guest" % (size >> 20), flush=True)
    with open(path + ".new", "wb") as out:
        out.write(b"\0" * BLOCK)
        made = {}
        for what, share, worst, roots, names in KINDS:
            made[what] = add_kind(out, int(size * share) // BLOCK * BLOCK,
                                  worst, roots, names)
        blocks = out.tell() // BLOCK - 1
        out.seek(0)
        out.write(MAGIC + struct.pack("<Q", blocks))
    print("  " + ", ".join("%s %d MB" % (k, v >> 20) for k, v in made.items()), flush=True)
    if blocks < 4096:
        raise SystemExit("this system has too few files to make a corpus of")
    os.rename(path + ".new", path)
    return path


def tools(builddir):
    """BUILDDIR/tools.img: an ext4 image with programs too big for the initramfs."""
    path = os.path.join(builddir, "tools.img")
    program = initramfs.find_program("fio")
    if os.path.exists(path) and os.path.getmtime(path) > os.path.getmtime(program):
        return path
    root = os.path.join(builddir, "tools.root")
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(os.path.join(root, "lib"))
    os.makedirs(os.path.join(root, "bin"))
    shutil.copy(program, os.path.join(root, "bin"))
    for lib in initramfs.libraries(program):
        shutil.copy(os.path.realpath(lib), os.path.join(root, "lib", os.path.basename(lib)))
    size = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(root) for f in fs)
    if os.path.exists(path + ".new"):
        os.unlink(path + ".new")
    cmd = ["mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-d", root, path + ".new",
           "%dk" % (size * 5 // 4 // 1024 + 4096)]
    print("+ " + " ".join(cmd), flush=True)
    subprocess.run(cmd, check=True, env=dict(os.environ, PATH="/usr/sbin:/sbin:/usr/bin:/bin"))
    os.rename(path + ".new", path)
    shutil.rmtree(root)
    return path


PROVIDERS = {"corpus": corpus, "tools": tools}
