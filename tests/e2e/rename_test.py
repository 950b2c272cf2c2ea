#!/usr/bin/env python3
"""A list gets another name while mail is on its way.

    rename_test.py BIN KILL_AT_CALL      BIN has majlis, majlis-receive and majlis-flush
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from majlis_site import DOMAIN, DONE, NO_SUCH_LIST, TRY_AGAIN, Site, message, moderation_word_in, scratch_folder, token_in  # noqa: E402

BIN = ""
KILL_AT_CALL = ""
COOKS, BAKERS = f"cooks@{DOMAIN}", f"bakers@{DOMAIN}"
ANN, BOB, CARL, OLGA = "ann@example.org", "bob@example.net", "carl@example.org", "olga@example.org"


def post(text, to=COOKS, sender=ANN):
    return message(text, sender, to, subject=text)


class RenameTest(unittest.TestCase):
    def setUp(self):
        self.folder = scratch_folder("majlis-rename-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = Site(BIN, self.folder / "site").init()
        self.site.create("cooks", members=[ANN, BOB])

    def receive(self, letter, to, sender=ANN, status=DONE):
        self.assertEqual(self.site.receive(letter, to, sender), status)

    def rename(self, *options):
        return self.site.majlis("rename", "cooks", "bakers", *options)

    def had(self, subject):
        return sorted(letter.address for letter in self.site.letters() if letter.subject == subject)

    def letter_to(self, address):
        return [letter for letter in self.site.letters(address)][-1]

    def all_to(self, address):
        return "\n".join(letter.text for letter in self.site.letters(address))

    def test_all_that_belongs_to_the_list_comes_along(self):
        self.receive(post("one"), COOKS)
        self.site.flush()
        self.site.majlis("ban", "cooks", "add", "*@example.com")
        self.site.majlis("texts", "cooks", "set", "info", stdin=b"About soup\n")
        members = self.site.majlis("members", "cooks", "export")
        config = self.site.majlis("config", "cooks", "show")
        archive = next((self.site.list_folder("cooks") / "archive").glob("*.mbox")).read_bytes()
        self.assertIn("is refused", self.rename())
        self.assertEqual(self.site.majlis("members", "bakers", "export"), members)
        self.assertEqual(self.site.majlis("config", "bakers", "show").replace("bakers", "cooks"), config)
        self.assertEqual(self.site.majlis("texts", "bakers", "show", "info"), "About soup\n")
        self.assertIn("*@example.com", self.site.majlis("ban", "bakers", "list"))
        self.assertEqual([json.loads(row)["list"] for row in self.site.majlis("lists", "--json").splitlines()], [BAKERS])
        self.assertFalse(self.site.list_folder("cooks").exists())
        self.receive(post("two", BAKERS), BAKERS)
        self.site.flush()
        self.assertEqual(self.had("two"), [ANN, BOB])
        self.assertTrue(next((self.site.list_folder("bakers") / "archive").glob("*.mbox")).read_bytes()
                        .startswith(archive))

    def test_mail_to_the_former_addresses_is_refused_as_to_nobody(self):
        self.assertIn("so are replies to letters that were mailed before, and their bounces", self.rename())
        for suffix in ("", "-confirm+token", "-request", "-owner", "-bounces", "-subscribe"):
            self.receive(post("one"), f"cooks{suffix}@{DOMAIN}", status=NO_SUCH_LIST)
        self.receive(post("one"), f"owner-cooks@{DOMAIN}", status=NO_SUCH_LIST)

    def test_an_alias_takes_it_to_the_list(self):
        self.site.config("cooks", "who_access", "open")
        self.assertIn("goes there", self.rename("--alias"))
        self.receive(post("one"), COOKS)
        self.receive(message("who cooks", ANN, f"cooks-request@{DOMAIN}"), f"cooks-request@{DOMAIN}")
        self.site.flush()
        self.assertEqual(self.had("one"), [ANN, BOB])
        self.assertIn(BOB, self.all_to(ANN))
        done = self.site.run("majlis", "--site", self.site.folder, "create", "cooks", "--owner", OLGA)
        self.assertEqual(done.returncode, 1, "its name is taken")
        self.assertIn("was an alias", self.site.majlis("remove", "cooks", "--purge"))
        self.receive(post("two"), COOKS, status=NO_SUCH_LIST)
        self.assertEqual(self.site.members("bakers"), [ANN, BOB])

    def test_maps_of_the_mta_follow(self):
        self.site.run("majlis", "--site", self.site.folder, "mta", "opensmtpd", "--install")
        maps = [path for path in (self.site.folder / "mta").rglob("*") if path.is_file()]
        self.assertTrue(maps)

        def named():
            text = " ".join(path.read_text(errors="replace") for path in maps)
            return "cooks" in text, "bakers" in text

        self.assertEqual(named(), (True, False))
        self.rename()
        self.assertEqual(named(), (False, True))
        self.site.majlis("rename", "bakers", "cooks", "--alias")
        self.assertEqual(named(), (True, True))

    def test_mail_that_waits_reaches_the_members_by_the_new_name(self):
        self.receive(post("waits"), COOKS)
        self.rename()
        self.site.flush()
        self.assertEqual(self.had("waits"), [ANN, BOB])
        self.assertIn(f"bakers-bounces@{DOMAIN}", self.letter_to(BOB).return_path)

    def test_it_is_not_removed_while_mail_from_before_waits(self):
        self.receive(post("waits"), COOKS)
        self.rename()
        self.site.create("cooks")
        done = self.site.run("majlis", "--site", self.site.folder, "remove", "bakers")
        self.assertEqual(done.returncode, 1)
        self.assertIn("1 job waits", done.stderr.decode())
        self.site.majlis("remove", "cooks", "--purge")

    def test_a_later_list_of_the_former_name_is_another(self):
        self.receive(post("for the cooks"), COOKS)
        self.rename()
        self.site.create("cooks", members=[CARL])
        self.receive(post("for the new cooks", sender=CARL), COOKS, CARL)
        self.site.flush()
        self.assertEqual(self.had("for the cooks"), [ANN, BOB])
        self.assertEqual(self.had("for the new cooks"), [CARL])

    def test_a_code_to_join_is_good_for_the_list_and_for_no_later_one_of_its_name(self):
        self.receive(message("subscribe cooks", CARL, f"majordomo@{DOMAIN}"), f"majordomo@{DOMAIN}", CARL)
        self.site.flush()
        token = token_in(self.all_to(CARL))
        self.rename()
        self.site.create("cooks")
        for name, status in (("cooks", False), ("bakers", True)):
            self.receive(message(f"auth {token} subscribe {name} {CARL}", CARL, f"majordomo@{DOMAIN}"),
                         f"majordomo@{DOMAIN}", CARL)
            self.assertEqual(CARL in self.site.members(name), status, name)

    def test_a_code_that_names_no_list_is_good_for_the_list(self):
        self.receive(message("SUBSCRIBE COOKS", CARL, f"listserv@{DOMAIN}"), f"listserv@{DOMAIN}", CARL)
        self.site.flush()
        code = re.search(r"^OK (\S+)$", self.all_to(CARL), re.MULTILINE).group(1)
        self.rename()
        self.receive(message(f"OK {code}", CARL, f"listserv@{DOMAIN}"), f"listserv@{DOMAIN}", CARL)
        self.assertIn(CARL, self.site.members("bakers"))

    def test_a_moderators_word_decides_about_a_post_that_was_held_before(self):
        self.site.config("cooks", "moderate", "yes")
        self.site.config("cooks", "moderator", "mo@example.org")
        self.receive(post("held"), COOKS)
        self.site.flush()
        word = moderation_word_in(self.letter_to("mo@example.org").text)
        self.rename()
        self.assertEqual([item["list"] for item in self.site.held("bakers")], [BAKERS])
        self.receive(message(f"accept {word}", "mo@example.org", f"bakers-request@{DOMAIN}"),
                     f"bakers-request@{DOMAIN}", "mo@example.org")
        self.site.flush()
        self.assertEqual(self.had("held"), [ANN, BOB])

    def test_what_comes_back_to_a_tag_from_before_counts_for_its_member(self):
        self.site.config("cooks", "verp", "always")
        self.receive(post("one"), COOKS)
        self.site.flush()
        sender = self.letter_to(BOB).return_path
        self.assertTrue(sender.startswith("cooks-bounces+"), sender)
        self.rename("--alias")
        report = (f"From: MAILER-DAEMON@example.net\r\nTo: {sender}\r\nSubject: failure\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
                  "--b\r\n\r\nno such user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                  f"Reporting-MTA: dns; example.net\r\n\r\nFinal-Recipient: rfc822; {BOB}\r\nAction: failed\r\n"
                  "Status: 5.1.1\r\n\r\n--b--\r\n").encode()
        self.receive(report, sender, "")
        rows = {row["address"]: row for row in map(json.loads, self.site.majlis("members", "bakers", "list", "--json")
                                                   .splitlines())}
        self.assertIn("bounce_score", rows[BOB])
        self.assertNotIn("bounce_score", rows[ANN])

    def test_names_that_cannot_be_are_refused_and_nothing_is_changed(self):
        self.site.create("fishers")
        self.site.create("cooks-digest")
        for words, says in ((("cooks", "fishers"), "is there already"), (("nobody", "bakers"), "no list"),
                            (("cooks", "cooks-request"), "cannot be a list's name"), (("cooks", "cooks"), "already")):
            done = self.site.run("majlis", "--site", self.site.folder, "rename", *words)
            self.assertEqual(done.returncode, 1, words)
            self.assertIn(says, done.stderr.decode(), words)
        self.site.config("cooks-digest", "digest_of", "cooks")
        done = self.site.run("majlis", "--site", self.site.folder, "rename", "cooks", "bakers")
        self.assertEqual(done.returncode, 1)
        self.assertIn("unset digest_of of cooks-digest", done.stderr.decode())
        self.assertEqual(self.site.members("cooks"), [ANN, BOB])

    def test_there_and_back_and_there_again(self):
        self.receive(post("one"), COOKS)
        self.rename("--alias")
        self.receive(post("two", BAKERS), BAKERS)
        self.site.majlis("rename", "bakers", "cooks")
        self.receive(post("three"), COOKS)
        self.rename()
        self.site.flush()
        for subject in ("one", "two", "three"):
            self.assertEqual(self.had(subject), [ANN, BOB], subject)
        self.assertEqual(self.site.members("bakers"), [ANN, BOB])

    def test_killed_anywhere_the_flusher_or_the_same_words_end_it_and_no_post_is_lost(self):
        whole = self.folder / "whole"
        self.receive(post("before"), COOKS)
        shutil.copytree(self.site.folder, whole, symlinks=True)
        at, killed, ways = 1, True, 0
        while killed:
            shutil.rmtree(self.site.folder)
            shutil.copytree(whole, self.site.folder, symlinks=True)
            words = self.site.command("majlis", "--site", self.site.folder, "rename", "cooks", "bakers")
            done = subprocess.run([KILL_AT_CALL, "--at", str(at), "--", *words], capture_output=True, timeout=120)
            self.assertIn(done.returncode, (0, 10), done.stderr)
            killed = done.returncode == 10
            statuses = [self.site.receive(post(f"meanwhile to {to}", to), to, ANN) for to in (COOKS, BAKERS)]
            self.assertTrue(set(statuses) <= {DONE, TRY_AGAIN, NO_SUCH_LIST}, (at, statuses))
            ways = at % 2
            if ways == 0:
                self.site.flush()
            self.rename()
            for to, status in zip((COOKS, BAKERS), statuses):
                if status == TRY_AGAIN:
                    again = BAKERS if self.site.receive(post(f"meanwhile to {to}", to), to, ANN) == NO_SUCH_LIST else None
                    self.assertEqual(again, BAKERS if to == COOKS else None, at)
            self.site.flush()
            self.assertEqual(self.site.members("bakers"), [ANN, BOB], at)
            self.assertEqual(self.had("before"), [ANN, BOB], at)
            for to, status in zip((COOKS, BAKERS), statuses):
                if status == DONE or (status == TRY_AGAIN and to == BAKERS):
                    self.assertEqual(self.had(f"meanwhile to {to}"), [ANN, BOB], at)
            at += 1
        self.assertGreater(at, 20)

    def killed_at_each_call(self, *words):
        """Yields after each kill, the site begun anew as it was; at last when nothing is left to be killed."""
        whole = self.folder / "whole"
        shutil.copytree(self.site.folder, whole, symlinks=True)
        killed, at = True, 1
        while killed:
            shutil.rmtree(self.site.folder)
            shutil.copytree(whole, self.site.folder, symlinks=True)
            done = subprocess.run([KILL_AT_CALL, "--at", str(at), "--",
                                   *self.site.command("majlis", "--site", self.site.folder, *words)],
                                  capture_output=True, timeout=120)
            self.assertIn(done.returncode, (0, 10), done.stderr)
            killed = done.returncode == 10
            yield at
            at += 1
        self.assertGreater(at, 5)

    def test_killed_on_its_way_back_to_the_name_that_was_its_alias_it_ends_too(self):
        self.rename("--alias")
        for at in self.killed_at_each_call("rename", "bakers", "cooks"):
            self.site.majlis("rename", "bakers", "cooks")
            self.receive(post(f"after {at}"), COOKS)
            self.assertEqual(self.site.members("cooks"), [ANN, BOB], at)

    def test_killed_while_an_alias_goes_its_name_is_free_when_that_is_said_again(self):
        self.rename("--alias")
        for at in self.killed_at_each_call("remove", "cooks", "--force"):
            self.site.run("majlis", "--site", self.site.folder, "remove", "cooks", "--force")
            self.site.create("cooks", members=[CARL])
            self.assertEqual(self.site.members("bakers"), [ANN, BOB], at)


if __name__ == "__main__":
    BIN, KILL_AT_CALL = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
