#!/usr/bin/env python3
"""Checks that includes only go down the stairs and that every library stays with its keeper.

    layers.py [TREE]      prints one line per violation; exit status 0 none, 1 some
"""
import fnmatch
import pathlib
import re
import sys

# room: the rooms it may include besides itself. commands/ wishes, lists/ does: so it sees neither store/ nor spool/.
STAIRS = {
    "base": set(),
    "mail": {"base"},
    "auth": {"base"},
    "store": {"base", "mail"},
    "spool": {"base", "mail"},
    "lists": {"base", "mail", "auth", "store", "spool"},
    "commands": {"base", "mail", "auth", "lists"},
    "bin": {"base", "mail", "auth", "store", "spool", "lists", "commands"},
}

# The ground floor of a room: it includes nothing else of that room.
GROUND_FLOORS = ["lists/site/config/"]

# header of a library: where it may be included.
KEEPERS = {
    "mimetic/*": ["mail/structure*.cc"],
    "boost/*": ["base/regex.cc"],
    "db.h": ["store/*"],
    "db_cxx.h": ["store/*"],
    "sodium.h": ["auth/*.cc"],
    "sodium/*": ["auth/*.cc"],
    "idn2.h": ["mail/*.cc"],
    "iconv.h": ["mail/*.cc"],
    "openssl/*": ["spool/*"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def complaint_about(file, quote, header):
    """Why `file` (path from the top) may not include `header`, or None."""
    room = file.split("/", 1)[0]
    target = header.split("/", 1)[0]
    if quote == '"':
        if target == room and "/" in header:
            floor = next((each for each in GROUND_FLOORS if file.startswith(each)), "")
            return None if header.startswith(floor) else f"{floor} may include nothing else of {room}/"
        if target not in STAIRS:
            return "is not written from the top (\"room/file.h\")"
        if target not in STAIRS[room]:
            return f"{room} may not include {target}"
        return None
    if target in STAIRS and "/" in header:
        return "is ours: write it in quotes"
    for pattern, places in KEEPERS.items():
        if fnmatch.fnmatchcase(header, pattern) and not any(fnmatch.fnmatchcase(file, place) for place in places):
            return f"belongs to {' '.join(places)}"
    return None


def violations(tree):
    for room in STAIRS:
        for path in sorted((tree / room).rglob("*")):
            if path.suffix not in (".cc", ".h"):
                continue
            file = path.relative_to(tree).as_posix()
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                match = INCLUDE.match(line)
                why = match and complaint_about(file, *match.groups())
                if why:
                    yield f"{file}:{number}: {match.group(2)}: {why}"


def main():
    tree = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = list(violations(tree))
    print("\n".join(found) if found else "layers: every include goes down the stairs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
