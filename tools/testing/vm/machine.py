# SPDX-License-Identifier: GPL-2.0-only
"""How a virtual machine is started: the command line of QEMU or of UML.

Both machines have the same two channels: a console, which carries the kernel's
messages, and a port of its own for the guest's verdict.
"""

import os
import shutil

# A defect ends the run: a warning or an oops is a panic, a panic is an exit.
FATAL = "panic_on_warn=1 oops=panic panic=-1 hung_task_panic=1 softlockup_panic=1"
COMMON = FATAL + " ignore_loglevel random.trust_cpu=on"


class Machine:
    """What is booted; immutable once made."""

    def __init__(self, kernel, initrd, arch="x86_64", mem=256, cpus=2, disks=(), kvm=False,
                 append="", scratch=(), env=(),
                 ram=None):
        self.kernel = kernel
        self.initrd = initrd
        self.arch = arch        # "x86_64" (QEMU) or "um" (User-Mode Linux)
        self.mem = mem          # MiB
        self.cpus = cpus        # UML has always one
        self.disks = disks      # read-only raw images, in the order of their letters
        self.kvm = kvm
        self.append = append
        self.scratch = scratch  # raw images behind those, whose changes QEMU drops in the end
        self.ram = ram          # a file that the memory of QEMU's machine is in, or None
        self.env = dict(env)    # what the machine's own process finds in its environment besides

    def describe(self):
        if self.arch == "um":
            return "User-Mode Linux, %d MB, 1 CPU" % self.mem
        return "QEMU x86_64 (%s), %d MB, %d CPUs" % ("KVM" if self.kvm else "TCG",
                                                     self.mem, self.cpus)

    def problem(self):
        """Says what is missing before the machine can start, or None."""
        if not os.path.exists(self.kernel):
            target = "uml" if self.arch == "um" else "kernel"
            return "there is no kernel %s: run make %s" % (self.kernel, target)
        if self.arch != "um" and not shutil.which("qemu-system-x86_64"):
            return "qemu-system-x86_64 is not installed: run make setup"
        return None

    def command(self, console, verdict, args, interactive=False):
        """CONSOLE and VERDICT are paths for QEMU and open descriptors for UML."""
        append = " ".join(x for x in (COMMON, self.append, args) if x)
        if self.arch == "um":
            return self._uml(console, verdict, append, interactive)
        return self._qemu(console, verdict, append, interactive)

    def _qemu(self, console, verdict, append, interactive):
        accel = "kvm" if self.kvm else "tcg,thread=multi"
        # An emulated machine on a busy host measures its TSC wrong by factors;
        # its HPET follows the host's clock.
        clock = "" if self.kvm else "no_timer_check tsc=unstable clocksource=hpet "
        # When a task has waited for too long: what are the others doing?
        append = clock + "sysctl.kernel.hung_task_all_cpu_backtrace=1 " + append
        append = "console=ttyS0 zmem.port=ttyS1 zmem.disk=vd " + append
        cmd = ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-no-reboot",
               "-display", "none", "-accel", accel, "-cpu", "host" if self.kvm else "max",
               "-m", str(self.mem), "-smp", str(self.cpus),
               "-kernel", self.kernel, "-initrd", self.initrd, "-append", append,
               "-serial", "mon:stdio" if interactive else "file:" + console,
               "-serial", "null" if interactive else "file:" + verdict]
        if self.ram:
            cmd += ["-object", "memory-backend-file,id=ram,size=%dM,share=on,mem-path=%s" % (
                self.mem, self.ram), "-machine", "memory-backend=ram"]
        for path in self.disks:
            cmd += ["-drive", "file=%s,format=raw,if=virtio,readonly=on" % path]
        for path in self.scratch:
            cmd += ["-drive", "file=%s,format=raw,if=virtio,snapshot=on" % path]
        return cmd

    def _uml(self, console, verdict, append, interactive):
        con = "con0=fd:0,fd:1" if interactive else "con0=null,fd:%d" % console
        ssl = "ssl0=null" if interactive else "ssl0=null,fd:%d" % verdict
        cmd = [self.kernel, "mem=%dM" % self.mem, "initrd=" + self.initrd, "con=null", con,
               "ssl=null", ssl, "console=tty0", "zmem.port=ttyS0", "zmem.disk=ubd"]
        modes = ["r"] * len(self.disks) + [""] * len(self.scratch)
        for letter, mode, path in zip("abcdefgh", modes, [*self.disks, *self.scratch]):
            cmd.append("ubd%s%s=%s" % (letter, mode, path))
        return cmd + append.split()


def cpu_can_virtualise():
    """KVM is worth a probe only where the processor says so."""
    try:
        with open("/proc/cpuinfo") as f:
            flags = next((line for line in f if line.startswith("flags")), "").split()
    except OSError:
        return False
    return ("vmx" in flags or "svm" in flags) and os.access("/dev/kvm", os.R_OK | os.W_OK)
