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


def copy_program(root, program):
    """PROGRAM to ROOT/bin, and to ROOT/lib what it loads."""
    for directory in ("bin", "lib"):
        os.makedirs(os.path.join(root, directory), exist_ok=True)
    shutil.copy(program, os.path.join(root, "bin"))
    for lib in initramfs.libraries(program):
        shutil.copy(os.path.realpath(lib), os.path.join(root, "lib", os.path.basename(lib)))


def make_image(path, root):
    """PATH becomes an ext4 image of what is below ROOT, which goes."""
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


def empty(path):
    """PATH as a directory that holds nothing."""
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def tools(builddir):
    """BUILDDIR/tools.img: an ext4 image with programs too big for the initramfs."""
    path = os.path.join(builddir, "tools.img")
    program = initramfs.find_program("fio")
    if os.path.exists(path) and os.path.getmtime(path) > os.path.getmtime(program):
        return path
    root = empty(os.path.join(builddir, "tools.root"))
    copy_program(root, program)
    return make_image(path, root)


def fetch(directory, *packages):
    """Debian's PACKAGES, downloaded and unpacked in DIRECTORY; returns where their root is."""
    # Downloaded as whoever we are: apt's own user cannot write here.
    cmd = ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", *packages]
    print("+ " + " ".join(cmd), flush=True)
    if subprocess.run(cmd, cwd=directory, check=False).returncode:
        raise SystemExit("these packages cannot be had; what to try: apt-get update")
    unpacked = empty(os.path.join(directory, "unpacked"))
    for package in sorted(f for f in os.listdir(directory) if f.endswith(".deb")):
        subprocess.run(["dpkg-deb", "-x", os.path.join(directory, package), unpacked], check=True)
    return unpacked


def swaptools(builddir):
    """BUILDDIR/swaptools.img: what Debian's packages bring to set up swap on zram.

    They are downloaded and unpacked and not installed: installed they would set up swap on
    zram on this system.
    """
    path = os.path.join(builddir, "swaptools.img")
    if os.path.exists(path):
        return path
    root = empty(os.path.join(builddir, "swaptools.root"))
    fetched = empty(os.path.join(builddir, "swaptools.fetched"))
    unpacked = fetch(fetched, "zram-tools", "systemd-zram-generator")
    for program in ("usr/sbin/zramswap", "lib/systemd/system-generators/zram-generator"):
        copy_program(root, os.path.join(unpacked, program))
    shutil.copy(os.path.join(unpacked, "etc/default/zramswap"), root)
    shutil.rmtree(fetched)
    return make_image(path, root)


NEWER = "linux-source-6.12"      # Debian 12 has it among its security updates


def newer(builddir):
    """BUILDDIR/newer.img: the selftest of zswap that came after 6.1, unmodified."""
    path = os.path.join(builddir, "newer.img")
    if os.path.exists(path):
        return path
    root = empty(os.path.join(builddir, "newer.root"))
    fetched = empty(os.path.join(builddir, "newer.fetched"))
    source = os.path.join(fetch(fetched, NEWER), "usr", "src", NEWER + ".tar.xz")
    selftests = NEWER + "/tools/testing/selftests/"
    cmd = ["tar", "-xJf", source, "-C", fetched, "--wildcards",
           selftests + "cgroup/*", selftests + "*.h"]
    print("+ " + " ".join(cmd), flush=True)
    subprocess.run(cmd, check=True)
    # Not optimised: the compiler leaves out memory that nobody reads, which it is about.
    cmd = ["gcc", "-O0", "-static", "-pthread", "-I..", "-o", os.path.join(root, "test_zswap"),
           "test_zswap.c", "cgroup_util.c"]
    print("+ " + " ".join(cmd), flush=True)
    subprocess.run(cmd, check=True, cwd=os.path.join(fetched, selftests, "cgroup"))
    shutil.rmtree(fetched)
    return make_image(path, root)


def scratch(builddir, size):
    """An empty disk of SIZE MiB in BUILDDIR, which takes no room there."""
    path = os.path.join(builddir, "scratch-%d.img" % size)
    with open(path, "ab") as out:
        out.truncate(size << 20)
    return path


PROVIDERS = {"corpus": corpus, "tools": tools, "swaptools": swaptools, "newer": newer}
