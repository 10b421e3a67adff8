#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Builds the guest's root file system: a gzipped cpio archive, without root.

It holds Debian's static busybox, the real util-linux and e2fsprogs programs
with the libraries they need, our own statically linked test programs and the
guest scripts. The archive is reproducible: sorted names, fixed times, one
owner.
"""

import gzip
import io
import os
import stat
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SELFTESTS = [os.path.join(os.path.dirname(HERE), "selftests", part) for part in ("zram", "zswap")]
# What test programs share with the harnesses in user space.
SHARED = [os.path.join(os.path.dirname(HERE), f)
          for f in ("zsmalloc/rnd.h", "zram/texts.h", "zram/texts.c")]

# Programs whose behaviour is under test or whose busybox applet differs.
REAL_PROGRAMS = ("bash", "zramctl", "mkswap", "swapon", "swapoff", "blkdiscard", "fstrim",
                 "mkfs.ext4", "e2fsck", "dmsetup", "rtcwake", "blkid", "blockdev", "mount",
                 "umount")
SEARCH = ("/usr/sbin", "/usr/bin", "/sbin", "/bin")

# Directories and links of a merged-/usr system.
DIRS = ("dev", "proc", "sys", "tmp", "mnt", "run", "root", "etc", "opt", "usr", "usr/bin",
        "usr/sbin", "usr/lib", "usr/lib64", "usr/libexec", "usr/libexec/zram")
LINKS = {"bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64",
         # busybox's own shell would prefer its applets to real programs.
         "usr/bin/sh": "bash", "etc/mtab": "/proc/self/mounts"}


class Missing(Exception):
    """A program of the host that the machine needs is not installed."""


class Cpio:
    """An archive in the newc format (Documentation/driver-api/early-userspace)."""

    def __init__(self):
        self.entries = {}

    def add(self, name, mode, data=b"", rdev=(0, 0)):
        self.entries.setdefault(name, (mode, data, rdev))

    def add_file(self, name, path, mode=0o755):
        with open(path, "rb") as f:
            self.add(name, stat.S_IFREG | mode, f.read())

    def link(self, name, target):
        self.add(name, stat.S_IFLNK | 0o777, target.encode())

    def dump(self):
        out = io.BytesIO()
        names = sorted(self.entries)
        for ino, name in enumerate(names + ["TRAILER!!!"], 1):
            mode, data, rdev = self.entries.get(name, (0, b"", (0, 0)))
            raw = name.encode() + b"\0"
            fields = (ino, mode, 0, 0, 1, 0, len(data), 0, 0, rdev[0], rdev[1], len(raw), 0)
            out.write(b"070701" + b"".join(b"%08X" % f for f in fields) + raw)
            out.write(b"\0" * (-out.tell() % 4))
            out.write(data)
            out.write(b"\0" * (-out.tell() % 4))
        return out.getvalue()


def find_program(name):
    for directory in SEARCH:
        path = os.path.join(directory, name)
        if os.access(path, os.X_OK):
            return path
    raise Missing(name)


def libraries(program):
    """The shared objects that PROGRAM loads, as the paths it asks for."""
    out = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    found = []
    for line in out.splitlines():
        words = line.split()
        if "not found" in line:
            raise Missing("%s (needed by %s)" % (words[0], program))
        if "=>" in words and words[2].startswith("/"):
            found.append(words[2])
        elif words and words[0].startswith("/"):
            found.append(words[0])
    return found


def guest_path(path):
    """PATH as it is called inside the guest, where / is merged into /usr."""
    path = path.lstrip("/")
    for old in ("bin/", "sbin/", "lib/", "lib64/"):
        if path.startswith(old):
            return "usr/" + path
    return path


def add_parents(cpio, name):
    parts = name.split("/")[:-1]
    for i in range(1, len(parts) + 1):
        cpio.add("/".join(parts[:i]), stat.S_IFDIR | 0o755)


def add_with_libraries(cpio, path):
    for p in [path] + libraries(path):
        name = guest_path(p)
        add_parents(cpio, name)
        cpio.add_file(name, os.path.realpath(p))


def selftests(end):
    """The files of the guest tests whose names end in END, by name."""
    return sorted((os.path.join(d, f) for d in SELFTESTS for f in os.listdir(d) if f.endswith(end)),
                  key=os.path.basename)


def compile_programs(outdir):
    """Compiles every C program of the guest tests; returns their paths."""
    os.makedirs(outdir, exist_ok=True)
    headers = selftests(".h") + SHARED
    include = [word for d in SELFTESTS + [os.path.dirname(SHARED[0])] for word in ("-I", d)]
    programs = []
    for src in selftests(".c"):
        exe = os.path.join(outdir, os.path.basename(src)[:-2])
        newest = max(os.path.getmtime(f) for f in [src] + headers)
        if not os.path.exists(exe) or os.path.getmtime(exe) < newest:
            cmd = ["gcc", "-O2", "-g0", "-static", "-pthread", "-Wall", "-Wextra", "-Werror",
                   "-D_GNU_SOURCE", *include, "-o", exe + ".new", src]
            print("+ " + " ".join(cmd), flush=True)
            subprocess.run(cmd, check=True)
            os.rename(exe + ".new", exe)
        programs.append(exe)
    return programs


def add_busybox(cpio):
    busybox = find_program("busybox")
    if libraries(busybox):
        raise Missing("busybox-static (%s is linked dynamically)" % busybox)
    cpio.add_file("usr/bin/busybox", busybox)
    out = subprocess.run([busybox, "--list"], capture_output=True, text=True, check=True).stdout
    for applet in out.split():
        # What is there under its own name already is a real program: it must
        # not be shadowed by an applet in another directory of the path.
        taken = any(d + applet in cpio.entries for d in ("usr/bin/", "usr/sbin/"))
        if not taken and applet != "busybox":
            cpio.link("usr/bin/" + applet, "busybox")


def build(builddir, kernel_selftests=None):
    """Writes BUILDDIR/initramfs.gz if its content changed and returns its path."""
    cpio = Cpio()
    for d in DIRS:
        cpio.add(d, stat.S_IFDIR | 0o755)
    for name, target in LINKS.items():
        cpio.link(name, target)
    # The kernel opens the console before any script can create a node.
    cpio.add("dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1))
    cpio.add("dev/null", stat.S_IFCHR | 0o666, rdev=(1, 3))
    cpio.add("etc/passwd", stat.S_IFREG | 0o644, b"root:x:0:0:root:/root:/bin/bash\n")
    cpio.add("etc/group", stat.S_IFREG | 0o644, b"root:x:0:\n")
    for program in REAL_PROGRAMS:
        add_with_libraries(cpio, find_program(program))
    for exe in compile_programs(os.path.join(builddir, "bin")):
        cpio.add_file("usr/libexec/zram/" + os.path.basename(exe), exe)
    for path in selftests((".sh", ".txt", ".table")):
        cpio.add_file("usr/libexec/zram/" + os.path.basename(path), path)
    guest = os.path.join(HERE, "guest")
    for name in sorted(os.listdir(guest)):
        dest = "init" if name == "init" else "usr/libexec/zram/" + name
        cpio.add_file(dest, os.path.join(guest, name))
    if kernel_selftests and os.path.isdir(kernel_selftests):
        cpio.add("usr/libexec/kselftest", stat.S_IFDIR | 0o755)
        for name in sorted(os.listdir(kernel_selftests)):
            if name.endswith(".sh"):
                cpio.add_file("usr/libexec/kselftest/" + name,
                              os.path.join(kernel_selftests, name))
    add_busybox(cpio)

    return save(os.path.join(builddir, "initramfs.gz"),
                gzip.compress(cpio.dump(), compresslevel=6, mtime=0))


def save(path, data):
    """Makes PATH hold DATA, and leaves it alone if it does; returns PATH."""
    try:
        with open(path, "rb") as f:
            if f.read() == data:
                return path
    except FileNotFoundError:
        pass
    with open(path + ".new", "wb") as f:
        f.write(data)
    os.rename(path + ".new", path)
    return path


def add_modules(initramfs, root):
    """Writes a copy of INITRAMFS with the files of ROOT/lib/modules added; returns its path.

    The kernel unpacks archives that stand one after another.
    """
    cpio = Cpio()
    for directory, _, names in os.walk(os.path.join(root, "lib", "modules")):
        for name in names:
            path = os.path.join(directory, name)
            inside = guest_path(os.path.relpath(path, root))
            add_parents(cpio, inside)
            cpio.add_file(inside, path, 0o644)
    with open(initramfs, "rb") as f:
        data = f.read()
    data += b"\0" * (-len(data) % 4) + gzip.compress(cpio.dump(), compresslevel=6, mtime=0)
    return save(initramfs.replace(".gz", "-modules.gz"), data)


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    try:
        print(build(*sys.argv[1:3]))
    except Missing as e:
        sys.exit("initramfs: %s is not installed; run: make setup" % e)
