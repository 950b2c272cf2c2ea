#!/usr/bin/env python3
"""What is made of hostile pages (vectors.txt), read by two parsers that are not ours: html5lib and lxml (libxml2).

    clean_test.py HTML_CLEANED VECTORS [--part N/M]

Both have to find nothing but allowed elements, attributes and URLs in a cleaned page; where a page is left as it came
they have to find nothing in it that acts. A cleaned page is passive, and cleaned again it is what it is.
"""
import argparse
import pathlib
import re
import subprocess
import sys

import html5lib
import lxml.html

ELEMENTS = set("""html head meta body style a abbr acronym address article aside b bdi bdo big blockquote br caption center
    cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li
    main mark nav ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var
    wbr""".split())
ATTRIBUTES = set("""abbr align alink alt background bgcolor border bordercolor cellpadding cellspacing charset cite class
    clear color colspan dir face headers height href hspace id lang link media name noshade nowrap rowspan rules scope size
    span src start style summary text title type valign value vlink vspace width""".split())
LINKS = {"href", "src", "background", "cite", "action", "formaction", "data", "poster", "srcset", "longdesc", "usemap",
         "lowsrc", "dynsrc", "xlink:href", "ping"}
LOADING = {"src", "background"}
SCHEMES = {"http", "https", "mailto", "ftp", "tel", "news", "cid", "mid"}
ACTING = set("""script iframe frame frameset object embed applet param form input button select option textarea keygen
    isindex audio video source track bgsound base link svg math layer ilayer""".split())
BAD_STYLE = re.compile(r"expression|behaviou?r|@import|-moz-binding|data:|javascript:|vbscript:|url\s*\(|[\\<&]", re.I)


def pages(path):
    """ (line number, page) of every vector. """
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        if line and not line.startswith("#"):
            octets = re.sub(rb"\\(x[0-9A-Fa-f]{2}|[nt])", lambda found: {b"n": b"\n", b"t": b"\t"}.get(
                found[1]) or bytes([int(found[1][1:], 16)]), line.encode("ascii"))
            yield number, octets


def name_of(name):
    """ Without the namespace that html5lib puts in front. """
    return name[1] if isinstance(name, tuple) else name


def elements_of_html5lib(page):
    """ (element, attributes, text) of every element; comments as "!". """
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            yield "!", {}, element.text or ""
        else:
            yield element.tag, {name_of(name): value for name, value in element.attrib.items()}, element.text or ""


def elements_of_lxml(page):
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    for element in lxml.html.document_fromstring(page.encode("utf-8"), parser=parser).iter():
        if not isinstance(element.tag, str):
            yield "!", {}, str(element.text or "")
        else:
            yield element.tag, dict(element.attrib), element.text or ""


PARSERS = {"html5lib": elements_of_html5lib, "lxml": elements_of_lxml}


def scheme_fault(name, value):
    """ What is wrong with a URL. """
    found = re.match(r"[^/?#:]*:", re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff\ufffd]", "", value))
    if found and found[0][:-1].lower() not in SCHEMES:
        return f"{name}={value!r}"
    return None


def faults_of_clean(elements, remote):
    """ What a cleaned page must not have. """
    for element, attributes, text in elements:
        if element not in ELEMENTS:
            yield f"<{element}>"
        if element == "style" and BAD_STYLE.search(text):
            yield f"style {text!r}"
        for name, value in attributes.items():
            if name not in ATTRIBUTES or (name == "charset") != (element == "meta"):
                yield f"{element} {name}={value!r}"
            if name == "style" and BAD_STYLE.search(value):
                yield f"style={value!r}"
            if name in LINKS and (fault := scheme_fault(name, value)):
                yield fault
            if remote == "remove" and name in LOADING and not value.lower().startswith(("cid:", "mid:")):
                yield f"loads {value!r}"


def faults_of_untouched(elements):
    """ What a page that is left as it came must not have. """
    for element, attributes, text in elements:
        if element.lower() in ACTING or (element == "style" and BAD_STYLE.search(text)):
            yield f"<{element}>"
        for name, value in attributes.items():
            if name.lower().startswith("on") or (name in LINKS and scheme_fault(name, value)):
                yield f"{element} {name}={value!r}"
            if name == "style" and BAD_STYLE.search(value):
                yield f"style={value!r}"


def asked(program, questions):
    """ (word, page) for each (word, page). """
    lines = "".join(f"{remote} {page.hex()}\n" for remote, page in questions)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True, timeout=200)
    return [(word, bytes.fromhex(page)) for word, page in (line.split(" ") for line in done.stdout.splitlines())]


def faults_of(page, remote, first, second):
    """ Of one page, what was made of it, and what was made of that. """
    text = first[1].decode("utf-8")
    if second != ("passive", first[1]):
        yield f"cleaned again: {second}"
    if b"bread" not in first[1]:
        yield "the text in front is gone"
    for name, elements_of in PARSERS.items():
        yield from (f"{name}: {fault}" for fault in faults_of_clean(elements_of(text), remote))
        if first[0] == "passive":
            untouched = page.decode("utf-8", "replace").replace("\0", "\ufffd")
            yield from (f"{name}, untouched: {fault}" for fault in faults_of_untouched(elements_of(untouched)))


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("program")
    reader.add_argument("vectors", type=pathlib.Path)
    reader.add_argument("--part", default="", help="N/M,...: only every M-th vector from the N-th on")
    options = reader.parse_args()
    chosen = list(pages(options.vectors))
    if options.part:
        wanted = [tuple(map(int, part.split("/"))) for part in options.part.split(",")]
        chosen = [each for i, each in enumerate(chosen) if any(i % every == which for which, every in wanted)]
    questions, numbers = [], []
    for number, page in chosen:
        for frame in (b"bread %s", b"<html><body><p>bread</p>%s<p>butter</p></body></html>\n"):
            for remote in ("keep", "remove"):
                questions.append((remote, frame % page))
                numbers.append(number)
    first = asked(options.program, questions)
    second = asked(options.program, [(remote, page) for (remote, _), (_, page) in zip(questions, first)])
    failed = 0
    for number, (remote, page), one, two in zip(numbers, questions, first, second, strict=True):
        faults = list(faults_of(page, remote, one, two))
        if faults:
            failed += 1
            print(f"vectors.txt:{number}: {remote}: {page!r}\n  made {one}\n  " + "\n  ".join(faults))
    print(f"{len(chosen)} vectors, {len(questions)} pages, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
