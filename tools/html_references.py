#!/usr/bin/env python3
"""Writes the table of HTML's named character references, mail/html/reference_names.cc.

    html_references.py FILE           writes it
    html_references.py --check FILE   exit status 1 when the file is not what would be written

The names are those of https://html.spec.whatwg.org/entities.json, which Python has as html.entities.html5.
"""
import html.entities
import pathlib
import sys

WIDTH = 118
HEAD = """// Made by tools/html_references.py from the named character references of the HTML standard
// (https://html.spec.whatwg.org/entities.json); change that and run it again.
#include "mail/html/reference_names.h"

namespace majlis::mail {
namespace {

// clang-format off
constexpr std::string_view kNames =
"""
TAIL = """;
// clang-format on

}  // namespace

std::string_view reference_names() { return kNames; }

}  // namespace majlis::mail
"""


def entries():
    """ "amp:26": the semicolon may be missing; "ang;2220": it may not. In octet order of the names. """
    names = html.entities.html5
    for name in sorted(each[:-1] for each in names if each.endswith(";")):
        text = names[name + ";"]
        if names.get(name, text) != text:
            raise SystemExit(f"html_references: {name} means something else without its semicolon")
        mark = ":" if name in names else ";"
        yield name + mark + ".".join(f"{ord(each):X}" for each in text)


def table():
    lines, line = [], ""
    for entry in entries():
        if len(line) + len(entry) + 1 > WIDTH - 2:
            lines.append(line)
            line = ""
        line += entry + " "
    return HEAD + "\n".join(f'"{each}"' for each in lines + [line]) + TAIL


def main():
    words = [word for word in sys.argv[1:] if word != "--check"]
    if len(words) != 1:
        raise SystemExit(__doc__)
    file = pathlib.Path(words[0])
    if "--check" not in sys.argv:
        file.write_text(table())
        return 0
    if file.read_text() == table():
        return 0
    print(f"html_references: {file} is not what tools/html_references.py writes")
    return 1


if __name__ == "__main__":
    sys.exit(main())
