#!/usr/bin/env python3
"""Never lost, never twice: majlis-receive, majlis-flush and majlis die, or meet a full disk, at every system call that changes
the world; then the mail server tries again, the flusher runs, and everything is counted.

    receive_flush_crash.py BIN KILL_AT_CALL [--all] [SCENARIO]...

KILL_AT_CALL is the harness of this folder (kill_at_call.cc). Each run starts from a fresh copy of one prepared site.
What must have come about in the end is what one undisturbed run brings about. With --all every call fails in each way,
not in one of them.
"""
import argparse
import collections
import concurrent.futures
import itertools
import os
import pathlib
import shutil
import subprocess
import sys

from situations import (ADMIN_SCENARIOS, FLUSH_SCENARIOS, MEMBERS, RECEIVE_SCENARIOS, check_spool, make_due, post, prepare,
                        result_of, subscribe)  # its folder is ours; it brings tests/support
import majlis_site
from majlis_site import DONE, TRY_AGAIN, Failed
from smtp_sink import SmtpSink

SKIPPED = 77
KILLED, CALL_FAILED, RAN_TO_ITS_END, NO_TRACING = 10, 11, 0, 3
ENDS = {KILLED: "killed", CALL_FAILED: "met an error", RAN_TO_ITS_END: "ran to their end"}
SMTP_CONNECTIONS = 1


class Enumeration:
    """All the points of one program at which one thing happens to it."""

    def __init__(self, options, site, before, expected, arguments, stdin, finish):
        self.options = options
        self.site = site
        self.before = before      # the result when nothing happened
        self.expected = expected  # when everything happened
        self.arguments = arguments
        self.stdin = stdin
        self.finish = finish
        self.on_copy = lambda site: None  # what a copy of the site needs beside it; has close()
        self.numbers = itertools.count()
        self.counts = collections.Counter()

    def harness(self, site, *plan):
        command = [str(self.options.harness), *plan, "--report", str(site.folder.parent / "report")]
        if self.stdin:
            command += ["--stdin", str(self.stdin)]
        return subprocess.run([*command, "--", *self.arguments(site)], capture_output=True,
                              timeout=majlis_site.RUN_LIMIT_S)

    def calls(self):
        folder = self.scratch()
        site = self.site.copy_to(folder / "site")
        site.beside = self.on_copy(site)
        try:
            return int(self.harness(site, "--count").stdout.splitlines()[-1])
        finally:
            if site.beside:
                site.beside.close()
            shutil.rmtree(folder)

    def scratch(self):
        folder = self.site.folder.parent / f"run{next(self.numbers)}"
        folder.mkdir()
        return folder

    def point(self, variant, number):
        """One run; what was wrong, or None."""
        name, plan, ending = variant
        folder = self.scratch()
        site = self.site.copy_to(folder / "site")
        site.beside = self.on_copy(site)
        try:
            done = self.harness(site, *plan, "--at", str(number))
            self.counts[ENDS[done.returncode]] += 1
            report = (folder / "report").read_text().strip() if (folder / "report").exists() else "no report"
            try:
                if done.returncode == RAN_TO_ITS_END and "exited 0" not in report:
                    raise Failed("the run ended by itself, but not well")
                self.finish(self, site, done.returncode, report, ending)
                check_spool(site)
            except Failed as error:
                log = " | ".join(site.new_log_lines()[-6:])
                return f"{name}: {report}: {error}\n      log: {log}"
            return None
        finally:
            if site.beside:
                site.beside.close()
            shutil.rmtree(folder)

    def compare(self, site, wanted):
        found = result_of(site)
        if found != wanted:
            raise Failed(f"found {found}\n      not   {wanted}")


# -- how a run ends ------------------------------------------------------------------------------------------------

def finish_receive(enumeration, site, status, report, ending):
    if ending == "fail":
        if f"exited {TRY_AGAIN}," not in report and "exited 0" not in report:
            raise Failed("an error of the disk must give 75, or be survived")
        if "exited 0" in report:
            site.flush()
            return enumeration.compare(site, enumeration.expected)
    if ending == "no retry":
        # Nobody tries again: all or nothing. A message that had been committed is finished by the flusher alone.
        site.flush()
        # What an interrupted run put behind the archive's committed length does not count; the next post replaces it.
        if result_of(site)[:-1] not in (enumeration.before[:-1], enumeration.expected[:-1]):
            enumeration.compare(site, enumeration.expected)
    enumeration.counts["tried again"] += 1
    if site.receive(*enumeration.incoming) != DONE:
        raise Failed("the second try did not succeed")
    site.flush()
    enumeration.compare(site, enumeration.expected)


def finish_flush(enumeration, site, status, report, ending):
    if ending == "fail" and f"exited {TRY_AGAIN}," not in report and "exited 0" not in report:
        raise Failed("an error of the disk must give 75, or be survived")
    make_due(site)
    site.flush()
    enumeration.compare(site, enumeration.expected)


def finish_flush_smtp(enumeration, site, status, report, ending):
    """SMTP's own window: a message whose answer was not seen is sent again, one transaction a connection."""
    if ending == "fail" and f"exited {TRY_AGAIN}," not in report and "exited 0" not in report:
        raise Failed("an error of the disk must give 75, or be survived")
    make_due(site)
    site.flush()
    copies = site.beside.copies()
    if set(copies) != set(enumeration.expected):
        raise Failed(f"{dict(enumeration.expected - copies)} missing, {set(copies) - set(enumeration.expected)} too much")
    repeated = collections.Counter(site.beside.messages) - collections.Counter(set(site.beside.messages))
    enumeration.counts["transactions repeated"] += repeated.total()
    in_repeated = collections.Counter((name, person) for name, people in repeated.elements() for person in people)
    if repeated.total() > SMTP_CONNECTIONS or copies - in_repeated != enumeration.expected:
        raise Failed(f"twice: {dict(copies - enumeration.expected)}")


def finish_admin(enumeration, site, status, report, ending):
    """Nobody types it again: all or nothing, once the flusher has run."""
    make_due(site)
    site.flush()
    if result_of(site) != enumeration.before:
        enumeration.compare(site, enumeration.expected)


# What is done to one run: name, options of kill_at_call, how it ends, and to which of its calls: every how many, which of
# these. Killed behind a call is killed before the next one; each call fails once, in turns.
NO_SPACE, NO_DISK = ("ENOSPC", ["--fail", "ENOSPC"], "fail", 2, 0), ("EIO", ["--fail", "EIO"], "fail", 2, 1)
VARIANTS = {
    "receive": [("before, tried again", [], "retry", 1, 0), ("after, not tried again", ["--after"], "no retry", 1, 0),
                NO_SPACE, NO_DISK],
    "flush": [("before, run again", [], "retry", 1, 0), NO_SPACE, NO_DISK],
    "admin": [("before", [], "no retry", 1, 0)],
}


def enumerate_points(enumeration, variants, options, pool):
    total = enumeration.calls()
    points = [((name, plan, ending), number) for name, plan, ending, every, which in variants
              for number in range(1, total + 2) if options.all or number % every == which or number > total]
    wrong = [problem for problem in pool.map(lambda each: enumeration.point(*each), points) if problem]
    return total, enumeration.counts, wrong


def receive_scenario(name, options, pool, folder):
    site, incoming = prepare(options.bin, folder, RECEIVE_SCENARIOS[name])
    before = result_of(site)
    calm = site.copy_to(folder / "calm" / "site")
    if calm.receive(*incoming) != DONE:
        raise Failed("the undisturbed run did not succeed")
    calm.flush()
    expected = result_of(calm)
    if expected == before:
        raise Failed("the undisturbed run brought nothing about")
    (folder / "in.eml").write_bytes(incoming[0])
    enumeration = Enumeration(options, site, before, expected,
                              lambda site: site.command("majlis-receive", "--site", site.folder, "--recipient",
                                                        incoming[1], "--sender", incoming[2]),
                              folder / "in.eml", finish_receive)
    enumeration.incoming = incoming
    return enumerate_points(enumeration, VARIANTS["receive"], options, pool)


def flush_scenario(name, options, pool, folder):
    site, _ = prepare(options.bin, folder, FLUSH_SCENARIOS[name])
    before = result_of(site)
    calm = site.copy_to(folder / "calm" / "site")
    calm.flush()
    expected = result_of(calm)
    if expected == before:
        raise Failed("the undisturbed run brought nothing about")
    enumeration = Enumeration(options, site, before, expected,
                              lambda site: site.command("majlis-flush", "--site", site.folder), None, finish_flush)
    return enumerate_points(enumeration, VARIANTS["flush"], options, pool)


def admin_scenario(name, options, pool, folder):
    site, words = prepare(options.bin, folder, ADMIN_SCENARIOS[name])
    before = result_of(site)
    calm = site.copy_to(folder / "calm" / "site")
    calm.majlis(*words)
    calm.flush()
    expected = result_of(calm)
    if expected == before:
        raise Failed("the undisturbed run brought nothing about")
    enumeration = Enumeration(options, site, before, expected,
                              lambda site: site.command("majlis", "--site", site.folder, *words), None, finish_admin)
    return enumerate_points(enumeration, VARIANTS["admin"], options, pool)


def smtp_site(site):
    sink = SmtpSink()
    site.set_site("relay", sink.url)
    return sink


def flush_smtp_scenario(_, options, pool, folder):
    """The same to a mail server, two recipients a transaction."""
    site, incoming = prepare(options.bin, folder, post)
    site.set_site("connections", SMTP_CONNECTIONS)
    site.set_site("recipients_per_transaction", 2)
    site.receive(*incoming)
    site.receive(*subscribe(site))
    calm = site.copy_to(folder / "calm" / "site")
    sink = smtp_site(calm)
    calm.flush()
    expected = sink.copies()
    sink.close()
    if len(expected) < len(MEMBERS) or max(expected.values()) > 1:
        raise Failed(f"the undisturbed run delivered {dict(expected)}")
    enumeration = Enumeration(options, site, None, expected,
                              lambda site: site.command("majlis-flush", "--site", site.folder), None, finish_flush_smtp)
    enumeration.on_copy = smtp_site
    return enumerate_points(enumeration, VARIANTS["flush"], options, pool)


FLUSH_SMTP = "flush_smtp"


def scenario_of(name):
    if name == FLUSH_SMTP:
        return flush_smtp_scenario
    if name in ADMIN_SCENARIOS:
        return admin_scenario
    return flush_scenario if name in FLUSH_SCENARIOS else receive_scenario


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("harness", type=pathlib.Path)
    parser.add_argument("--all", action="store_true", help="every call fails in each way")
    parser.add_argument("scenario", nargs="*")
    options = parser.parse_args()
    if subprocess.run([options.harness, "--count", "--", "true"], capture_output=True).returncode == NO_TRACING:
        print("skipped: ptrace is not allowed here")
        return SKIPPED
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        for name in options.scenario or [*RECEIVE_SCENARIOS, *FLUSH_SCENARIOS, *ADMIN_SCENARIOS, FLUSH_SMTP]:
            folder = majlis_site.scratch_folder("majlis-crash-")
            try:
                calls, counts, wrong = scenario_of(name)(name, options, pool, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
            print(f"{name}: {calls} calls; runs: {told}; {len(wrong)} wrong", flush=True)
            for problem in wrong[:5]:
                print(f"   {problem}")
            failures += len(wrong)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
