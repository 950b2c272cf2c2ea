#!/usr/bin/env python3
"""The tests of html5lib's tokenizer (the format is in the README.md beside them), each in each of its states.

    tokenizer_test.py HTML_TOKENS FOLDER      exit status 77 when FOLDER is not there

What is known to differ stands in DIFFERENCES, with the reason; an entry that differs no longer fails as well.
"""
import json
import pathlib
import re
import subprocess
import sys

CONTENTS = {"Data state": "data", "RCDATA state": "rcdata", "RAWTEXT state": "rawtext", "Script data state": "script",
            "PLAINTEXT state": "plaintext", "CDATA section state": "cdata"}

SURROGATE = "half of a surrogate pair is no UTF-8: it is replaced before the page is read"
XML = "replaces what an XML tree cannot hold; no such tree is made"

# (file, description): why.
DIFFERENCES = {
    ("unicodeCharsProblematic.test", "Invalid Unicode character U+DFFF"): SURROGATE,
    ("unicodeCharsProblematic.test", "Invalid Unicode character U+D800"): SURROGATE,
    ("unicodeCharsProblematic.test", "Invalid Unicode character U+DFFF with valid preceding character"): SURROGATE,
    ("unicodeCharsProblematic.test", "Invalid Unicode character U+D800 with valid following character"): SURROGATE,
    ("xmlViolation.test", "Non-XML character"): XML,
    ("xmlViolation.test", "Non-XML space"): XML,
    ("xmlViolation.test", "Double hyphen in comment"): XML,
}


def unescaped(value):
    r""" \uXXXX, written once more, in every string. """
    if isinstance(value, str):
        return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, list):
        return [unescaped(each) for each in value]
    if isinstance(value, dict):
        return {unescaped(key): unescaped(each) for key, each in value.items()}
    return value


def joined(tokens):
    """ Adjacent text as one token. """
    result = []
    for token in tokens:
        if result and token[0] == result[-1][0] == "Character":
            result[-1] = ["Character", result[-1][1] + token[1]]
        else:
            result.append(token)
    return result


def cases(folder):
    """ (file, description, state, element, page, expected tokens) of every test. """
    for path in sorted(folder.glob("*.test")):
        for tests in json.loads(path.read_text(encoding="utf-8")).values():
            for test in tests:
                page, output = test["input"], test["output"]
                if test.get("doubleEscaped"):
                    page, output = unescaped(page), unescaped(output)
                for state in test.get("initialStates", ["Data state"]):
                    yield path.name, test["description"], state, test.get("lastStartTag", ""), page, joined(output)


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if not folder.is_dir():
        print(f"skipped: no tests of html5lib at {folder}")
        return 77
    every = list(cases(folder))
    lines = []
    for _, _, state, element, page, _ in every:
        lines.append(f"{CONTENTS[state]} {element or '-'} {page.encode('utf-8', 'surrogatepass').hex() or '-'}")
    done = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True, timeout=200)
    answers = done.stdout.splitlines()
    failed, differing = 0, set()
    for (file, description, state, element, page, expected), answer in zip(every, answers, strict=True):
        got = joined(json.loads(answer))
        if got == expected:
            continue
        differing.add((file, description))
        if (file, description) not in DIFFERENCES:
            failed += 1
            print(f"{file}: {description} ({state} {element}): {page!r}\n  expected {expected}\n  got      {got}")
    for known in sorted(set(DIFFERENCES) - differing):
        failed += 1
        print(f"{known[0]}: {known[1]}: differs no longer; take it out of DIFFERENCES")
    print(f"{len(every)} tests, {failed} failed, {len(DIFFERENCES)} known to differ")
    return 1 if failed or not every else 0


if __name__ == "__main__":
    sys.exit(main())
