#!/usr/bin/env python3
"""Whole processes beside mlmmj and beside a floor, in the same run: what a command message and a post cost.

    compare.py BIN      BIN has majlis-receive, majlis-flush, majlis and measure

Environment: BENCH_RUNS (command messages of each, 50), BENCH_MEMBERS (further list sizes, "1000000"). As root, or where
user namespaces are allowed, everything runs on a loopback of its own with quick acknowledgements: mlmmj-send otherwise
waits 44 ms a transaction for one, which says nothing about mlmmj.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from peers import DOMAIN, LIST, POSTER, Majlis, Measure, Mlmmj, Sink, bare_sender, members

RUNS = int(os.environ.get("BENCH_RUNS", "50"))
SIZES = [1000, 100_000] + [int(word) for word in os.environ.get("BENCH_MEMBERS", "").split()]
POST_RUNS = 5
OWN_LOOPBACK = """
ip link set lo up
for net in 127.0.0.0/8 127.0.0.1; do
  ip route replace local $net dev lo table local proto kernel scope host src 127.0.0.1 quickack 1 || exit 1
done
exec "$@"
"""


def enter_own_loopback():
    """Starts this script again where the loopback is ours; returns when that is not allowed."""
    if os.environ.get("BENCH_LOOPBACK"):
        return os.environ["BENCH_LOOPBACK"] == "quick"
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", "--net", *user, "sh", "-c", OWN_LOOPBACK, "sh"]
    if shutil.which("ip") and subprocess.run([*command, "true"], capture_output=True).returncode == 0:
        os.environ["BENCH_LOOPBACK"] = "quick"
        os.execvp(command[0], [*command, sys.executable, *sys.argv])
    return False


def letter(path, sender, recipient, number, body):
    path.write_text(f"Return-Path: <{sender}>\nReceived: from client.example.net by mx.{DOMAIN}; "
                    f"Tue, 24 Nov 2026 10:00:00 +0000\nFrom: {sender}\nTo: {recipient}\nSubject: bench\n"
                    f"Message-ID: <bench.{number}@client.example.net>\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n"
                    f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}")
    return path


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def print_commands(results, drain):
    print(f"\nOne command message: subscribe request to challenge (median of {RUNS}, alternating)\n"
          f"{'':28}{'wall ms':>9}{'cpu ms':>9}{'peak MB':>9}")
    for name, (wall, cpu, peak) in results.items():
        print(f"{name:28}{wall * 1e3:9.2f}{cpu * 1e3:9.2f}{peak:9.1f}")
    if drain:
        print(f"{'majlis-flush, per request':28}{drain[0] * 1e3 / RUNS:9.2f}{drain[1] * 1e3 / RUNS:9.2f}{drain[2]:9.1f}")
        ours, peer = results["majlis"], results["mlmmj"]
        print(f"majlis : mlmmj              {ours[0] / peer[0]:9.2f}{ours[1] / peer[1]:9.2f}")


def compare_commands(programs, measure, scratch):
    rows = {program.name: [] for program in programs}
    for number in range(RUNS):
        for program in programs:
            sender = f"reader{number}@client.example.net"
            request = letter(scratch / "request.eml", sender, program.subscribe_address, f"request{number}",
                             "subscribe cooks\n")
            rows[program.name].append(measure(*program.receive(request)))
    drain = None
    for ours in programs[1:]:
        drain = measure(*ours.flush())
        ours.expect_delivered(RUNS)
    print_commands({name: medians(values) for name, values in rows.items()}, drain)


def majlis_post(program, measure, post, size):
    """(accepting, delivering); each run is another message."""
    accept = measure(*program.receive(post, recipient=LIST, sender=POSTER))
    deliver = measure(*program.flush())
    program.expect_delivered(size)
    return accept, deliver


def print_post(size, floor, results):
    print(f"\nA post of 4 kB to {size:,} members (median of {POST_RUNS}, alternating)\n"
          f"{'':28}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'x floor':>9}")
    print(f"{'bare sender, 1000 a time':28}{floor:9.3f}")
    for name, (wall, cpu, peak) in results.items():
        print(f"{name:28}{wall:9.3f}{cpu:9.3f}{peak:9.1f}{wall / floor:9.2f}")
    if "majlis-flush" in results:
        best = min(values[0] for name, values in results.items() if name.startswith("mlmmj"))
        print(f"mlmmj at its best : majlis  {best / results['majlis-flush'][0]:9.2f}")


def compare_posts(size, sink, measure, scratch, bin_folder):
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    addresses = members(size)
    senders = {f"mlmmj-send, {each} a time": Mlmmj(folder / f"mlmmj{each}", sink.port, each) for each in (100, 1000)}
    ours = Majlis(folder / "majlis", sink.port, bin_folder) if bin_folder else None
    for program in [*senders.values(), *([ours] if ours else [])]:
        program.import_members(addresses)
    rows, floor = {}, []
    for number in range(POST_RUNS):
        body = "A line of the letter, as long as lines of letters are.\n" * 70
        post = letter(folder / "post.eml", POSTER, LIST, f"post{size}.{number}", body)
        floor.append(bare_sender(sink.port, addresses, post))
        for name, program in senders.items():
            rows.setdefault(name, []).append(measure(*program.deliver(post)))
        if ours:
            accept, deliver = majlis_post(ours, measure, post, size)
            rows.setdefault("majlis-receive", []).append(accept)
            rows.setdefault("majlis-flush", []).append(deliver)
    print_post(size, statistics.median(floor), {name: medians(values) for name, values in rows.items()})
    shutil.rmtree(folder)


def main():
    quick = enter_own_loopback()
    # Sender and sink take turns, so one processor for both is quickest, most of all for a sender that waits for each reply.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    bin_folder = pathlib.Path(sys.argv[1])
    measure = Measure(bin_folder / "measure")
    is_complete = all((bin_folder / name).exists() for name in ("majlis", "majlis-receive", "majlis-flush"))
    if not shutil.which("mlmmj-receive"):
        raise SystemExit("compare: mlmmj is missing (tools/deps.sh bench)")
    print("Loopback with quick acknowledgements." if quick else
          "Plain loopback: mlmmj waits 44 ms a transaction for an acknowledgement; do not quote its wall time.")
    if not is_complete:
        print(f"{bin_folder} lacks programs of Majlis: mlmmj alone.")
    sink = Sink()
    try:
        with tempfile.TemporaryDirectory() as name:
            scratch = pathlib.Path(name)
            programs = [Mlmmj(scratch / "mlmmj", sink.port)]
            if is_complete:
                programs.append(Majlis(scratch / "majlis", sink.port, bin_folder))
            compare_commands(programs, measure, scratch)
            for size in SIZES:
                compare_posts(size, sink, measure, scratch, bin_folder if is_complete else None)
    finally:
        sink.close()


if __name__ == "__main__":
    main()
