# SPDX-License-Identifier: GPL-2.0-only
"""The table of guest suites: what runs where, and how long it may take."""


class Suite:
    """One line of the table. TITLE is NAME, with the machine where it is not QEMU."""

    def __init__(self, name, timeout, arch="x86_64", mem=256, cpus=2, disks=(), allow=None,
                 append="", seconds=0):
        self.name = name
        self.timeout = timeout      # seconds under emulation on two busy processors
        self.arch = arch
        self.mem = mem
        self.cpus = cpus
        self.disks = disks          # names in images.PROVIDERS
        self.allow = allow          # console lines provoked on purpose
        self.append = append
        self.seconds = seconds      # it runs so long, or as long as TIME says, and then some
        self.title = name if arch != "um" else name + "-um"


SUITES = (
    Suite("attributes", 120),
    Suite("limits", 120),
    Suite("tools", 120),
    Suite("block", 120),
    Suite("algorithms", 240, disks=("corpus",)),
    Suite("filesystem", 300, disks=("tools",)),
    Suite("slotstorm", 180),
    Suite("migrate", 180, mem=128),
    Suite("offline", 240, mem=544, append="movablecore=288M"),
    Suite("fragmented", 240),
    Suite("swap", 300),
    Suite("hotplug", 240),
    Suite("lifecycle", 300),
    Suite("kselftest", 240),
    Suite("attributes", 120, arch="um"),
    Suite("block", 120, arch="um"),
)

# Init waits for the unit tests, which the kernel runs before it; a million operations take
# longer under emulation than it thinks a task should wait.
WAITING = r"INFO: task swapper/0:1 blocked for more than"

# Run only when they are named: they take long, or a kernel of their own.
LONG = (
    Suite("kunit", 1200, mem=768, append="kunit.enable=1", allow=WAITING),
    Suite("stress", 600, mem=512, seconds=30),
    Suite("leaks", 1500, mem=768, append="kunit.enable=1", allow=WAITING, seconds=30),
)
