#!/usr/bin/env python3
"""Copies for one member each: a thousand members, each with a footer, a name and a link of their own.

    personal_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import email
import email.policy
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DONE, message  # noqa: E402
from smtp_sink import SmtpSink  # noqa: E402

BIN = ""
KILLED = 10
MEMBERS = 1000
LIST = f"cooks@{majlis_site.DOMAIN}"
ANN = "member0@example.com"
FOOTER = "--\nFor $USER_NAME <$USER_ADDRESS>\nTo leave: $UNSUBSCRIBE_COMMAND\n$UNSUBSCRIBE_LINK\n"


class KeepingSink(SmtpSink):
    """Keeps the messages, too."""

    def __init__(self, *arguments):
        self.copies_of = {}
        super().__init__(*arguments)

    def keep(self, recipients, body):
        for recipient in recipients:
            self.copies_of.setdefault(recipient, []).append(body.replace(b"\r\n..", b"\r\n."))
        super().keep(recipients, body)


def address_of(number):
    return f"member{number}@example.com"


def name_of(number):
    """Every tenth has none."""
    return "" if number % 10 == 9 else f"Zoë Nr. {number}"


class PersonalTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-personal-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.create("cooks", "public-discussion", passwords=False)
        roster = "".join(f'"{name_of(n)}" <{address_of(n)}>\n' if name_of(n) else f"{address_of(n)}\n"
                         for n in range(MEMBERS))
        self.site.config("cooks", "strip", "no")
        self.site.majlis("members", "cooks", "import", "-", stdin=roster.encode())
        self.site.config("cooks", "personalize", "full")
        self.site.majlis("config", "cooks", "set", "message_footer", "-", stdin=FOOTER.encode())
        self.sink = KeepingSink()
        self.addCleanup(self.sink.close)
        self.site.set_site("relay", self.sink.url)

    def post(self):
        letter = message("Rice for $USER_NAME.\n.\nÄpfel\n", ANN, LIST, "Rice", MIME_Version="1.0",
                         Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="8bit")
        self.assertEqual(self.site.receive(letter, LIST, ANN), DONE)

    def check_copies(self):
        self.assertEqual(len(self.sink.copies_of), MEMBERS)
        tokens = set()
        for number in range(MEMBERS):
            address, name = address_of(number), name_of(number)
            self.assertEqual(len(self.sink.copies_of[address]), 1, address)
            copy = email.message_from_bytes(self.sink.copies_of[address][0], policy=email.policy.default)
            self.assertEqual(copy["To"].addresses[0].addr_spec, address)
            self.assertEqual(copy["To"].addresses[0].display_name, name)
            self.assertEqual(copy["Cc"], LIST)
            link = f"mailto:cooks-request@{majlis_site.DOMAIN}?body=unsubscribe%20cooks%20" + address.replace("@", "%40")
            escaped = address.replace("@", "%40")
            own = rf"<mailto:cooks-unsubscribe@{majlis_site.DOMAIN}\?subject=unsubscribe%20{escaped}%20(\w{{32}})>"
            tokens.add(re.fullmatch(own, copy["List-Unsubscribe"])[1])
            text = copy.get_content().replace("\r\n", "\n")
            self.assertEqual(text, f"Rice for $USER_NAME.\n.\nÄpfel\n--\nFor {name or address} <{address}>\n"
                                   f"To leave: unsubscribe cooks {address}\n{link}\n")
        self.assertEqual(len(tokens), MEMBERS)

    def test_each_of_a_thousand_members_gets_their_own(self):
        self.post()
        job, = (self.site.folder / "spool" / "new").iterdir()
        self.assertLess(job.stat().st_size, 4000)
        self.site.flush()
        self.check_copies()
        self.assertEqual(self.site.spool("new") + self.site.spool("later"), [])

    def test_what_is_only_labelled_quoted_printable_reaches_everybody(self):
        """As the author's mailer wrote it: nothing of it is encoded."""
        for body in (5000 * "x", "raw é in qp", 998 * "x" + "\n=ZZ =", "caf=c3=a9 é \n\nend="):
            for extensions in (["PIPELINING"], ["PIPELINING", "8BITMIME"]):
                with self.subTest(body=body[:12], extensions=extensions):
                    self.sink.copies_of.clear()
                    self.sink.extensions = extensions
                    letter = message(f"{len(extensions)}\n{body}", ANN, LIST, "Rice", MIME_Version="1.0",
                                     Content_Type="text/plain; charset=utf-8",
                                     Content_Transfer_Encoding="quoted-printable")
                    self.assertEqual(self.site.receive(letter, LIST, ANN), DONE)
                    self.site.flush()
                    self.assertEqual(len(self.sink.copies_of), MEMBERS)
                    copy = email.message_from_bytes(self.sink.copies_of[address_of(9)][0], policy=email.policy.default)
                    self.assertIn(f"--\nFor {address_of(9)} <{address_of(9)}>\n",
                                  copy.get_content().replace("\r\n", "\n"))

    def test_a_killed_run_goes_on_with_the_names(self):
        """Killed three times; what SMTP leaves open may come twice, and nobody goes without."""
        self.post()
        kill_at_call = [str(self.site.programs / "kill_at_call"), "--at"]
        command = self.site.command("majlis-flush", "--site", self.site.folder, "--connections", "1")
        for calls in (150, 300, 450):
            run = subprocess.run([*kill_at_call, str(calls), "--", *command], timeout=600, check=False,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.assertEqual(run.returncode, KILLED)
        self.assertNotIn(len(self.sink.copies_of), (0, MEMBERS))
        self.site.flush()
        for copies in self.sink.copies_of.values():
            self.assertEqual(len(set(copies)), 1)
            del copies[1:]
        self.check_copies()

    def test_the_link_asks_the_member_and_nobody_else(self):
        self.post()
        self.site.flush()
        copy = email.message_from_bytes(self.sink.copies_of[address_of(5)][0], policy=email.policy.default)
        link = urllib.parse.urlsplit(copy.get_content().split()[-1])
        body = urllib.parse.parse_qs(link.query)["body"][0]
        self.sink.copies_of.clear()
        self.site.receive(message(body + "\n", "stranger@example.net", link.path), link.path, "stranger@example.net")
        self.site.flush()
        self.assertIn(address_of(5), self.site.members("cooks"))
        self.assertIn("auth ", self.sink.copies_of[address_of(5)][0].decode())
        self.assertNotIn("auth ", "".join(copy.decode() for copy in self.sink.copies_of.get("stranger@example.net", [])))


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main(verbosity=2)
