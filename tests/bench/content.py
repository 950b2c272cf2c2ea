#!/usr/bin/env python3
"""What a content policy costs when a post arrives: the same post to a list that looks at nothing and to one of the preset
private-discussion, alternating.

    content.py BIN      BIN has majlis-receive, majlis-flush, majlis, measure and lock_time

Environment: BENCH_CONTENT_RUNS (posts of each kind, 15).
"""
import base64
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zlib

from compare import medians
from locking import locked
from peers import DOMAIN, LIST, POSTER, Majlis, members

RUNS = int(os.environ.get("BENCH_CONTENT_RUNS", "15"))
POLICIES = {"no policy": {"attachments": "yes", "attachment_names": "", "html": "keep"}, "private-discussion": {}}
ATTACHMENTS = 20
BIG_OCTETS = 10_000_000  # of the message; a third of it is base64's

PARAGRAPH = ('<p style="margin:0 0 1em">Soak the <b>rice</b> for an hour, see <a href="https://example.org/rice?{0}">how</a>.'
             '<img src="https://example.org/pot{0}.png" alt="a pot"></p>\n')
PAGE = "<html><head><title>Rice</title></head><body>\n{}{}</body></html>\n"


def head(number, content_type):
    return (f"From: {POSTER}\nTo: {LIST}@{DOMAIN}\nSubject: bench\nMessage-ID: <content.{number}@client.example.net>\n"
            f"Date: Tue, 24 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: {content_type}\n\n")


def page(octets, active):
    extra = '<script>track()</script>' if active else ""
    rows = ""
    while len(PAGE.format(rows, extra)) < octets:
        rows += PARAGRAPH.format(len(rows))
    return PAGE.format(rows, extra)


def plain(number):
    return head(number, "text/plain; charset=utf-8") + "Soak the rice for an hour, and do not stir it later.\n" * 77


def html(number):
    return head(number, "text/html; charset=utf-8") + page(4000, active=False)


def active_html(number):
    return head(number, "text/html; charset=utf-8") + page(4000, active=True)


def png(octets, source):
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    header = chunk(b"IHDR", b"\0\0\1\0\0\0\1\0\x08\x02\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", source.randbytes(octets)) + chunk(b"IEND", b"")


def with_attachments(number):
    source = random.Random(1)
    text = head(number, 'multipart/mixed; boundary="rice"') + "--rice\nContent-Type: text/plain\n\nThe pictures.\n"
    for each in range(ATTACHMENTS):
        octets = base64.encodebytes(png(BIG_OCTETS * 3 // 4 // ATTACHMENTS, source)).decode()
        text += (f'--rice\nContent-Type: image/png; name="pot{each}.png"\nContent-Transfer-Encoding: base64\n'
                 f'Content-Disposition: attachment; filename="pot{each}.png"\n\n{octets}')
    return text + "--rice--\n"


KINDS = {"4 kB of text": plain, "4 kB of HTML": html, "4 kB of HTML with a script": active_html,
         f"10 MB, {ATTACHMENTS} pictures": with_attachments}


def make_site(folder, bin_folder, settings):
    program = Majlis(folder, 9, bin_folder)
    conf = folder / "site.conf"
    lines = [line for line in conf.read_text().splitlines() if not line.startswith("max_message_octets")]
    conf.write_text("\n".join([*lines, f"max_message_octets = {2 * BIG_OCTETS}"]) + "\n")
    program.admin("config", LIST, "set", "maxlength", "100000000")
    for name, value in settings.items():
        program.admin("config", LIST, "set", name, value)
    program.import_members(members(10))
    subprocess.run(program.flush()[0], check=True)
    return program


def measured(bin_folder, command, stdin):
    line = subprocess.run([bin_folder / "measure", stdin, *command], check=True, capture_output=True, text=True).stdout
    wall, cpu, peak, status = map(int, line.split())
    if status != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {status}")
    return wall / 1e3, cpu / 1e3, peak / 1e3


def last_verdict(program):
    return [line for line in (program.folder / "log").read_text().splitlines() if " post " in line][-1]


def main():
    bin_folder = pathlib.Path(sys.argv[1]).resolve()
    rows = {(kind, policy): [] for kind in KINDS for policy in POLICIES}
    locks = {(kind, policy): [] for kind in KINDS for policy in POLICIES}
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        programs = {policy: make_site(scratch / f"site{number}", bin_folder, settings)
                    for number, (policy, settings) in enumerate(POLICIES.items())}
        for run in range(2 * RUNS):
            for kind, make in KINDS.items():
                for policy, program in programs.items():
                    post = scratch / "post.eml"
                    post.write_text(make(run))
                    command = program.receive(post, recipient=LIST, sender=POSTER)
                    if run % 2 == 0:
                        rows[kind, policy].append(measured(bin_folder, *command))
                    else:
                        locks[kind, policy].append(locked(bin_folder, program, *command))
                    if "verdict=accept" not in last_verdict(program):
                        raise SystemExit(f"{kind}: {last_verdict(program)}")
    print(f"\nOne post arrives (median of {RUNS}, alternating)\n"
          f"{'':28}{'policy':20}{'wall ms':>9}{'cpu ms':>9}{'peak MB':>9}{'locked ms':>11}")
    base = medians(rows["4 kB of text", "private-discussion"])[0]
    for kind, policy in rows:
        wall, cpu, peak = medians(rows[kind, policy])
        print(f"{kind:28}{policy:20}{wall:9.2f}{cpu:9.2f}{peak:9.1f}{medians(locks[kind, policy])[0]:11.2f}")
    for kind in list(KINDS)[1:3]:
        print(f"{kind} : 4 kB of text, under the policy {medians(rows[kind, 'private-discussion'])[0] / base:9.2f}")


if __name__ == "__main__":
    main()
