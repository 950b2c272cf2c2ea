#!/usr/bin/env python3
"""Whole or not at all: majlis dies, or meets a full disk, at every system call that changes the world, while it changes a
list's files or makes a list; the flusher runs, and the list is as it was or as it should be, never half of each.

    admin_crash.py BIN KILL_AT_CALL [--all] [SCENARIO]...

As receive_flush_crash.py, whose harness it uses.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

import receive_flush_crash as crash
from receive_flush_crash import majlis_site
from situations import ANN, MAJORDOMO
from majlis_site import ADMIN_PASSWORD, DONE, Failed, message

HERE, TOGETHER = "soup-of-the-day", "bread-and-butter"
LOADED = f"""# from another machine
admin_passwd = {HERE}
approve_passwd = {TOGETHER}
description = Loaded
maxlength = 12345
message_footer << END
--- 
The cooks
END
"""


# -- what an administrator types: the words, and what stands on standard input ---------------------------------------

def load(site):
    return ["config", "cooks", "load", "-", "--dialect", "majordomo"], LOADED


def set_one(site):
    return ["config", "cooks", "set", "description", "Changed"], ""


def passwd(site):
    return ["passwd", "cooks", "admin", "--stdin"], HERE + "\n"


def texts(site):
    site.majlis("texts", "cooks", "set", "info", stdin=b"Before\n")
    return ["texts", "cooks", "set", "info"], "About soup\n"


def create(site):
    return ["create", "bakers", "--preset", "newsletter"], ""


EVERY, SOME = 1, 3
SCENARIOS = {load: EVERY, create: EVERY, passwd: EVERY, set_one: SOME, texts: SOME}


def state_of(site):
    """Every list's own files, their hashes, with the marks behind them, as old or new."""
    prepared = (site.folder / "prepared").read_text()
    lists = {}
    for folder in (site.folder / "lists" / majlis_site.DOMAIN).iterdir():
        if folder.name.startswith("."):
            continue
        lists[folder.name] = sorted(path.name for path in folder.iterdir() if path.name != "config.old")
        for name in ("config", "info", "passwords"):
            path = folder / name
            text = path.read_text() if path.exists() else None
            if name == "passwords" and text is not None:
                text = re.sub(r"(\$argon2id\S+)( \d+:sip:[0-9a-f]+)?", lambda found: "old" if found.group(1) in prepared else "new", text)
            lists[folder.name, name] = text
    return lists


class Enumeration(crash.Enumeration):
    def compare(self, site, wanted):
        found = state_of(site)
        differing = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
        if differing:
            raise Failed("; ".join(f"{key}: {found.get(key)!r:.300} is not {wanted.get(key)!r:.300}" for key in differing))


def prepare(options, folder, situation):
    site = majlis_site.Site(options.bin, folder / "site").init()
    site.create("cooks", "public-discussion")
    words, stdin = situation(site)
    (site.folder / "prepared").write_text((site.list_folder("cooks") / "passwords").read_text())
    return site, words, stdin


def sweep(site):
    """What was staged and not committed belongs to nobody: majlis-flush removes it when it is old."""
    for name in site.spool("tmp"):
        os.utime(site.folder / "spool" / "tmp" / name, (0, 0))
    site.flush()


def finish(enumeration, site, status, report, ending):
    site.flush()
    sweep(site)
    if ending == "fail" and "exited 0" in report:
        return enumeration.compare(site, enumeration.expected)
    if state_of(site) == enumeration.expected:
        return None
    enumeration.compare(site, enumeration.before)
    enumeration.counts["typed again"] += 1
    site.majlis(*enumeration.words, stdin=enumeration.typed.encode())
    return enumeration.compare(site, enumeration.expected)


def scenario(situation, options, pool, folder):
    site, words, stdin = prepare(options, folder, situation)
    before = state_of(site)
    calm = site.copy_to(folder / "calm" / "site")
    calm.majlis(*words, stdin=stdin.encode())
    expected = state_of(calm)
    if expected == before:
        raise Failed("the undisturbed run brought nothing about")
    (folder / "typed").write_text(stdin)
    enumeration = Enumeration(options, site, before, expected,
                              lambda site: site.command("majlis", "--site", site.folder, *words), folder / "typed", finish)
    enumeration.words, enumeration.typed = words, stdin
    every = SCENARIOS[situation]
    variants = [("before", [], "no retry", every, 0), ("ENOSPC", ["--fail", "ENOSPC"], "fail", 2 * every, 0),
                ("EIO", ["--fail", "EIO"], "fail", 2 * every, every)]
    return crash.enumerate_points(enumeration, variants, options, pool)


# -- by mail, killed; then by hand; then the mail server tries again -------------------------------------------------

BY_MAIL = f"newconfig cooks {ADMIN_PASSWORD}\ndescription = By mail\nmaxlength = 12345\nEOF\n"


def finish_by_hand(enumeration, site, status, report, ending):
    """What the mail had decided is older than what was set by hand, and must not come after it."""
    site.majlis("config", "cooks", "set", "description", "By hand")
    was_decided = "maxlength           =   12345" in site.majlis("config", "cooks", "show")
    enumeration.counts["decided before" if was_decided else "not decided"] += 1
    if site.receive(*enumeration.incoming) != DONE:
        raise Failed("the second try did not succeed")
    site.flush()
    found = site.majlis("config", "cooks", "get", "description").strip()
    if found != ("By hand" if was_decided else "By mail"):
        raise Failed(f"the description is {found!r} where the mail was {'' if was_decided else 'not '}decided before")


def by_hand(options, pool, folder):
    site = majlis_site.Site(options.bin, folder / "site").init()
    site.create("cooks", "public-discussion")
    incoming = message(BY_MAIL, ANN, MAJORDOMO), MAJORDOMO, ANN
    (folder / "in.eml").write_bytes(incoming[0])
    enumeration = Enumeration(options, site, None, None,
                              lambda site: site.command("majlis-receive", "--site", site.folder, "--recipient",
                                                        MAJORDOMO, "--sender", ANN), folder / "in.eml", finish_by_hand)
    enumeration.incoming = incoming
    return crash.enumerate_points(enumeration, [("before", [], "retry", EVERY, 0)], options, pool)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("harness", type=pathlib.Path)
    parser.add_argument("--all", action="store_true", help="every call fails in each way")
    parser.add_argument("scenario", nargs="*")
    options = parser.parse_args()
    if subprocess.run([options.harness, "--count", "--", "true"], capture_output=True).returncode == crash.NO_TRACING:
        print("skipped: ptrace is not allowed here")
        return crash.SKIPPED
    runs = {each.__name__: lambda *where, each=each: scenario(each, *where) for each in SCENARIOS}
    runs[by_hand.__name__] = by_hand
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        for name in options.scenario or runs:
            folder = majlis_site.scratch_folder("majlis-crash-")
            try:
                calls, counts, wrong = runs[name](options, pool, folder)
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
