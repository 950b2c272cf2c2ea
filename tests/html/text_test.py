#!/usr/bin/env python3
"""How many of the words that w3m shows of the pages of real messages stand in our text of them, in the same order.

    text_test.py HTML_AS_TEXT CORPUS      exit status 77 without w3m or the corpus

At least 98 of 100 over all, and 90 in each page of some length.
"""
import difflib
import email
import email.policy
import pathlib
import re
import shutil
import subprocess
import sys

FOLDERS = ("list", "mime", "admin", "bounce")
MOST_PAGES = 120
LEAST_WORDS = 20


def pages(corpus):
    """ (name, page) of each HTML part, one a message, none twice. """
    seen = set()
    for folder in FOLDERS:
        for path in sorted((corpus / folder).rglob("*")):
            if not path.is_file() or path.suffix in (".tsv", ".json", ".xml", ".mbox"):
                continue
            for part in email.message_from_bytes(path.read_bytes(), policy=email.policy.default).walk():
                if part.get_content_type() != "text/html":
                    continue
                try:
                    page = (part.get_payload(decode=True) or b"").decode(part.get_content_charset("utf-8"))
                except (LookupError, UnicodeError, ValueError):
                    continue
                if len(page) < 400_000 and page not in seen:
                    seen.add(page)
                    yield f"{path.relative_to(corpus)}", page
                break


def words_of(text):
    """ Letters and digits; what w3m draws is none. """
    return re.findall(r"\w+", text.replace("_", " "))


def shown_by_w3m(page):
    """ Alone: no configuration, no network, no picture's file name. """
    done = subprocess.run(["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "200",
                           "-o", "display_image=0", "-o", "ignore_null_img_alt=1", "-o", "use_proxy=0"],
                          input=page.encode("utf-8"), capture_output=True, check=True, timeout=60,
                          env={"HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    return done.stdout.decode("utf-8", "replace")


def in_order(wanted, text):
    """ How many of the wanted words stand in the text, in their order. """
    matcher = difflib.SequenceMatcher(None, wanted, text, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    if shutil.which("w3m") is None or not corpus.is_dir():
        print(f"skipped: needs w3m and messages at {corpus}")
        return 77
    chosen = list(pages(corpus))[:MOST_PAGES]
    lines = "".join(page.encode("utf-8", "replace").hex() + "\n" for _, page in chosen if page)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True, timeout=200)
    texts = [bytes.fromhex(line).decode("utf-8") for line in done.stdout.splitlines()]
    chosen = [each for each in chosen if each[1]]
    every = found = failed = 0
    for (name, page), text in zip(chosen, texts, strict=True):
        wanted = words_of(shown_by_w3m(page))
        there = in_order(wanted, words_of(text))
        every += len(wanted)
        found += there
        if len(wanted) >= LEAST_WORDS and there < 0.9 * len(wanted):
            failed += 1
            print(f"{name}: {there} of {len(wanted)} words")
    print(f"{len(chosen)} pages, {found} of {every} words in order: {100 * found / max(every, 1):.2f} %")
    return 1 if failed or found < 0.98 * every or len(chosen) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
