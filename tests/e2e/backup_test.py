#!/usr/bin/env python3
"""A site is copied while it is in use, and brought back.

    backup_test.py BIN KILL_AT_CALL      BIN has majlis, majlis-receive and majlis-flush
"""
import fcntl
import json
import pathlib
import shutil
import stat
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from majlis_site import DOMAIN, DONE, Site, message, scratch_folder  # noqa: E402

BIN = ""
KILL_AT_CALL = ""
COOKS = f"cooks@{DOMAIN}"
ANN, BOB = "ann@example.org", "bob@example.net"


def post(text, sender=ANN):
    return message(text, sender, COOKS, subject=text)


class BackupTest(unittest.TestCase):
    def setUp(self):
        self.folder = scratch_folder("majlis-backup-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = Site(BIN, self.folder / "site").init()
        self.site.create("cooks", members=[ANN, BOB])
        self.backup = self.folder / "backup"
        self.other = Site(BIN, self.folder / "other")

    def receive(self, text, sender=ANN):
        self.assertEqual(self.site.receive(post(text, sender), COOKS, sender), DONE)

    def back_up(self):
        return json.loads(self.site.majlis("backup", self.backup, "--json"))

    def restore(self):
        return json.loads(self.other.majlis("restore", self.backup, "--json"))

    def refused(self, site, *words):
        done = site.run("majlis", "--site", site.folder, *words)
        self.assertEqual((done.returncode, done.stdout), (1, b""), words)
        return done.stderr.decode()

    def exported(self, site):
        """All that says what a site is."""
        said = [site.majlis("lists", "--json"), site.majlis("held", "list", "--json")]
        for row in said[0].splitlines():
            name = json.loads(row)["list"]
            said += [site.majlis("members", name, "list", "--json"), site.majlis("config", name, "show", "--json"),
                     site.majlis("ban", name, "list", "--json")]
        return said + [sorted((str(path.relative_to(site.folder)), path.read_bytes())
                              for top in ("lists", "texts", "secret", "site.conf", "spool/bad")
                              for path in sorted([site.folder / top, *(site.folder / top).rglob("*")])
                              if path.is_file() and not path.name.startswith((".", "search.db")))]

    def fill(self):
        site = self.site
        site.create("bakers", preset="moderated-private-discussion", members=["carl@example.org"])
        site.receive(message("bread", "carl@example.org", f"bakers@{DOMAIN}"), f"bakers@{DOMAIN}", "carl@example.org")
        site.majlis("ban", "cooks", "add", "*@example.com")
        site.majlis("texts", "cooks", "set", "info", stdin=b"About soup\n")
        (site.list_folder("cooks") / "files" / "odd\\name\nof two lines").write_text("menu")
        self.receive("delivered")
        site.flush()
        self.receive("waits")

    def test_what_was_brought_back_equals_the_site_and_passes_check(self):
        self.fill()
        self.assertEqual(len(self.site.held("bakers")), 1)
        told = self.back_up()
        self.assertEqual((told["directory"], told["jobs"]), (str(self.backup), len(self.site.spool("new"))))
        self.assertGreater(told["jobs"], 0)
        self.assertEqual(stat.S_IMODE(self.backup.stat().st_mode), 0o700)
        self.assertEqual(subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"], cwd=self.backup,
                                        capture_output=True).returncode, 0)
        before = self.exported(self.site)
        self.assertEqual(self.restore()["jobs"], told["jobs"])
        self.assertEqual(self.exported(self.other), before)
        for path in ("secret", "site.conf", "lists", f"lists/{DOMAIN}/cooks/config"):
            self.assertEqual(stat.S_IMODE((self.other.folder / path).stat().st_mode),
                             stat.S_IMODE((self.site.folder / path).stat().st_mode), path)
        said = {json.loads(line)["check"]: json.loads(line) for line in
                self.other.run("majlis", "--site", self.other.folder, "check", "--json").stdout.splitlines()}
        for check in ("site", "rights", "database", "spool", "lists", "texts"):
            self.assertTrue(said[check]["ok"], said[check])
        self.assertIn("on hold until majlis queue release", said["spool"]["what"])

    def test_jobs_wait_until_they_are_released_and_then_reach_everybody_once(self):
        self.fill()
        self.back_up()
        self.restore()
        self.other.flush()
        self.assertEqual([letter for letter in self.other.letters() if letter.subject == "waits"], [])
        rows = [json.loads(line) for line in self.other.majlis("queue", "list", "--json").splitlines()]
        self.assertEqual({row["state"] for row in rows}, {"hold"})
        self.assertIn("on hold", self.refused(self.other, "queue", "retry", rows[0]["id"]))
        self.other.majlis("queue", "release", "--all")
        self.other.flush()
        self.assertEqual(sorted(letter.address for letter in self.other.letters() if letter.subject == "waits"),
                         [ANN, BOB])
        self.assertEqual(self.other.majlis("queue", "list"), "")

    def test_it_is_of_one_moment_while_posts_come_in_and_go_out(self):
        stop = threading.Event()
        sent = []

        def post_on():
            while not stop.is_set():
                self.receive(f"number {len(sent)}")
                sent.append(f"number {len(sent)}")
                if len(sent) % 5 == 0:
                    self.site.flush()

        poster = threading.Thread(target=post_on)
        poster.start()
        try:
            while len(sent) < 10:
                stop.wait(0.01)
            before = list(sent)
            self.back_up()
        finally:
            stop.set()
            poster.join()
        self.restore()
        box = next((self.other.list_folder("cooks") / "archive").glob("*.mbox")).read_text()
        archived = [line.removeprefix("Subject: ") for line in box.splitlines() if line.startswith("Subject: ")]
        self.assertEqual(archived, sent[:len(archived)], "each post once, none half")
        self.assertGreaterEqual(len(archived), len(before), "what was answered before is in it")
        self.other.majlis("queue", "release", "--all") if self.other.majlis("queue", "list") else None
        self.other.receive(post("afterwards"), COOKS, ANN)
        self.other.flush()
        had = {letter.subject for letter in [*self.site.letters(BOB), *self.other.letters(BOB)]}
        self.assertLessEqual({*archived, "afterwards"}, had)
        self.assertEqual(next((self.other.list_folder("cooks") / "archive").glob("*.mbox")).read_text()[:len(box)], box)

    def test_a_damaged_or_incomplete_backup_is_refused_as_a_whole(self):
        self.fill()
        self.back_up()
        whole = self.folder / "whole"
        self.backup.rename(whole)
        files = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 10)
        for path in files:
            for damage in ("changed", "shorter", "gone"):
                shutil.rmtree(self.backup, ignore_errors=True)
                shutil.copytree(whole, self.backup)
                octets = bytearray((self.backup / path).read_bytes())
                if damage == "gone":
                    (self.backup / path).unlink()
                elif not octets:
                    continue
                elif damage == "shorter":
                    (self.backup / path).write_bytes(octets[:-1])
                else:
                    octets[len(octets) // 2] ^= 1
                    (self.backup / path).write_bytes(octets)
                self.assertIn("nothing is restored", self.refused(self.other, "restore", self.backup), (path, damage))
                self.assertFalse(self.other.folder.exists(), (path, damage))
        shutil.rmtree(self.backup)
        shutil.copytree(whole, self.backup)
        (self.backup / "lists" / "extra").write_text("x")
        self.assertIn("lists/extra is no file of it", self.refused(self.other, "restore", self.backup))

    def test_a_list_of_sums_that_leads_out_of_the_folder_is_refused(self):
        self.back_up()
        sums = self.backup / "SHA256SUMS"
        for path in ("../secret", "/etc/passwd", "lists//x", "./secret"):
            sums.write_text(f"{'0' * 64}  {path}\n")
            self.assertIn("nothing is restored", self.refused(self.other, "restore", self.backup))

    def test_neither_takes_the_place_of_anything(self):
        self.back_up()
        self.assertIn("is there already", self.refused(self.site, "backup", self.backup))
        self.assertIn("inside the site", self.refused(self.site, "backup", self.site.folder / "backup"))
        self.assertIn("there is a site already", self.refused(self.site, "restore", self.backup))
        self.other.folder.mkdir()
        (self.other.folder / "letter").write_text("mine")
        self.assertIn("it is not empty", self.refused(self.other, "restore", self.backup))
        self.assertEqual([path.name for path in self.other.folder.iterdir()], ["letter"])

    def test_its_folder_is_closed_to_others_whoever_had_made_it(self):
        (self.folder / "backup.unfinished").mkdir(mode=0o755)
        self.back_up()
        self.assertEqual(stat.S_IMODE(self.backup.stat().st_mode), 0o700)

    def test_one_restore_at_a_time(self):
        self.back_up()
        self.other.folder.mkdir()
        with open(self.other.folder / ".restoring", "w", encoding="ascii") as begun:
            fcntl.flock(begun, fcntl.LOCK_EX)
            self.assertIn("another restore is at work there", self.refused(self.other, "restore", self.backup))
        self.restore()

    def test_what_is_no_file_is_left_out_and_named(self):
        (self.site.list_folder("cooks") / "files" / "link").symlink_to("/etc/passwd")
        done = self.site.run("majlis", "--site", self.site.folder, "backup", self.backup)
        self.assertEqual(done.returncode, 0)
        self.assertIn(f"lists/{DOMAIN}/cooks/files/link is no file; it is left out", done.stderr.decode())
        self.restore()
        self.assertEqual(list((self.other.list_folder("cooks") / "files").iterdir()), [])

    # Every call of the beginning, where there is no lock yet; later ones by steps.
    @staticmethod
    def next_call(at):
        return at + (1 if at < 40 else 7)

    def kill(self, at, *words):
        """Whether it was killed; False: there is no such call any more."""
        done = subprocess.run([KILL_AT_CALL, "--at", str(at), "--", *map(str, words)], capture_output=True, timeout=120)
        self.assertIn(done.returncode, (0, 10), done.stderr)
        return done.returncode == 10

    def test_killed_anywhere_it_left_nothing_that_looks_whole_and_said_again_it_ends(self):
        self.fill()
        backup = self.site.command("majlis", "--site", self.site.folder, "backup", self.backup)
        restore = self.site.command("majlis", "--site", self.other.folder, "restore", self.backup)
        before = self.exported(self.site)
        at, killed = 1, True
        while killed:
            killed = self.kill(at, *backup)
            if not self.backup.exists():
                unfinished = self.folder / "backup.unfinished"
                if unfinished.exists():
                    self.assertIn("nothing is restored" if not (unfinished / "majlis-backup").exists() else "",
                                  self.refused(self.other, "restore", unfinished)
                                  if not (unfinished / "majlis-backup").exists() else "")
                self.back_up()
            self.assertFalse((self.folder / "backup.unfinished").exists())
            if killed:
                shutil.rmtree(self.backup)
            at = self.next_call(at)
        self.assertGreater(at, 50)
        at, killed = 1, True
        while killed:
            killed = self.kill(at, *restore)
            if not (self.other.folder / "site.conf").exists():
                self.restore()
            self.assertEqual(self.exported(self.other), before, at)
            shutil.rmtree(self.other.folder)
            at = self.next_call(at)
        self.assertGreater(at, 50)


if __name__ == "__main__":
    BIN, KILL_AT_CALL = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
