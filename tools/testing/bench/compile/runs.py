# SPDX-License-Identifier: GPL-2.0-only
"""A machine that compiles under pressure: one boot of it, one line of the table."""

import ctypes
import os
import resource
import stat
import subprocess

import boot
import image
import images
import initramfs
import machine
import runner

HERE = os.path.dirname(os.path.abspath(__file__))
SCRATCH = os.path.join(boot.OUT, "compile")
MEMORY = 152            # MiB, 36 of them for the compiler itself
SWAP = 512              # MiB
TIMEOUT = 900
ADDR_NO_RANDOMIZE = 0x0040000


def same_memory_every_time():
    """User-Mode Linux takes its kernel's heap off the memory of the machine: from here on, for
    this process and its children, that begins where the program ends, and not up to 3 MB later.
    """
    if ctypes.CDLL(None, use_errno=True).personality(ADDR_NO_RANDOMIZE) == -1:
        raise OSError(ctypes.get_errno(), "personality")


class Variant:
    """What is compared: a kernel and what zswap is told in it."""

    def __init__(self, name, kernel, append=""):
        self.name = name
        self.image = os.path.join(boot.BUILD, kernel, "linux")
        self.append = append


class Bench:
    """Everything that all runs share; made once."""

    def __init__(self):
        os.makedirs(SCRATCH, exist_ok=True)
        self.slow = os.path.join(SCRATCH, "slowdisk.so")
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
                        self.slow, os.path.join(HERE, "slowdisk.c"), "-ldl"], check=True)
        self.program = image.make(os.path.join(boot.BUILD, "linux-peer"), SCRATCH)
        self.initrd = self._initramfs()

    @staticmethod
    def _initramfs():
        cpio = initramfs.Cpio()
        for name in ("dev", "proc", "sys", "usr", "usr/bin", "c", "tmp"):
            cpio.add(name, stat.S_IFDIR | 0o755)
        for name in ("bin", "sbin"):
            cpio.link(name, "usr/bin")
        cpio.add("dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1))
        cpio.add("dev/null", stat.S_IFCHR | 0o666, rdev=(1, 3))
        for name in ("init", "compile"):
            cpio.add_file(name, os.path.join(HERE, name))
        initramfs.add_busybox(cpio)
        path = os.path.join(SCRATCH, "compile.cpio")
        with open(path, "wb") as f:
            f.write(cpio.dump())
        return path

    def run(self, variant, jobs, place):
        """Returns {figure: number}. PLACE is a number that no other run has meanwhile."""
        directory = os.path.join(SCRATCH, str(place))
        os.makedirs(directory, exist_ok=True)
        swap = images.scratch(directory, SWAP)
        # What an earlier run has written there says nothing.
        os.truncate(swap, 0)
        os.truncate(swap, SWAP << 20)
        vm = machine.Machine(variant.image, self.initrd, arch="um", mem=MEMORY,
                             disks=[self.program], scratch=[swap], append=variant.append,
                             env={"LD_PRELOAD": self.slow, "SLOWDISK": os.path.realpath(swap)})
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = runner.run(vm, "compile", boot.LOG, timeout=TIMEOUT,
                            args="zmem.jobs=%d zmem.swapdisk=/dev/ubdb" % jobs,
                            label="bench-compile-%s-%d-%d" % (
                                variant.name.replace(" ", "-"), jobs, place))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        bad = [text for good, text in result.verdict.results if not good] + result.problems
        if bad:
            runner.explain(result, "the log's end")
            raise boot.Failed("%s, %d jobs: %s" % (variant.name, jobs, bad[0]))
        facts = {key: float(value) for key, value in result.verdict.facts.items()}
        facts["cpu"] = sum(getattr(after, k) - getattr(before, k)
                           for k in ("ru_utime", "ru_stime"))
        # The processor's time is the machine's own, however busy the host; what the machine
        # waited for its disk while it had nothing to run it has counted itself.
        facts["run"] = facts["cpu"] + facts["idle"]
        return facts
