#!/usr/bin/env python3
"""All that a site keeps about an address is shown.

    person_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import hashlib
import json
import pathlib
import re
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from majlis_site import DOMAIN, DONE, Site, message, scratch_folder, token_in  # noqa: E402

BIN = ""
COOKS = f"cooks@{DOMAIN}"
ANN, BOB, CARL = "ann@example.org", "bob@example.net", "carl@example.org"


class PersonTest(unittest.TestCase):
    def setUp(self):
        self.folder = scratch_folder("majlis-person-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = Site(BIN, self.folder / "site").init()
        self.site.create("cooks", members=[ANN, BOB])

    def receive(self, letter, to, sender):
        self.assertEqual(self.site.receive(letter, to, sender), DONE)

    def all_to(self, address):
        return "\n".join(letter.text for letter in self.site.letters(address))

    def export(self, address, role=None):
        rows = [json.loads(line) for line in self.site.majlis("person", "export", address).splitlines()]
        self.assertEqual({row["address"].lower() for row in rows} - {address.lower()}, set())
        return [row for row in rows if role in (None, row["role"])]

    def join(self, line, at, answer):
        """CARL subscribes and confirms; the token."""
        self.receive(message(line, CARL, at), at, CARL)
        self.site.flush()
        found = re.search(r"^OK (\S+)$", self.all_to(CARL), re.MULTILINE)
        token = found.group(1) if found else token_in(self.all_to(CARL))
        self.receive(message(answer.format(token), CARL, at), at, CARL)
        self.assertIn(CARL, self.site.members("cooks"))
        return token

    def test_whoever_joined_by_a_token_has_a_record_of_it(self):
        token = self.join("subscribe cooks", f"majordomo@{DOMAIN}", "auth {} subscribe cooks " + CARL)
        (consent,) = self.export(CARL, "consent")
        self.assertEqual((consent["list"], consent["from"]), (COOKS, CARL))
        self.assertEqual(consent["token_sha256"], hashlib.sha256(token.encode()).hexdigest())
        self.assertRegex(consent["time"], r"^\d{4}-\d\d-\d\dT")
        self.assertEqual(self.export(ANN, "consent"), [], "the administrator added it")

    def test_so_has_whoever_joined_by_a_code_alone(self):
        token = self.join("SUBSCRIBE COOKS", f"listserv@{DOMAIN}", "OK {}")
        (consent,) = self.export(CARL, "consent")
        self.assertEqual(consent["token_sha256"], hashlib.sha256(token.encode()).hexdigest())

    def test_where_an_owner_lets_it_in_the_record_says_so_too(self):
        self.site.config("cooks", "subscribe_policy", "closed+confirm")
        at = f"majordomo@{DOMAIN}"
        self.receive(message("subscribe cooks", CARL, at), at, CARL)
        self.site.flush()
        token = token_in(self.all_to(CARL))
        self.receive(message(f"auth {token} subscribe cooks {CARL}", CARL, at), at, CARL)
        self.assertEqual(self.export(CARL, "consent"), [])
        (request,) = self.site.held("cooks")
        self.site.majlis("held", "cooks", "approve", request["id"])
        self.assertIn(CARL, self.site.members("cooks"))
        (consent,) = self.export(CARL, "consent")
        self.assertEqual((consent["from"], consent["by"]), (CARL, "majlis"))
        self.assertEqual(consent["token_sha256"], hashlib.sha256(token.encode()).hexdigest())
        self.assertLessEqual(consent["time"], consent["approved"])

    def test_it_comes_along_to_the_address_that_the_member_changes_to(self):
        at, new = f"listserv@{DOMAIN}", "carl@new.example"
        token = self.join("SUBSCRIBE COOKS", at, "OK {}")
        self.receive(message(f"CHANGE COOKS {new}", CARL, at), at, CARL)
        self.site.flush()
        for address in (CARL, new):
            (code,) = set(re.findall(r"^OK (\S+)$", self.all_to(address), re.MULTILINE)) - {token}
            self.receive(message(f"OK {code}", address, at), at, address)
        self.assertIn(new, self.site.members("cooks"))
        (consent,) = self.export(new, "consent")
        self.assertEqual((consent["from"], consent["token_sha256"]), (CARL, hashlib.sha256(token.encode()).hexdigest()))

    def test_it_goes_with_the_member_and_comes_along_with_the_list(self):
        self.join("subscribe cooks", f"majordomo@{DOMAIN}", "auth {} subscribe cooks " + CARL)
        self.site.majlis("rename", "cooks", "bakers")
        self.assertEqual([row["list"] for row in self.export(CARL, "consent")], [f"bakers@{DOMAIN}"])
        self.site.majlis("members", "bakers", "remove", CARL)
        self.site.majlis("members", "bakers", "add", CARL)
        self.assertEqual(self.export(CARL, "consent"), [])

    def test_every_place_is_told(self):
        self.receive(message("Soup by Ann", ANN, COOKS, subject="soup"), COOKS, ANN)
        self.receive(message(f"I cook as {ANN.upper()} does\nand {ANN}", BOB, COOKS, subject="as ann"), COOKS, BOB)
        self.receive(message("joann@example.org is somebody else", BOB, COOKS, subject="joann"), COOKS, BOB)
        self.site.majlis("ban", "cooks", "add", "*@example.org")
        self.site.config("cooks", "moderate", "yes")
        self.receive(message("held", ANN, COOKS, subject="held soup"), COOKS, ANN)
        self.site.majlis("members", "cooks", "set", ANN, "conceal")
        rows = self.export(ANN)
        roles = {row["role"] for row in rows}
        self.assertLessEqual({"member", "banned", "trace", "file"}, roles)
        self.assertEqual([row["flags"] for row in rows if row["role"] == "member"], [["conceal"]])
        files = [row for row in rows if row["role"] == "file"]
        in_archive = [row["subject"] for row in files if row["file"].endswith(".mbox")]
        self.assertEqual(in_archive, ["soup", "as ann"])
        self.assertTrue(all(row["message_id"].startswith("<") for row in files if row["file"].endswith(".mbox")))
        self.assertTrue(any(row["file"].startswith("spool/new/") for row in files))
        self.assertTrue(any(row["file"].endswith("majlis.log") for row in files))

    def test_nobody_has_nothing_and_what_is_no_address_is_refused(self):
        self.assertEqual(self.export("nobody@example.com"), [])
        done = self.site.run("majlis", "--site", self.site.folder, "person", "export", "nobody")
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn("is no mail address", done.stderr.decode())


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
