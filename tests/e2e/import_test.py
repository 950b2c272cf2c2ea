#!/usr/bin/env python3
"""`majlis import`, on installations that are written out here.

    import_test.py BIN CORPUS      BIN has majlis; CORPUS is a folder with config/
"""
import collections
import json
import os
import pathlib
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import types
import unittest

BIN, CORPUS = "", pathlib.Path()
DOMAIN = "lists.example.org"
GOOD_PASSWORD = "Kettle-of-9-fish"

SITE_FILE = r"""# majordomo.cf
$whereami = `hostname`;
$whereami = "lists.example.org";
$whoami = "Majordomo\@$whereami";
if ( defined $ENV{"HOME"}) {
     $homedir = $ENV{"HOME"};
} else {
     $homedir = "/usr/test/majordomo";
}
$listdir = "$homedir/lists";
$config'default_subscribe_policy = "open+confirm";
$filedir = "$listdir";
$filedir_suffix = ".archive";
exit 75 if ($load > 10);
$admin_body = <<'END';
/\bcancel\b/i
$listdir = "/nowhere";
END
1;
"""
COOKS_CONFIG = f"""admin_passwd        =   {GOOD_PASSWORD}
approve_passwd      =   cooks.pass
description         =   For all who cook
subscribe_policy    =   closed
moderate            =   no
maxlength           =   opne
archive_dir         =   /var/spool/x
frobnicate          =   yes
message_footer      <<  END
Bon appetit
END
restrict_post       =   cooks cooks.authusers
"""
COOKS = """ann@example.org
Ben Brook <ben@example.net>
this is no address
ann@example.org
cooks@lists.example.org
"""
MBOX = """From ann@example.org Fri Jan  8 10:00:00 1999
From: ann@example.org
Subject: Soup
Message-ID: <soup@example.org>
Date: Fri, 8 Jan 1999 10:00:00 +0000

Hello

From here on it is text.
>From escaped

From ben@example.net Sat Feb  6 11:00:00 1999
From: ben@example.net
Subject: Re: Soup
Message-ID:
 <soup2@example.net>

Yes.
"""
ALIASES = """majordomo: "|/usr/test/majordomo/wrapper majordomo"
cooks: "|/usr/test/majordomo/wrapper resend -l cooks -h lists.example.org -M 1000 cooks-outgoing"
cooks-outgoing: :include:/usr/test/majordomo/lists/cooks, cooks-archive
owner-cooks: olga@example.org,
   otto
cooks-approval: mod@example.org
otto: otto@example.com
owner-cooks-digest: owner-cooks
"""


def majordomo(folder):
    """An installation: cooks with its digest list, and one that is almost empty."""
    lists = folder / "lists"
    lists.mkdir(parents=True)
    (folder / "majordomo.cf").write_text(SITE_FILE)
    (folder / "majordomo.aliases").write_text(ALIASES)
    files = {"cooks": COOKS, "cooks.config": COOKS_CONFIG, "cooks.info": "About cooking\n", "cooks.intro": "Welcome\n",
             "cooks.passwd": "Another-one-42\n", "cooks.authusers": "guest@example.org\n",
             "cooks-digest": "dora@example.org\nann@example.org\n",
             "cooks-digest.config": "digest_issue = 7\ndigest_maxdays = 3\nsubscribe_policy = open\n",
             "plain": "pia@example.org\n", "README-not-a-list": "nothing here\n"}
    for name, text in files.items():
        (lists / name).write_text(text)
    archive = lists / "cooks.archive"
    archive.mkdir()
    (archive / "cooks.9901").write_text(MBOX)
    (archive / "recipes.txt").write_text("Boil water.\n")
    return folder


class ImportTest(unittest.TestCase):
    maxDiff = 3000
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-import-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = self.folder / "site"
        self.ok("init", str(self.site), "--domain", DOMAIN, "--postmaster", "pm@example.org")
        self.there = self.folder / "there"

    def majlis(self, *words):
        done = subprocess.run([f"{BIN}/majlis", "--site", str(self.site), *map(str, words)], capture_output=True, timeout=300)
        done.out, done.err = done.stdout.decode(), done.stderr.decode()
        return done

    def ok(self, *words):
        done = self.majlis(*words)
        self.assertEqual(done.returncode, 0, f"{words}: {done.out}{done.err}")
        return done.out

    def report(self, *words, status=0):
        done = self.majlis("import", *words, "--json")
        self.assertEqual(done.returncode, status, f"{words}: {done.out}{done.err}")
        rows = [json.loads(line) for line in done.out.splitlines()]
        for row in rows:
            self.assertEqual(set(row), {"list", "what", "from", "to", "result", "why"})
            self.assertIn(row["result"], ("carried", "changed", "not_carried"))
            self.assertTrue(row["why"] or row["result"] == "carried", row)
        return rows

    def find(self, rows, **values):
        found = [row for row in rows if all(row[key] == value for key, value in values.items())]
        self.assertTrue(found, f"no {values} in {json.dumps(rows, indent=1)}")
        return found[0]

    def setting(self, name, setting):
        return self.ok("config", name, "get", setting).strip()

    def members(self, name):
        return {row["address"]: row for row in map(json.loads, self.ok("members", name, "list", "--json").splitlines())}

    def state(self):
        """What the site holds, but for what only says when and what a killed run was writing."""
        texts = {}
        for path in sorted((self.site / "lists").rglob("*")):
            if path.is_file() and path.suffix not in (".idx", ".db") and not path.name.startswith(".") \
                    and ".tmp." not in path.name:
                text = path.read_text()
                texts[str(path.relative_to(self.site))] = re.sub("= .*", "= HASH", text) if path.name == "passwords" else text
        for name in self.ok("lists").split():
            if "@" in name:
                texts["members of " + name] = sorted(self.members(name))
        return texts


class Majordomo(ImportTest):
    def test_a_whole_installation_comes_in(self):
        rows = self.report("majordomo", majordomo(self.there))
        self.assertEqual(set(self.members("cooks")), {"ann@example.org", "ben@example.net"})
        self.assertEqual(self.setting("cooks", "owner").split(), ["olga@example.org", "otto@example.com"])
        self.assertEqual(self.setting("cooks", "moderators"), "mod@example.org")
        self.assertEqual(self.setting("cooks", "subscribe_policy"), "closed")
        self.assertEqual(self.setting("cooks", "moderate"), "no")
        self.assertEqual(self.setting("cooks", "message_footer"), "Bon appetit")
        self.assertEqual(self.setting("plain", "owner"), "pm@example.org")
        self.assertEqual(self.ok("texts", "cooks", "show", "info"), "About cooking\n")
        folder = self.site / "lists" / DOMAIN / "cooks"
        self.assertEqual((folder / "posters/cooks.authusers").read_text(), "guest@example.org\n")
        self.assertEqual((folder / "files/recipes.txt").read_text(), "Boil water.\n")
        self.find(rows, what="owner", result="changed", list=f"plain@{DOMAIN}", to="pm@example.org")

    def test_the_report_names_what_was_left_and_why(self):
        rows = self.report("majordomo", majordomo(self.there))
        self.find(rows, what="member", **{"from": "cooks:3"}, result="not_carried")
        self.assertIn("address of", self.find(rows, what="member", **{"from": "cooks:5"}, result="not_carried")["why"])
        self.find(rows, what="members", result="changed", list=f"cooks@{DOMAIN}")
        self.assertIn("opne", self.find(rows, what="maxlength", result="not_carried")["why"])
        self.find(rows, what="archive_dir", result="changed")
        self.find(rows, what="frobnicate", result="not_carried")
        self.find(rows, what="resend -M", **{"from": "1000"}, result="not_carried")
        self.find(rows, what="README-not-a-list", result="not_carried")
        # A default of Majordomo's that is looser than a new list's.
        self.find(rows, what="who_access", result="changed", to="who_access = closed", list=f"plain@{DOMAIN}")
        # One that is said by the site's file.
        self.find(rows, what="subscribe_policy", result="changed", list=f"plain@{DOMAIN}", **{"from": "open+confirm"})

    def test_the_site_file_is_data(self):
        rows = self.report("majordomo", majordomo(self.there), "--dry-run")
        self.find(rows, what="$whereami", result="carried", **{"from": DOMAIN})
        self.assertIn("Perl", self.find(rows, what="$whereami", result="not_carried")["why"])
        self.assertIn("block", self.find(rows, what="majordomo.cf:5", result="not_carried")["why"])
        self.assertIn("here-document", self.find(rows, what="$admin_body", result="not_carried")["why"])
        self.assertFalse([row for row in rows if "/nowhere" in row["from"]])

    def test_passwords_are_hashed_and_guessable_ones_refused(self):
        rows = self.report("majordomo", majordomo(self.there))
        self.assertIn("hash", self.find(rows, what="admin_passwd", result="changed")["why"])
        self.find(rows, what="approve_passwd", result="not_carried", list=f"cooks@{DOMAIN}")
        self.find(rows, what="cooks.passwd", result="not_carried")
        text = (self.site / "lists" / DOMAIN / "cooks/passwords").read_text()
        self.assertIn("admin = $argon2id$", text)
        self.assertNotIn("approve = $", text)
        everything = json.dumps(rows) + text + (self.site / "lists" / DOMAIN / "cooks/config").read_text()
        for secret in (GOOD_PASSWORD, "Another-one-42", "cooks.pass\""):
            self.assertNotIn(secret, everything)

    def test_two_passwords_that_are_the_same_become_one(self):
        folder = majordomo(self.there)
        (folder / "lists/cooks.config").write_text(f"admin_passwd = {GOOD_PASSWORD}\napprove_passwd = {GOOD_PASSWORD}\n")
        rows = self.report("majordomo", folder)
        self.assertIn("same", self.find(rows, what="approve_passwd", result="not_carried")["why"])
        self.assertNotIn("approve = $", (self.site / "lists" / DOMAIN / "cooks/passwords").read_text())

    def test_a_dry_run_reports_the_same_and_does_nothing(self):
        before = self.state()
        trial = self.report("majordomo", majordomo(self.there), "--dry-run")
        self.assertEqual(self.state(), before)
        self.assertEqual(trial, self.report("majordomo", self.there))

    def test_a_second_run_changes_nothing(self):
        self.report("majordomo", majordomo(self.there))
        before = self.state()
        rows = self.report("majordomo", self.there)
        self.assertEqual(self.state(), before)
        self.assertIn("--replace", self.find(rows, what="settings", result="not_carried", list=f"cooks@{DOMAIN}")["why"])

    def test_archives_go_into_their_months_and_are_repaired(self):
        rows = self.report("majordomo", majordomo(self.there))
        folder = self.site / "lists" / DOMAIN / "cooks/archive"
        self.assertIn("\n>From here on it is text.\n>From escaped\n", (folder / "1999-01.mbox").read_text())
        self.assertIn("<soup2@example.net>", (folder / "1999-02.mbox").read_text())
        self.find(rows, what="archive", result="carried", to="2 posts")
        self.find(rows, what="archive", result="changed", to="1 line")

    def test_a_digest_list_stays_or_is_folded(self):
        folder = majordomo(self.there)
        rows = self.report("majordomo", folder)
        self.assertEqual(self.setting("cooks-digest", "digest_of"), "cooks")
        self.assertEqual(set(self.members("cooks-digest")), {"dora@example.org", "ann@example.org"})
        self.find(rows, what="digest_of", result="carried")
        shutil.rmtree(self.site)
        self.ok("init", str(self.site), "--domain", DOMAIN, "--postmaster", "pm@example.org")
        rows = self.report("majordomo", folder, "--fold-digests")
        self.assertNotIn("cooks-digest", self.ok("lists"))
        members = self.members("cooks")
        self.assertIn("digest-plain", members["dora@example.org"]["flags"])
        self.assertNotIn("digest-plain", members["ann@example.org"]["flags"])
        self.assertEqual(self.setting("cooks", "digest_issue"), "7")
        self.find(rows, what="cooks-digest", result="changed")
        self.find(rows, what="member", **{"from": "cooks-digest:2"}, result="changed")

    def test_a_list_that_is_here_keeps_its_settings_unless_they_are_to_be_replaced(self):
        self.ok("create", "cooks", "--owner", "mine@example.org")
        self.report("majordomo", majordomo(self.there))
        self.assertEqual(self.setting("cooks", "owner"), "mine@example.org")
        self.assertIn("ann@example.org", self.members("cooks"))
        self.report("majordomo", self.there, "--replace")
        self.assertEqual(self.setting("cooks", "owner").split(), ["olga@example.org", "otto@example.com"])
        self.assertEqual(self.setting("cooks", "subscribe_policy"), "closed")

    def test_one_list_or_one_file_can_be_named(self):
        folder = majordomo(self.there)
        self.report("majordomo", folder, "--list", "plain")
        self.assertEqual(self.ok("lists").split()[0], f"plain@{DOMAIN}")
        self.report("majordomo", folder / "lists/cooks.config")
        self.assertEqual(set(self.members("cooks")), {"ann@example.org", "ben@example.net"})
        self.report("majordomo", folder / "lists/plain", "--list", "other")
        self.assertEqual(set(self.members("other")), {"pia@example.org"})

    def test_a_configuration_of_any_name_is_known(self):
        self.there.mkdir()
        (self.there / "saved.txt").write_text("# of a list\n\nsubscribe_policy = auto\nmoderate = no\n")
        self.report("majordomo", self.there / "saved.txt", "--list", "saved")
        self.assertEqual(self.setting("saved", "subscribe_policy"), "auto")
        self.assertEqual(self.members("saved"), {})

    def test_aliases_may_lie_elsewhere(self):
        folder = majordomo(self.there)
        (folder / "majordomo.aliases").rename(self.folder / "etc-aliases")
        (self.folder / "link").symlink_to(self.folder / "etc-aliases")
        self.report("majordomo", folder, "--aliases", self.folder / "link")
        self.assertEqual(self.setting("cooks", "owner").split(), ["olga@example.org", "otto@example.com"])

    def test_a_file_that_is_too_large_stays(self):
        folder = majordomo(self.there)
        with open(folder / "lists/cooks.archive/film", "wb") as film:
            film.truncate(64 * 1024 * 1024 + 1)
        self.assertIn("64 MB", self.find(self.report("majordomo", folder), what="file", result="not_carried", **{"from": "film"})["why"])
        self.assertIn("ann@example.org", self.members("cooks"))

    def test_a_name_that_is_too_long_is_refused_with_a_way_out(self):
        long = "a-list-whose-name-is-longer-than-forty-letters"
        self.there.mkdir()
        (self.there / long).write_text("ann@example.org\n")
        (self.there / f"{long}.config").write_text("moderate = yes\n")
        (self.there / "short").write_text("ben@example.org\n")
        rows = self.report("majordomo", self.there, status=1)
        self.assertIn("--rename", self.find(rows, what="list", **{"from": long}, result="not_carried")["why"])
        self.assertEqual(set(self.members("short")), {"ben@example.org"})
        self.report("majordomo", self.there, "--rename", f"{long}=brief")
        self.assertEqual(set(self.members("brief")), {"ann@example.org"})

    def test_a_list_on_which_nobody_may_post_is_told_last(self):
        self.there.mkdir()
        (self.there / "mute").write_text("ann@example.org\n")
        (self.there / "mute.config").write_text("restrict_post = gone\nmoderate = maybe\n")
        rows = self.report("majordomo", self.there / "mute")
        self.assertEqual(len([row for row in rows if row["what"] == "moderate"]), 1)
        out = self.ok("import", "majordomo", self.there / "mute", "--list", "again").splitlines()
        self.assertRegex(out[-1], r"^again@.*restrict_post \(gone\).*nobody may post")
        self.assertIn("not carried", out[-2])

    def test_nobody_is_written_to(self):
        self.report("majordomo", majordomo(self.there))
        self.assertEqual(list((self.site / "spool/new").iterdir()), [])

    def test_wrong_use_is_told(self):
        self.assertEqual(self.majlis("import", "majordomo").returncode, 2)
        self.assertEqual(self.majlis("import", "pigeon", self.folder).returncode, 2)
        self.assertEqual(self.majlis("import", "majordomo", self.folder, "--rename", "x").returncode, 2)

    def test_lists_of_the_field_come_in(self):
        for file in sorted((CORPUS / "config/majordomo").glob("*.config")):
            rows = self.report("majordomo", file, "--list", file.stem[:30].replace(".", "-"))
            self.find(rows, what="list")


class Hostile(ImportTest):
    def error_of(self, *words):
        done = self.majlis("import", *words)
        self.assertEqual(done.returncode, 1, done.out + done.err)
        return done.err

    def test_what_is_no_file_is_named_in_one_line(self):
        folder = majordomo(self.there)
        os.remove(folder / "lists/plain")
        os.mkfifo(folder / "lists/plain")
        (folder / "lists/plain.config").write_text("moderate = yes\n")
        os.remove(folder / "lists/cooks-digest.config")
        (folder / "lists/cooks-digest.config").symlink_to("/etc/passwd")
        err = self.error_of("majordomo", folder)
        self.assertEqual(len([line for line in err.splitlines() if "lists/plain" in line]), 1, err)
        self.assertEqual(len([line for line in err.splitlines() if "cooks-digest.config" in line]), 1, err)
        told = [row["why"] for row in self.report("majordomo", folder, status=1) if row["what"] == "list" and row["why"]]
        self.assertEqual(len(told), 2, told)
        self.assertEqual(set(self.members("cooks")), {"ann@example.org", "ben@example.net"})
        self.assertNotIn("plain@", self.ok("lists"))

    def test_links_out_of_the_archive_are_not_followed(self):
        folder = majordomo(self.there)
        (folder / "lists/cooks.archive/passwd").symlink_to("/etc/passwd")
        (folder / "lists/cooks.archive/up").symlink_to("/etc")
        rows = self.report("majordomo", folder)
        self.find(rows, what="passwd", result="not_carried")
        self.find(rows, what="up", result="not_carried")
        self.assertFalse((self.site / "lists" / DOMAIN / "cooks/files/passwd").exists())

    def test_octets_that_are_no_text_end_in_a_report(self):
        self.there.mkdir()
        (self.there / "nul.config").write_bytes(b"description = a\0b\nmoderate = yes\nsubject_prefix = \xff\xfe[x]\n")
        (self.there / "nul").write_bytes(b"ann@example.org\nb\0b@example.org\n" + b"x" * 100_000 + b"\n")
        rows = self.report("majordomo", self.there)
        self.assertEqual(set(self.members("nul")), {"ann@example.org"})
        self.find(rows, what="member", **{"from": "nul:2"}, result="not_carried")
        self.find(rows, what="description", result="not_carried")

    def test_a_huge_configuration_is_refused_by_name(self):
        self.there.mkdir()
        (self.there / "huge.config").write_text("description = x\n" * 100_000)
        (self.there / "small").write_text("ann@example.org\n")
        self.assertIn("huge.config", self.error_of("majordomo", self.there))
        self.assertEqual(set(self.members("small")), {"ann@example.org"})

    def test_nothing_there_is_told(self):
        self.there.mkdir()
        self.assertIn(str(self.there), self.error_of("majordomo", self.there))
        self.assertIn("nowhere", self.error_of("listserv", self.folder / "nowhere"))


class Unreadable(ImportTest):
    """What cannot be read, or ends too soon, is told, and all else comes in."""
    def setUp(self):
        super().setUp()
        if os.geteuid() == 0:  # which may read everything: the site's user may not
            self.folder.chmod(0o755)
            for path in [self.site, *self.site.rglob("*")]:
                os.chown(path, 65534, 65534)

    def test_a_file(self):
        folder = majordomo(self.there)
        inside = folder / "lists/cooks.archive/x"
        inside.mkdir()
        (inside / "notes.txt").write_text("Notes\n")
        (inside / "notes.txt").chmod(0)
        trial = self.report("majordomo", folder, "--dry-run", status=1)
        rows = self.report("majordomo", folder, status=1)
        self.assertEqual(trial, rows)
        self.assertIn("notes.txt", self.find(rows, what="file", result="not_carried", **{"from": "notes.txt"})["why"])
        self.assertEqual(set(self.members("cooks")), {"ann@example.org", "ben@example.net"})
        self.assertIn("soup", (self.site / "lists" / DOMAIN / "cooks/archive/1999-01.mbox").read_text())
        self.assertIn("notes.txt", self.majlis("import", "majordomo", folder, "--dry-run").stderr.decode())

    def test_an_archive(self):
        folder = mailman(self.there)
        (folder / "data/heldmsg-cooks-3.pck").write_bytes(pickled(stored_message(HELD)))
        self.report("mailman", folder, "--dry-run")
        (folder / "archives/private/cooks.mbox/cooks.mbox").chmod(0)
        rows = self.report("mailman", folder, status=1)
        self.assertEqual([row["result"] for row in rows if row["what"] in ("archive", "pipermail")], ["not_carried"])
        self.assertIn("ann@example.org", self.members("cooks"))

    def test_a_post_that_is_too_large(self):
        folder = majordomo(self.there)
        first, second = MBOX.split("\n\nFrom ben")
        large = first.replace("soup@", "large@") + "\n" + "x" * (70 * 1024 * 1024)
        (folder / "lists/cooks.archive/cooks.9901").write_text(f"{first}\n\n{large}\n\nFrom ben{second}")
        rows = self.report("majordomo", folder)
        self.assertEqual(self.find(rows, what="archive", result="carried")["to"], "2 posts")
        self.assertIn("1 post has more than 64 MB", self.find(rows, what="archive", result="not_carried")["why"])
        self.assertIn("soup2@", (self.site / "lists" / DOMAIN / "cooks/archive/1999-02.mbox").read_text())

    def test_nothing_is_carried_that_was_not_reached(self):
        folder = majordomo(self.there)
        self.report("majordomo", folder)
        files = self.site / "lists" / DOMAIN / "cooks/files"
        shutil.rmtree(files)
        files.write_text("no folder\n")
        rows = [row for row in self.report("majordomo", folder, status=1) if row["list"] == "cooks@" + DOMAIN]
        for what in ("file", "members", "archive"):
            self.assertEqual({row["result"] for row in rows if row["what"] == what}, {"not_carried"}, what)
        self.assertIn("stopped", self.find(rows, what="archive")["why"])
        self.find(rows, what="list", result="carried")


class Growing(ImportTest):
    """Small files that would become large ones."""
    def import_in_little_memory(self, *words):
        process = subprocess.Popen([f"{BIN}/majlis", "--site", str(self.site), "import", *map(str, words)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        err = process.stderr.read().decode()
        process.stderr.close()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertLess(used.ru_maxrss, 500 * 1024)
        return process.returncode, err

    def test_a_value_of_majordomo_cf(self):
        folder = majordomo(self.there)
        with open(folder / "majordomo.cf", "a") as site_file:
            site_file.write(f'$a = "{"x" * 4000}";\n$b = "{"$a" * 400_000}";\n')
        self.assertEqual(self.import_in_little_memory("majordomo", folder), (0, ""))
        self.assertIn("ann@example.org", self.members("cooks"))

    def test_a_text_of_a_pickle(self):
        self.there.mkdir()
        text = b"(c_codecs\nencode\nq\x01(X" + (500_000).to_bytes(4, "little") + b"x" * 500_000 + b"U\x06latin1tq\x02"
        (self.there / "config.pck").write_bytes(text + b"h\x01h\x02R" * 10_000 + b"t.")
        code, err = self.import_in_little_memory("mailman", self.there)
        self.assertEqual(code, 1)
        self.assertIn("again and again", err)

    def test_a_string_in_many_places(self):
        self.there.mkdir()
        text = b"(dS'real_name'\nS'Cooks'\nsS'info'\n(lT" + (500_000).to_bytes(4, "little") + b"x" * 500_000 + b"q\x01a"
        (self.there / "config.pck").write_bytes(text + b"h\x01a" * 10_000 + b"s.")
        code, err = self.import_in_little_memory("mailman", self.there)
        self.assertEqual(code, 1)
        self.assertIn("too many places", err)


class Killed(ImportTest):
    def rows_of_members(self):
        """How many there are in the roster and in its two indexes (doc/STORE.md)."""
        dump = subprocess.run(["db5.3_dump", self.site / "db/site.db"], capture_output=True, check=True).stdout
        keys = dump.partition(b"HEADER=END\n")[2].splitlines()[:-1:2]
        tables = collections.Counter(key[1:3] for key in keys)
        return [tables[table.encode().hex().encode()] for table in "MAU"]

    def test_a_run_that_was_killed_goes_on(self):
        folder = majordomo(self.there)
        many = "".join(f"member{i}@example{i % 97}.org\n" for i in range(60_000))
        (folder / "lists/plain").write_text(many)
        self.report("majordomo", folder)
        whole = self.state()
        for delay in (0.05, 0.2, 0.4, 0.7, 1.0):
            shutil.rmtree(self.site)
            self.ok("init", str(self.site), "--domain", DOMAIN, "--postmaster", "pm@example.org")
            run = subprocess.Popen([f"{BIN}/majlis", "--site", str(self.site), "import", "majordomo", str(folder)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            run.send_signal(signal.SIGKILL)
            run.wait()
            self.report("majordomo", folder)
            self.assertEqual(self.state(), whole, f"killed after {delay} s")
            members, by_address, by_reference = self.rows_of_members()
            self.assertEqual(by_address, members, f"killed after {delay} s")
            self.assertEqual(by_reference, members, f"killed after {delay} s")

    def test_any_call_may_be_the_last(self):
        folder = majordomo(self.there)
        made = self.folder / "made"
        shutil.copytree(self.site, made)
        words = [f"{BIN}/majlis", "--site", str(self.site), "import", "majordomo", str(folder)]
        counted = subprocess.run([f"{BIN}/kill_at_call", "--count", "--", *words], capture_output=True, check=True, timeout=60)
        calls = int(re.findall(r"\d+", counted.stdout.decode())[-1])
        whole = self.state()
        self.assertGreater(calls, 50)
        for at in range(1, calls + 1, calls // 15):
            shutil.rmtree(self.site)
            shutil.copytree(made, self.site)
            killed = subprocess.run([f"{BIN}/kill_at_call", "--at", str(at), "--", *words], capture_output=True, timeout=60)
            self.assertEqual(killed.returncode, 10, killed.stderr)
            self.report("majordomo", folder)
            self.assertEqual(self.state(), whole, f"killed at call {at} of {calls}")


class Letters(ImportTest):
    """--welcome and --invite."""

    def letters(self):
        """Sorted: list and reader of every letter about a list that waits."""
        found = []
        for path in (self.site / "spool/new").iterdir():
            text = path.read_text()
            name = re.search(r"List-Id: <(\w[\w-]*)\.", text)
            if name:
                found.append((name[1], re.search(r"(?m)^To: (.*)$", text)[1]))
        return sorted(found)

    def letter_to(self, address):
        texts = [path.read_text() for path in (self.site / "spool/new").iterdir()]
        return next(text for text in texts if f"\nTo: {address}\n" in text)

    def receive(self, recipient, sender, text):
        done = subprocess.run([f"{BIN}/majlis-receive", "--site", str(self.site), "--recipient", recipient, "--sender", sender],
                              input=f"From: {sender}\nTo: {recipient}\nSubject: x\nMessage-ID: <{time.time()}@x>\n\n{text}\n".encode(),
                              capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)

    MEMBERS = [("cooks", "ann@example.org"), ("cooks", "ben@example.net"), ("cooks-digest", "ann@example.org"),
               ("cooks-digest", "dora@example.org"), ("plain", "pia@example.org")]

    def test_new_members_are_welcomed_once(self):
        folder = majordomo(self.there)
        trial = self.report("majordomo", folder, "--welcome", "--dry-run")
        self.assertEqual(self.letters(), [])
        rows = self.report("majordomo", folder, "--welcome")
        self.assertEqual(rows, trial)
        self.find(rows, what="letters", result="carried")
        self.assertEqual(self.letters(), self.MEMBERS)
        self.assertIn("Welcome to the plain mailing list!", self.letter_to("pia@example.org"))
        self.report("majordomo", folder, "--welcome")
        self.assertEqual(self.letters(), self.MEMBERS)
        (folder / "lists/plain").write_text("pia@example.org\nzoe@example.org\n")
        self.report("majordomo", folder, "--welcome")
        self.assertEqual(self.letters(), sorted(self.MEMBERS + [("plain", "zoe@example.org")]))

    def test_who_was_a_member_before_is_not_welcomed(self):
        self.report("majordomo", majordomo(self.there))
        self.report("majordomo", self.there, "--welcome")
        self.assertEqual(self.letters(), [])

    def test_who_is_invited_joins_by_the_answer(self):
        folder = majordomo(self.there)
        rows = self.report("majordomo", folder, "--invite")
        self.assertIn("--invite", self.find(rows, list=f"plain@{DOMAIN}", what="members", result="changed")["why"])
        self.assertEqual(self.letters(), self.MEMBERS)
        self.report("majordomo", folder, "--invite")
        self.assertEqual(self.letters(), self.MEMBERS)
        self.assertEqual((self.members("cooks"), self.members("plain")), ({}, {}))
        self.assertEqual(self.setting("cooks", "subscribe_policy"), "closed")
        line = re.search(r"(?m)^auth \S+ subscribe cooks ben@example.net$", self.letter_to("ben@example.net"))[0]
        self.receive(f"cooks-request@{DOMAIN}", "mallory@example.com", line)
        self.assertEqual(self.members("cooks"), {})
        self.receive(f"cooks-request@{DOMAIN}", "ben@example.net", line)
        self.assertEqual(set(self.members("cooks")), {"ben@example.net"})
        asked = len(self.letters())
        self.report("majordomo", folder, "--invite")
        self.assertEqual(len(self.letters()), asked)

    def test_only_one_of_both(self):
        self.assertEqual(self.majlis("import", "majordomo", majordomo(self.there), "--welcome", "--invite").returncode, 2)

    def test_any_call_may_be_the_last_and_nobody_gets_two(self):
        folder = majordomo(self.there)
        made = self.folder / "made"
        shutil.copytree(self.site, made)
        for option in ("--welcome", "--invite"):
            words = [f"{BIN}/majlis", "--site", str(self.site), "import", "majordomo", str(folder), option]
            counted = subprocess.run([f"{BIN}/kill_at_call", "--count", "--", *words], capture_output=True, check=True, timeout=60)
            calls = int(re.findall(r"\d+", counted.stdout.decode())[-1])
            for at in range(1, calls + 1, calls // 20):
                shutil.rmtree(self.site)
                shutil.copytree(made, self.site)
                killed = subprocess.run([f"{BIN}/kill_at_call", "--at", str(at), "--", *words], capture_output=True, timeout=60)
                self.assertEqual(killed.returncode, 10, killed.stderr)
                self.report("majordomo", folder, option)
                self.assertEqual(self.letters(), self.MEMBERS, f"{option} killed at call {at} of {calls}")
            shutil.rmtree(self.site)
            shutil.copytree(made, self.site)


HEADER = """* Club of friends
*
* Owner= anna@example.org (Anna Example)
* Subscription= Closed   Confidential= Yes
* Send= Private
* Loopcheck= Full
* Pw= SECRET99
*
* We meet on Mondays.
ann@example.org        Ann Lee
this-is-none           Nobody
"""
GUI = """***HDR*** ben@example.net
***NAME*** Ben "B" Brook
***LIST*** CLUB
***OPT*** DIGEST
***OPT*** MIME
***OPT*** NOMAIL
***OPT*** FILES
***SUBDATE*** 22 Jan 1997
***TOPICS*** ALL
***HDR*** cleo@example.net
***OPT*** MAIL
***OPT*** CONCEAL
***OPT*** NOREPRO
***OPT*** IETFHDR
"""
QUERY = """Subscription options for Ben Brook <ben@example.net>, list CLUB:

NOMAIL          You do not receive mail
CONCEAL         Hidden from REVIEW

Subscription date: 22 Jan 1997

Subscription options for Cleo <cleo@example.net>, list CLUB:

DIGEST          You receive a digest
"""
NOTEBOOK = "=" * 73 + """
Date:         Fri, 8 Jan 1999 10:00:00 +0000
From:         Ann Lee <ann@example.org>
Subject:      Monday
Message-ID:   <monday@example.org>

See you.
""" + "=" * 73 + """
just a line of text
""" + "=" * 73 + """
Date:         Sat, 9 Jan 1999 10:00:00 +0000
From:         Ben <ben@example.net>
Subject:      Re: Monday

Yes.
"""


class Listserv(ImportTest):
    def club(self, **files):
        self.there.mkdir()
        (self.there / "club.list").write_text(HEADER)
        for name, text in files.items():
            (self.there / name.replace("_", ".")).write_text(text)
        return self.there

    def test_a_header_and_its_members_come_in(self):
        rows = self.report("listserv", self.club())
        self.assertEqual(set(self.members("club")), {"ann@example.org"})
        self.assertEqual(self.members("club")["ann@example.org"]["name"], "Ann Lee")
        self.assertEqual(self.setting("club", "owner"), "anna@example.org")
        self.assertEqual(self.setting("club", "description"), "Club of friends")
        self.assertEqual(self.setting("club", "dialect"), "listserv")
        self.find(rows, what="member", **{"from": "club.list:11"}, result="not_carried")
        self.assertNotIn("SECRET99", json.dumps(rows))
        self.find(rows, what="pw", result="not_carried")

    def test_an_answer_for_programs_tells_options(self):
        for name in ("club_gui", "club_txt"):
            shutil.rmtree(self.there, ignore_errors=True)
            rows = self.report("listserv", self.club(**{name: GUI}), "--rename", f"club={name[5:]}")
            members = self.members(name[5:])
            self.assertEqual(set(members["ben@example.net"]["flags"]), {"nomail", "digest-mime"})
            self.assertEqual(set(members["cleo@example.net"]["flags"]), {"conceal", "norepro", "ietfhdr"})
            self.assertEqual(members["ben@example.net"]["name"], 'Ben "B" Brook')
            self.find(rows, what="option FILES", result="not_carried")

    def test_an_answer_for_people_tells_options(self):
        self.report("listserv", self.club(club_txt=QUERY))
        members = self.members("club")
        self.assertEqual(set(members["ben@example.net"]["flags"]), {"nomail", "conceal"})
        self.assertEqual(set(members["cleo@example.net"]["flags"]), {"digest-plain"})

    def test_an_answer_alone_makes_a_list(self):
        self.there.mkdir()
        (self.there / "answer").write_text(GUI)
        self.report("listserv", self.there / "answer", "--list", "club")
        self.assertEqual(len(self.members("club")), 2)
        self.assertEqual(self.setting("club", "moderate"), "yes")

    def test_notebooks_and_files_come_along(self):
        rows = self.report("listserv", self.club(club_log9901=NOTEBOOK, club_welcome="Hello\n", club_faq="Why?\n"))
        text = (self.site / "lists" / DOMAIN / "club/archive/1999-01.mbox").read_text()
        self.assertIn("<monday@example.org>", text)
        self.assertIn("just a line of text", text)
        self.assertEqual(text.count("\nFrom "), 1)
        self.find(rows, what="archive", result="carried", to="2 posts")
        self.assertEqual(self.ok("texts", "club", "show", "intro"), "Hello\n")
        self.assertEqual((self.site / "lists" / DOMAIN / "club/files/club.faq").read_text(), "Why?\n")

    def test_headers_of_the_field_come_in(self):
        rows = self.report("listserv", CORPUS / "config/listserv")
        lists = {row["list"] for row in rows if row["what"] == "list"}
        self.assertEqual(len(lists), len(list((CORPUS / "config/listserv").glob("*.list"))))


class Message:
    """As Mailman 2.1 keeps a held post."""


def pickled(value):
    return pickle.dumps(value, protocol=1)


def stored_message(text, parts=()):
    for name in ("Mailman", "Mailman.Message"):
        sys.modules.setdefault(name, types.ModuleType(name))
    Message.__module__, sys.modules["Mailman.Message"].Message = "Mailman.Message", Message
    head, _, body = text.partition("\n\n")
    message = Message()
    message._headers = [tuple(line.split(": ", 1)) for line in head.splitlines()]
    message._payload = [stored_message(part) for part in parts] or body
    message.preamble, message.epilogue = None, ""
    return message


STATE = {
    "real_name": "Cooks", "_internal_name": "cooks", "host_name": DOMAIN, "preferred_language": "en",
    "web_page_url": f"https://{DOMAIN}/mailman/", "archive_volume_frequency": 1, "data_version": 110,
    "owner": ["olga@example.org"], "moderator": ["mod@example.org"], "description": "For all who cook",
    "info": "About cooking", "welcome_msg": "Welcome!", "subscribe_policy": 3, "default_member_moderation": 0,
    "generic_nonmember_action": 1, "subject_prefix": "[Cooks] ", "msg_footer": "Bon appetit\n%(real_name)s@%(host_name)s", "max_message_size": 40,
    "topics_enabled": 1, "topics": [("menus", "menu", "what to eat", 0)], "volume": 3, "next_digest_number": 27,
    "bounce_info_stale_after": 604800, "ban_list": ["spam@bad.example", r"^.*@spam\.example$", "^[a-z]+@x$", "^.*@evil.example", "^x@bad.example$"],
    "password": "a" * 40, "mod_password": "b" * 40, "passwords": {"ann@example.org": "ann-in-the-clear"},
    "members": {"ann@example.org": 0, "ben@example.net": "Ben@Example.NET", "cleo@example.com": 0, "ill@example.com": 0},
    "digest_members": {"dora@example.org": 0, "dan@example.org": 0},
    "usernames": {"ann@example.org": 'Ann "A" Lee'},
    "user_options": {"ann@example.org": 2 + 16 + 256, "dora@example.org": 8, "cleo@example.com": 128 + 4 + 64},
    "delivery_status": {"ben@example.net": (2, 1.0), "ill@example.com": (4, 1.0)},
    "topics_userinterest": {"ann@example.org": ["menus"], "cleo@example.com": ["menus"]},
    "language": {"ann@example.org": "fr", "ben@example.net": "tlh"}, "bounce_info": {"ill@example.com": {"score": 2.5}},
    "private_roster": 0, "require_explicit_destination": 0,
}
HELD = """From: stranger@example.com
Subject: Hold me
Message-ID: <held@example.com>
Content-Type: text/plain

Please.
"""


def mailman(folder, state=None):
    """An installation with the list cooks."""
    lists = folder / "lists/cooks"
    lists.mkdir(parents=True)
    (lists / "config.pck").write_bytes(pickled(STATE if state is None else state))
    (lists / "request.pck").write_bytes(pickled({
        "version": (0, 1),
        1: (1, (1e9, "stranger@example.com", "Hold me", "Post by non-member", "heldmsg-cooks-1.pck", {})),
        2: (1, (1e9, "other@example.com", "Me too", "Too big", "heldmsg-cooks-2.txt", {})),
        3: (1, (1e9, "gone@example.com", "Lost", "Too big", "heldmsg-cooks-3.pck", {})),
        4: (2, (1e9, "join@example.com", "Joe Join", "secret", 0, "en")),
        5: (3, "ann@example.org"),
        6: (1, (1e9, "lost@example.com", "Where is it", "Too big", "heldmsg-cooks-6.pck", {})),
        7: (1, (1e9, "up@example.com", "Up there", "Too big", "../../../etc/passwd", {}))}))
    (lists / "pending.pck").write_bytes(pickled({"c" * 40: ("S", "x"), "d" * 40: ("U", "y"), "evictions": {}, "version": 2}))
    (lists / "digest.mbox").write_text("")
    data = folder / "data"
    data.mkdir()
    two = "From: s@example.com\nContent-Type: multipart/mixed; boundary=XX\n\n"
    (data / "heldmsg-cooks-1.pck").write_bytes(pickled(stored_message(two, [HELD, HELD])))
    (data / "heldmsg-cooks-2.txt").write_text(HELD.replace(" <held@", "\n <held2@"))
    (data / "heldmsg-cooks-3.pck").write_bytes(b"no pickle")
    mbox = folder / "archives/private/cooks.mbox"
    mbox.mkdir(parents=True)
    (mbox / "cooks.mbox").write_text(MBOX)
    return folder


class Mailman(ImportTest):
    def test_a_whole_installation_comes_in(self):
        rows = self.report("mailman", mailman(self.there), status=1)
        self.assertEqual(self.setting("cooks", "owner"), "olga@example.org")
        self.assertEqual(self.setting("cooks", "moderators"), "mod@example.org")
        self.assertEqual(self.setting("cooks", "description"), "For all who cook")
        self.assertEqual(self.setting("cooks", "subject_prefix").strip(), "[Cooks]")
        self.assertEqual(self.setting("cooks", "dialect"), "mailman")
        self.assertEqual(self.setting("cooks", "digest_volume"), "3")
        self.assertEqual(self.setting("cooks", "bounce_stale_days"), "7")
        self.assertEqual(self.setting("cooks", "subscribe_policy"), "closed+confirm")
        self.assertEqual(self.setting("cooks", "moderate"), "no")
        self.assertEqual(self.setting("cooks", "message_footer"), f"Bon appetit\n$LIST@{DOMAIN}")
        self.assertEqual(self.ok("texts", "cooks", "show", "info"), "About cooking\n")
        self.assertEqual(self.ok("texts", "cooks", "show", "intro"), "Welcome!\n")
        members = self.members("cooks")
        self.assertEqual(set(members["ann@example.org"]["flags"]), {"norepro", "conceal", "nodupes", "topics:menus", "language:fr"})
        self.assertEqual(members["ann@example.org"]["name"], 'Ann "A" Lee')
        self.assertEqual(members["Ben@example.net"]["flags"], ["nomail"])
        self.assertEqual(set(members["cleo@example.com"]["flags"]), {"moderated", "ack", "topics:menus,other"})
        self.assertEqual(members["ill@example.com"]["flags"], ["suspended"])
        self.assertEqual(members["ill@example.com"]["bounce_score"], 2.5)
        self.assertEqual(members["dora@example.org"]["flags"], ["digest-plain"])
        self.assertEqual(members["dan@example.org"]["flags"], ["digest-mime"])
        self.find(rows, what="list", result="carried")
        self.assertIn("language", self.find(rows, what="member", result="changed")["why"])

    def test_a_default_counts_where_the_state_names_nothing_and_is_the_stricter(self):
        rows = self.report("mailman", mailman(self.there), status=1)
        self.assertEqual(self.setting("cooks", "max_recipients"), "9")
        self.find(rows, what="max_recipients", result="carried")
        self.assertEqual(self.setting("cooks", "require_list_address"), "no")
        self.assertEqual(self.setting("cooks", "who_access"), "open")
        self.assertEqual(self.setting("cooks", "get_access"), "list")
        self.find(rows, what="get_access", result="changed", **{"from": "open"})

    def test_mailmans_own_list_stays(self):
        folder = mailman(self.there)
        shutil.copytree(folder / "lists/cooks", folder / "lists/mailman")
        (folder / "data/heldmsg-cooks-3.pck").write_bytes(pickled(stored_message(HELD)))
        rows = self.report("mailman", folder)
        self.find(rows, what="mailman", result="not_carried")
        self.assertEqual(len(self.ok("lists").splitlines()), 1)

    def test_no_password_and_no_hash_is_kept(self):
        rows = self.report("mailman", mailman(self.there), status=1)
        for what in ("password", "mod_password", "passwords"):
            self.find(rows, what=what, result="not_carried")
        text = json.dumps(rows) + "".join(path.read_text() for path in (self.site / "lists").rglob("*") if path.is_file())
        for secret in ("a" * 40, "b" * 40, "ann-in-the-clear", "secret"):
            self.assertNotIn(f'"{secret}"', text)

    def test_what_waits_waits_here(self):
        rows = self.report("mailman", mailman(self.there), status=1)
        held = {row["subject"]: row for row in map(json.loads, self.ok("held", "cooks", "list", "--json").splitlines())}
        self.assertEqual(held["Hold me"]["sender"], "stranger@example.com")
        self.assertIn("non-member", held["Hold me"]["reason"])
        self.assertEqual(held["Me too"]["message_id"], "<held2@example.com>")
        shown = self.ok("held", "cooks", "show", held["Hold me"]["id"])
        self.assertEqual(shown.count("--XX\nFrom: stranger@example.com"), 2)
        self.assertTrue(shown.endswith("--XX--\n"), shown)
        self.assertEqual({(row["kind"], row["address"]) for row in held.values()} & {("join", "join@example.com"), ("leave", "ann@example.org")},
                         {("join", "join@example.com"), ("leave", "ann@example.org")})
        self.find(rows, what="open confirmations", result="not_carried", **{"from": "2"})
        # Decided once, it does not wait again.
        self.ok("held", "cooks", "discard", held["Me too"]["id"])
        self.report("mailman", self.there, status=1)
        self.assertNotIn("Me too", self.ok("held", "cooks", "list", "--json"))

    def held(self):
        return {(row["kind"], row["address"]): row["id"]
                for row in map(json.loads, self.ok("held", "cooks", "list", "--json").splitlines()) if row["kind"] != "post"}

    def test_a_request_that_was_decided_does_not_come_back(self):
        self.report("mailman", mailman(self.there), status=1)
        held = self.held()
        self.ok("held", "cooks", "discard", held["join", "join@example.com"])
        self.ok("held", "cooks", "reject", held["leave", "ann@example.org"])
        rows = self.report("mailman", self.there, status=1)
        self.assertEqual(self.held(), {})
        for what in ("request to join", "request to leave"):
            self.assertIn("decided here", self.find(rows, what=what, result="not_carried")["why"])
        # Who asks once more there asks anew.
        requests = self.there / "lists/cooks/request.pck"
        requests.write_bytes(pickled({9: (2, (2e9, "join@example.com", "Joe Join", "secret", 0, "en"))}))
        self.report("mailman", self.there)
        self.assertEqual(list(self.held()), [("join", "join@example.com")])

    def test_a_held_post_without_its_message_is_named(self):
        folder = mailman(self.there)
        (folder / "data/heldmsg-cooks-3.pck").write_bytes(pickled(stored_message(HELD)))
        rows = self.report("mailman", folder)
        for place, words in (("request 6", ("heldmsg-cooks-6.pck", "lost@example.com", "Where is it")),
                             ("request 7", ("etc/passwd", "up@example.com", "Up there"))):
            row = self.find(rows, what="held post", result="not_carried", **{"from": place})
            for word in words:
                self.assertIn(word, row["why"])

    def test_a_list_that_cannot_be_read_is_named(self):
        folder = mailman(self.there)
        (folder / "data/heldmsg-cooks-3.pck").write_bytes(pickled(stored_message(HELD)))
        lists = folder / "lists"
        shutil.move(lists / "cooks", self.folder / "elsewhere")
        (lists / "linked").symlink_to(self.folder / "elsewhere")
        (lists / "empty").mkdir()
        (lists / "broken").mkdir()
        (lists / "broken/config.pck").write_bytes(pickled([1, 2, 3]))
        rows = self.report("mailman", folder, status=1)
        for name, why in (("linked", "a link"), ("empty", "no config.pck"), ("broken", "but one value: list")):
            row = self.find(rows, what="list", result="not_carried", **{"from": name})
            self.assertIn(why, row["why"])
            self.assertNotIn("foreign:", row["why"])
        self.assertEqual(self.ok("lists", "--json"), "")

    def test_a_name_that_no_letter_can_have_costs_nobody_the_membership(self):
        state = STATE | {"usernames": {"ann@example.org": "B\x1b[31mob"},
                         "members": STATE["members"] | {"-rf@example.org": 0, "nowhere": 0}}
        rows = self.report("mailman", mailman(self.there, state), status=1)
        self.assertEqual(self.members("cooks")["ann@example.org"]["name"], "B[31mob")
        self.find(rows, what="member", result="changed", **{"from": "config.pck:members:ann@example.org"})
        self.assertIn("is an address that is not taken here", self.find(rows, **{"from": "config.pck:members:-rf@example.org"})["why"])
        self.assertIn("is no mail address", self.find(rows, **{"from": "config.pck:members:nowhere"})["why"])

    def test_what_is_of_another_type_is_told(self):
        strange = {"owner": {"x": 1}, "ban_list": "a", "usernames": 7, "delivery_status": [1], "user_options": "q",
                   "bounce_info": 3, "digest_members": None, "language": {"ann@example.org": 5, "ben@example.net": "fr"},
                   "bounce_score_threshold": float("inf")}
        rows = self.report("mailman", mailman(self.there, STATE | strange | {"topics": [(1, 2)]}), status=1)
        for what in strange:
            self.find(rows, what=what, result="not_carried")
        self.assertEqual(self.find(rows, what="language")["from"], "1 entry")
        self.assertIn("(1, 2)", self.find(rows, what="topics")["why"])
        self.assertEqual(self.members("cooks")["Ben@example.net"]["flags"], ["language:fr"])

    def test_members_of_another_type_are_no_list(self):
        (self.folder / "config.pck").write_bytes(pickled(STATE | {"members": 5}))
        done = self.majlis("import", "mailman", self.folder / "config.pck")
        self.assertEqual(done.returncode, 1)
        self.assertIn("its members are no dict, but int", done.err)

    def test_a_second_run_says_what_it_did(self):
        rows = self.report("mailman", mailman(self.there), status=1)
        self.assertEqual(self.find(rows, what="archive", result="carried")["to"], "2 posts")
        intro = self.site / "lists" / DOMAIN / "cooks/intro"
        intro.write_text("Our own\n")
        mbox = self.there / "archives/private/cooks.mbox/cooks.mbox"
        with mbox.open("a") as file:
            file.write("\nFrom x@example.org Sat Feb  6 11:00:00 1999\nFrom: x@example.org\nSubject: New\n\nNew\n")
        again = self.report("mailman", self.there, "--dry-run", status=1)
        self.assertEqual(again, self.report("mailman", self.there, status=1))
        self.assertEqual(intro.read_text(), "Our own\n")
        self.find(again, what="intro", result="not_carried")
        self.find(again, what="info", result="carried")
        self.assertEqual(self.find(again, what="archive", result="carried")["to"], "3 posts, 1 of them new")
        self.assertIn("1 post has no Message-ID", self.find(again, what="pipermail", result="not_carried")["why"])
        self.assertEqual(len((self.site / "lists" / DOMAIN / "cooks/archive/pipermail.tsv").read_text().splitlines()), 2)
        self.find(self.report("mailman", self.there, "--replace", status=1), what="intro", result="carried")

    def test_a_report_that_cannot_be_written_speaks_of_no_password(self):
        mailman(self.there)
        with open("/dev/full", "wb") as full:
            done = subprocess.run([f"{BIN}/majlis", "--site", self.site, "import", "mailman", self.there], stdout=full,
                                  stderr=subprocess.PIPE, text=True, timeout=60)
            self.assertIn("the change was made all the same", done.stderr)
            self.assertNotIn("password", done.stderr)
            done = subprocess.run([f"{BIN}/majlis", "--site", self.site, "create", "other", "--owner", "o@example.org"],
                                  stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
            self.assertIn("a password that was to be shown is lost", done.stderr)

    def test_bans_come_as_patterns_where_they_can(self):
        rows = self.report("mailman", mailman(self.there), status=1)
        bans = self.ok("ban", "cooks", "list")
        self.assertIn("spam@bad.example", bans)
        self.assertIn("*@spam.example", bans)
        self.find(rows, what="ban", result="not_carried", **{"from": "^[a-z]+@x$"})
        # A '.' that nobody escaped: never a pattern that finds nothing.
        for written, pattern in (("^.*@evil.example", "*@evil.example*"), ("^x@bad.example$", "x@bad.example")):
            self.find(rows, what="ban", result="changed", **{"from": written, "to": pattern})
            self.assertIn(pattern, bans.split())
        self.assertNotIn("^", bans)

    def test_a_dump_has_the_same_patterns_and_tells_of_them(self):
        dump = self.folder / "cooks.dump"
        dump.write_text("real_name = 'Cooks'\nban_list = " + repr(STATE["ban_list"]) + "\n")
        rows = self.report("mailman", dump, "--list", "cooks")
        self.assertEqual(self.setting("cooks", "address_filter").split(),
                         ["spam@bad.example", "*@spam.example", "*@evil.example*", "x@bad.example"])
        told = " ".join(row["why"] for row in rows)
        for written in ("^[a-z]+@x$", "^.*@evil.example", "^x@bad.example$"):
            self.assertIn(written, told)

    def test_old_addresses_of_posts_are_mapped(self):
        self.report("mailman", mailman(self.there), status=1)
        text = (self.site / "lists" / DOMAIN / "cooks/archive/pipermail.tsv").read_text()
        self.assertEqual(text, f"https://{DOMAIN}/pipermail/cooks/1999-January/000000.html\t<soup@example.org>\n"
                               f"https://{DOMAIN}/pipermail/cooks/1999-February/000001.html\t<soup2@example.net>\n")

    def test_a_dry_run_reports_the_same_and_a_second_run_changes_nothing(self):
        trial = self.report("mailman", mailman(self.there), "--dry-run", status=1)
        self.assertNotIn("cooks", self.ok("lists"))
        self.assertEqual(trial, self.report("mailman", self.there, status=1))
        before = self.state()
        self.report("mailman", self.there, status=1)
        self.assertEqual(self.state(), before)

    def test_the_former_state_is_taken_where_the_state_is_damaged(self):
        folder = mailman(self.there)
        state = folder / "lists/cooks/config.pck"
        state.rename(folder / "lists/cooks/config.pck.last")
        state.write_bytes(b"(dp1\ncposix\nsystem\n(S'true'\ntR.")
        rows = self.report("mailman", folder, status=1)
        self.assertEqual(self.find(rows, what="config.pck", result="changed")["to"], "config.pck.last")
        self.assertIn("ann@example.org", self.members("cooks"))

    def test_a_state_that_calls_anything_is_refused(self):
        folder = mailman(self.there)
        (folder / "lists/cooks/config.pck").write_bytes(b"cposix\nsystem\n(S'touch " + str(self.folder).encode() + b"/made'\ntR.")
        done = self.majlis("import", "mailman", folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("config.pck", done.err)
        self.assertFalse((self.folder / "made").exists())

    def test_one_file_is_enough(self):
        folder = mailman(self.there)
        self.report("mailman", folder / "lists/cooks/config.pck", "--list", "one")
        self.assertEqual(len(self.members("one")), 6)
        self.report("mailman", folder / "lists/cooks", "--list", "two", status=1)
        self.assertIn("Hold me", self.ok("held", "two", "list", "--json"))
        names = self.folder / "names"
        names.write_text("ann@example.org\nBen Brook <ben@example.net>\nfaulty\n")
        rows = self.report("mailman", names, "--list", "three")
        self.assertEqual(set(self.members("three")), {"ann@example.org", "ben@example.net"})
        self.find(rows, what="member", **{"from": "names:3"}, result="not_carried")

    def test_files_of_the_field_come_in(self):
        for file in ("config.pck", "config-with-instances.pck"):
            self.report("mailman", CORPUS / "config/mailman2" / file, "--list", file.split(".")[0])
        self.assertEqual(len(self.members("config-with-instances")), 3)
        rows = self.report("mailman", CORPUS / "config/mailman2/sitelist-Koumbit.cfg", "--list", "sitelist")
        self.assertEqual(self.setting("sitelist", "moderate"), "yes")
        self.find(rows, what="list")


if __name__ == "__main__":
    BIN, CORPUS = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
