# SPDX-License-Identifier: GPL-2.0-only
"""The table of guest suites: what runs where, and how long it may take."""

import images
import machine
import settings


class Suite:
    """One line of the table. TITLE is NAME, with the machine where it is not QEMU."""

    def __init__(self, name, timeout, arch="x86_64", mem=256, cpus=2, disks=(), allow=None,
                 append="", seconds=0, scratch=()):
        self.name = name
        self.timeout = timeout      # seconds under emulation on two busy processors
        self.arch = arch
        self.mem = mem
        self.cpus = cpus
        self.disks = disks          # names in images.PROVIDERS
        self.scratch = scratch      # MiB of the empty disks behind those
        self.allow = allow          # console lines provoked on purpose
        self.append = append
        self.seconds = seconds      # it runs so long, or as long as TIME says, and then some
        self.title = name if arch != "um" else name + "-um"

    def machine(self, kernel, initrd, kvm=False, **more):
        """The machine that it runs in; MORE is for machine.Machine."""
        mem = self.mem + (settings.MODULES_MEM if settings.MODULES else 0)
        return machine.Machine(kernel, initrd, arch=self.arch, mem=mem, cpus=self.cpus,
                               disks=[images.PROVIDERS[d](settings.SCRATCH) for d in self.disks],
                               scratch=[images.scratch(settings.SCRATCH, size)
                                        for size in self.scratch],
                               kvm=kvm, append=self.append, **more)


SUITES = (
    Suite("attributes", 120),
    Suite("formats", 120),
    Suite("parsers", 240),
    Suite("limits", 120),
    Suite("integrity", 180),
    Suite("tools", 120),
    Suite("swaptools", 120, disks=("swaptools",)),
    Suite("block", 120),
    Suite("algorithms", 240, disks=("corpus",)),
    Suite("recompress", 420, disks=("corpus",)),
    Suite("restorm", 180),
    Suite("params", 240, disks=("corpus",)),
    Suite("filesystem", 300, disks=("tools",)),
    Suite("slotstorm", 180),
    Suite("tracking", 180),
    Suite("statistics", 240),
    Suite("scribble", 180),
    Suite("migrate", 180, mem=128),
    Suite("offline", 240, mem=544, append="movablecore=288M"),
    Suite("fragmented", 240),
    Suite("swap", 300),
    Suite("hotplug", 240),
    Suite("suspend", 300, append="no_console_suspend"),
    Suite("lifecycle", 300),
    Suite("kselftest", 240),
    Suite("ltp", 120),
    Suite("writeback", 420),
    Suite("writeback_ends", 240),
    Suite("writeback_races", 420),
    Suite("backing_faults", 480),
    Suite("foreign", 180),
    Suite("zswap_basic", 300, scratch=(256, 160),
          append="zswap.enabled=1 zswap.compressor=lz4 zswap.max_pool_percent=10"),
    Suite("zswap_params", 300, scratch=(256,),
          append="zswap.compressor=no-such-one zswap.max_pool_percent=33 "
                 "zswap.accept_threshold_percent=70 zswap.max_compression_ratio=80 "
                 "zswap.shrinker_enabled=1 zswap.zpool=zbud zswap.checksum_enabled=0 "
                 "zswap.same_filled_pages_enabled=0 zswap.non_same_filled_pages_enabled=0 "
                 "zswap.incompressible_pages_enabled=1"),
    Suite("zswap_limits", 400, scratch=(512,),
          append="zswap.enabled=1 zswap.max_pool_percent=50"),
    Suite("zswap_faults", 300, scratch=(256,),
          append="zswap.enabled=1 zswap.max_pool_percent=50"),
    Suite("zswap_nomemcg", 240, scratch=(512,),
          append="zswap.enabled=1 zswap.shrinker_enabled=1 cgroup_disable=memory"),
    Suite("stress", 600, mem=512, disks=("tools",), seconds=20),
    Suite("zswap_load_nomem", 120, scratch=(64,)),
    Suite("zswap_pools", 240, scratch=(128,), seconds=8),
    Suite("zswap_hotplug", 240, cpus=4, scratch=(128,), seconds=15),
    Suite("zswap_damage", 180, scratch=(64,)),
    Suite("zswap_lost", 300, scratch=(64,)),
    Suite("zswap_fits", 300, mem=160, scratch=(256, 512)),
    Suite("zswap_plug", 300, scratch=(64,)),
    Suite("zswap_stuck", 240, scratch=(64, 128)),
    Suite("zswap_huge", 240, scratch=(64,)),
    Suite("zswap_lowered", 240, scratch=(128,)),
    Suite("zswap_figures", 300, scratch=(128,)),
    Suite("zswap_evict", 240, scratch=(128,)),
    Suite("zswap_cgroup", 240, scratch=(512,)),
    Suite("swapstorm", 300, cpus=4, scratch=(512, 512), seconds=20),
    Suite("attributes", 120, arch="um"),
    Suite("block", 120, arch="um"),
)

# Init waits for the unit tests, which the kernel runs before it; a million operations take
# longer under emulation than it thinks a task should wait.
WAITING = r"INFO: task swapper/0:1 blocked for more than"

# Run only when they are named: they take long, or a kernel of their own.
LONG = (
    Suite("sizes", 60),
    Suite("scaling", 300, disks=("tools",), seconds=5),
    Suite("zswap_trace", 600, mem=512, scratch=(128,)),     # needs tracepoints: CONFIG=debug
    Suite("zswap_newer", 300, mem=1536, disks=("newer",), scratch=(512,)),
    Suite("stock", 240),            # needs the modules of tools/testing/build/stock
    Suite("kunit", 1200, mem=768, append="kunit.enable=1", allow=WAITING),
    Suite("leaks", 1500, mem=768, disks=("tools",), append="kunit.enable=1", allow=WAITING,
          seconds=30),
)
