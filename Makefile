# SPDX-License-Identifier: GPL-2.0-only
#
# Compressed memory for Linux 6.1. "make" alone says what there is. A recipe
# that is longer than a line is a script in tools/testing/build/.

BUILD   := $(CURDIR)/build
LOG     := $(BUILD)/log
JOBS    ?= $(shell nproc)
SOURCE  ?= /usr/src/linux-source-6.1.tar.xz
ARCH    ?=
CONFIG  ?=
FILTER  ?=
SUITES  ?=
CHECKS  ?=
FILL    ?= 400
SWAP    ?= 512
TIME    ?= 300
KVM     ?= 1
QUICK   ?= 0
WRITE   ?= 0
V       ?= 0

export BUILD LOG JOBS SOURCE FILTER FILL SWAP TIME KVM QUICK WRITE V

B       := tools/testing/build
VM      := tools/testing/vm

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

.PHONY: help setup packages tree peer kernel uml peer-kernel peer-uml modules run shell test kunit \
	harness harness-zram harness-zswap guest stock stress stress-zswap leaks bench-zsmalloc bench-zram bench-fio bench-zswap \
	peer-formats peer-rows peer-rows-zswap selftest-newer \
	check patches patches-check patches-build clean distclean

help:
	@ARCH='$(ARCH)' CONFIG='$(CONFIG)' SUITES='$(SUITES)' CHECKS='$(CHECKS)' $(B)/help

setup:
	$(B)/setup

packages:
	@$(B)/setup --if-missing

tree: packages
	@$(B)/tree

peer: packages
	@$(B)/unpack linux-peer

kernel: tree
	@$(B)/kernel x86_64$(if $(CONFIG),-$(CONFIG))

uml: tree
	@$(B)/kernel um$(if $(CONFIG),-$(CONFIG))

peer-kernel: peer
	@$(B)/kernel x86_64-peer

peer-uml: peer
	@$(B)/kernel um-peer

run: kernel
	$(VM)/run-main-job

shell: $(if $(filter um,$(ARCH)),uml,kernel)
	$(VM)/shell

test: packages
	@$(B)/test $(SUITES)

kunit: tree
	@$(B)/kunit $(or $(ARCH),um)

harness: packages
	$(MAKE) -C tools/testing/zsmalloc $(if $(LONG),long,test) O=$(BUILD)/harness

harness-zram: packages
	$(MAKE) -C tools/testing/zram $(if $(LONG),long,test) O=$(BUILD)/harness_zram

harness-zswap: packages
	$(MAKE) -C tools/testing/zswap $(if $(LONG),long,test) O=$(BUILD)/harness_zswap

guest: tree
	@$(B)/test kernels guest

modules: packages
	@$(B)/modules

stock: packages
	@$(B)/stock $(SUITES)

# Sanitizers make an emulated machine so slow that ACPI gives up on its interrupts.
# And with two nodes, as those have that are not tested otherwise.
SLOW = $(if $(filter debug,$(CONFIG)),BOOT="acpi=noirq pci=noacpi numa=fake=2" SLOWER=4)

stress: kernel
	$(SLOW) KERNEL=$(BUILD)/x86_64$(if $(CONFIG),-$(CONFIG))/arch/x86/boot/bzImage \
		$(VM)/test $(if $(filter debug,$(CONFIG)),kunit statistics) stress

leaks: tree
	@$(B)/kernel x86_64-kmemleak
	KERNEL=$(BUILD)/x86_64-kmemleak/arch/x86/boot/bzImage TIME=30 $(VM)/test leaks

stress-zswap: kernel
	$(SLOW) KERNEL=$(BUILD)/x86_64$(if $(CONFIG),-$(CONFIG))/arch/x86/boot/bzImage \
		$(VM)/test $(if $(filter debug,$(CONFIG)),zswap_trace) swapstorm

peer-rows-zswap: kernel peer-kernel
	@$(B)/kernel x86_64-preempt
	@$(B)/kernel x86_64-preempt-peer
	$(VM)/peer-rows zswap_load_nomem zswap_pools zswap_hotplug zswap_damage zswap_evict

selftest-newer: kernel peer-kernel
	$(VM)/newer

bench-zsmalloc: uml peer-uml
	tools/testing/bench/zsmalloc

bench-zram: uml peer-uml
	tools/testing/bench/zram

bench-fio: kernel peer-kernel
	tools/testing/bench/fio

bench-zswap: uml peer-uml
	tools/testing/bench/zswap

peer-formats: peer-kernel
	$(VM)/peer-formats $(if $(filter 1,$(WRITE)),--write)

peer-rows: kernel peer-kernel
	$(VM)/peer-rows $(or $(SUITES),scribble foreign sizes)

check: tree
	@$(B)/check $(CHECKS)

patches: tree
	@$(B)/series --only-make

patches-check: patches
	@$(B)/patches-check

patches-build: patches
	@$(B)/patches-build

clean:
	@$(B)/clean

distclean:
	@$(B)/clean --all
