#!/usr/bin/env python3
"""How long one post holds the site's lock, which is how long everybody else waits: patterns and texts should cost time
before it only.

    locking.py BIN      BIN has majlis-receive, majlis-flush, majlis and lock_time

Environment: BENCH_LOCK_RUNS (posts of each kind, 15), BENCH_LOCK_OCTETS (of each, 2,300,000).
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from compare import letter, medians
from peers import DOMAIN, LIST, POSTER, Majlis, members

RUNS = int(os.environ.get("BENCH_LOCK_RUNS", "15"))
OCTETS = int(os.environ.get("BENCH_LOCK_OCTETS", "2300000"))
PATTERN_SETTINGS = ["taboo_headers", "taboo_body", "admin_headers", "admin_body"]
PATTERNS = 40
KINDS = {"plain": {},
         "40 patterns a setting": {name: "\n".join(f"/casino\\s+royale\\d*x{number}/i" for number in range(PATTERNS))
                                   for name in PATTERN_SETTINGS},
         "texts": {"subject_prefix": "[cooks]", "message_fronter": "To be read by all:", "message_footer": "By $SENDER"},
         "personal copies": {"personalize": "full", "message_footer": "For $USER_NAME\n$UNSUBSCRIBE_LINK"},
         "held": {"moderate": "yes"}}


def make_site(folder, bin_folder, settings):
    program = Majlis(folder, 9, bin_folder)
    program.admin("config", LIST, "set", "maxlength", "100000000")
    value = folder / "value"
    for name, text in settings.items():
        value.write_text(text + "\n")
        program.admin("config", LIST, "set", name, "-", stdin=value)
    program.import_members(members(10))
    program.admin("members", LIST, "set", members(10)[1], "digest-mime")
    subprocess.run(program.flush()[0], check=True)
    return program


def locked(bin_folder, program, command, stdin):
    line = subprocess.run([bin_folder / "lock_time", program.folder / "db" / "env.lock", stdin, *command], check=True,
                          capture_output=True, text=True).stdout
    wall, cpu, status = map(int, line.split())
    if status != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {status}")
    return wall / 1e3, cpu / 1e3


def held_ids(program):
    return [line.split()[0] for line in program.admin("held", LIST, "list").splitlines()]


def accepting(program, path):
    """What waits, accepted by mail: the words stand in the notices that are on their way to the moderators."""
    notices = [job.read_text(errors="replace") for job in (program.folder / "spool" / "new").iterdir()]
    lines = [re.search(rf"accept {item}\.\w+", notice) for item in held_ids(program) for notice in notices]
    path.write_text(f"From: owner@{DOMAIN}\nTo: {program.subscribe_address}\nSubject: held\n"
                    f"Message-ID: <{os.urandom(8).hex()}@client.example.net>\n\n" +
                    "".join(line.group() + "\n" for line in lines if line))
    return program.receive(path)


def main():
    bin_folder = pathlib.Path(sys.argv[1]).resolve()
    body = "".join(f"Line {number:08d} of the letter, as long as lines of letters are.\n" for number in
                   range(OCTETS // 60))
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        programs = {kind: make_site(scratch / kind.replace(" ", "_"), bin_folder, settings)
                    for kind, settings in KINDS.items()}
        rows = {kind: [] for kind in [*KINDS, "approved", "accepted by mail"]}
        for number in range(RUNS):
            for kind, program in programs.items():
                post = letter(scratch / "post.eml", POSTER, LIST, number, body)
                rows[kind].append(locked(bin_folder, program, *program.receive(post, recipient=LIST, sender=POSTER)))
            held = programs["held"]
            approve = [bin_folder / "majlis", "--site", held.folder, "held", LIST, "approve", *held_ids(held)]
            rows["approved"].append(locked(bin_folder, held, approve, "/dev/null"))
            again = held.receive(letter(scratch / "post.eml", POSTER, LIST, RUNS + number, body), recipient=LIST,
                                 sender=POSTER)
            subprocess.run(again[0], stdin=open(again[1], encoding="utf-8"), check=True)
            rows["accepted by mail"].append(locked(bin_folder, held, *accepting(held, scratch / "accept.eml")))
            if held_ids(held):
                raise SystemExit("not everything that waits was approved")
    print(f"\nHow long a post of {OCTETS / 1e6:.1f} MB holds the site's lock, and what it computes meanwhile\n"
          f"(median of {RUNS}, alternating; more: than a plain one)\n"
          f"{'':28}{'wall ms':>9}{'cpu ms':>9}{'more wall':>11}{'more cpu':>10}")
    plain = medians(rows["plain"])
    for kind, times in rows.items():
        wall, cpu = medians(times)
        print(f"{kind:28}{wall:9.1f}{cpu:9.1f}{wall - plain[0]:11.1f}{cpu - plain[1]:10.1f}")


if __name__ == "__main__":
    main()
