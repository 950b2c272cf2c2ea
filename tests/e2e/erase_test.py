#!/usr/bin/env python3
"""A person is erased, and nothing else is lost.

    erase_test.py BIN KILL_AT_CALL      BIN has majlis, majlis-receive and majlis-flush
"""
import base64
import email
import email.policy
import json
import os
import pathlib
import pty
import quopri
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from majlis_site import DOMAIN, DONE, TRY_AGAIN, Site, message, scratch_folder, token_in  # noqa: E402

BIN = ""
KILL_AT_CALL = ""
COOKS, BAKERS = f"cooks@{DOMAIN}", f"bakers@{DOMAIN}"
ANN, BOB, CARL, OLGA = "ann@example.org", "bob@example.net", "carl@mail.example.com", "olga@example.org"
NAME = "Carl Quillfeather"
# Octets by which the person would be found: the address, the name, and the address as keys of the database have it.
TRACES = [CARL.encode(), b"quillfeather", b"com.example.mail\0\1carl\0"]


def mailbox(name=NAME):
    return f"{name} <{CARL}>"


def encoded(text, how, **fields):
    """A post of CARL's whose text is in a transfer encoding."""
    body = base64.encodebytes(text.encode()) if how == "base64" else quopri.encodestring(text.encode())
    plain = message("", mailbox(), COOKS, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=how,
                    MIME_Version="1.0", **fields)
    return plain.rstrip(b"\r\n") + b"\r\n\r\n" + body.replace(b"\n", b"\r\n")


class EraseTest(unittest.TestCase):
    def setUp(self):
        self.folder = scratch_folder("majlis-erase-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = Site(BIN, self.folder / "site").init()
        self.site.create("cooks", members=[ANN, BOB])
        self.site.majlis("members", "cooks", "add", mailbox())

    def receive(self, letter, to=COOKS, sender=CARL, site=None):
        self.assertEqual((site or self.site).receive(letter, to, sender), DONE)

    def erase(self, *options, site=None):
        site = site or self.site
        return [json.loads(line) for line in site.majlis("person", "erase", CARL, "--json", *options).splitlines()]

    def refused(self, *words, site=None):
        site = site or self.site
        done = site.run("majlis", "--site", site.folder, *words)
        self.assertEqual((done.returncode, done.stdout), (1, b""), words)
        return done.stderr.decode()

    def where_found(self, site=None, words=TRACES):
        """Files of the site, but for mail that was delivered, in which the person is still to be found."""
        top = (site or self.site).folder
        return [(str(path.relative_to(top)), word) for path in sorted(top.rglob("*"))
                if path.is_file() and "mail" not in path.relative_to(top).parts[:1]
                for word in words if word in self.without_others(path.read_bytes().lower())]

    @staticmethod
    def without_others(octets):
        """Addresses that only end like CARL's are somebody else's."""
        return re.sub(rb"(?<=[a-z])(?:joe|x)" + re.escape(CARL.encode()) + rb"|\b(?:joe|x)" + re.escape(CARL.encode()),
                      b"", octets)

    def months(self, site=None, name="cooks"):
        return sorted(((site or self.site).list_folder(name) / "archive").glob("*.mbox"))

    def archived(self, site=None, name="cooks"):
        """Every archived post, by the index, and all that its readers see."""
        posts = []
        for mbox in self.months(site, name):
            octets = mbox.read_bytes()
            for line in mbox.with_suffix(".idx").read_text().splitlines()[1:]:
                fields = line.split("\t")
                entry = octets[int(fields[5]):int(fields[5]) + int(fields[6])]
                self.assertTrue(entry.startswith(b"From ") and entry.endswith(b"\n\n"), entry)
                post = email.message_from_bytes(entry.partition(b"\n")[2], policy=email.policy.default)
                posts.append(post)
        return posts

    def seen(self, post):
        parts = [part.get_content() for part in post.walk() if part.get_content_maintype() == "text"]
        return "\n".join([f"{name}: {value}" for name, value in post.items()] + parts)

    def fill(self):
        site = self.site
        site.create("bakers", preset="moderated-private-discussion", members=[ANN, BOB])
        site.majlis("members", "bakers", "add", mailbox())
        site.majlis("members", "cooks", "set", ANN, "digest-plain")
        for name in ("cooks", "bakers"):
            (site.list_folder(name) / "posters").mkdir(exist_ok=True)
        (site.list_folder("cooks") / "posters" / "friends").write_text(f"{ANN}\n{CARL.upper()}\nx{CARL}\n")
        (site.list_folder("cooks") / "files" / "menu.txt").write_text(f"Soup by {CARL}.\n")
        (site.list_folder("cooks") / "files" / "menu.bin").write_bytes(b"\0\1" + CARL.encode() + b"\0\2")
        site.majlis("texts", "cooks", "set", "info", stdin=f"Ask {CARL} for soup\n".encode())
        self.receive(message("Soup by\nCarl\nQuillfeather, " + CARL.upper(), mailbox(), COOKS, subject="soup"))
        self.receive(encoded(f"Grüße von {NAME}\n{CARL}\n", "base64", subject="base64"))
        self.receive(encoded(f"Grüße von {NAME}, {'x' * 40} {CARL}\n", "quoted-printable", subject="qp"))
        self.receive(message("words", mailbox("=?utf-8?q?Carl_Quillfeather?="), COOKS, subject="=?utf-8?b?" +
                             base64.b64encode(b"by " + CARL.encode()).decode() + "?="))
        self.receive(message(f"On Monday {mailbox()} wrote:\n> soup\nnot joe{CARL}", BOB, COOKS, subject="answer"),
                     sender=BOB)
        self.receive(message("mine", BOB, COOKS, subject="of Bob"), sender=BOB)
        site.flush()
        site.pass_time(600)  # the index of the month is made some minutes later
        site.flush()
        self.receive(message("bread", mailbox(), BAKERS, subject=f"bread by {NAME}"), BAKERS)
        site.majlis("ban", "cooks", "add", CARL, "*@example.info")
        site.majlis("ban", "add", CARL)
        site.majlis("ban", "remove", CARL)
        self.receive(message("waits", BOB, COOKS, subject="waits", Cc=mailbox()), sender=BOB)
        self.receive(message("which", CARL, f"majordomo@{DOMAIN}"), f"majordomo@{DOMAIN}")

    def test_nothing_is_left_and_everything_else_is_there(self):
        self.fill()
        site = self.site
        before = [str(post["Message-ID"]) for post in self.archived()]
        self.assertNotEqual(self.where_found(), [])
        planned = self.erase("--dry-run")
        self.assertNotEqual(self.where_found(), [])
        done = self.erase()
        self.assertEqual(self.where_found(), [])
        kinds = {row["what"] for row in done}
        self.assertLessEqual({"member", "post of the archive", "held post", "mail to others", "trace", "ban", "pending",
                              "file"}, kinds)
        self.assertEqual({row["what"] for row in planned}, kinds)
        for name in ("cooks", "bakers"):
            self.assertEqual(site.members(name), [ANN, BOB])
        posts = self.archived()
        self.assertEqual([str(post["Message-ID"]) for post in posts][:len(before)], before)
        for post in posts:
            for word in (CARL, "Quillfeather"):
                self.assertNotIn(word.lower(), self.seen(post).replace("joe" + CARL, "").lower())
        self.assertEqual([str(post["Subject"]) for post in posts],
                         ["soup", "base64", "qp", "by erased", "answer", "of Bob", "waits"])
        self.assertIn("Grüße von erased\nerased", posts[1].get_content())
        self.assertIn(f"Grüße von erased, {'x' * 40} erased", posts[2].get_content())
        self.assertEqual(posts[0].get_content().split(), ["Soup", "by", "erased,", "erased"])
        self.assertEqual(str(posts[0]["From"]), "erased <erased>")
        self.assertIn("not joe" + CARL, posts[4].get_content())
        self.assertIn("mine", posts[5].get_content())
        self.assertEqual((site.list_folder("cooks") / "posters" / "friends").read_text(), f"{ANN}\nx{CARL}\n")
        self.assertEqual((site.list_folder("cooks") / "files" / "menu.bin").read_bytes(),
                         b"\0\1erased" + b" " * (len(CARL) - 6) + b"\0\2")
        self.assertEqual(self.erase(), [])
        check = {json.loads(line)["check"]: json.loads(line) for line in
                 site.run("majlis", "--site", site.folder, "check", "--json").stdout.splitlines()}
        for each in ("database", "spool", "lists"):
            self.assertTrue(check[each]["ok"], check[each])

    def test_the_site_goes_on(self):
        self.fill()
        self.erase()
        site = self.site
        site.new_letters()
        site.flush()
        waits = [letter for letter in site.new_letters() if letter.subject == "waits"]
        self.assertEqual([letter.address for letter in waits], [BOB])
        self.assertIn("erased", str(waits[0].message["Cc"]))
        (held,) = site.held("bakers")
        self.assertEqual(held["subject"], "bread by erased")
        site.majlis("held", "bakers", "approve", held["id"])
        self.receive(message("later", BOB, COOKS, subject="later"), sender=BOB)
        site.majlis("members", "cooks", "set", ANN, "digest-plain")
        self.receive(message("mkdigest cooks rice-and-saffron", OLGA, f"majordomo@{DOMAIN}"), f"majordomo@{DOMAIN}",
                     OLGA)
        site.flush()
        site.flush()
        letters = site.new_letters()
        self.assertEqual(sorted(letter.address for letter in letters if letter.subject.endswith("bread by erased")),
                         [ANN, BOB])
        self.assertEqual([letter.address for letter in letters if letter.subject == "later"], [BOB])
        digest = [letter for letter in letters if (letter.address, letter.subject) == (ANN, "cooks V1 #1")]
        self.assertEqual(len(digest), 1)
        for word in ("soup", "base64", "of Bob", "waits", "later"):
            self.assertIn(word, digest[0].sent.decode())
        self.assertNotIn(CARL, digest[0].sent.decode().replace("joe" + CARL, ""))
        self.assertEqual(self.where_found(), [])

    def test_a_ban_still_holds_and_can_be_lifted(self):
        self.site.majlis("ban", "cooks", "add", CARL)
        self.erase()
        (ban,) = self.site.majlis("ban", "cooks", "list").split()
        self.assertRegex(ban, r"^erased:[0-9a-f]{32}$")
        self.assertIn("banned", self.site.majlis("find", CARL.replace("carl", "CARL")))
        self.receive(message("subscribe cooks", CARL, f"majordomo@{DOMAIN}"), f"majordomo@{DOMAIN}")
        self.site.flush()
        self.assertNotIn("auth ", "\n".join(letter.text for letter in self.site.letters(CARL)))
        self.receive(message("I am back", CARL, COOKS, subject="back"))
        self.assertEqual([post for post in self.archived() if post["Subject"] == "back"], [])
        self.site.majlis("ban", "cooks", "remove", ban)
        again = message("subscribe cooks", CARL, f"majordomo@{DOMAIN}", subject="again")
        self.receive(again, f"majordomo@{DOMAIN}")
        self.site.flush()
        self.assertTrue(token_in("\n".join(letter.text for letter in self.site.letters(CARL))))

    def test_mail_to_the_address_alone_is_cancelled(self):
        self.receive(message("which", CARL, f"majordomo@{DOMAIN}"), f"majordomo@{DOMAIN}")
        self.receive(message("hello", BOB, COOKS, subject="hello"), sender=BOB)
        self.assertEqual(len(self.site.spool("new")), 2)
        self.assertIn("mail to it", [row["what"] for row in self.erase()])
        self.assertEqual(len(self.site.spool("new")), 1)
        self.site.flush()
        self.assertEqual(self.site.letters(CARL), [])
        self.assertEqual(sorted(letter.address for letter in self.site.letters() if letter.subject == "hello"),
                         [ANN, BOB])

    def test_owners_moderators_and_the_postmaster_are_refused_and_the_lists_named(self):
        self.site.create("bakers", owner=CARL)
        self.site.create("grocers", moderator=CARL)
        said = self.refused("person", "erase", CARL)
        self.assertIn(f"an owner of {BAKERS}", said)
        self.assertIn(f"a moderator of grocers@{DOMAIN}", said)
        self.assertIn(CARL, self.site.members("cooks"))
        self.assertIn("postmaster", self.refused("person", "erase", "postmaster@example.org"))
        self.assertIn("is no mail address", self.refused("person", "erase", "carl"))
        self.site.majlis("remove", "bakers")
        self.site.majlis("config", "grocers", "set", "moderators", OLGA)
        self.site.config("cooks", "reply_to_mode", CARL)
        self.assertIn("reply_to_mode", self.refused("person", "erase", CARL))
        self.site.majlis("config", "cooks", "unset", "reply_to_mode")
        self.erase()
        self.assertEqual(self.where_found(), [])

    def test_it_asks_on_a_terminal(self):
        for answer, status in ((b"no\n", 1), (b"yes\n", 0)):
            ours, theirs = pty.openpty()
            self.addCleanup(os.close, ours)
            os.write(ours, answer)
            done = subprocess.run(self.site.command("majlis", "--site", self.site.folder, "person", "erase", CARL),
                                  stdin=theirs, capture_output=True, timeout=120)
            os.close(theirs)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(b"Nothing brings it back", done.stderr)
            self.assertEqual(CARL in self.site.members("cooks"), status == 1)

    def test_a_list_that_was_removed_forgets_too(self):
        self.fill()
        self.site.majlis("remove", "cooks", "--force")
        self.erase()
        self.assertEqual(self.where_found(), [])
        self.assertEqual(len(list((self.site.folder / "removed").glob("*/archive/*.mbox"))), 1)

    def test_while_files_and_rows_do_not_agree_mail_waits_and_nothing_is_copied(self):
        (self.site.folder / "lists" / ".rewriting").write_text("")
        letter = message("waits", BOB, COOKS, subject="waits")
        self.assertEqual(self.site.receive(letter, COOKS, BOB), TRY_AGAIN)
        self.assertIn("person erase", self.refused("backup", self.folder / "backup"))
        self.site.flush()
        self.assertEqual(self.site.receive(letter, COOKS, BOB), DONE)
        self.site.majlis("backup", self.folder / "backup")

    def test_killed_anywhere_and_said_again_it_ends(self):
        self.fill()
        before = [str(post["Message-ID"]) for post in self.archived()]
        new = self.site.folder / "spool" / "new"
        to_others = {name for name in self.site.spool("new") if f"\nto {CARL}\n" not in (new / name).read_text()}
        self.assertGreaterEqual(len(to_others), 2)
        at, killed = 1, True
        while killed:
            copy = self.site.copy_to(self.folder / "copy" / "site")
            command = copy.command("majlis", "--site", copy.folder, "person", "erase", CARL)
            done = subprocess.run([KILL_AT_CALL, "--at", str(at), "--", *command], capture_output=True, timeout=120)
            self.assertIn(done.returncode, (0, 10), done.stderr)
            killed = done.returncode == 10
            if at % 2 == 0:
                copy.flush("--relay", f"maildir:{copy.folder}/mail")  # ends what keeps others from writing
            else:
                self.receive(message("meanwhile", BOB, COOKS, subject="meanwhile"), sender=BOB, site=copy) \
                    if not (copy.folder / "lists" / ".rewriting").exists() else None
            self.erase(site=copy)
            self.assertEqual(self.where_found(copy), [], at)
            self.assertEqual([str(post["Message-ID"]) for post in self.archived(copy)][:len(before)], before, at)
            self.assertEqual(copy.members("cooks"), [ANN, BOB])
            self.assertEqual(len(copy.held("bakers")), 1)
            self.assertEqual(len(copy.spool("bad")), 0)
            if at % 2:
                self.assertLessEqual(to_others, set(copy.spool("new")))
            copy.flush("--relay", f"maildir:{copy.folder}/mail")
            had = [letter.address for letter in copy.letters() if letter.subject == "waits"]
            # A run between the two still delivered to a member.
            self.assertEqual([who for who in had if at % 2 or who != CARL], [BOB], at)
            shutil.rmtree(self.folder / "copy")
            at += STEP
        self.assertGreater(at, 50)


STEP = 7

if __name__ == "__main__":
    BIN, KILL_AT_CALL = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
