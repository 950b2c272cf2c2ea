#!/usr/bin/env python3
"""HTML in posts, from majlis-receive to the members' mailboxes: hostile pages and ordinary ones, under each value of html.

    html_test.py BIN VECTORS DOCUMENT      BIN has majlis, majlis-receive and majlis-flush; DOCUMENT is doc/CONTENT.md
"""
import email
import email.policy
import html.parser
import pathlib
import re
import shutil
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "support"))
import majlis_site  # noqa: E402
from majlis_site import DONE  # noqa: E402

BIN, VECTORS, DOCUMENT = "", pathlib.Path(), pathlib.Path()
LIST = f"cooks@{majlis_site.DOMAIN}"
ANN, BOB = "ann@example.net", "bob@example.com"
EVERY = 12  # of the vectors; html/clean tries all
ACTIVE = set("script iframe object embed form input svg math base link video audio frame".split())
PAGE = "<p>bread</p>{}<p>butter</p>"


class Active(html.parser.HTMLParser):
    """ What acts in a page. """

    def __init__(self, page):
        self.found = []
        super().__init__()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in ACTIVE:
            self.found.append(tag)
        for name, value in attributes:
            if name.startswith("on") or re.match(r"\W*(?:javascript|vbscript|data):", value or "", re.I):
                self.found.append(f"{tag} {name}={value}")


def html_part(page, encoding="8bit"):
    return f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{page}\r\n"


def multipart(kind, *parts, boundary="==b"):
    inside = "".join(f"--{boundary}\r\n{part}" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


TEXT = "Content-Type: text/plain\r\n\r\nplain bread\r\n"


class HtmlTest(unittest.TestCase):
    def setUp(self):
        folder = majlis_site.scratch_folder("majlis-html-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder).init()
        self.site.create("cooks", "public-discussion", members=(ANN, BOB), passwords=False)
        self.posts = 0

    def post(self, content):
        """ What Bob gets of it, as it lies in his mailbox; None when he gets nothing. """
        self.posts += 1
        head = (f"From: Ann Lee <{ANN}>\r\nTo: {LIST}\r\nSubject: Post {self.posts}\r\nMessage-ID: <{self.posts}@example.net>\r\n"
                "Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n")
        self.assertEqual(self.site.receive((head + content).encode("utf-8"), LIST, ANN), DONE)
        self.site.flush()
        copies = [each for each in self.site.new_letters() if each.address == BOB]
        self.assertLessEqual(len(copies), 1)
        return copies[0].sent if copies else None

    def texts_of(self, copy):
        return [part.get_content() for part in email.message_from_bytes(copy, policy=email.policy.default).walk()
                if part.get_content_maintype() == "text"]

    def vectors(self):
        lines = [line for line in VECTORS.read_text(encoding="ascii").splitlines() if line and line[0] != "#"]
        return [line for line in lines[::EVERY] if "\\x" not in line]

    def test_hostile_pages_lose_what_acts_and_keep_what_is_read(self):
        for value in ("clean", "text"):
            self.site.config("cooks", "html", value)
            for vector in self.vectors():
                copy = self.post(html_part(PAGE.format(vector.replace("\\n", "\r\n").replace("\\t", "\t"))))
                text = "".join(self.texts_of(copy))
                self.assertIn("bread", text, vector)
                if value == "clean":
                    self.assertEqual(Active(text).found, [], (vector, text))
                else:
                    self.assertIn(b"Content-Type: text/plain", copy)
                    self.assertNotIn(b"text/html", copy)

    def test_a_page_without_anything_active_keeps_every_octet(self):
        part = html_part("<html><head><title>t</title></head>\r\n<body><p style='color: red'>caf\u00e9 <b>x</b>\r\n</body></html>")
        for value in ("keep", "clean"):
            self.site.config("cooks", "html", value)
            self.assertTrue(self.post(part).decode("utf-8").endswith(part.replace("\r\n", "\n")))
            both = multipart("alternative", TEXT, part)
            self.assertTrue(self.post(both).decode("utf-8").endswith(both.replace("\r\n", "\n")))

    def test_of_an_alternative_the_text_stays_alone(self):
        both = multipart("alternative", TEXT, html_part("<p>page</p><script>x</script>"))
        for setting, value in (("html", "text"), ("html", "reject"), ("html", "clean"), ("collapse_alternatives", "yes")):
            self.site.config("cooks", setting, value)
            copy = self.post(both)
            texts = self.texts_of(copy)
            self.assertEqual(texts[0].strip(), "plain bread", copy)
            self.assertEqual(len(texts), 2 if (setting, value) == ("html", "clean") else 1, copy)
            self.assertNotIn(b"script", copy)

    def test_html_alone_is_refused_and_its_author_told(self):
        self.site.config("cooks", "html", "reject")
        self.assertIsNone(self.post(html_part("<p>page</p>")))
        self.assertEqual(self.site.held("cooks"), [])
        self.assertIn("plain text only", self.site.letters(ANN)[-1].text)

    def test_signed_html_is_held_where_it_would_have_to_change(self):
        signature = "Content-Type: application/pgp-signature\r\n\r\nx\r\n"
        signed = multipart('signed; micalg=pgp-sha256; protocol="application/pgp-signature"',
                           html_part("<p onclick=x>page</p>"), signature)
        for value in ("clean", "text"):
            self.site.config("cooks", "html", value)
            self.assertIsNone(self.post(signed))
        self.assertEqual(len(self.site.held("cooks")), 2)
        self.site.config("cooks", "html", "keep")
        self.assertIn(b"onclick", self.post(signed))

    def test_what_loads_from_elsewhere_goes_where_it_is_to_go(self):
        page = html_part("<p>bread</p><img src=https://example.org/a.png alt=soup><a href=https://example.org/>b</a>")
        self.assertIn(b"a.png", self.post(page))
        self.site.config("cooks", "html_remote", "remove")
        copy = self.post(page)
        self.assertNotIn(b"a.png", copy)
        self.assertIn("https://example.org/", self.texts_of(copy)[0])

    def test_a_digest_and_the_archive_have_the_clean_page(self):
        self.post(html_part("<p>bread</p><script>evil()</script>"))
        archives = list((self.site.list_folder("cooks") / "archive").glob("*.mbox"))
        self.assertEqual(len(archives), 1)
        self.assertNotIn(b"evil", archives[0].read_bytes())

    def test_the_documents_example_is_true(self):
        text = DOCUMENT.read_text(encoding="utf-8")
        blocks = re.findall(r"((?:^    .*\n|^\n(?=    ))+)", text[text.index("With `clean`, the part"):], re.MULTILINE)
        came, cleaned, converted = (re.sub("^    ", "", block, flags=re.MULTILINE).strip() + "\n" for block in blocks[:3])
        for value, expected in (("clean", cleaned), ("text", converted)):
            self.site.config("cooks", "html", value)
            self.assertIn(expected, self.post(came.replace("\n", "\r\n")).decode())

    def test_presets(self):
        for preset, value in (("announce-only", "text"), ("moderated-private-discussion", "text"),
                              ("private-discussion", "clean"), ("public-discussion", "clean")):
            self.site.create(preset, preset, passwords=False)
            self.assertIn(value, self.site.majlis("config", preset, "get", "html"))


if __name__ == "__main__":
    BIN, VECTORS, DOCUMENT = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
