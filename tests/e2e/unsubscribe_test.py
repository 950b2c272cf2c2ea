#!/usr/bin/env python3
"""A member's own List-Unsubscribe, as mail programs use it: one mail, made of the field's mailto URL, takes it off.

    unsubscribe_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import email.message
import email.policy
import pathlib
import shutil
import sys
import tempfile
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DOMAIN, DONE, message  # noqa: E402

BIN = ""
ANN, JOE, ZOE = "ann@example.com", "joe+lists@example.org", "zoe@example.net"
STRANGER = "friend@example.edu"
OWNER = "olga@example.org"


def mailto(url):
    """The recipient and the fields of a mail that a mailto URL stands for (RFC 6068)."""
    parts = urllib.parse.urlsplit(url)
    assert parts.scheme == "mailto", url
    fields = dict(urllib.parse.parse_qsl(parts.query.replace("+", "%2B")))
    return urllib.parse.unquote(parts.path), fields


def composed(url, sender, **more):
    """What a mail program sends when somebody clicks."""
    to, fields = mailto(url)
    letter = email.message.EmailMessage(policy=email.policy.SMTP)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = fields.get("subject", "")
    letter["Date"] = "Tue, 24 Nov 2026 10:00:00 +0000"
    letter["Message-ID"] = f"<{composed.count}@client.example>"
    composed.count += 1
    for name, value in more.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(fields.get("body", ""))
    return to, letter.as_bytes()


composed.count = 0


def altered(url):
    """The same with one symbol of its last word changed."""
    return url[:-3] + ("a" if url[-3] != "a" else "b") + url[-2:]


class UnsubscribeTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-unsubscribe-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        for name in ("cooks", "bakers"):
            self.site.create(name, "public-discussion", OWNER, members=(ANN, JOE, ZOE), passwords=False, verp="always",
                             welcome="no")

    def post(self, name="cooks", subject="Rice"):
        """Everybody's List-Unsubscribe in the letters of a post."""
        to = f"{name}@{DOMAIN}"
        self.assertEqual(self.site.receive(message("Rice.\n", ANN, to, subject), to, ANN), DONE)
        self.site.flush()
        letters = [letter for letter in self.site.new_letters() if letter.subject.endswith(subject)]
        self.assertEqual(sorted(letter.address for letter in letters), [ANN, JOE, ZOE])
        return {letter.address: letter.message["List-Unsubscribe"].strip("<>") for letter in letters}

    def click(self, url, sender=STRANGER, envelope=None, **more):
        to, letter = composed(url, sender, **more)
        self.assertEqual(self.site.receive(letter, to, sender if envelope is None else envelope), DONE)
        self.site.flush()
        return self.site.new_letters()

    def check_asked(self, letters, member):
        """The member is asked to confirm, and is still on the list."""
        self.assertIn(member, self.site.members("cooks"))
        own = [letter for letter in letters if letter.address == member]
        self.assertTrue(any("auth " in letter.text for letter in own), letters)
        for letter in letters:
            if letter.address != member:
                self.assertNotIn("auth ", letter.text)

    def test_one_mail_from_anywhere_takes_the_member_off_who_hears_of_it(self):
        links = self.post()
        self.assertEqual(len(set(links.values())), 3)
        letters = self.click(links[JOE])
        self.assertEqual(self.site.members("cooks"), [ANN, ZOE])
        self.assertEqual(self.site.members("bakers"), [ANN, JOE, ZOE])
        farewell, = [letter for letter in letters if letter.address == JOE]
        self.assertIn("cooks", farewell.text)
        self.assertNotIn("auth ", farewell.text)

    def test_what_a_mail_programs_robot_sends_is_heard_as_well(self):
        links = self.post()
        self.click(links[ZOE], sender=ZOE, Auto_Submitted="auto-generated")
        self.assertEqual(self.site.members("cooks"), [ANN, JOE])

    def test_it_works_once_and_not_for_who_joined_again(self):
        old = self.post()[JOE]
        self.click(old)
        self.site.majlis("members", "cooks", "add", JOE)
        self.check_asked(self.click(old), JOE)
        link = self.post(subject="Beans")[JOE]
        self.click(link)
        self.assertEqual(self.site.members("cooks"), [ANN, ZOE])
        self.assertEqual([letter.address for letter in self.click(link)], [STRANGER])

    def test_a_forged_one_asks_the_member(self):
        links = self.post()
        self.check_asked(self.click(altered(links[JOE])), JOE)

    def test_anothers_and_another_lists_ask_the_member(self):
        links, elsewhere = self.post(), self.post("bakers")
        anothers = links[JOE].rpartition("%20")[0] + "%20" + links[ZOE].rpartition("%20")[2]
        self.check_asked(self.click(anothers), JOE)
        other_lists = elsewhere[ZOE].replace("bakers-", "cooks-")
        self.check_asked(self.click(other_lists), ZOE)
        self.assertEqual(self.site.members("bakers"), [ANN, JOE, ZOE])

    def test_it_is_good_for_nothing_else(self):
        token = self.post()[JOE].rpartition("%20")[2]
        for command in (f"auth {token} unsubscribe cooks {JOE}", f"auth {token} set cooks nomail {JOE}",
                        f"auth {token} subscribe bakers {JOE}", f"accept {token}"):
            request = f"cooks-request@{DOMAIN}"
            self.assertEqual(self.site.receive(message(command + "\n", JOE, request), request, JOE), DONE)
        confirm = f"cooks-confirm+{token}@{DOMAIN}"
        self.assertEqual(self.site.receive(message("yes\n", JOE, confirm), confirm, JOE), DONE)
        self.site.flush()
        self.assertIn(JOE, self.site.members("cooks"))
        for letter in self.site.new_letters():
            self.assertNotIn(token, letter.sent.decode())

    def test_it_lives_as_long_as_the_membership_and_a_changed_secret(self):
        old = self.post()[JOE]
        self.site.pass_time(400 * 24 * 3600)
        self.site.majlis("rotate-secret")
        self.click(old)
        self.assertEqual(self.site.members("cooks"), [ANN, ZOE])

    def test_who_switched_it_off_has_a_mailto_that_is_confirmed(self):
        self.site.config("cooks", "signed_unsubscribe", "no")
        links = self.post()
        self.assertEqual(set(links.values()), {f"mailto:cooks-unsubscribe@{DOMAIN}"})
        self.site.config("cooks", "personalize", "yes")
        self.check_asked(self.click(self.post(subject="Beans")[JOE]), JOE)

    def test_what_many_read_has_none(self):
        self.site.config("cooks", "archive", "yes")
        self.site.majlis("members", "cooks", "set", ZOE, "digest-plain")
        to = f"cooks@{DOMAIN}"
        self.assertEqual(self.site.receive(message("Rice.\n", ANN, to, "Rice"), to, ANN), DONE)
        self.site.flush()
        token = self.site.letters(JOE)[0].message["List-Unsubscribe"].strip("<>").rpartition("%20")[2]
        self.site.flush(ahead_s=2 * 24 * 3600)
        digests = self.site.letters(ZOE)
        self.assertTrue(digests)
        for letter in digests:
            self.assertEqual(letter.message["List-Unsubscribe"], f"<mailto:cooks-unsubscribe@{DOMAIN}>")
        for path in self.site.list_folder("cooks").rglob("*"):
            if path.is_file():
                self.assertNotIn(token, path.read_text(errors="replace"), path)

    def test_a_bounce_that_the_owner_reads_has_none(self):
        self.post()
        letter = self.site.letters(JOE)[0]
        token = letter.message["List-Unsubscribe"].strip("<>").rpartition("%20")[2]
        bounce = ("From: mailer-daemon@example.org\nTo: cooks-owner\nSubject: Undeliverable\nMIME-Version: 1.0\n"
                  "Message-ID: <b1@example.org>\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n"
                  "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\n"
                  f"Content-Type: message/rfc822\n\n{letter.sent.decode()}\n--b--\n")
        for role in ("owner", "bounces"):
            to = f"cooks-{role}@{DOMAIN}"
            self.assertEqual(self.site.receive(bounce.replace("<b1@", f"<{role}@"), to, ""), DONE)
        self.site.flush()
        passed_on = self.site.letters(OWNER)
        self.assertEqual(len(passed_on), 2)
        for letter in passed_on:
            self.assertIn("Sorry.", letter.sent.decode())
            self.assertNotIn(token, letter.sent.decode())

    def test_a_post_with_somebodys_link_does_not_go_out(self):
        link = self.post()[JOE]
        to = f"cooks@{DOMAIN}"
        self.assertEqual(self.site.receive(message(f"See <{link}>\n", JOE, to, "Fwd"), to, JOE), DONE)
        self.site.flush()
        self.assertEqual([letter.address for letter in self.site.new_letters()], [JOE])


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main(verbosity=2)
