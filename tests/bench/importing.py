#!/usr/bin/env python3
"""What the import of a long file of members costs, into an empty list and once more, and how long it keeps others waiting.

    importing.py BIN      BIN has majlis, measure and lock_time

Environment: BENCH_IMPORT_MEMBERS (1,000,000), BENCH_IMPORT_RUNS (3), BENCH_PEER (a folder with another version's majlis, which
takes turns with this one: ratios hold on a machine that has other work).
"""
import os
import pathlib
import shutil
import sys
import tempfile

from compare import medians
from locking import locked
from peers import LIST, Majlis, Measure, members

MEMBERS = int(os.environ.get("BENCH_IMPORT_MEMBERS", "1000000"))
RUNS = int(os.environ.get("BENCH_IMPORT_RUNS", "3"))


def run_once(folder, tools, bin_folder, file):
    program = Majlis(folder, 9, bin_folder)
    command = [program.bin / "majlis", "--site", program.folder, "members", LIST, "import", file]
    new, again = Measure(tools / "measure")(command), Measure(tools / "measure")(command)
    shutil.rmtree(program.folder)
    program = Majlis(folder, 9, bin_folder)
    command[2] = program.folder
    lock = locked(tools, program, command, "/dev/null")
    shutil.rmtree(program.folder)
    return (*new, *again, *lock)


def main():
    tools = pathlib.Path(sys.argv[1]).resolve()
    folders = {"majlis": tools}
    if os.environ.get("BENCH_PEER"):
        folders["the other one"] = pathlib.Path(os.environ["BENCH_PEER"]).resolve()
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        file = scratch / "members.txt"
        file.write_text("".join(f'"Reader {number}" <{address}>\n' for number, address in enumerate(members(MEMBERS))))
        rows = {name: [] for name in folders}
        for _ in range(RUNS):
            for name, bin_folder in folders.items():
                rows[name].append(run_once(scratch / "site", tools, bin_folder, file))
    print(f"\nImport of {MEMBERS:,} members (median of {RUNS}, alternating)\n"
          f"{'':16}{'new: wall s':>12}{'cpu s':>8}{'peak MB':>9}{'again: wall s':>15}{'cpu s':>8}"
          f"{'longest lock ms':>17}{'cpu ms':>8}")
    for name, runs in rows.items():
        wall, cpu, peak, wall_again, cpu_again, _, lock, lock_cpu = medians(runs)
        print(f"{name:16}{wall:12.2f}{cpu:8.2f}{peak:9.1f}{wall_again:15.2f}{cpu_again:8.2f}{lock:17.1f}{lock_cpu:8.1f}")


if __name__ == "__main__":
    main()
