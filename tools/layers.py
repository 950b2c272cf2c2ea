#!/usr/bin/env python3
"""Checks the house: includes only go down the stairs, no files of a room need each other in a circle, every library
stays with its keeper, and nothing in bin/admin writes to a person but by its print(), which knows whether the store is
open.

    layers.py [TREE]            prints one line per violation; exit status 0 none, 1 some
    layers.py --picture [TREE]  prints the rooms, from the roof down, with what each may use
"""
import fnmatch
import pathlib
import re
import sys

# room: the rooms it may include besides itself. A file's room is the longest of these that its path begins with.
BASE = {"base"}
MAIL = BASE | {
    "mail/coding", "mail/scan", "mail/html", "mail/content", "mail/bounces", "mail/authentication", "mail",
}
SPOOL = {"spool/job", "spool/transport", "spool/smtp", "spool"}
SITE = {"lists/site/text", "lists/site/config", "lists/site"}
EFFECTS = BASE | MAIL | SITE | {"tongues", "foreign/python", "auth", "net", "lists/effects"}
MEMBERS = {"lists/members", "lists/members/bounces"}
POSTS = {
    "lists/posts/reading", "lists/posts/content", "lists/posts/rules", "lists/posts/transforms", "lists/posts/digests", "lists/posts/archive",
    "lists/posts/distribution", "lists/posts/held", "lists/posts",
}
FOREIGN = {"foreign/source", "foreign/majordomo", "foreign/listserv", "foreign/mailman"}
WISHES = EFFECTS | MEMBERS | POSTS | {"lists/pending"}
COMMANDS = {"commands/reading", "commands/tongues", "commands/desk", "commands/verbs", "commands"}
ADMIN = {"bin/admin/call", "bin/admin/mta", "bin/admin/members", "bin/admin/config", "bin/admin/check", "bin/admin"}
ADMINS_HELP = WISHES | COMMANDS | FOREIGN | {"lists/rounds", "lists/moving", "lists/upkeep"}
STAIRS = {
    "base": set(),
    "tongues": BASE,
    "foreign/python": BASE | {"mail/coding"},
    "mail/coding": BASE,
    "mail/scan": BASE | {"mail/coding"},
    "mail/html": BASE | {"mail/coding"},
    "mail/content": BASE | {"mail/coding"},
    "mail": BASE | {"mail/coding", "mail/scan", "mail/html"},
    "mail/bounces": BASE | {"mail/coding", "mail/scan", "mail/html", "mail"},
    "mail/authentication": BASE | {"mail/coding", "mail/scan", "mail"},
    "auth": BASE,
    "net": BASE,
    "search": BASE,
    # Other systems' files: these read, and know no site.
    "foreign/source": MAIL,
    "foreign/majordomo": MAIL | {"foreign/source"},
    "foreign/listserv": MAIL | {"foreign/source"},
    "foreign/mailman": MAIL | {"foreign/source", "foreign/python"},
    "store": MAIL | {"auth"},
    "spool/job": MAIL,
    "spool/transport": MAIL | {"spool/job"},
    "spool/smtp": MAIL | {"net", "spool/job", "spool/transport"},
    "spool": MAIL | SPOOL | {"net"},
    "lists/site/text": BASE,
    "lists/site/config": MAIL | {"tongues", "foreign/python", "auth", "store", "lists/site/text"},
    "lists/site": MAIL | SPOOL | SITE | {"tongues", "auth", "net", "store"},
    "lists/effects": EFFECTS | SPOOL | {"store"},
    "lists/members/bounces": EFFECTS | SPOOL | MEMBERS | {"store"},
    "lists/members": EFFECTS | SPOOL | MEMBERS | {"store"},
    "lists/posts/reading": EFFECTS | SPOOL | {"store"},
    "lists/posts/content": BASE | MAIL | SITE | {"lists/effects"},
    "lists/posts/rules": EFFECTS | SPOOL | {"store", "lists/posts/reading", "lists/posts/content"},
    "lists/posts/transforms": EFFECTS | SPOOL | {"store", "lists/posts/content"},
    "lists/posts/archive": EFFECTS | SPOOL | {"store", "search", "lists/posts/transforms"},
    "lists/posts/digests": EFFECTS | SPOOL | {"store", "lists/posts/transforms", "lists/posts/archive"},
    "lists/posts/distribution": EFFECTS | SPOOL | {"store", "lists/posts/content", "lists/posts/transforms",
                                                   "lists/posts/digests", "lists/posts/archive"},
    "lists/posts/held": EFFECTS | SPOOL | POSTS - {"lists/posts"} | {"store"},
    "lists/posts": EFFECTS | SPOOL | POSTS | {"store"},
    "lists/moving": EFFECTS | SPOOL | MEMBERS | POSTS | {"store", "foreign/source"},
    "lists/pending": EFFECTS | SPOOL | MEMBERS | POSTS | {"store"},
    "lists/rounds": EFFECTS | SPOOL | MEMBERS | POSTS | {"store", "lists/pending"},
    "lists/upkeep": EFFECTS | SPOOL | MEMBERS | POSTS | {"store", "lists/pending", "lists/rounds"},
    # These wish, lists/ does: they see neither store/ nor spool/.
    "commands/reading": BASE | MAIL | {"auth"},
    "commands/tongues": BASE | MAIL | MEMBERS | {"tongues", "auth", "commands/reading"},
    "commands/desk": WISHES | {"commands/reading", "commands/tongues"},
    "commands/verbs": WISHES | {"commands/reading", "commands/desk"},
    "commands": WISHES | COMMANDS,
    "bin/admin/call": ADMINS_HELP,
    "bin/admin/mta": ADMINS_HELP | {"bin/admin/call"},
    "bin/admin/members": ADMINS_HELP | {"bin/admin/call"},
    "bin/admin/config": ADMINS_HELP | {"bin/admin/call"},
    "bin/admin/check": ADMINS_HELP | {"bin/admin/call"},
    "bin/admin": ADMINS_HELP | ADMIN,
    "bin": ADMINS_HELP | ADMIN | SPOOL,
}

# header of a library: where it may be included.
KEEPERS = {
    "mimetic/*": ["mail/scan/structure*.cc"],
    "boost/*": ["base/regex.cc"],
    "unictype.h": ["base/unicode.cc"],
    "db.h": ["store/*"],
    "db_cxx.h": ["store/*"],
    "sodium.h": ["auth/*.cc"],
    "sodium/*": ["auth/*.cc"],
    "idn2.h": ["mail/*.cc"],
    "sqlite3.h": ["search/*.cc"],
    "zlib.h": ["mail/content/inflate.cc"],
    "iconv.h": ["tools/charset_tables.cc"],
    "nettle/*": ["mail/authentication/signature_crypto.cc", "mail/authentication/sha256.cc"],
    "openssl/*": ["spool/smtp/tls.cc"],
}

# room: rooms whose names it may not use either, however they came in.
STRANGERS = {"bin/admin": ("store", "spool")}
# What writes to a person, and the one file of bin/admin that may: it asserts that the store is not open meanwhile.
PRINTS = re.compile(r"\b(?:f?printf|f?puts|fwrite|f?putc|putchar)\(|\bstd::(?:cout|cerr|clog)\b")
PRINTER = "bin/admin/call/print.cc"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
TOPS = {room.split("/", 1)[0] for room in STAIRS}


def room_of(file):
    stem = file.rsplit(".", 1)[0]
    found = [room for room in STAIRS if stem == room or stem.startswith(room + "/")]
    return max(found, key=len, default=None)


def complaint_about(file, quote, header):
    """Why `file` (path from the top) may not include `header`, or None."""
    if quote == '"':
        room, target = room_of(file), room_of(header)
        if target is None:
            return "is not written from the top (\"room/file.h\")"
        if target != room and target not in STAIRS[room]:
            return f"{room} may not include {target}"
        return None
    if header.split("/", 1)[0] in TOPS and "/" in header:
        return "is ours: write it in quotes"
    for pattern, places in KEEPERS.items():
        if fnmatch.fnmatchcase(header, pattern) and not any(fnmatch.fnmatchcase(file, place) for place in places):
            return f"belongs to {' '.join(places)}"
    return None


def includes_of(tree):
    """(file, line number, quote, header) of every include in the rooms."""
    for top in sorted(TOPS):
        for path in sorted((tree / top).rglob("*")):
            if path.suffix not in (".cc", ".h"):
                continue
            file = path.relative_to(tree).as_posix()
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                match = INCLUDE.match(line)
                if match:
                    yield file, number, *match.groups()


def lines_in(tree, room):
    """(file, line number, line) of every line in the room that is no comment."""
    for path in sorted((tree / room).rglob("*")):
        if path.suffix not in (".cc", ".h"):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            yield path.relative_to(tree).as_posix(), number, line.split("//", 1)[0]


def strangers(tree):
    for room, names in STRANGERS.items():
        used = re.compile(rf"\b({'|'.join(names)})::")
        for file, number, line in lines_in(tree, room):
            if match := used.search(line):
                yield f"{file}:{number}: {match[1]}::: {room} does not know {match[1]}"


def prints(tree):
    for file, number, line in lines_in(tree, "bin/admin"):
        if file != PRINTER and PRINTS.search(line):
            yield f"{file}:{number}: only {PRINTER} writes to a person: it knows whether the store is open"


def circles(includes):
    """Units (a source and its header) that include each other, however far round: one sorted list a circle."""
    uses = {}
    for file, _, quote, header in includes:
        unit, used = (name.rsplit(".", 1)[0] for name in (file, header))
        if quote == '"' and used != unit:
            uses.setdefault(unit, set()).add(used)
            uses.setdefault(used, set())
    # Tarjan's strongly connected components, without recursion.
    order, low, stack, found = {}, {}, [], []
    for start in sorted(uses):
        if start in order:
            continue
        work = [(start, iter(sorted(uses[start])))]
        order[start] = low[start] = len(order)
        stack.append(start)
        while work:
            unit, rest = work[-1]
            for used in rest:
                if used not in order:
                    order[used] = low[used] = len(order)
                    stack.append(used)
                    work.append((used, iter(sorted(uses[used]))))
                    break
                if used in stack:
                    low[unit] = min(low[unit], order[used])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[unit])
                if low[unit] == order[unit]:
                    at = stack.index(unit)
                    if len(stack) - at > 1:
                        found.append(sorted(stack[at:]))
                    del stack[at:]
    return found


def violations(tree):
    includes = list(includes_of(tree))
    for file, number, quote, header in includes:
        why = complaint_about(file, quote, header)
        if why:
            yield f"{file}:{number}: {header}: {why}"
    yield from strangers(tree)
    yield from prints(tree)
    for circle in circles(includes):
        yield f"{circle[0]}: circle of {len(circle)}: {' '.join(circle)}"


def picture(tree):
    """One line a room, the roof first: its files and lines, and the rooms right below it that it uses."""
    includes, sizes = list(includes_of(tree)), {}
    for top in TOPS:
        for path in (tree / top).rglob("*"):
            if path.suffix in (".cc", ".h"):
                room = room_of(path.relative_to(tree).as_posix())
                files, lines = sizes.get(room, (0, 0))
                sizes[room] = files + 1, lines + path.read_text(errors="replace").count("\n")
    used = {room: set() for room in STAIRS}
    for file, _, quote, header in includes:
        if quote == '"' and room_of(header) not in (None, room_of(file)):
            used[room_of(file)].add(room_of(header))
    height = {}
    def height_of(room, seen=()):
        if room not in height:
            height[room] = 1 + max((height_of(each, seen + (room,)) for each in used[room] if each not in seen), default=0)
        return height[room]
    for room in sorted(STAIRS, key=lambda each: (-height_of(each), each)):
        files, lines = sizes.get(room, (0, 0))
        below = {each for each in used[room]
                 if not any(each in used[other] and room not in used[other] for other in used[room] - {each})}
        yield f"{room:26}{files:4} files {lines:6} lines   > {' '.join(sorted(below)) or '-'}"


def main():
    words = [word for word in sys.argv[1:] if word != "--picture"]
    tree = pathlib.Path(words[0] if words else pathlib.Path(__file__).parent.parent)
    if "--picture" in sys.argv:
        print("\n".join(picture(tree)))
        return 0
    found = list(violations(tree))
    print("\n".join(found) if found else "layers: every include goes down the stairs, and nothing goes round in circles")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
