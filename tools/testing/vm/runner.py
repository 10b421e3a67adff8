# SPDX-License-Identifier: GPL-2.0-only
"""Runs one suite in one virtual machine and judges what came back."""

import os
import subprocess
import sys
import tempfile
import threading
import time

from verdict import Verdict, complaints

TAIL = 25           # lines of the console that a failure shows
GRACE = 20          # seconds for the guest to power off after END


class Result:
    """What a run gave: the verdict, and every reason to call it a failure."""

    def __init__(self, name, log):
        self.name = name
        self.log = log
        self.verdict = Verdict()
        self.problems = []
        self.seconds = 0.0

    @property
    def passed(self):
        return sum(1 for good, _ in self.verdict.results if good)

    @property
    def failed(self):
        return sum(1 for good, _ in self.verdict.results if not good) + len(self.problems)


class Tail:
    """Follows a file that a machine writes, a line at a time."""

    def __init__(self, path):
        self.file = open(path, "r", encoding="utf-8", errors="replace", newline="\n")
        self.rest = ""

    def lines(self, final=False):
        self.rest += self.file.read()
        *whole, self.rest = self.rest.split("\n")
        if final and self.rest:
            whole.append(self.rest)
            self.rest = ""
        return [line.rstrip("\r") for line in whole]


def pump(fd, path):
    """Copies what arrives on a pipe to PATH until its writers are gone."""
    with open(path, "ab", buffering=0) as out:
        while True:
            data = os.read(fd, 65536)
            if not data:
                break
            out.write(data)
    os.close(fd)


def start(machine, args, console, port):
    """Starts the machine with its channels going to the two files."""
    for path in (console, port):
        with open(path, "wb"):
            pass
    env = dict(os.environ, **machine.env)
    if machine.arch != "um":
        cmd = machine.command(console, port, args)
        with open(console + ".host", "wb") as err:
            return subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=err, stderr=err,
                                    env=env), cmd
    # UML writes its consoles to descriptors that it can poll: pipes.
    pipes = [os.pipe(), os.pipe()]
    cmd = machine.command(pipes[0][1], pipes[1][1], args)
    with open(console + ".host", "wb") as err:
        proc = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=err, stderr=err,
                                env=env, pass_fds=[p[1] for p in pipes], start_new_session=True)
    for (rd, wr), path in zip(pipes, (console, port)):
        os.close(wr)
        threading.Thread(target=pump, args=(rd, path), daemon=True).start()
    return proc, cmd


def stop(proc):
    """Ends a machine that this runner started, and nothing else."""
    if proc.poll() is None:
        proc.terminate()
        try:
            proc.wait(3)
        except subprocess.TimeoutExpired:
            proc.kill()
            proc.wait()


def run(machine, name, logdir, args="", timeout=120, allow=None, on_line=None, label=None):
    """Boots MACHINE for suite NAME; the log is called LABEL. ON_LINE sees every verdict line as it comes.

    ALLOW is a regular expression for console lines that a suite provokes on
    purpose. Returns a Result; its problems are empty only if the guest
    reached its end, counted right, and the console holds no complaint.
    """
    os.makedirs(logdir, exist_ok=True)
    result = Result(name, os.path.join(logdir, "vm-%s.log" % (label or name)))
    # The log of an earlier run says nothing about this one.
    if os.path.exists(result.log):
        os.unlink(result.log)
    missing = machine.problem()
    if missing:
        result.problems.append(missing)
        return result
    port = tempfile.NamedTemporaryFile(prefix="vm-%s-" % name, suffix=".verdict", dir=logdir,
                                       delete=False).name
    begin = time.monotonic()
    proc, _ = start(machine, "zmem.suite=%s %s" % (name, args), result.log, port)
    tail = Tail(port)
    # V=1: what the machine prints is shown as it comes.
    console = Tail(result.log) if os.environ.get("V") == "1" else None
    ended = None
    timed_out = False
    try:
        while True:
            gone = proc.poll() is not None
            if gone and machine.arch == "um":
                time.sleep(0.2)     # the pumps' last bytes
            for line in tail.lines(final=gone):
                result.verdict.feed(line)
                if on_line:
                    on_line(line)
            for line in console.lines(final=gone) if console else ():
                print("    | " + line, flush=True)
            if gone:
                break
            now = time.monotonic()
            if result.verdict.end is not None and ended is None:
                ended = now
            if ended is not None and now > ended + GRACE:
                result.problems.append("the guest did not power off after its end")
                break
            if now > begin + timeout:
                timed_out = True
                break
            time.sleep(0.1)
    finally:
        stop(proc)
        os.unlink(port)
    result.seconds = time.monotonic() - begin
    if timed_out:
        result.problems.append("no end within %d seconds" % timeout)
    judge(result, allow)
    return result


def judge(result, allow):
    with open(result.log, encoding="utf-8", errors="replace") as f:
        console = f.read().splitlines()
    bad = complaints(console, allow)
    if bad:
        result.problems.append("the console says: " + bad[0])
    if not console:
        result.problems.append("the console is silent")
    result.problems += result.verdict.problems()
    with open(result.log + ".host", encoding="utf-8", errors="replace") as f:
        host = [x for x in f.read().splitlines() if "TCG doesn't support requested" not in x]
    if result.problems and host:
        result.problems.append("the machine's own words: " + host[-1])
    os.unlink(result.log + ".host")


def explain(result, hint, out=sys.stdout):
    """Prints the end of the console, the log's path and what to try."""
    try:
        with open(result.log, encoding="utf-8", errors="replace") as f:
            for line in f.read().splitlines()[-TAIL:]:
                print("    | " + line, file=out)
    except FileNotFoundError:
        pass
    print("    log: %s" % os.path.relpath(result.log), file=out)
    print("    try: %s" % hint, file=out, flush=True)
