#!/usr/bin/env python3
"""Whole processes beside mlmmj and beside a floor, in the same run: what a command message and a post cost.

    compare.py BIN      BIN has majlis-receive, majlis-flush, majlis and measure

Environment: BENCH_RUNS (command messages of each, 50), BENCH_POST_RUNS (posts, 5), BENCH_MEMBERS (sizes of lists, "1000
10000 100000 1000000"), BENCH_VERP_MEMBERS (the same with a sender for each recipient, "1000 10000 100000": 1000000 takes
mlmmj a minute a post). As root, or where
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
SIZES = [int(word) for word in os.environ.get("BENCH_MEMBERS", "1000 10000 100000 1000000").split()]
VERP_SIZES = [int(word) for word in os.environ.get("BENCH_VERP_MEMBERS", "1000 10000 100000").split()]
POST_RUNS = int(os.environ.get("BENCH_POST_RUNS", "5"))
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


def print_post(title, results, peers):
    """The first line is the floor; `peers` are the lines of mlmmj."""
    print(f"\n{title} (median of {POST_RUNS}, alternating)\n"
          f"{'':28}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'x floor':>9}{'cpu x':>9}")
    floor = next(iter(results.values()))
    for name, (wall, cpu, peak) in results.items():
        print(f"{name:28}{wall:9.3f}{cpu:9.3f}{peak:9.1f}{wall / floor[0]:9.2f}{cpu / floor[1]:9.2f}")
    if "majlis-flush, personal" in results:
        personal, plain = results["majlis-flush, personal"], results["majlis-flush"]
        print(f"majlis, personal : own VERP {personal[0] / plain[0]:9.2f}{personal[1] / plain[1]:9.2f}")
    if "majlis-flush" in results:
        best = min(results[name][0] for name in peers)
        print(f"mlmmj at its best : majlis  {best / results['majlis-flush'][0]:9.2f}")


class Post:
    """One size of list, everybody who sends to it, with VERP or without."""

    def __init__(self, size, verp, sink, measure, scratch, bin_folder, has_majlis):
        self.size, self.verp, self.sink, self.measure, self.bin = size, verp, sink, measure, bin_folder
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        groups = {"own VERP": None} if verp else {"100 a time": 100, "1000 a time": 1000}
        self.peers = {f"mlmmj-send, {name}": Mlmmj(self.folder / f"mlmmj{each}", sink.port, each)
                      for name, each in groups.items()}
        self.ours = Majlis(self.folder / "majlis", sink.port, bin_folder) if has_majlis else None
        addresses = members(size)
        for program in [*self.peers.values(), *([self.ours] if self.ours else [])]:
            program.import_members(addresses)
        self.addresses = self.folder / "addresses"
        self.addresses.write_text("\n".join(addresses) + "\n")

    def floors(self, letter):
        form = {"bare, 1 a time, 4 connections": (1, 4)} if self.verp else {"bare sender, 1000 a time": (1000, 1),
                                                                              "bare sender, 100 a time": (100, 1)}
        for name, (group, connections) in form.items():
            yield name, self.measure(bare_sender(self.bin / "bare_sender", self.sink.port, letter, self.addresses,
                                                 self.verp, group, connections))

    def accept_and_flush(self, letter):
        yield "majlis-receive", self.measure(*self.ours.receive(letter, recipient=LIST, sender=POSTER))
        if self.verp:
            self.ours.sign_each()
        yield "majlis-flush", self.measure(*self.ours.flush())
        self.ours.expect_delivered(self.size)

    def accept_and_flush_personal(self, letter):
        """The same with a footer and an addressee of each member's own."""
        self.ours.personalise("full")
        yield "majlis-receive, personal", self.measure(*self.ours.receive(letter, recipient=LIST, sender=POSTER))
        yield "majlis-flush, personal", self.measure(*self.ours.flush())
        self.ours.expect_delivered(self.size)
        self.ours.personalise("no")

    def run(self):
        rows = {}
        body = "A line of the letter, as long as lines of letters are.\n" * 70
        for number in range(POST_RUNS):
            post = letter(self.folder / "post.eml", POSTER, LIST, f"post{self.size}.{number}", body)
            results = [*self.floors(post)]
            results += [(name, self.measure(*program.deliver(post))) for name, program in self.peers.items()]
            if self.ours:
                results += self.accept_and_flush(post)
            if self.ours and self.verp:
                personal = letter(self.folder / "personal.eml", POSTER, LIST, f"personal{self.size}.{number}", body)
                results += self.accept_and_flush_personal(personal)
            for name, costs in results:
                rows.setdefault(name, []).append(costs)
        kind = ", a sender for each" if self.verp else ""
        print_post(f"A post of 4 kB to {self.size:,} members{kind}", {name: medians(each) for name, each in rows.items()},
                   self.peers)
        shutil.rmtree(self.folder)


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
            for verp, sizes in ((False, SIZES), (True, VERP_SIZES)):
                for size in sizes:
                    Post(size, verp, sink, measure, scratch, bin_folder, is_complete).run()
    finally:
        sink.close()


if __name__ == "__main__":
    main()
