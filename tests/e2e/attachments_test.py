#!/usr/bin/env python3
"""Attachments through the real programs: what members and moderators get of them, by each attachment_action.

    attachments_test.py BIN [CASES]

CASES holds messages and cases.tsv: file, actions, what must happen. The word that begins with "MK-" is in what no
member may get; without one the post passes octet for octet.
"""
import base64
import email
import io
import pathlib
import re
import resource
import shutil
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DOMAIN, DONE  # noqa: E402

BIN = ""
CASES = None
ACTIONS = ("strip", "reject", "hold", "discard")
ANN, ELIN, OLGA = "ann@example.net", "elin@example.org", "olga@example.org"
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"MK-PROGRAM" + b"\0" * 64
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + b"\0" * 40
WIDE = "image/*, application/*, text/*"
MAX_CPU_S = 10
MAX_MEMORY_KB = 256 * 1024


def part(content, kind, name=None, encoding="base64"):
    body = base64.encodebytes(content).decode() if encoding == "base64" else content.decode()
    disposition = f'Content-Disposition: attachment; filename="{name}"\n' if name else ""
    return f"Content-Type: {kind}\n{disposition}Content-Transfer-Encoding: {encoding}\n\n{body}"


TEXT = part(b"Dear cooks,\nrice.\n", "text/plain; charset=utf-8", encoding="8bit")


def multipart(*parts, kind="mixed", boundary="=_b1"):
    lines = "".join(f"--{boundary}\n{each.rstrip()}\n" for each in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{lines}--{boundary}--\n'


def post(content, number=[0]):
    number[0] += 1
    return (f"From: Ann <{ANN}>\nTo: cooks@{DOMAIN}\nSubject: a file\nMessage-ID: <{number[0]}@client.example.net>\n"
            f"Date: Mon, 23 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n{content}").encode()


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def decodings(raw):
    """A message in every form that a reader could make of it."""
    yield raw
    todo = [email.message_from_bytes(raw)]
    while todo:
        each = todo.pop()
        if each.is_multipart():
            todo += each.get_payload()
            continue
        content = each.get_payload(decode=True) or b""
        yield content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name) for name in archive.namelist()
                            if not archive.getinfo(name).flag_bits & 1)
        except (zipfile.BadZipFile, NotImplementedError):
            pass


def body_of(raw):
    """What stands behind the header, and the fields that tell how to read it, in LF line ends."""
    raw = raw.replace(b"\r\n", b"\n")
    head, _, body = raw.partition(b"\n\n")
    fields = re.findall(rb"^(?:Content-|MIME-)[^\n]*(?:\n[ \t][^\n]*)*", head, re.M | re.I)
    return fields, body


class AttachmentsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-attachments-"))
        cls.site = majlis_site.Site(BIN, cls.folder / "site").init()
        cls.site.set_site("replies_per_day", 1000)
        for action in ACTIONS:
            cls.site.create(action, "public-discussion", owner=OLGA, members=[ANN, ELIN], passwords=False,
                            attachment_action=action, maxlength=10_000_000)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.site.new_letters()
        for action in ACTIONS:
            self.site.majlis("config", action, "set", "attachments", WIDE)

    def sent(self, letter, name):
        """What became of it: letters by address."""
        self.assertEqual(self.site.receive(letter, f"{name}@{DOMAIN}", ANN), DONE)
        self.site.flush()
        found = {}
        for each in self.site.new_letters():
            found.setdefault(each.address, []).append(each)
        return found

    def check_absent(self, marker, letters):
        for each in letters:
            for form in decodings(each.sent):
                self.assertNotIn(marker, form, each)

    def check_stripped(self, raw):
        """Nothing empty is left."""
        for each in email.message_from_bytes(raw).walk():
            if each.is_multipart():
                self.assertTrue(each.get_payload())
        self.assertIn(b"[Removed: ", b"".join(decodings(raw)))

    def test_each_action(self):
        letter = post(multipart(TEXT, part(PROGRAM, "image/png", "setup.exe"), part(PICTURE, "image/png", "a.png")))
        for action in ACTIONS:
            before = len(self.site.held(action))
            letters = self.sent(letter, action)
            everything = [each for box in letters.values() for each in box]
            self.check_absent(b"MK-PROGRAM", everything)
            self.assertEqual(ELIN in letters, action == "strip")
            self.assertEqual(len(self.site.held(action)) - before, 1 if action == "hold" else 0)
            said = {address: "".join(b"".join(decodings(each.sent)).decode(errors="replace") for each in box)
                    for address, box in letters.items()}
            words = f"setup.exe (image/png, {len(PROGRAM)} octets): files whose names end in .exe are not permitted"
            if action == "strip":
                self.assertIn(f"[Removed: {words}]", said[ELIN])
                self.assertIn(base64.encodebytes(PICTURE)[:40], letters[ELIN][0].sent)
            if action == "reject":
                self.assertIn(words.replace(" ", ""), re.sub(r"\s", "", said[ANN]))
            if action == "hold":
                self.assertIn(words.replace(" ", ""), re.sub(r"\s", "", said[OLGA]))

    def test_what_a_moderator_approves_goes_out_as_it_came(self):
        self.site.create("waiting", "public-discussion", owner=OLGA, members=[ANN, ELIN], passwords=False,
                         attachment_action="hold")
        letter = post(multipart(TEXT, part(PROGRAM, "image/png", "setup.exe")))
        self.sent(letter, "waiting")
        self.site.majlis("held", "waiting", "approve", self.site.held("waiting")[0]["id"])
        self.site.flush()
        copies = [each for each in self.site.new_letters() if each.address == ELIN]
        self.assertEqual([body_of(each.sent) for each in copies], [body_of(letter)])

    def test_a_moderated_list_strips_nothing_that_is_approved_and_says_what_was_found(self):
        self.site.create("moderated", "moderated-private-discussion", owner=OLGA, members=[ANN, ELIN], passwords=False)
        letter = post(multipart(TEXT, part(PICTURE, "image/png", "a.png")))
        letters = self.sent(letter, "moderated")
        notice = "".join(b"".join(decodings(each.sent)).decode(errors="replace") for each in letters[OLGA])
        self.assertIn("attachmentsarenotpermitted", re.sub(r"\s", "", notice))
        self.site.majlis("held", "moderated", "approve", self.site.held("moderated")[0]["id"])
        self.site.flush()
        copies = [each for each in self.site.new_letters() if each.address == ELIN]
        self.assertEqual([body_of(each.sent) for each in copies], [body_of(letter)])

    def test_the_note_alone_is_left_of_a_message_of_attachments(self):
        for content in (part(PROGRAM, "application/x-msdownload", "setup.exe"),
                        multipart(part(PROGRAM, "image/png", "a.exe"), part(PROGRAM, "image/png", "b.exe"))):
            copy = email.message_from_bytes(self.sent(post(content), "strip")[ELIN][0].sent)
            self.assertEqual(copy.get_content_type(), "text/plain")
            self.assertTrue(copy.get_payload(decode=True).startswith(b"[Removed: "))

    def test_log_and_trace_count_what_was_removed(self):
        self.site.new_log_lines()
        letter = post(multipart(TEXT, part(PROGRAM, "image/png", "a.exe"), part(PROGRAM, "image/png", "b.exe")))
        self.sent(letter, "strip")
        accepted, = [line for line in self.site.new_log_lines() if " verdict=accept" in line]
        self.assertTrue(accepted.endswith(" removed=2"), accepted)
        message_id = str(email.message_from_bytes(letter)["Message-ID"])
        self.assertIn(" verdict=accept removed=2", self.site.majlis("trace", message_id))
        self.sent(post(multipart(TEXT, part(PROGRAM, "image/png", "a.txt"))), "reject")
        self.assertNotIn("removed=", "".join(self.site.new_log_lines()))

    def test_an_alternative_shows_its_text(self):
        letter = post(multipart(TEXT, part(b"<p>Dear cooks", "text/html", encoding="8bit"),
                                part(PROGRAM, "text/calendar"), kind="alternative"))
        copy = self.sent(letter, "strip")[ELIN][0]
        self.check_stripped(copy.sent)
        kinds = [each.get_content_type() for each in email.message_from_bytes(copy.sent).get_payload()]
        self.assertEqual(kinds, ["text/plain", "text/plain", "text/html"])
        self.check_absent(b"MK-PROGRAM", [copy])

    def test_a_signed_message_is_held_in_every_mode(self):
        signed = multipart(multipart(TEXT, part(PROGRAM, "image/png", "a.exe"), boundary="=_b2"),
                           part(b"-----BEGIN PGP SIGNATURE-----\n", "application/pgp-signature", encoding="7bit"),
                           kind="signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256")
        for action in ACTIONS:
            before = len(self.site.held(action))
            letters = self.sent(post(signed), action)
            self.assertNotIn(ELIN, letters)
            self.assertEqual(len(self.site.held(action)), before + 1)
            self.check_absent(b"MK-PROGRAM", letters[OLGA])

    def test_a_signature_without_anything_forbidden_passes(self):
        signed = post(multipart(TEXT, part(b"-----BEGIN PGP SIGNATURE-----\n", "application/pgp-signature",
                                           "signature.asc", encoding="7bit"),
                                kind="signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256"))
        self.site.config("strip", "attachments", "no")
        self.assertEqual(body_of(self.sent(signed, "strip")[ELIN][0].sent), body_of(signed))

    def test_a_uuencoded_file_leaves_a_line_in_the_text(self):
        text = b"Dear cooks,\nbegin 644 setup.exe\n#0V%T\n`\nend\nAnn\n"
        for encoding in ("8bit", "base64"):
            letter = post(part(text, "text/plain; charset=iso-8859-1", encoding=encoding))
            copy = email.message_from_bytes(self.sent(letter, "strip")[ELIN][0].sent)
            self.assertEqual(copy.get_payload(decode=True).decode(),
                             "Dear cooks,\n[Removed: setup.exe (application/octet-stream, 3 octets): files whose names "
                             "end in .exe are not permitted]\nAnn\n")

    def test_a_french_list_says_it_in_french(self):
        self.site.create("cuisine", "public-discussion", members=[ANN, ELIN], passwords=False, language="fr")
        letter = post(multipart(TEXT, part(PROGRAM, "image/png", "setup.exe")))
        said = b"".join(decodings(self.sent(letter, "cuisine")[ELIN][0].sent)).decode(errors="replace")
        self.assertIn(f"[Supprimé : setup.exe (image/png, {len(PROGRAM)} octets) : les fichiers dont le nom finit par "
                      ".exe ne sont pas admis]", said)

    def test_what_readers_could_take_in_two_ways_is_held(self):
        twice = multipart(TEXT, part(PICTURE, "image/png", "a.png").replace("\n", "\nContent-Type: image/gif\n", 1))
        tail = multipart(TEXT, part(PICTURE, "image/png", "a.png") + "TVqQAAM=\n")
        for content in (twice, tail):
            before = len(self.site.held("strip"))
            self.assertNotIn(ELIN, self.sent(post(content), "strip"))
            self.assertEqual(len(self.site.held("strip")), before + 1)

    def test_a_list_without_the_settings_lets_everything_pass(self):
        self.site.create("old", "public-discussion", members=[ANN, ELIN], passwords=False)
        for name in ("attachments", "attachment_names", "attachment_action"):
            self.site.majlis("config", "old", "unset", name)
        letter = post(multipart(TEXT, part(PROGRAM, "application/x-msdownload", "setup.exe")))
        self.assertEqual(body_of(self.sent(letter, "old")[ELIN][0].sent), body_of(letter))

    def test_bombs_end_in_seconds_and_megabytes(self):
        zeros = zipped(zeros=b"\0" * 50_000_000)
        many = {f"f{number}_zip": zeros for number in range(50)}
        bombs = {
            "nested zips": post(multipart(TEXT, part(zipped(a_zip=zipped(**many)), "application/zip", "a.zip"))),
            "2,000,000 parts": post("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n" * 2_000_000),
            "1,000 parts": post(multipart(TEXT, *[part(zipped(a_js="x"), "application/zip", "a.zip")] * 900)),
            "nesting": post("".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))),
            "quoted-printable": post("Content-Type: image/png\nContent-Transfer-Encoding: quoted-printable\n\n" +
                                     "=\n" * 4_000_000),
            "lines that begin a file": post("\n" + "begin 644 x\n" * 500_000),
            "colons in a name": post(multipart(TEXT, part(PICTURE, "image/png", ":." * 20_000))),
        }
        for name, bomb in bombs.items():
            with self.subTest(name):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                self.assertNotIn(b"MK-", b"".join(each.sent for each in self.sent(bomb, "reject").get(ELIN, [])))
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
                self.assertLess(seconds, MAX_CPU_S)
                self.assertLess(used.ru_maxrss, MAX_MEMORY_KB)

    def check_case(self, path, must):
        marker = re.search(r"MK-[A-Z0-9-]+", must)
        raw = path.read_bytes()
        only_images = "only images" in must
        for action in ACTIONS:
            if only_images:
                self.site.config(action, "attachments", "image/*")
            again = raw.replace(b"Message-ID: <", b"Message-ID: <" + action.encode() + (b"2" if only_images else b"1"), 1)
            letters = self.sent(again, action)
            copies = letters.get(ELIN, [])
            if marker:
                self.check_absent(marker[0].encode(), [each for box in letters.values() for each in box])
                for copy in copies:
                    self.check_stripped(copy.sent)
            else:
                self.assertEqual([body_of(each.sent) for each in copies], [body_of(raw)])
            if only_images:
                self.site.config(action, "attachments", WIDE)

    def test_cases(self):
        if CASES is None:
            return
        for line in (CASES / "cases.tsv").read_text().splitlines()[1:]:
            name, _, must = line.split("\t")
            if name.startswith("att-"):
                with self.subTest(name):
                    self.check_case(CASES / name, must)


if __name__ == "__main__":
    BIN = sys.argv[1]
    if len(sys.argv) > 2 and (pathlib.Path(sys.argv[2]) / "cases.tsv").is_file():
        CASES = pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
