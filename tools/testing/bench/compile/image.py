# SPDX-License-Identifier: GPL-2.0-only
"""A disk image with a compiler and with a C program to compile: libbpf of the base's tree.

Its sources are preprocessed here, so that the guest needs no headers.
"""

import os
import shutil
import subprocess

import initramfs

UNITS = "tools/lib/bpf"
# The largest takes a third of the time of all, and would leave the other jobs with nothing
# to do; the smallest are done before the compiler has taken any memory.
LEFT_OUT = ("libbpf.c", "libbpf_errno.c", "str_error.c", "strset.c", "nlattr.c", "hashmap.c",
            "bpf_prog_linfo.c", "libbpf_probes.c")


def preprocess(tree, out):
    sources = os.path.join(tree, UNITS)
    for name in sorted(os.listdir(sources)):
        if name.endswith(".c") and name not in LEFT_OUT:
            subprocess.run(["gcc", "-E", "-P", "-w", "-I" + os.path.join(tree, "tools/include"),
                            "-I" + os.path.join(tree, "tools/include/uapi"),
                            "-o", os.path.join(out, name[:-2] + ".i"),
                            os.path.join(sources, name)], check=True)


def make(tree, scratch):
    """SCRATCH/compile.img; made once for every state of this file and the compiler."""
    path = os.path.join(scratch, "compile.img")
    cc1 = subprocess.run(["gcc", "-print-prog-name=cc1"], check=True, stdout=subprocess.PIPE,
                         text=True).stdout.strip()
    newest = max(os.path.getmtime(f) for f in (__file__, cc1))
    if os.path.exists(path) and os.path.getmtime(path) > newest:
        return path
    root = os.path.join(scratch, "compile.root")
    shutil.rmtree(root, ignore_errors=True)
    for name in ("units", "out", "lib"):
        os.makedirs(os.path.join(root, name))
    preprocess(tree, os.path.join(root, "units"))
    shutil.copy(cc1, os.path.join(root, "cc1"))
    for lib in initramfs.libraries(cc1):
        shutil.copy(os.path.realpath(lib), os.path.join(root, "lib", os.path.basename(lib)))
    os.symlink("lib", os.path.join(root, "lib64"))
    size = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(root) for f in fs)
    if os.path.exists(path + ".new"):
        os.unlink(path + ".new")
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-d", root, path + ".new",
                    "%dk" % (size * 5 // 4 // 1024 + 4096)], check=True,
                   env=dict(os.environ, PATH="/usr/sbin:/sbin:/usr/bin:/bin"))
    os.rename(path + ".new", path)
    shutil.rmtree(root)
    return path
