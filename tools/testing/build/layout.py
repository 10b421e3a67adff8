# SPDX-License-Identifier: GPL-2.0-only
"""What the overlay consists of, and a tree it is laid on."""

import fnmatch
import os
import shutil
import sys

OVERLAY = ("Documentation", "drivers", "include", "mm")
JUNK = ("*~", "*.o", "*.orig", "*.rej", ".*.swp", "*.gcno", "*.gcda", "*.pyc", "#*#")


def die(text):
    sys.exit("overlay: " + text)


def lines(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


class Tree:
    """The tree and what is known of the base it came from."""

    def __init__(self, root):
        self.root = root
        self.base = set(lines(root + ".files"))
        self.kept = root + ".kept"
        self.laid = lines(root + ".laid")
        if not self.base:
            die("%s.files is missing; run make distclean and start again" % root)

    def pristine(self, path):
        """The path of the base's own content, or None. Saves it if needed."""
        if path not in self.base:
            return None
        saved = os.path.join(self.kept, path)
        if not os.path.lexists(saved):
            os.makedirs(os.path.dirname(saved), exist_ok=True)
            shutil.copy2(os.path.join(self.root, path), saved + ".new", follow_symlinks=False)
            os.rename(saved + ".new", saved)
        return saved

    def write(self, path, source):
        """Makes path hold the content of source (None: nothing); True if it changed."""
        target = os.path.join(self.root, path)
        if source is None:
            if not os.path.lexists(target):
                return False
            os.unlink(target)
            self.prune(os.path.dirname(path))
            return True
        if same(source, target):
            return False
        os.makedirs(os.path.dirname(target), exist_ok=True)
        # Never through an existing file: it may be a hard link into another tree.
        shutil.copyfile(source, target + ".new")
        shutil.copymode(source, target + ".new")
        os.rename(target + ".new", target)
        return True

    def prune(self, directory):
        """Removes directories that lost their last file."""
        while directory:
            try:
                os.rmdir(os.path.join(self.root, directory))
            except OSError:
                return
            directory = os.path.dirname(directory)


def same(source, target):
    try:
        with open(source, "rb") as one, open(target, "rb") as two:
            if one.read() != two.read():
                return False
    except FileNotFoundError:
        return False
    return os.access(source, os.X_OK) == os.access(target, os.X_OK)


def replaced(repository, tree):
    """The base's files that replaced.txt names."""
    found = []
    for line in lines(os.path.join(repository, "tools/testing/build/replaced.txt")):
        line = line.split("#")[0].strip()
        if line:
            hit = [p for p in tree.base if p == line or line.endswith("/") and p.startswith(line)]
            if not hit:
                die("replaced.txt names %s, which the base does not have" % line)
            found += hit
    return found


def overlay(repository):
    """The overlay's files, relative to the repository."""
    found = []
    for part in OVERLAY:
        for directory, _, names in os.walk(os.path.join(repository, part)):
            for name in names:
                if not any(fnmatch.fnmatch(name, junk) for junk in JUNK):
                    found.append(os.path.relpath(os.path.join(directory, name), repository))
    return found
