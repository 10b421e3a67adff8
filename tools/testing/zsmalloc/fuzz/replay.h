/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What replay.c and libFuzzer ask of a fuzzer.
 */
#ifndef _REPLAY_H
#define _REPLAY_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* There is no further input. */
void fuzz_done(void);

#endif /* _REPLAY_H */
