#!/usr/bin/env python3
"""What doc/MAJORDOMO.md promises to scripts is what the transcripts beside this file show.

    promised.py

Every answer in its section "What a script may rely on", from the line that it echoes on, and every Subject must stand in
one of them, line by line; blanks at the ends of lines do not count.
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parents[2] / "doc" / "MAJORDOMO.md"
SECTION = "## What a script may rely on"
INDENT = "    "
BEGINNINGS = (">>>> ", "Subject: ")


def lines_of(text):
    return [line.rstrip() for line in text.splitlines()]


def blocks_of(lines):
    """Answers and Subjects among indented lines."""
    blocks = []
    for line in lines:
        if line.startswith(INDENT) and line.removeprefix(INDENT).startswith(BEGINNINGS):
            blocks.append([])
        if blocks and (line.startswith(INDENT) or not line):
            blocks[-1].append(line.removeprefix(INDENT))
    for block in blocks:
        while not block[-1]:
            block.pop()
    return blocks


def stands_in(block, lines):
    return any(lines[at:at + len(block)] == block for at in range(len(lines) - len(block) + 1))


def main():
    _, found, section = PAGE.read_text().partition(f"\n{SECTION}\n")
    blocks = blocks_of(lines_of(section.partition("\n## ")[0]))
    if not found or not blocks:
        sys.exit(f"{PAGE.name}: nothing in '{SECTION}'")
    transcripts = [lines_of(path.read_text()) for path in sorted(HERE.glob("*/expected"))]
    missing = [block for block in blocks if not any(stands_in(block, lines) for lines in transcripts)]
    for block in missing:
        print(f"{PAGE.name} promises what no transcript shows:", *block, sep="\n    ")
    print(f"{len(blocks) - len(missing)} as shown, {len(missing)} not")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
