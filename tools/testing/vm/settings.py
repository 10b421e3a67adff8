# SPDX-License-Identifier: GPL-2.0-only
"""Where things are: what the environment says, with defaults in build/."""

import os
import sys

import initramfs
import machine
import runner

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
OUT = os.environ.get("BUILD") or os.path.join(TOP, "build")


def setting(name, *default):
    return os.environ.get(name) or os.path.join(OUT, *default)


KERNEL = setting("KERNEL", "x86_64", "arch", "x86", "boot", "bzImage")
UML = setting("UML", "um", "linux")
LOG = setting("LOG", "log")
TREE = setting("TREE", "linux")
MODULES = os.environ.get("MODULES")     # below it lib/modules of a kernel that has some
# What a kernel that comes with modules, and with much else, needs more than ours: MiB, one
# block of memory, so that "offline" finds blocks where it expects them.
MODULES_MEM = 128
SCRATCH = os.path.join(OUT, "vm")
KSELFTESTS = os.path.join(TREE, "tools", "testing", "selftests", "zram")


def build_initramfs():
    os.makedirs(SCRATCH, exist_ok=True)
    try:
        made = initramfs.build(SCRATCH, KSELFTESTS)
        return initramfs.add_modules(made, MODULES) if MODULES else made
    except initramfs.Missing as e:
        sys.exit("%s is not installed on this system; run: make setup" % e)


def use_kvm(kernel, initrd):
    """KVM is used only after a machine has booted with it: KVM=0 says never."""
    if os.environ.get("KVM") == "0" or not machine.cpu_can_virtualise():
        return False
    probe = machine.Machine(kernel, initrd, kvm=True)
    good = not runner.run(probe, "probe", LOG, timeout=20).failed
    print("KVM: the probe boot %s" % ("succeeded" if good else "failed, emulating"), flush=True)
    return good
