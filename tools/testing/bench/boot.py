# SPDX-License-Identifier: GPL-2.0-only
"""A machine that measures: a module against one kernel, one boot of it."""

import os
import shutil
import stat
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "vm"))

# pylint: disable=wrong-import-position
import initramfs  # noqa: E402
import machine    # noqa: E402
import runner     # noqa: E402

BUILD = os.environ.get("BUILD") or os.path.join(TOP, "build")
LOG = os.environ.get("LOG") or os.path.join(BUILD, "log")
OUT = os.path.join(BUILD, "bench")
TIMEOUT = 300


class Failed(Exception):
    """No figure came of it, and why."""


class Kernel:
    """One of the kernels that are compared."""

    def __init__(self, label, name, tree, source="kernel"):
        self.label = label          # "ours" or "peer"
        self.name = name            # of the build directory
        self.tree = os.path.join(BUILD, tree)
        self.out = os.path.join(BUILD, name)
        self.image = os.path.join(self.out, "linux")
        self.source = os.path.join(HERE, source)    # of the modules and their init
        self.scratch = os.path.join(OUT, name, source)
        self.initrd = None
        self.module = None

    def build_modules(self):
        """The modules, built out of the tree, from a copy of their source."""
        source = os.path.join(self.scratch, "module")
        os.makedirs(source, exist_ok=True)
        for name in os.listdir(self.source):
            shutil.copy2(os.path.join(self.source, name), source)
        make = ["make", "-C", self.tree, "O=" + self.out, "ARCH=um"]
        log = os.path.join(LOG, "bench-module-%s-%s.log" % (
            self.name, os.path.basename(self.source)))
        env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        with open(log, "wb") as out:
            for more in (["modules_prepare"],
                         ["M=" + source, "KBUILD_EXTRA_SYMBOLS=" + self.out + "/vmlinux.symvers",
                          "modules"]):
                done = subprocess.run(make + more, stdout=out, stderr=subprocess.STDOUT, env=env,
                                      check=False)
                if done.returncode:
                    raise Failed("the modules do not build for %s: see %s" % (self.name, log))
        return source

    def build_initramfs(self, module, corpus, init=os.path.join(HERE, "init")):
        """Busybox, the module of that name and the file that it reads."""
        source = self.build_modules()
        self.module = module
        cpio = initramfs.Cpio()
        for name in ("dev", "proc", "sys", "usr", "usr/bin"):
            cpio.add(name, stat.S_IFDIR | 0o755)
        for name in ("bin", "sbin"):
            cpio.link(name, "usr/bin")
        cpio.add("dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1))
        cpio.add("dev/null", stat.S_IFCHR | 0o666, rdev=(1, 3))
        cpio.add_file("init", init)
        cpio.add_file("bench.ko", os.path.join(source, module + ".ko"), 0o644)
        cpio.add_file(os.path.basename(corpus), corpus, 0o644)
        initramfs.add_busybox(cpio)
        self.initrd = os.path.join(self.scratch, module + ".cpio")
        with open(self.initrd, "wb") as f:
            f.write(cpio.dump())

    def measure(self, title, memory, watch=False, append="", swap=None, **params):
        """Boots with MEMORY MiB and returns {figure: [value of each round]}.

        PARAMS are the module's. WATCH adds what the allocator's debugfs file says of a
        pool; it takes memory and time of the machine. APPEND goes to the kernel's
        command line, SWAP is a disk that it may write.
        """
        vm = machine.Machine(self.image, self.initrd, arch="um", mem=memory, append=append,
                             scratch=[swap] * bool(swap))
        args = "zmem.watch=%d zmem.params=%s" % (
            watch, ",".join("%s=%s" % p for p in sorted(params.items())))
        result = runner.run(vm, "bench", LOG, args=args, timeout=TIMEOUT,
                            label="%s-%s-%s" % (self.module, self.name, title))
        bad = [text for good, text in result.verdict.results if not good] + result.problems
        if bad:
            runner.explain(result, "the log's end; the module is in " + self.source)
            raise Failed("%s, %s: %s" % (self.name, title, bad[0]))
        return {key: [float(v) for v in value.split()]
                for key, value in result.verdict.facts.items()}


KERNELS = (Kernel("ours", "um", "linux"), Kernel("peer", "um-peer", "linux-peer"))
