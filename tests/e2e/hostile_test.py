#!/usr/bin/env python3
"""Mail that no decent program writes, and the test corpus, to every kind of address: majlis-receive neither dies nor
dawdles, and what it took is accounted for.

    hostile_test.py BIN [CORPUS] [--all]

After exit status 0 a message was sent on, held, answered, passed on, set aside or logged as discarded. Each message of
the corpus goes to one address in turn; with --all to each of them. Time is processor time, so that a busy machine
fails nothing.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DOMAIN, DONE, NO_SUCH_LIST, NOT_A_MAIL, TRY_AGAIN, Failed  # noqa: E402

ANN = "ann@example.com"
ADDRESSES = [f"{name}@{DOMAIN}" for name in ("cooks", "cooks-request", "majordomo", "cooks-owner", "cooks-bounces")]
ALLOWED = {DONE, NOT_A_MAIL, NO_SUCH_LIST, TRY_AGAIN}
MAX_CPU_S = 5
MAX_MEMORY_KB = 1024 * 1024
MAX_JOBS = 60  # 25 commands in one message, a challenge and a notice for each, and the answer
KILL_AFTER_S = 120

HEAD = (f"From: Ann <{ANN}>\nTo: {ADDRESSES[0]}\nSubject: x\nMessage-ID: <hostile@example.com>\n"
        "Date: Tue, 24 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n").encode()


def nested(depth):
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(depth))
    return HEAD + opened + b"Content-Type: text/plain\n\nx\n" + b"".join(b"--b%d--\n" % i
                                                                        for i in reversed(range(depth)))


def noise(octets):
    return random.Random(1).randbytes(octets)


# Each is made when its turn comes: some are large.
HOSTILE = {
    "empty": lambda: b"",
    "one line end": lambda: b"\n",
    "NUL octets": lambda: b"\0" * 100_000,
    "NULs in fields and text": lambda: HEAD.replace(b"Ann", b"A\0nn").replace(b"x\n", b"x\0y\n") + b"\nsub\0scribe cooks\n\0",
    "50 MB": lambda: HEAD + b"\n" + b"0123456789abcdef" * 3_276_800,
    "10,000 nested parts": lambda: nested(10_000),
    "1,000,000 empty parts": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 1_000_000,
    "no header": lambda: b"subscribe cooks\nend\n",
    "no end of the header": lambda: HEAD,
    "binary noise": lambda: noise(1_000_000),
    "binary noise in the text": lambda: HEAD + b"\n" + noise(1_000_000),
    "one field of 5 MB": lambda: HEAD + b"X-Long: " + b"a" * 5_000_000 + b"\n\nx\n",
    "a folded field of 5 MB": lambda: HEAD + b"X-Long: " + b"a\n " * 1_600_000 + b"\n\nx\n",
    "200,000 fields": lambda: HEAD + b"X-Many: y\n" * 200_000 + b"\nx\n",
    "lone CRs": lambda: HEAD.replace(b"\n", b"\r") + b"\rsubscribe cooks\r",
    "lone CRs among others": lambda: HEAD + b"X-A: b\rFrom: victim@example.net\n\nsubscribe cooks\rend\n.\r\n.\n",
    "100,000 recipients": lambda: HEAD + b"To: " + b", ".join(b"u%d@example.net" % i for i in range(100_000)) + b"\n\nx\n",
    "100,000 authors": lambda: b"From: " + b", ".join(b"u%d@example.net" % i for i in range(100_000)) + b"\n\nx\n",
    "100,000 opened comments": lambda: b"From: " + b"(" * 100_000 + b" ann@example.com\n\nsubscribe cooks\n",
    "100,000 quotes": lambda: b"From: " + b'"\\' * 100_000 + b" <ann@example.com>\n\nsubscribe cooks\n",
    "an address of 1 MB": lambda: b"From: " + b"a" * 1_000_000 + b"@example.com\n\nsubscribe cooks\n",
    "1,000,000 command lines": lambda: HEAD + b"\n" + b"subscribe cooks\n" * 600_000,
    "commands for many addresses": lambda: HEAD + b"\n" + b"".join(b"subscribe cooks v%d@example.net\n" % i
                                                                   for i in range(10_000)),
    "one command of 5 MB": lambda: HEAD + b"\nsubscribe cooks " + b"a" * 5_000_000 + b"\n",
    "a command that goes on for ever": lambda: HEAD + b"\n" + b"subscribe \\\n" * 500_000,
    "base64 without end": lambda: HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QUFB" * 2_000_000,
    "soft line ends without end": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 2_000_000,
    "encoded words": lambda: HEAD + b"Subject: " + b"=?utf-8?q?=C3=A9?= " * 200_000 + b"\n\nx\n",
    "a boundary of 1 MB": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=" + b"b" * 1_000_000 + b"\n\n--b\n",
    "100,000 parameters": lambda: HEAD + b"Content-Type: text/plain" + b"; a*0*=utf-8''x" * 100_000 + b"\n\nx\n",
    "boundaries that begin alike": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"".join(
        b"--b%d\n\n" % i for i in range(300_000)),
    "HTML without end": lambda: HEAD + b"Content-Type: text/html\n\n" + b"<div><!-- &#x41;<a href='" * 300_000,
    "messages in messages": lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 20_000 + b"x\n",
    "Approved in every line": lambda: HEAD + b"Approved: a\n" * 50_000 + b"\n" + b"Approved: b\n" * 300_000,
    "resubmissions without end": lambda: HEAD + b"\n" + b"Approved: guess\nFrom: a@example.com\n\n" * 100_000,
}


class Hostile:
    def __init__(self, programs, folder):
        self.site = majlis_site.Site(programs, folder / "site").init()
        self.site.create("cooks", "public-discussion", members=[ANN], passwords=True, administrivia="no")
        self.site.new_log_lines()
        self.worst_cpu = (0.0, "")
        self.worst_memory = (0, "")
        self.ends = {}
        self.jobs = self.files()

    def files(self):
        return len(list((self.site.folder / "spool" / "new").iterdir()))

    def held_files(self):
        return len(list(self.site.list_folder("cooks").glob("held/*.eml")))

    def set_aside(self):
        return len(self.site.spool("bad")) // 2

    def run(self, raw, to, sender):
        """Exit status (negative: a signal), processor seconds, kilobytes."""
        command = self.site.command("majlis-receive", "--site", self.site.folder, "--recipient", to, "--sender", sender)
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as printed:
            source.write(raw)
            source.seek(0)
            process = subprocess.Popen(command, stdin=source, stdout=printed, stderr=printed)
            timer = threading.Timer(KILL_AFTER_S, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            if printed.tell():
                raise Failed("it printed something")
        return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss

    def feed(self, name, raw, to, sender=ANN):
        label = f"{name} to {to}"
        held, aside = self.held_files(), self.set_aside()
        status, cpu, memory = self.run(raw, to, sender)
        self.worst_cpu = max(self.worst_cpu, (cpu, label))
        self.worst_memory = max(self.worst_memory, (memory, label))
        self.ends[status] = self.ends.get(status, 0) + 1
        lines = [line for line in self.site.new_log_lines() if line.startswith("majlis-receive: ")]
        new_jobs, self.jobs = self.files() - self.jobs, self.files()
        if status not in ALLOWED:
            raise Failed(f"exit status {status}")
        if status == TRY_AGAIN:
            # Allowed for a machine in trouble, but a message that always gives 75 comes again for days.
            raise Failed(f"exit status {status}: {lines[-1:]}")
        if cpu > MAX_CPU_S:
            raise Failed(f"{cpu:.1f} s of processor time")
        if memory > MAX_MEMORY_KB:
            raise Failed(f"{memory // 1024} MB of memory")
        if new_jobs > MAX_JOBS:
            raise Failed(f"{new_jobs} jobs")
        if status == DONE:
            self.account(lines, new_jobs, self.held_files() - held, self.set_aside() - aside)

    @staticmethod
    def account(lines, jobs, held, aside):
        verdicts = [found.group(1) for line in lines if (found := re.search(r" verdict=(\S+)", line))]
        if len(verdicts) != 1:
            raise Failed(f"{len(verdicts)} verdicts in the log: {lines}")
        is_repeat = " rule=repeat" in lines[-1]
        effect = {"accept": jobs > 0, "hold": held == 1, "forward": jobs > 0, "set_aside": aside == 1,
                  "commands": True, "reject": True, "discard": " rule=" in lines[-1]}
        if verdicts[0] not in effect or not (is_repeat or effect[verdicts[0]]):
            raise Failed(f"verdict {verdicts[0]}, but {jobs} jobs, {held} held, {aside} set aside")


def feed_all(hostile, messages, failures):
    for name, raw, to in messages:
        try:
            hostile.feed(name, raw() if callable(raw) else raw, to)
        except (Failed, subprocess.SubprocessError) as error:
            failures.append(f"{name} to {to}: {error}")


def corpus_messages(corpus, wants_all):
    files = sorted(path for kind in ("mime", "bounce") for path in (corpus / kind).rglob("*")
                   if path.is_file() and path.suffix not in (".tsv", ".json", ".xml"))
    for number, path in enumerate(files):
        for to in ADDRESSES if wants_all else [ADDRESSES[number % len(ADDRESSES)]]:
            yield str(path.relative_to(corpus)), path.read_bytes, to


def check_no_loop(hostile, failures):
    """What came of it all is delivered, and none of it comes back to us."""
    hostile.site.flush()
    for letter in hostile.site.letters():
        if letter.address.endswith("@" + DOMAIN):
            failures.append(f"a letter to ourselves: {letter}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("corpus", nargs="?", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    failures = []
    folder = majlis_site.scratch_folder("majlis-hostile-")
    try:
        hostile = Hostile(options.bin, folder)
        made = [(name, raw, to) for name, raw in HOSTILE.items() for to in ADDRESSES]
        feed_all(hostile, made, failures)
        print(f"{len(made)} hostile messages: exit statuses {hostile.ends}")
        if options.corpus and options.corpus.is_dir():
            hostile.ends = {}
            feed_all(hostile, corpus_messages(options.corpus, options.all), failures)
            print(f"{sum(hostile.ends.values())} messages of the corpus: exit statuses {hostile.ends}")
        else:
            print("the corpus is not there: left out")
        check_no_loop(hostile, failures)
        print(f"longest: {hostile.worst_cpu[0]:.2f} s, {hostile.worst_cpu[1]}")
        print(f"largest: {hostile.worst_memory[0] // 1024} MB, {hostile.worst_memory[1]}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for failure in failures[:40]:
        print(f"FAILED {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
