#!/usr/bin/env python3
"""What one command message costs on a small site and on a large one: it should be the same.

    asking.py BIN      BIN has majlis-receive, majlis-flush, majlis and measure

Environment: BENCH_RUNS (messages of each kind, 30), BENCH_LISTS (10,000), BENCH_LARGE_MEMBERS (1,000,000).
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from compare import letter, medians
from peers import DOMAIN, LIST, Majlis, Measure, members

RUNS = int(os.environ.get("BENCH_RUNS", "30"))
LISTS = int(os.environ.get("BENCH_LISTS", "10000"))
MEMBERS = int(os.environ.get("BENCH_LARGE_MEMBERS", "1000000"))
REQUESTS = {
    "majordomo": ["help", "lists", "which", "info cooks", "who cooks", "subscribe cooks", "unsubscribe cooks"],
    "listserv": ["help", "lists", "query *", "query cooks", "stats cooks", "review cooks", "subscribe cooks Ann Ash",
                 "signoff cooks"],
}


def add_lists(site, count):
    """By hand: majlis create hashes two passwords for each, which is slow on purpose."""
    folder = site / "lists" / DOMAIN
    config = (folder / "cooks" / "config").read_bytes()
    for number in range(count - 1):
        path = folder / f"list{number:05d}"
        path.mkdir(mode=0o700)
        (path / "config").write_bytes(config)


def make_site(folder, bin_folder, lists, people):
    program = Majlis(folder, 9, bin_folder)
    add_lists(folder, lists)
    program.import_members(members(people))
    subprocess.run(program.flush()[0], check=True)  # makes the catalogue of lists; there is no mail yet
    return program


def measured(program, measure, scratch, tongue, request, number):
    sender = f"asker{number}@client.example.net"
    word = "".join(sign for sign in request if sign.isalnum())
    mail = letter(scratch / "request.eml", sender, f"{tongue}@{DOMAIN}", f"{tongue}.{word}{number}", request + "\n")
    return measure(*program.receive(mail, recipient=f"{tongue}@{DOMAIN}", sender=sender))


def main():
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    bin_folder = pathlib.Path(sys.argv[1])
    measure = Measure(bin_folder / "measure")
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        sites = {"small": make_site(scratch / "small", bin_folder, 10, 10),
                 "large": make_site(scratch / "large", bin_folder, LISTS, MEMBERS)}
        print(f"\nOne command message: 10 lists, 10 members beside {LISTS:,} lists, {MEMBERS:,} members\n"
              f"(median of {RUNS}, alternating)\n"
              f"{'':28}{'wall ms':>20}{'':>12}{'cpu ms':>12}{'':>12}{'peak MB':>8}\n"
              f"{'':28}{'small':>12}{'large':>8}{'ratio':>8}{'small':>12}{'large':>8}{'ratio':>8}{'large':>8}")
        asked = [(tongue, request) for tongue, requests in REQUESTS.items() for request in requests]
        for tongue, request in asked:
            rows = {size: [] for size in sites}
            for number in range(RUNS):
                for size, program in sites.items():
                    rows[size].append(measured(program, measure, scratch, tongue, request, number))
            small, large = medians(rows["small"]), medians(rows["large"])
            print(f"{f'{tongue[0]}: {request}':28}{small[0] * 1e3:12.2f}{large[0] * 1e3:8.2f}{large[0] / small[0]:8.2f}"
                  f"{small[1] * 1e3:12.2f}{large[1] * 1e3:8.2f}{large[1] / small[1]:8.2f}{large[2]:8.1f}")


if __name__ == "__main__":
    main()
