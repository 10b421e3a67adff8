# SPDX-License-Identifier: GPL-2.0-only
"""Flips bits of what a guest has compressed, from outside: the base has no way inside.

Its memory is a file. The guest's program swappages writes pages with a mark that the
compressor leaves as it is, and has them swapped out; then every place in that file
where the mark stands is an object, or memory that was a page once and is free. What
comes some bytes behind the mark says how to go on decompressing.
"""

import mmap

MARK = b"zmem marked page"
PAGE = 4096
ANSWER = b"zmem host, answer here"
# from the mark to the end of the random words behind it, and what is behind those
LITERAL = 512
FLIPPED = range(LITERAL, LITERAL + 56, 3)


def flip(ram):
    """Returns how many places were damaged: some by a bit in every third byte, some by all."""
    at, found = ram.find(MARK), 0
    while at >= 0:
        # An object goes on in another page of the machine, and here is somebody else's.
        if at % PAGE + max(FLIPPED) < PAGE:
            for distance in FLIPPED:
                ram[at + distance] ^= 0xff if found % 2 else 1 << distance % 8
            found += 1
        at = ram.find(MARK, at + len(MARK))
    return found


def answer(ram):
    """Tells every page that waits for an answer."""
    at = ram.find(ANSWER)
    while at >= 0:
        ram[at] = ord("Z")
        at = ram.find(ANSWER, at + len(ANSWER))


def on_line(line, path):
    """What the guest says: its word to begin is the fact "damage"."""
    if not line.startswith("= damage"):
        return
    with open(path, "r+b") as f, mmap.mmap(f.fileno(), 0) as ram:
        print("# the mark was found and bits were flipped behind it in %d places" % flip(ram),
              flush=True)
        answer(ram)
