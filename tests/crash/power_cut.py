#!/usr/bin/env python3
"""Never lost, never twice, on a disk that forgets: what the programs do to a site is written down call by call, the power
fails somewhere in between, the disk keeps what it must and some of the rest (forgetful_disk.py), and the programs run
again: the mail server tries again what was not acknowledged, the flusher runs, and everything is counted.

    power_cut.py BIN [--states N] [--seed N] [--model MODEL]... [SCENARIO]...

N states a scenario and model. A scenario's steps are run once undisturbed, which says what must have come about in the end.
"""
import argparse
import bisect
import collections
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys

import situations
from forgetful_disk import Disk, inodes_in
from situations import ANN, BOB, LIST, check_spool, make_due, post, prepare, result_of, subscribe
import majlis_site
from majlis_site import DONE, Failed, message

SKIPPED, NO_TRACING = 77, 3
# name: is it ext4, may a page be torn
MODELS = {"ext4": (True, False), "ext4, torn": (True, True), "posix": (False, False)}
TOLD = "checksum error"  # a torn page of the database is told, and a person has to bring it back


class Step:
    """One run of a program; `again`: somebody makes sure that it comes to its end."""

    def __init__(self, program, *arguments, stdin=b"", again=True):
        self.program = program
        self.arguments = arguments
        self.stdin = stdin
        self.again = again

    def command(self, site):
        return site.command(self.program, "--site", site.folder, *self.arguments)

    def run(self, site):
        done = subprocess.run(self.command(site), input=self.stdin, capture_output=True, timeout=majlis_site.RUN_LIMIT_S)
        if done.returncode != DONE:
            raise Failed(f"{self.program} {' '.join(map(str, self.arguments))}: exit {done.returncode}: "
                         f"{done.stderr.decode(errors='replace')}")


class FillLog(Step):
    """What it leaves does not count, and nobody does it again."""

    def __init__(self):
        super().__init__("fill_log", again=False)

    def command(self, site):
        return [str(site.programs / self.program), str(site.folder / "db"), "end"]

    def run(self, site):
        subprocess.run(self.command(site), check=False)


def receive(incoming):
    mail, to, sender = incoming
    return Step("majlis-receive", "--recipient", to, "--sender", sender, stdin=mail)


def majlis(*words, again=False):
    return Step("majlis", *words, again=again)


FLUSH = Step("majlis-flush")


# -- scenarios: a site, made ready, and the steps that are written down --------------------------------------------

def from_receive(situation):
    return lambda site: [receive(situation(site)), FLUSH]


def from_flush(situation):
    def steps(site):
        situation(site)
        return [FLUSH, FLUSH]
    return steps


def from_admin(situation):
    return lambda site: [majlis(*situation(site)), FLUSH]


def many_posts(site):
    """Enough for several checkpoints and log files."""
    posts = [receive((message(f"Rice for {n}.\n", BOB, LIST, f"Rice {n}"), LIST, BOB)) for n in range(28)]
    for each in posts[:20]:
        each.run(site)
    site.flush()
    return [*posts[20:], FLUSH]


def large_flush(site):
    """Progress of many pages, synced several times."""
    site.set_site("recipients_per_transaction", 1)
    site.majlis("members", "cooks", "add", *(f"member{n}@example.com" for n in range(400)))
    site.receive(*post(site))
    return [FLUSH]


def import_members(site):
    """One large transaction, which begins several log files."""
    file = site.folder.parent / "members"
    file.write_text("".join(f"member-with-a-long-name-{n}@department-{n % 7}.example.com\n" for n in range(6000)))
    return [majlis("members", "cooks", "import", file), receive(subscribe(site)), FLUSH]


def full_log(site):
    """A log file that was left without room for the first record of the next process."""
    subprocess.run([site.programs / "fill_log", site.folder / "db"], check=True)
    return [FillLog(), receive(subscribe(site)), FLUSH]


def remove(site):
    site.receive(*post(site))
    site.flush()
    return [majlis("remove", "cooks", again=True)]


SCENARIOS = {
    **{name: from_receive(each) for name, each in situations.RECEIVE_SCENARIOS.items()},
    **{name: from_flush(each) for name, each in situations.FLUSH_SCENARIOS.items()},
    **{name: from_admin(each) for name, each in situations.ADMIN_SCENARIOS.items()},
    **{each.__name__: each for each in (many_posts, full_log, large_flush, import_members, remove)},
}


# -- one scenario ----------------------------------------------------------------------------------------------------

def record(site, step):
    """Runs a step and returns what it did to the site, line by line."""
    out, stdin = site.folder.parent / "calls", site.folder.parent / "stdin"
    stdin.write_bytes(step.stdin)
    out.write_bytes(b"")
    status = subprocess.run([site.programs / "record_calls", "--folder", site.folder, "--out", out, "--stdin", stdin, "--",
                             *step.command(site)], capture_output=True).returncode
    if status != DONE:
        raise Failed(f"the undisturbed run of {step.program} ended with {status}")
    return out.read_text().splitlines()


class Recording:
    """What the steps did to the site, line by line, and where each began."""

    def __init__(self, site, steps):
        self.begin = site.copy_to(site.folder.parent / "begin")
        self.inodes = inodes_in(site.folder)
        self.lines = []
        self.starts = []
        for step in steps:
            self.starts.append(len(self.lines))
            self.lines += record(site, step)


class Scenario:
    def __init__(self, options, name, folder):
        self.options = options
        self.name = name
        self.folder = folder
        site, self.steps = prepare(options.bin, folder, SCENARIOS[name])
        self.recording = Recording(site, self.steps)
        self.expected = self.ending_without(None)
        # Nobody types a command again: it has happened or not.
        self.without = {number: self.ending_without(number) for number, step in enumerate(self.steps) if not step.again}
        self.numbers = iter(range(10**9))

    def ending_without(self, left_out):
        """The result when one of the steps does not happen."""
        site = self.recording.begin.copy_to(self.folder / f"without-{left_out}")
        for number, step in enumerate(self.steps):
            if number != left_out:
                step.run(site)
        return self.finish(site)

    def finish(self, site):
        make_due(site)
        site.flush()
        check_spool(site)
        if site.list_folder("cooks").exists():
            return result_of(site)
        kept = [path.read_text() for path in site.folder.glob("removed/*/members")]
        return ([], [], 0, collections.Counter(each.subject for each in site.letters()), kept, 0)

    def states(self, model, count, seed):
        """Disks after a cut, and at which call."""
        is_ext4, torn = MODELS[model]
        choice = random.Random(f"{seed} {self.name} {model}")
        lines = self.recording.lines
        # Most is at stake in front of a sync.
        anywhere, at_stake = range(1, len(lines) + 1), [i for i, line in enumerate(lines) if i and line.startswith("sync")]
        cuts = collections.Counter(choice.choice(choice.choice((anywhere, at_stake))) for _ in range(count))
        disk = Disk(self.recording.begin.folder, self.recording.inodes, is_ext4, {"site.db"})
        for done, line in enumerate(lines, 1):
            disk.do(line)
            for _ in range(cuts[done]):
                folder = self.folder / f"state{next(self.numbers)}"
                folder.mkdir()
                disk.leave(folder / "site", choice, torn)
                yield done, folder

    def look(self, done, folder):
        """What became of the site after a cut behind so many calls: "", or what is wrong."""
        site = majlis_site.Site(self.options.bin, folder / "site")
        site.set_site("log_file", site.log_file)
        begun = bisect.bisect_right(self.recording.starts, done - 1) - 1
        is_over = done == len(self.recording.lines) or done in self.recording.starts
        try:
            first = begun if self.steps[begun].again and not is_over else begun + 1
            for step in self.steps[first:]:
                step.run(site)
            found = self.finish(site)
            may_be_absent = not is_over and not self.steps[begun].again
            if found == self.expected or (may_be_absent and found == self.without[begun]):
                return ""
            return difference(found, self.expected)
        except Failed as error:
            log = site.log_file.read_text() if site.log_file.exists() else ""
            return f"{'told: ' if TOLD in log + str(error) else 'stuck: '}{error}"
        finally:
            if not self.options.keep:
                shutil.rmtree(folder)


def difference(found, expected):
    lost, doubled = expected[3] - found[3], found[3] - expected[3]
    if lost:
        return f"lost: {len(lost)} letters, {list(lost)[:2]}"
    if doubled:
        return f"doubled: {dict(doubled)}"
    return f"other: {found[:3] + found[4:]} not {expected[:3] + expected[4:]}"


def try_scenario(options, name, pool):
    folder = majlis_site.scratch_folder("majlis-power-")
    try:
        scenario = Scenario(options, name, folder)
        for model in options.model:
            counts = collections.Counter()
            examples = []
            looks = [(done, pool.submit(scenario.look, done, state))
                     for done, state in scenario.states(model, options.states, options.seed)]
            for done, look in looks:
                wrong = look.result()
                counts[wrong.partition(":")[0] or "right"] += 1
                if wrong:
                    examples.append(f"   behind call {done}, {scenario.recording.lines[done - 1][:70]}: {wrong[:300]}")
            yield model, counts, examples
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--states", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the folders of every state")
    parser.add_argument("--model", action="append", choices=MODELS)
    parser.add_argument("scenario", nargs="*")
    options = parser.parse_intermixed_args()
    options.model = options.model or list(MODELS)
    nothing = [pathlib.Path(options.bin) / "record_calls", "--folder", "/", "--out", os.devnull, "--", "true"]
    if subprocess.run(nothing, capture_output=True).returncode == NO_TRACING:
        print("skipped: ptrace is not allowed here")
        return SKIPPED
    totals = {model: collections.Counter() for model in options.model}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in options.scenario or SCENARIOS:
            for model, counts, examples in try_scenario(options, name, pool):
                totals[model] += counts
                print(f"{name}, {model}: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())), flush=True)
                print("\n".join(examples[:3]), end="\n" if examples else "")
    failures = 0
    for model, counts in totals.items():
        wrong = counts.total() - counts["right"] - (counts["told"] if MODELS[model][1] else 0)
        print(f"{model}: {counts.total()} states, {wrong} wrong: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
        failures += wrong
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
