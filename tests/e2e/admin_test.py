#!/usr/bin/env python3
"""The administrator's tool, run as people run it.

    admin_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import json
import os
import pathlib
import pwd
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from dns_server import nobodys_address  # noqa: E402

BIN = ""
DOMAIN = "lists.example.org"
LIST = f"cooks@{DOMAIN}"
PRESETS = ["announce-only", "newsletter", "private-discussion", "moderated-private-discussion", "public-discussion"]
POST = """From: Ann Lee <ann@example.org>
To: cooks@lists.example.org
Subject: {subject}
Message-ID: <{id}@example.org>
Date: Tue, 24 Nov 2026 10:00:00 +0000

Hello cooks.
"""


def run(*words, stdin="", env=None, program="majlis"):
    environment = {"PATH": "/usr/bin:/bin", **(env or {})}
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run([f"{BIN}/{program}", *words], input=data, capture_output=True, env=environment, timeout=120)
    done.out, done.err = done.stdout.decode(), done.stderr.decode()
    return done


class SiteTest(unittest.TestCase):
    """Each test has a site of its own with the list cooks."""

    owners = ("--owner", "olga@example.org")

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-admin-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = self.folder / "site"
        self.ok("init", str(self.site), "--domain", DOMAIN, "--postmaster", "pm@example.org")
        conf = self.site / "site.conf"
        conf.write_text(conf.read_text().replace("\nresolver =\n", f"\nresolver = {nobodys_address()}\n"))
        self.created = json.loads(self.ok("create", "cooks", *self.owners, "--json"))
        self.list_folder = self.site / "lists" / DOMAIN / "cooks"

    def majlis(self, *words, **how):
        return run("--site", str(self.site), *words, **how)

    def ok(self, *words, **how):
        done = self.majlis(*words, **how)
        self.assertEqual(done.returncode, 0, f"{words}: {done.err}")
        return done.out

    def refused(self, *words, status=1, says="", **how):
        done = self.majlis(*words, **how)
        self.assertEqual(done.returncode, status, f"{words}: {done.out}{done.err}")
        self.assertIn(says, done.err)
        self.assertEqual(done.out, "")
        return done.err

    def rows(self, *words, **how):
        return [json.loads(line) for line in self.ok(*words, "--json", **how).splitlines()]

    def config_text(self):
        return (self.list_folder / "config").read_text()

    def post(self, name, subject="hello"):
        done = run("--site", str(self.site), "--recipient", LIST, "--sender", "ann@example.org",
                   program="majlis-receive", stdin=POST.format(id=name, subject=subject))
        self.assertEqual((done.returncode, done.out), (0, ""), done.err)

    def members(self):
        return self.ok("members", "cooks", "list").split()


class Usage(unittest.TestCase):
    def test_help_lists_every_command_and_every_command_has_help(self):
        done = run("--help")
        self.assertEqual(done.returncode, 0)
        for name in ["init", "create", "config", "passwd", "texts", "remove", "members", "held", "queue", "trace",
                     "check", "rotate-secret", "mta", "lists", "find", "ban"]:
            self.assertRegex(done.out, rf"(?m)^  {name} +\w")
            own = run(name, "--help")
            self.assertEqual(own.returncode, 0, name)
            self.assertTrue(own.out.startswith(f"usage: majlis {name}"), own.out)

    def test_help_is_a_command_and_every_program_tells_its_version(self):
        self.assertEqual(run("help").out, run("--help").out)
        self.assertEqual(run("help", "create").out, run("create", "--help").out)
        for program in ["majlis", "majlis-receive", "majlis-flush"]:
            done = run("--version", program=program)
            self.assertEqual((done.returncode, done.err), (0, ""))
            self.assertRegex(done.out, rf"^{program} \d+\.\d+\.\d+\n$")

    def test_what_is_written_almost_right_is_suggested(self):
        for words, meant in [(["memebrs", "x"], "members"), (["creat"], "create"), (["help", "chekc"], "check"),
                             (["members", "cooks", "lsit"], "list"), (["queue", "retyr", "x"], "retry")]:
            done = run(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"did you mean '{meant}'?", done.err.splitlines()[0])
        self.assertNotIn("did you mean", run("frobnicate").err)

    def test_wrong_use_is_exit_2_with_the_usage_on_stderr(self):
        for words in [[], ["frobnicate"], ["--frob"], ["create"], ["create", "a", "b"], ["create", "a", "--frob"],
                      ["members", "a"], ["members", "a", "frob"], ["members", "a", "list", "--reason", "x"],
                      ["held", "a", "approve"], ["held", "a", "approve", "b", "--reason", "x"], ["create", "--owner"],
                      ["queue"], ["config", "a", "load", "f"], ["config", "a", "load", "f", "--dialect", "klingon"],
                      ["passwd", "a", "other"], ["init", "x"], ["check", "--json=yes"]]:
            done = run(*words)
            self.assertEqual((done.returncode, done.out), (2, ""), f"{words}: {done.err}")
            self.assertIn("usage: majlis", done.err)

    def test_commands_to_come_say_so(self):
        for name in ["audit"]:
            done = run(name, "whatever", "--file", "x")
            self.assertEqual((done.returncode, done.err), (1, f"majlis: {name}: not in this version\n"))

    def test_a_full_disk_behind_stdout_is_told(self):
        for program, status in [("majlis", 1), ("majlis-receive", 75), ("majlis-flush", 75)]:
            for option in ["--help", "--version"]:
                with open("/dev/full", "w") as full:
                    done = subprocess.run([f"{BIN}/{program}", option], stdout=full, stderr=subprocess.PIPE)
                self.assertEqual(done.returncode, status, f"{program} {option}")

    def test_no_site_is_told_with_the_way_to_make_one(self):
        done = run("create", "cooks", env={"MAJLIS_SITE": "/nonexistent"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("majlis init", done.err)


class Finding(SiteTest):
    def test_lists_tells_every_list_with_its_members(self):
        self.refused("config", "cooks", "set", "descripton", "Soup", says="did you mean 'description'?")
        self.ok("config", "cooks", "set", "description", "Soup and more")
        self.ok("members", "cooks", "add", "ann@example.org", "bob@example.org")
        self.ok("create", "bakers@bread.example.org", "--owner", "olga@example.org", "--moderator", "mo@example.org")
        self.assertEqual(self.ok("lists"), f"bakers@bread.example.org  0 members  \n{LIST}  2 members  Soup and more\n")
        bakers, cooks = self.rows("lists")
        self.assertEqual(cooks, {"list": LIST, "description": "Soup and more", "members": 2,
                                 "owners": ["olga@example.org"], "moderators": ["olga@example.org"]})
        self.assertEqual(bakers["moderators"], ["mo@example.org"])

    def test_a_list_that_cannot_be_read_is_told_and_hides_no_other(self):
        self.ok("create", "bakers", *self.owners)
        (self.list_folder / "config").write_text("nonsense <<\n")
        done = self.majlis("lists")
        self.assertEqual(done.returncode, 1)
        self.assertIn("bakers@", done.out)
        self.assertIn(f"majlis: lists: {LIST}: ", done.err)

    def test_find_tells_every_list_of_an_address_and_its_roles(self):
        self.ok("create", "bakers", "--owner", "ann@example.org", "--moderator", "olga@example.org")
        self.ok("members", "bakers", "add", "ann@example.org")
        self.ok("members", "cooks", "add", "Ann@Example.org")
        self.ok("members", "cooks", "set", "ann@example.org", "nomail")
        self.post("waits", subject="Soup")
        found = [(row["list"], row["role"]) for row in self.rows("find", "ANN@example.org")]
        bakers = f"bakers@{DOMAIN}"
        self.assertEqual(found, [(bakers, "member"), (bakers, "owner"), (LIST, "member"), (LIST, "waits")])
        rows = self.rows("find", "ann@example.org")
        self.assertEqual((rows[2]["flags"], rows[2]["stopped"]), (["nomail"], True))
        self.assertEqual((rows[3]["kind"], rows[3]["subject"]), ("post", "Soup"))
        self.assertIn(f"{LIST}  member  since 20", self.ok("find", "ann@example.org"))
        self.assertEqual([row["role"] for row in self.rows("find", "pm@example.org")], ["postmaster"])
        self.refused("find", "zoe@example.org", says="zoe@example.org is on no list")
        self.refused("find", "zoe", says="'zoe' is no mail address")

    def test_every_change_of_membership_is_logged_with_command_list_and_address(self):
        log = self.site / "majlis.log"
        conf = self.site / "site.conf"
        conf.write_text(re.sub(r"(?m)^log_file =.*$", "log_file = majlis.log", conf.read_text()))
        self.ok("members", "cooks", "add", "ann@example.org", "bob@example.org")
        self.ok("members", "cooks", "add", "ann@example.org")
        self.ok("members", "cooks", "set", "bob@example.org", "nomail")
        self.ok("members", "cooks", "remove", "ann@example.org")
        self.ok("members", "cooks", "import", "-", stdin="bob@example.org\nEve <eve@example.org>\n")
        lines = [line.split(": ", 1)[1] for line in log.read_text().splitlines()]
        self.assertEqual(lines[:5], [f"admin command=members-add list={LIST} address=ann@example.org",
                                     f"admin command=members-add list={LIST} address=bob@example.org",
                                     f"admin command=members-set list={LIST} address=bob@example.org what=nomail",
                                     f"admin command=members-remove list={LIST} address=ann@example.org",
                                     f"admin command=members-import list={LIST} address=eve@example.org"])

    def test_people_read_no_names_of_rooms(self):
        rooms = r"(^|: )(base|tongues|mail|auth|store|spool|lists|commands|bin): "
        shutil.copytree(self.site, self.folder / "b")
        said = [run("--site", "/nonexistent", "lists").err, self.majlis("init", str(self.site), "--domain", "x.org",
                                                                       "--postmaster", "a@x.org").err,
                self.majlis("members", "cooks", "import", "/nonexistent").err,
                run("--site", "/nonexistent", program="majlis-flush").err]
        for file, text in [("site.conf", "domain\n"), ("secret", "x\n"), (f"lists/{DOMAIN}/cooks/config", "x = y\n"),
                           ("db/site.db", "x" * 9000)]:
            site = self.folder / "b"
            kept = (site / file).read_bytes() if (site / file).exists() else None
            (site / file).write_text(text)
            for words in [("lists",), ("check",), ("check", "--json"), ("members", "cooks", "list"), ("queue", "list")]:
                done = run("--site", str(site), *words)
                said += done.err.splitlines() + done.out.splitlines()
            if kept is not None:
                (site / file).write_bytes(kept)
        for line in said:
            line = line.replace("majlis: ", "", 1).replace("lists: ", "", 1) if line.startswith("majlis: lists: ") else line
            self.assertNotRegex(re.sub(r"^majlis: \w+: ", "", line), rooms)


class MtaTest(SiteTest):
    page = (pathlib.Path(__file__).resolve().parents[2] / "doc/POSTFIX.md").read_text()

    def blocks(self, *form):
        """What is printed, by file, with the names of an installed site."""
        printed = self.ok("mta", *form).replace(str(self.site), "/var/lib/majlis").replace(os.path.realpath(BIN), "/usr/local/bin")
        return {block.split("\n")[0]: block for block in printed.strip("\n").split("\n\n")}

    def test_the_page_shows_what_is_printed(self):
        shown = re.findall(r"<!-- majlis mta ([^\n]*) -->\n```\n(.*?)\n```", self.page, re.DOTALL)
        self.assertEqual([words for words, _ in shown], ["postfix", "postfix --aliases", "exim", "opensmtpd"])
        for words, text in shown:
            printed = self.blocks(*words.split())
            for block in text.split("\n\n"):
                self.assertEqual(block, printed[block.split("\n")[0]])

    def test_the_commands_of_the_page_set_what_is_printed(self):
        printed = self.blocks("postfix")
        service = re.search(r"postconf -M 'majlis/unix=(.*)'", self.page).group(1)
        self.assertEqual(service.split(), printed["# /etc/postfix/master.cf"].split("\n", 1)[1].split())
        settings = re.findall(r"'(\w+ = .*?)'", self.page.split("postconf -e")[1].split("postfix reload")[0])
        self.assertEqual(settings, printed["# /etc/postfix/main.cf"].split("\n")[1:])

    def test_maps_are_written_with_every_list_and_follow_create_and_remove(self):
        self.ok("mta", "exim", "--install")
        recipients = self.site / "mta/exim/recipients"
        self.assertIn(f"cooks-confirm@{DOMAIN}:\n", recipients.read_text())
        self.assertEqual(stat.S_IMODE(recipients.stat().st_mode), 0o644)
        self.assertEqual(stat.S_IMODE(self.site.stat().st_mode), 0o701)
        self.assertFalse((self.site / "mta/opensmtpd").exists())
        self.ok("create", "bakers@bread.example.org", *self.owners)
        self.assertIn("owner-bakers@bread.example.org:\n", recipients.read_text())
        self.assertIn("majordomo@bread.example.org:\n", recipients.read_text())
        self.assertEqual((self.site / "mta/exim/domains").read_text(), f"bread.example.org:\n{DOMAIN}:\n")
        self.ok("remove", "cooks")
        self.assertNotIn("cooks", recipients.read_text())

    def test_a_site_that_an_mta_cannot_name_is_refused(self):
        shutil.move(self.site, self.folder / "a site")
        done = run("--site", str(self.folder / "a site"), "mta", "postfix")
        self.assertEqual((done.returncode, done.out), (1, ""))
        self.assertIn("a site' has characters", done.err)


class NextSteps(SiteTest):
    """Whoever knows nothing yet is told what to do next."""

    def test_what_is_missing_is_shown(self):
        for words, line in [(["create"], "majlis create LIST"), (["held", "cooks", "approve"], "majlis held [LIST] approve"),
                            (["config", "cooks", "get"], "majlis config LIST get SETTING"),
                            (["members", "cooks", "import"], "majlis members LIST import"),
                            (["queue", "show"], "majlis queue show ID"), (["trace"], "majlis trace MESSAGE-ID|ADDRESS")]:
            self.assertIn(f"something is missing: {line}", self.refused(*words, status=2).splitlines()[0])
        self.assertIn("too many words: majlis check [--json]", self.refused("check", "x", status=2))

    def test_an_unknown_list_is_answered_with_those_there_are(self):
        for command in [["config", "soup", "show"], ["members", "soup", "list"], ["held", f"soup@{DOMAIN}", "list"],
                        ["passwd", "cooks@elsewhere.org"], ["texts", "soup", "show", "info"], ["remove", "soup"]]:
            self.refused(*command, says=f"at this site; there is {LIST}\n")
        self.ok("remove", "cooks")
        self.refused("members", "cooks", "list", says="'majlis create' makes one")

    def test_unknown_jobs_posts_and_messages_are_answered_with_a_way_to_find_them(self):
        self.refused("queue", "show", "abcdef12", says="'majlis queue list' shows what waits")
        self.refused("held", "cooks", "show", "abc", says="'majlis held cooks list' shows what waits")
        self.refused("held", "cooks", "discard", "abc", says="'majlis held cooks list' shows what waits")
        self.refused("trace", "abc", says="angle brackets")

    def test_a_new_domain_needs_the_mta(self):
        done = self.majlis("create", "cooks@elsewhere.org", *self.owners)
        self.assertEqual(done.returncode, 0)
        self.assertIn("elsewhere.org is new to this site: the MTA must", done.err)
        self.assertEqual(self.majlis("create", "bakers@elsewhere.org", *self.owners).err, "")

    def test_what_was_changed_before_the_output_was_lost_is_told(self):
        def into_full_disk(*words):
            with open("/dev/full", "w") as full:
                done = subprocess.run([f"{BIN}/majlis", "--site", str(self.site), *words], stdout=full,
                                      stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 1)
            return done.stderr

        self.assertIn("the change was made all the same, and a password", into_full_disk("passwd", "cooks"))
        self.assertIn("the change was made all the same", into_full_disk("create", "bakers", *self.owners))
        self.assertTrue((self.site / "lists" / DOMAIN / "bakers").is_dir())
        self.assertNotIn("the change was made", into_full_disk("config", "cooks", "show"))

    def test_without_a_terminal_or_an_editor_nothing_is_edited(self):
        before = self.config_text()
        self.refused("config", "cooks", "edit", says="name a program in EDITOR")
        self.assertEqual(self.config_text(), before)

    def test_what_was_set_aside_is_counted_by_the_mail(self):
        (self.site / "spool/bad/thing").write_text("x")
        (self.site / "spool/bad/thing.why").write_text("y")
        done = self.majlis("check")
        self.assertIn("1 file in", done.out)
        self.assertIn("majlis queue list --bad", done.out)

    @unittest.skipUnless(os.geteuid() == 0, "only root can be somebody else")
    def test_somebody_elses_site_is_refused_with_its_owner(self):
        nobody = pwd.getpwnam("nobody")
        self.folder.chmod(0o755)
        program = self.folder / "majlis"
        shutil.copy(f"{BIN}/majlis", program)
        program.chmod(0o755)
        done = subprocess.run([program, "--site", self.site, "queue", "list"], capture_output=True, user=nobody.pw_uid,
                              group=nobody.pw_gid, extra_groups=[])
        self.assertEqual(done.returncode, 1)
        self.assertIn("the site belongs to root: run this as root", done.stderr.decode())


class Init(SiteTest):
    def test_the_site_is_there_and_its_secret_is_private(self):
        for part in ["site.conf", "db", "lists", "spool/new"]:
            self.assertTrue((self.site / part).exists(), part)
        self.assertEqual(stat.S_IMODE((self.site / "secret").stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.site.stat().st_mode), 0o700)

    def test_a_second_init_is_refused(self):
        before = (self.site / "secret").read_bytes()
        done = run("init", str(self.site), "--domain", DOMAIN, "--postmaster", "pm@example.org")
        self.assertEqual(done.returncode, 1)
        self.assertEqual((self.site / "secret").read_bytes(), before)

    def test_bad_values_are_refused_before_anything_is_made(self):
        good = {"--domain": DOMAIN, "--postmaster": "pm@example.org", "--relay": "smtp://127.0.0.1:2525"}
        for option, value in [("--domain", "not a domain"), ("--domain", "a..b"), ("--domain", "x\nrelay = maildir:/"),
                              ("--postmaster", "nobody"), ("--postmaster", "a@b@c"), ("--relay", "http://x"),
                              ("--relay", "smtp://"), ("--relay", "maildir:a #b"), ("--relay", "smtp://h:99999")]:
            words = [word for pair in {**good, option: value}.items() for word in pair]
            target = self.folder / "other"
            done = run("init", str(target), *words)
            self.assertEqual(done.returncode, 1, f"{option} {value}")
            self.assertTrue(done.err.startswith("majlis: init: "), done.err)
            self.assertFalse(target.exists())

    def test_it_prints_the_next_steps_and_keeps_the_relay(self):
        target = self.folder / "other"
        done = run("init", str(target), "--domain", "X.Example.ORG", "--postmaster", "pm@example.org", "--relay",
                   "smtp://127.0.0.1:2525")
        self.assertEqual(done.returncode, 0, done.err)
        for needed in ["create NAME", "majlis-receive", "majlis-flush", str(target)]:
            self.assertIn(needed, done.out)
        text = (target / "site.conf").read_text()
        self.assertIn("\ndomain = x.example.org\n", text)
        self.assertIn("\nrelay = smtp://127.0.0.1:2525\n", text)


class Create(SiteTest):
    def test_the_list_is_there_whole_with_hashes_only(self):
        self.assertEqual(self.created["list"], LIST)
        self.assertEqual(self.created["preset"], "moderated-private-discussion")
        self.assertEqual(self.created["owners"], ["olga@example.org"])
        self.assertEqual(sorted(p.name for p in self.list_folder.iterdir()),
                         ["archive", "config", "files", "held", "passwords", "posters"])
        hashes = (self.list_folder / "passwords").read_text()
        self.assertEqual(hashes.count("$argon2id$"), 2)
        for which in ["admin_password", "approve_password"]:
            self.assertNotIn(self.created[which], hashes + self.config_text())
        self.assertEqual(stat.S_IMODE((self.list_folder / "passwords").stat().st_mode), 0o600)

    def test_it_prints_two_lines_for_people(self):
        out = self.ok("create", "bakers@other.example", "--owner", "a@b.org", "--owner", "c@d.org", "--moderator",
                      "e@f.org", "--preset", "newsletter")
        self.assertRegex(out, r"\Aadmin password: \S+\napprove password: \S+\n\Z")
        self.assertEqual(self.ok("config", "bakers@other.example", "get", "owner"), "a@b.org\nc@d.org\n")
        self.assertEqual(self.ok("config", "bakers@other.example", "get", "moderators"), "e@f.org\n")

    def test_every_preset_makes_a_list(self):
        for number, preset in enumerate(PRESETS):
            created = json.loads(self.ok("create", f"p{number}", "--preset", preset, "--json"))
            self.assertEqual(created["preset"], preset)
        self.refused("create", "other", "--preset", "chat", says="public-discussion")

    def test_without_owner_the_postmaster_owns_it_and_it_says_so(self):
        done = self.majlis("create", "bakers")
        self.assertEqual(done.returncode, 0)
        self.assertIn("pm@example.org", done.err)
        self.assertEqual(self.ok("config", "bakers", "get", "owner"), "pm@example.org\n")

    def test_what_cannot_be_is_refused(self):
        before = self.config_text()
        self.refused("create", "cooks", says="there already")
        self.refused("create", "COOKS", says="there already")
        for name in ["", "../x", "a/b", "-a", "majordomo", "cooks-request", "owner-x", "a" * 41, "a..b", "caf\u00e9",
                     "x@", "x@not a domain", "x@../y", "."]:
            self.refused("create", "--", name, says="letters, digits")
        self.refused("create", "bakers", "--owner", "no address", says="owner")
        self.assertEqual(self.config_text(), before)
        self.assertEqual(sorted(p.name for p in (self.site / "lists").iterdir() if p.is_dir()), [DOMAIN])
        self.assertEqual([p.name for p in (self.site / "lists" / DOMAIN).iterdir()], ["cooks"])

    def test_what_a_killed_run_left_does_not_matter(self):
        left = self.site / "lists" / DOMAIN / ".bakers.new"
        (left / "held").mkdir(parents=True)
        (left / "config").write_text("garbage")
        self.ok("create", "bakers")
        self.assertFalse(left.exists())
        self.ok("config", "bakers", "show")


class Config(SiteTest):
    def test_set_get_unset(self):
        (self.list_folder / "config").write_text("# mine\n" + self.config_text())
        self.ok("config", "cooks", "set", "subject_prefix", "[cooks]")
        self.assertEqual(self.ok("config", "cooks", "get", "subject_prefix"), "[cooks]\n")
        row = self.rows("config", LIST, "get", "SUBJECT_PREFIX")[0]
        self.assertEqual((row["list"], row["setting"], row["value"], row["set"]),
                         (LIST, "subject_prefix", "[cooks]", True))
        self.ok("config", "cooks", "set", "moderators", "a@b.org", "c@d.org")
        self.assertEqual(self.ok("config", "cooks", "get", "moderators"), "a@b.org\nc@d.org\n")
        self.ok("config", "cooks", "set", "message_footer", "-", stdin="--\nbye\n")
        self.assertEqual(self.ok("config", "cooks", "get", "message_footer"), "--\nbye\n")
        self.ok("config", "cooks", "unset", "moderators", "subject_prefix")
        self.assertFalse(self.rows("config", "cooks", "get", "moderators")[0]["set"])
        self.assertTrue(self.config_text().startswith("# mine\n"))

    def test_bad_values_leave_the_old_configuration(self):
        before = self.config_text()
        for words in [("moderate", "maybe"), ("maxlength", "-1"), ("owner", "nobody"), ("subject_prefix", "a", "b"),
                      ("no_such_thing", "x"), ("admin_passwd", "secretsecret"), ("taboo_body", "/(/")]:
            err = self.refused("config", "cooks", "set", "--", *words)
            self.assertNotIn("secretsecret", err)
        self.refused("config", "cooks", "unset", "no_such_thing")
        self.refused("config", "cooks", "get", "admin_passwd", says="majlis passwd")
        self.refused("config", "nolist", "show", says="nolist")
        self.assertEqual(self.config_text(), before)

    def test_show_lists_settings_and_no_secret(self):
        rows = self.rows("config", "cooks", "show")
        names = [row["setting"] for row in rows]
        self.assertIn("subscribe_policy", names)
        self.assertNotIn("admin_passwd", names)
        for text in [self.ok("config", "cooks", "show"), self.ok("config", "cooks", "export"), json.dumps(rows)]:
            self.assertNotIn("argon2", text)
            self.assertNotIn(self.created["admin_password"], text)

    def test_export_and_load_give_the_same(self):
        self.ok("config", "cooks", "set", "description", "Our cooks")
        exported = self.ok("config", "cooks", "export", "--dialect", "majordomo")
        self.ok("config", "cooks", "set", "description", "Others")
        self.ok("config", "cooks", "load", "-", "--dialect", "majordomo", stdin=exported)
        self.assertEqual(self.ok("config", "cooks", "get", "description"), "Our cooks\n")

    def test_a_dump_of_mailman_is_loaded_and_read_again_changes_nothing(self):
        dump = ("# -*- python -*-\n# -*- coding: iso-8859-1 -*-\n## \"cooks\" mailing list\n## captured on\n\n"
                "description = \"caf\xe9\"\nsubscribe_policy = 3\nban_list = ['^.*@spam\\\\.example$']\n"
                "nntp_host = 'news.example.org'\n")
        with tempfile.NamedTemporaryFile(suffix=".cfg") as file:
            file.write(dump.encode("iso-8859-1"))
            file.flush()
            out = self.ok("config", "cooks", "load", file.name, "--dialect", "mailman")
        self.assertIn("not obeyed: nntp_host: kept: there is no way to newsgroups here", out)
        self.assertEqual(self.ok("config", "cooks", "get", "description"), "caf\xe9\n")
        self.assertEqual(self.ok("config", "cooks", "get", "subscribe_policy"), "closed+confirm\n")
        self.assertEqual(self.ok("config", "cooks", "get", "address_filter"), "*@spam.example\n")
        exported = self.ok("config", "cooks", "export", "--dialect", "mailman")
        self.assertIn("nntp_host = 'news.example.org'\n", exported)
        before = self.config_text()
        self.ok("config", "cooks", "load", "-", "--dialect", "mailman", stdin=exported)
        self.assertEqual(self.config_text(), before)
        err = self.refused("config", "cooks", "load", "-", "--dialect", "mailman",
                           stdin="subscribe_policy = 1\nimport os\nprivate_roster = 7\n")
        self.assertIn("line 2: not read: no assignment", err)
        self.assertIn("line 3: private_roster: ", err)
        self.assertEqual(self.config_text(), before)

    def test_a_listserv_header_read_again_changes_nothing(self):
        self.ok("config", "cooks", "set", "html", "text")
        header = ("* Our cooks\n* Owner= olga@example.org\n* Subscription= Open,Confirm\n* Send= Editor,Hold\n"
                  "* Loopcheck= NoBody\n")
        done = self.majlis("config", "cooks", "load", "-", "--dialect", "listserv", stdin=header)
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("not obeyed: loopcheck: NoBody is kept", done.out)
        before = self.config_text()
        exported = self.ok("config", "cooks", "export", "--dialect", "listserv")
        for line in header.splitlines()[:4] + ["* Loopcheck= NoBody"]:
            self.assertIn(line, exported)
        self.ok("config", "cooks", "load", "-", "--dialect", "listserv", stdin=exported)
        self.assertEqual(self.config_text(), before)
        self.assertEqual(self.ok("config", "cooks", "get", "html"), "text\n")
        err = self.refused("config", "cooks", "load", "-", "--dialect", "listserv",
                           stdin="* Our cooks\n* Owner= olga@example.org\n* Subscription= Opne\n")
        self.assertIn("line 3: subscription: 'Opne' is none of", err)
        self.assertEqual(self.config_text(), before)

    def test_the_printed_example_of_tr08_003_for_listserv_loads(self):
        gap = "\u00a0\u00a0 "
        text = (f"Owner ={gap}owner1@hostname.example owner2@hostname.example\n"
                f"Editor ={gap}moderator1@hostname.example moderator2@hostname.example\n\n"
                f"Subscription ={gap}by_owner,confirm{gap}(for private mailing lists) or\n"
                f"open,confirm{gap}(for public mailing lists)\n"
                f"Review ={gap}Owner{gap}(Only list owners can review the member list)\n"
                f"Send ={gap}Editor{gap}(All messages must be moderated)\n"
                f"Attachment ={gap}No{gap}(No attachments allowed)\n"
                f"Confidential ={gap}Yes{gap}(List name will not show in the global list)\n"
                f"Validate ={gap}Yes,Confirm{gap}(Restrict list commands)\n")
        self.ok("create", "bakers", "--preset", "public-discussion")
        done = self.majlis("config", "bakers", "load", "-", "--dialect", "listserv", stdin=text)
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("line 1: owner: a comma is missing in front of owner2@hostname.example", done.err)
        self.assertIn("line 8: attachment: is read as attachments=", done.err)
        for setting, value in [("owner", "owner1@hostname.example\nowner2@hostname.example"),
                               ("moderators", "moderator1@hostname.example\nmoderator2@hostname.example"),
                               ("subscribe_policy", "closed+confirm"), ("who_access", "closed"), ("moderate", "yes"),
                               ("attachments", "no"), ("noadvertise", "/.*/")]:
            self.assertEqual(self.ok("config", "bakers", "get", setting), value + "\n")

    def test_export_says_to_majlis_what_majordomo_does_not_read(self):
        self.ok("config", "cooks", "set", "subject_prefix", "[our cooks]")
        exported = self.ok("config", "cooks", "export", "--dialect", "majordomo")
        self.assertIn("\nsender              =   owner-cooks\n", exported)
        self.assertIn("\n#majlis: subject_prefix      =   [our cooks]\n", exported)
        shown = self.rows("config", "cooks", "show")
        self.ok("create", "bakers", "--preset", "newsletter")
        self.ok("config", "bakers", "load", "-", "--dialect", "majordomo", stdin=exported)
        values = {row["setting"]: row["value"] for row in self.rows("config", "bakers", "show")}
        for row in shown:
            self.assertEqual(values[row["setting"]], row["value"], row["setting"])

    def test_the_printed_examples_of_tr08_003_load_but_for_their_passwords(self):
        passwords = (self.list_folder / "passwords").read_text()
        nbsp = "\u00a0"
        printed = [("admin_passwd", "admin.password"), ("approve_passwd", "approve.password"),
                   ("subscribe_policy", "closed+confirm"), ("unsubscribe_policy", "open+confirm"), ("moderate", "yes"),
                   ("moderator", ""), ("get_access", "list"), ("index_access", "list"), ("info_access", "list"),
                   ("intro_access", "list"), ("who_access", "closed")]
        text = "".join(f"{key} ={nbsp}{nbsp} {nbsp}{value}\n" for key, value in printed)
        done = self.majlis("config", "cooks", "load", "-", "--dialect", "majordomo", stdin=text)
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("line 1: admin_passwd: anybody would try this password first", done.err)
        self.assertIn("line 2: approve_passwd: anybody would try this password first", done.err)
        for key, value in printed[2:]:
            self.assertEqual(self.ok("config", "cooks", "get", key).strip(), value)
        self.assertEqual((self.list_folder / "passwords").read_text(), passwords)

    def test_the_blank_of_a_signature_line_stays(self):
        self.ok("config", "cooks", "set", "message_footer", "--", "-- ", "The cooks")
        self.assertEqual(self.ok("config", "cooks", "get", "message_footer"), "-- \nThe cooks\n")

    def test_load_of_a_majordomo_file(self):
        passwords = (self.list_folder / "passwords").read_text()
        file = self.folder / "old.config"
        file.write_text("# by hand\nadmin_passwd = grandmothers-soup\nmoderate = yes\narchive_dir = /soup\n"
                        "frobnicate = 3\n")
        done = self.majlis("config", "cooks", "load", str(file), "--dialect", "majordomo")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("not obeyed: archive_dir", done.out)
        self.assertIn("not obeyed: frobnicate", done.out)
        self.assertIn("admin_passwd: taken and hashed", done.out)
        after = (self.list_folder / "passwords").read_text()
        self.assertNotEqual(after, passwords)
        self.assertEqual(after.splitlines()[2], passwords.splitlines()[2], "the approve password was not in the file")
        self.assertNotIn("grandmothers-soup", done.out + done.err + self.config_text() + after)
        self.assertIn("# by hand", self.config_text())
        self.assertIn("frobnicate", self.config_text())
        self.assertEqual(self.ok("config", "cooks", "get", "owner"), "olga@example.org\n")

    def test_load_is_all_or_nothing(self):
        before = self.config_text(), (self.list_folder / "passwords").read_text()
        err = self.refused("config", "cooks", "load", "-", "--dialect", "majordomo",
                           stdin="moderate = yes\nadmin_passwd = hidden-from-you\nmoderate = x\nwhat is this\n")
        self.assertIn("line 3", err)
        self.assertIn("line 4", err)
        self.assertNotIn("hidden-from-you", err)
        self.refused("config", "cooks", "load", "-", "--dialect", "majordomo", stdin="admin_passwd = short\n",
                     says="admin_passwd")
        self.refused("config", "cooks", "load", str(self.folder / "none"), "--dialect", "majordomo")
        self.assertEqual((self.config_text(), (self.list_folder / "passwords").read_text()), before)

    def test_edit(self):
        def editor(script):
            path = self.folder / "editor"
            path.write_text("#!/bin/sh\n" + script)
            path.chmod(0o755)
            return {"EDITOR": f"{path} --now"}

        add = editor('echo "subject_prefix = [x]" >> "$2"\n')
        self.ok("config", "cooks", "edit", env=add)
        self.assertEqual(self.ok("config", "cooks", "get", "subject_prefix"), "[x]\n")
        before = self.config_text()
        self.refused("config", "cooks", "edit", env=editor("exit 3\n"), says="editor failed")
        self.refused("config", "cooks", "edit", env={"EDITOR": "/no/such/editor"}, says="/no/such/editor")
        err = self.refused("config", "cooks", "edit", env=editor('echo "moderate = x" >> "$2"\n'), says="line")
        kept = pathlib.Path(err.split("kept in ")[1].split(";")[0])
        self.addCleanup(shutil.rmtree, kept.parent)
        self.assertIn("moderate = x", kept.read_text())
        self.assertEqual(self.config_text(), before)

    def test_a_file_spoilt_by_hand_is_told_by_line_and_can_be_loaded_over(self):
        good = self.config_text()
        (self.list_folder / "config").write_text("moderate = perhaps\n")
        self.refused("config", "cooks", "show", says="line 1")
        self.refused("config", "cooks", "set", "moderate", "yes", says="line 1")
        self.refused("members", "cooks", "add", "a@b.org", says="line 1")
        self.ok("config", "cooks", "load", "-", "--dialect", "majordomo", stdin=good)
        self.assertEqual(self.ok("config", "cooks", "get", "moderate"), "yes\n")


class Passwd(SiteTest):
    def hashes(self):
        return dict(line.split(" = ", 1) for line in (self.list_folder / "passwords").read_text().splitlines()[1:])

    def test_a_generated_one_is_printed_once(self):
        before = self.hashes()
        out = self.ok("passwd", "cooks")
        self.assertRegex(out, r"\Aadmin password: \S{16,}\n\Z")
        after = self.hashes()
        self.assertNotEqual(after["admin"], before["admin"])
        self.assertEqual(after["approve"], before["approve"])
        row = self.rows("passwd", "cooks", "approve")[0]
        self.assertEqual(sorted(row), ["approve_password", "list"])

    def test_one_from_stdin_is_not_echoed(self):
        done = self.majlis("passwd", "cooks", "approve", "--stdin", stdin="correct-horse-battery\n")
        self.assertEqual((done.returncode, done.out, done.err), (0, "", ""))
        self.assertTrue(self.hashes()["approve"].startswith("$argon2id$"))

    def test_bad_ones_are_refused(self):
        before = self.hashes()
        for bad in ["", "short", "two words here", "x" * 300, "tab\there-long", b"\xff" * 12]:
            self.refused("passwd", "cooks", "--stdin", stdin=bad)
        self.assertEqual(self.hashes(), before)


class Texts(SiteTest):
    def test_set_show_edit(self):
        self.refused("texts", "cooks", "show", "info", says="no info")
        self.ok("texts", "cooks", "set", "info", stdin="About soup.\n")
        self.assertEqual(self.ok("texts", "cooks", "show", "info"), "About soup.\n")
        editor = self.folder / "editor"
        editor.write_text('#!/bin/sh\necho more >> "$1"\n')
        editor.chmod(0o755)
        self.ok("texts", "cooks", "edit", "info", env={"VISUAL": str(editor)})
        self.assertEqual(self.ok("texts", "cooks", "show", "info"), "About soup.\nmore\n")

    def test_other_names_and_no_text_are_refused(self):
        for name in ["config", "passwords", "../x", "held"]:
            self.refused("texts", "cooks", "set", name, stdin="x", says="info or intro")
        self.refused("texts", "cooks", "set", "info", stdin=b"\xff\xfe", says="UTF-8")


class Members(SiteTest):
    def test_add_list_remove(self):
        self.assertEqual(self.ok("members", "cooks", "add", "ann@example.org", "Bob <bob@b.org>"), "2 added\n")
        self.assertEqual(self.ok("members", "cooks", "add", "Ann@Example.org", "cleo@c.org"),
                         "1 added, 1 on the list already\n")
        self.assertEqual(sorted(self.members()), ["ann@example.org", "bob@b.org", "cleo@c.org"])
        rows = self.rows("members", LIST, "list")
        self.assertEqual(len(rows), 3)
        self.assertEqual(sorted(rows[0]), ["address", "flags", "joined", "list", "name"])
        self.assertEqual(self.ok("members", "cooks", "remove", "ann@example.org", "bob@b.org"), "2 removed\n")
        self.assertEqual(self.members(), ["cleo@c.org"])
        done = self.majlis("members", "cooks", "remove", "ann@example.org")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not on the list", done.err)

    def test_one_bad_address_and_nobody_is_added(self):
        for bad in ["no address", "a@b@c", "x@-y.org", "|sh@b.org", "a@b.org\nc@d.org", LIST, f"cooks-request@{DOMAIN}",
                    f"majordomo@{DOMAIN}"]:
            self.refused("members", "cooks", "add", "--", "ann@example.org", bad, says="nothing was changed")
        self.refused("members", "nolist", "add", "ann@example.org", says="nolist")
        self.assertEqual(self.members(), [])

    def test_import_takes_the_good_and_tells_the_bad_by_number(self):
        text = ("# old roster\n\nann@example.org\nBob Bee <bob@b.org>\r\n  cleo@c.org  \nfoo\x00@bar.org\n"
                "ann@EXAMPLE.org\n<script>@x\n\"|/bin/sh\"@x.org\n" + LIST + "\ndan@d.org (Dan)\nlast@z.org")
        done = self.majlis("members", "cooks", "import", "-", stdin=text)
        self.assertEqual(done.returncode, 1, done.err)
        self.assertEqual(done.out, "5 added, 1 on the list already, 4 refused\n")
        for number in [6, 8, 9, 10]:
            self.assertIn(f"line {number}: ", done.err)
        self.assertEqual(len(done.err.splitlines()), 4)
        self.assertNotIn("\x00", done.err)
        self.assertEqual(sorted(self.members()),
                         ["ann@example.org", "bob@b.org", "cleo@c.org", "dan@d.org", "last@z.org"])

    def test_import_of_many_in_slices_and_export_back(self):
        file = self.folder / "many"
        wanted = [f"user{i}@host{i % 97}.example.org" for i in range(12_001)]
        file.write_text("\n".join(wanted) + "\n")
        row = self.rows("members", "cooks", "import", str(file))[0]
        self.assertEqual(row, {"list": LIST, "added": 12_001, "already": 0, "refused": 0})
        exported = self.ok("members", "cooks", "export")
        self.assertEqual(sorted(exported.split()), sorted(wanted))
        domains = [line.split("@")[1] for line in exported.split()]
        self.assertEqual(len([i for i in range(1, len(domains)) if domains[i] != domains[i - 1]]), 96)
        again = self.rows("members", "cooks", "import", str(file))[0]
        self.assertEqual((again["added"], again["already"]), (0, 12_001))

    def test_names_survive_export_and_import_when_the_list_keeps_them(self):
        self.ok("config", "cooks", "set", "strip", "no")
        self.ok("members", "cooks", "add", 'Lee, Ann "A" <ann@example.org>'.replace('Lee, Ann "A"', '"Lee, Ann"'))
        exported = self.ok("members", "cooks", "export")
        self.assertEqual(exported, '"Lee, Ann" <ann@example.org>\n')
        self.ok("members", "cooks", "remove", "ann@example.org")
        self.ok("members", "cooks", "import", "-", stdin=exported)
        self.assertEqual(self.rows("members", "cooks", "list")[0]["name"], "Lee, Ann")

    def test_no_file_is_told(self):
        self.refused("members", "cooks", "import", str(self.folder / "none"), says="none")

    def test_trace_tells_what_was_done(self):
        self.ok("members", "cooks", "add", "ann@example.org")
        self.ok("members", "cooks", "remove", "ann@example.org")
        rows = self.rows("trace", "Ann@example.org")
        self.assertEqual([row["text"].split()[0] for row in rows], ["add", "remove"])
        self.assertEqual(sorted(rows[0]), ["key", "text", "time"])
        self.refused("trace", "nobody@example.org", says="nothing is known")


class Held(SiteTest):
    def setUp(self):
        super().setUp()
        self.ok("members", "cooks", "add", "ann@example.org", "bob@b.org")
        self.post("one")
        self.held = self.rows("held", "cooks", "list")

    def queued(self):
        return self.rows("queue", "list")

    def test_what_would_turn_or_hide_text_is_escaped(self):
        hidden = "\u202a\u2066\u200e\u061c\u200b\u00ad"
        self.post("turned", subject=f"moc.{hidden}elpmaxe")
        line = next(each for each in self.ok("held", "cooks", "list").splitlines() if "elpmaxe" in each)
        self.assertIn("moc.\\xe2\\x80\\xaa\\xe2\\x81\\xa6\\xe2\\x80\\x8e\\xd8\\x9c\\xe2\\x80\\x8b\\xc2\\xadelpmaxe", line)
        written = self.ok("held", "cooks", "list", "--json")
        self.assertIn("moc.\\u202a\\u2066\\u200e\\u061c\\u200b\\u00adelpmaxe", written)
        for each in hidden:
            self.assertNotIn(each, line + written)
        self.assertIn(f"moc.{hidden}elpmaxe", [row["subject"] for row in self.rows("held", "cooks", "list")])

    def test_list_and_show(self):
        self.assertEqual(len(self.held), 1)
        post = self.held[0]
        self.assertEqual(sorted(post), ["address", "claimed_by", "claimed_until", "expires", "held", "id", "kind", "list", "message_id",
                                        "reason", "reasons", "rule", "sender", "size_octets", "subject"])
        self.assertEqual((post["message_id"], post["sender"], post["subject"]),
                         ("<one@example.org>", "ann@example.org", "hello"))
        self.assertIn(post["id"], self.ok("held", "cooks", "list"))
        self.assertIn("Hello cooks.", self.ok("held", "cooks", "show", post["id"]))
        self.refused("held", "cooks", "show", "nothing", says="nothing waits under")
        self.refused("held", "cooks", "show", "../config", says="nothing waits under")

    def test_approve_sends_once(self):
        identifier = self.held[0]["id"]
        before = len(self.queued())
        self.assertEqual(self.ok("held", "cooks", "approve", identifier), f"{identifier} approved\n")
        self.assertEqual(len(self.queued()), before + 1)
        self.ok("held", "cooks", "approve", identifier)
        self.assertEqual(len(self.queued()), before + 1)
        self.assertEqual(self.rows("held", "cooks", "list"), [])
        self.refused("held", "cooks", "discard", identifier)
        self.assertEqual(run("--site", str(self.site), program="majlis-flush").returncode, 0)
        for member in ["ann@example.org", "bob@b.org"]:
            copies = [p.read_text() for p in (self.site / "mail" / member / "new").iterdir()]
            self.assertEqual(len([c for c in copies if "<one@example.org>" in c and "Hello cooks." in c]), 1)
        self.assertEqual(self.queued(), [])
        self.assertIn("verdict=accept", self.ok("trace", "<one@example.org>"))
        self.assertIn("verdict=accept", self.ok("trace", "one@example.org"))

    def test_reject_tells_the_author_and_discard_does_not(self):
        self.post("two")
        first, second = [post["id"] for post in self.rows("held", "cooks", "list")]
        before = len(self.queued())
        self.ok("held", "cooks", "discard", first)
        self.assertEqual(len(self.queued()), before)
        self.ok("held", "cooks", "reject", second, "--reason", "too much salt")
        self.assertEqual(len(self.queued()), before + 1)
        self.assertEqual(list((self.list_folder / "held").iterdir()), [])
        run("--site", str(self.site), program="majlis-flush")
        mail = [p.read_text() for p in (self.site / "mail" / "ann@example.org" / "new").iterdir()]
        self.assertTrue(any("too much salt" in text for text in mail))

    def ask_to_join(self, address):
        self.ok("config", "cooks", "set", "subscribe_policy", "closed")
        command = (f"From: {address}\nTo: cooks-request@{DOMAIN}\nMessage-ID: <{address}>\n"
                   "Date: Tue, 24 Nov 2026 10:00:00 +0000\n\nsubscribe\n")
        done = run("--site", str(self.site), "--recipient", f"cooks-request@{DOMAIN}", "--sender", address,
                   program="majlis-receive", stdin=command)
        self.assertEqual(done.returncode, 0, done.err)

    def test_requests_are_listed_and_decided_like_posts(self):
        self.ask_to_join("cy@example.org")
        self.ask_to_join("di@example.org")
        self.assertEqual([row["kind"] for row in self.rows("held", "list")].count("post"), 1)
        requests = {row["address"]: row for row in self.rows("held", "cooks", "list") if row["kind"] == "join"}
        self.assertEqual(sorted(requests), ["cy@example.org", "di@example.org"])
        cy, di = requests["cy@example.org"], requests["di@example.org"]
        self.assertEqual((cy["sender"], cy["subject"], cy["message_id"], cy["rule"], cy["size_octets"]),
                         ("cy@example.org", "subscribe cy@example.org", "", "subscribe_policy", 0))
        self.assertIn("request: subscribe cy@example.org\n", self.ok("held", "cooks", "show", cy["id"]))
        self.assertRegex(self.ok("held", "list"), f"(?m)^{LIST}  {cy['id']}  [0-9TZ:-]+  join  0  subscribe_policy  cy@")
        self.assertEqual(self.ok("held", "approve", cy["id"]), f"{cy['id']} approved\n")
        self.ok("held", "approve", cy["id"])
        self.assertIn("cy@example.org", self.members())
        self.ok("held", "reject", di["id"], "--reason", "too young")
        run("--site", str(self.site), program="majlis-flush")
        mail = {name: [p.read_text() for p in (self.site / "mail" / name / "new").iterdir()]
                for name in ("cy@example.org", "di@example.org")}
        self.assertEqual(sum("Welcome" in text for text in mail["cy@example.org"]), 1)
        self.assertEqual(sum("too young" in text for text in mail["di@example.org"]), 1)
        self.assertIn("verdict=reject rule=moderator", self.ok("trace", "di@example.org"))

    def test_without_a_list_every_list_is_looked_through(self):
        identifier = self.held[0]["id"]
        self.assertEqual(self.rows("held", "list"), self.held)
        self.assertIn("Hello cooks.", self.ok("held", "show", identifier))
        self.refused("held", "show", "nothing", says="'majlis held list' shows what waits")
        self.assertEqual(self.ok("held", "discard", identifier), f"{identifier} discarded\n")
        self.assertEqual(self.ok("held", "list"), "")

    def test_unknown_ids_are_refused_one_by_one(self):
        done = self.majlis("held", "cooks", "discard", "nothing", self.held[0]["id"])
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing", done.err)
        self.assertIn("discarded", done.out)

    def test_queue_lists_jobs_with_their_age_and_recipients(self):
        self.ok("held", "cooks", "approve", self.held[0]["id"])
        rows = self.queued()
        for row in rows:
            self.assertEqual(sorted(row), ["age_s", "created", "delivered", "failed", "id", "last_answer", "list",
                                           "message_id", "next_try", "recipients", "roster", "size_octets", "state"])
        self.assertEqual([row["roster"] for row in rows].count(True), 1)
        self.assertTrue(all(row["state"] == "new" and row["next_try"] == "" for row in rows))
        self.assertEqual(len(self.ok("queue", "list").splitlines()), len(rows))
        (self.site / "spool/new" / rows[0]["id"]).write_bytes(b"spoilt")
        done = self.majlis("queue", "list")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.out, f"(?m)^{rows[0]['id']}.*damaged")


class Remove(SiteTest):
    def test_it_is_kept_and_a_new_list_begins_empty(self):
        self.ok("members", "cooks", "add", "ann@example.org")
        self.post("one")
        (self.list_folder / "archive" / "2026-11.mbox").write_text("From x\n\n")
        out = self.ok("remove", "cooks")
        kept = pathlib.Path(out.strip().split("kept in ")[1])
        self.assertTrue((kept / "archive" / "2026-11.mbox").exists())
        self.assertEqual((kept / "members").read_text(), "ann@example.org\n")
        self.assertFalse(self.list_folder.exists())
        self.refused("members", "cooks", "list", says="cooks")
        self.assertIn(str(kept), self.ok("remove", "cooks"))  # said again by whoever does not know whether it was done
        self.assertTrue((kept / "members").exists())
        self.refused("remove", "cook", says="there is no list 'cook'")
        self.ok("create", "cooks")
        self.assertEqual(self.members(), [])
        self.assertEqual(self.rows("held", "cooks", "list"), [])

    def test_purge_keeps_nothing(self):
        self.ok("remove", "cooks", "--purge")
        self.assertEqual(list((self.site / "removed").iterdir()), [])

    def test_purge_ends_what_a_killed_one_has_left(self):
        self.ok("remove", "cooks")
        self.assertEqual(self.ok("remove", "cooks", "--purge"), "removed for good\n")
        self.assertEqual(list((self.site / "removed").iterdir()), [])
        self.refused("remove", "cooks", "--purge", says="there is no list")

    def post_to_members(self, name, *members):
        self.ok("create", name, "--preset", "public-discussion", "--owner", "olga@example.org")
        self.ok("members", name, "add", "ann@example.org", *members)
        done = run("--site", str(self.site), "--recipient", f"{name}@{DOMAIN}", "--sender", "ann@example.org",
                   program="majlis-receive", stdin=POST.format(id=name, subject="hello"))
        self.assertEqual(done.returncode, 0, done.err)

    def flush(self):
        self.assertEqual(run("--site", str(self.site), program="majlis-flush").returncode, 0)

    def bad(self):
        return [json.loads(line) for line in self.ok("queue", "list", "--bad", "--json").splitlines()]

    def test_a_list_whose_mail_waits_is_not_removed(self):
        self.post_to_members("bakers")
        said = self.refused("remove", "bakers", says="1 job waits")
        for step in ["majlis-flush", "majlis queue cancel", "--force", "nothing was removed"]:
            self.assertIn(step, said)
        self.assertEqual(self.ok("members", "bakers", "list"), "ann@example.org\n")
        self.flush()
        self.assertEqual(len(list((self.site / "mail" / "ann@example.org" / "new").iterdir())), 1)
        self.ok("remove", "bakers")

    def test_forced_it_cancels_what_waits_visibly(self):
        self.post_to_members("bakers")
        job, = [row["id"] for row in self.rows("queue", "list")]
        self.assertIn(f"{job}: cancelled", self.ok("remove", "bakers", "--force", "--purge"))
        self.assertEqual([row["id"] for row in self.bad()], [job])
        self.assertIn("cancelled by the administrator", self.bad()[0]["why"])
        self.assertIn("cancelled", self.ok("trace", "<bakers@example.org>"))

    def test_another_lists_mail_is_in_nobodys_way(self):
        self.post_to_members("bakers")
        self.ok("remove", "cooks")

    def test_a_job_that_outlives_its_list_is_set_aside_also_when_there_is_a_new_one(self):
        self.post_to_members("bakers")
        job, = [row["id"] for row in self.rows("queue", "list")]
        hidden = self.folder / job
        (self.site / "spool/new" / job).rename(hidden)  # as if it was published a moment later
        self.ok("remove", "bakers")
        self.ok("create", "bakers", "--preset", "public-discussion", "--owner", "olga@example.org")
        self.ok("members", "bakers", "add", "ann@example.org")
        hidden.rename(self.site / "spool/new" / job)
        self.flush()
        self.assertFalse((self.site / "mail" / "ann@example.org").exists())
        self.assertEqual([row["id"] for row in self.bad()], [job])
        self.assertIn("was removed; 0 had it", self.bad()[0]["why"])
        self.assertIn("job_is=set_aside", self.ok("trace", "<bakers@example.org>"))

    def test_a_list_whose_digests_another_makes_is_not_removed(self):
        self.ok("create", "cooks-digest", *self.owners)
        self.ok("config", "cooks-digest", "set", "digest_of", "cooks")
        self.refused("remove", "cooks", says="'majlis remove cooks-digest@lists.example.org' first")
        self.ok("remove", "cooks", "--force")
        done = self.majlis("check")
        self.assertIn("digest_of names cooks, and there is no such list", done.stdout.decode())
        self.assertEqual(done.returncode, 1)

    def test_a_digest_list_that_cannot_be_read_stops_no_post(self):
        self.ok("create", "bakers-digest", *self.owners)
        self.ok("members", "bakers-digest", "add", "dora@example.org")
        config = self.site / "lists" / DOMAIN / "bakers-digest" / "config"
        config.write_text("digest_of = bakers\nreply_to\n")
        self.post_to_members("bakers")
        self.flush()
        self.assertEqual(len(list((self.site / "mail" / "ann@example.org" / "new").iterdir())), 1)
        config.write_text("digest_of = bakers\nowner = olga@example.org\n")
        self.refused("remove", "bakers-digest", says="1 post waits for its digest")

    def test_a_list_with_a_digest_to_come_is_not_removed(self):
        self.ok("create", "bakers-digest", *self.owners)
        self.ok("members", "bakers-digest", "add", "dora@example.org")
        self.ok("config", "bakers-digest", "set", "digest_of", "bakers")
        self.post_to_members("bakers")
        self.flush()
        self.refused("remove", "bakers-digest", says="1 post waits for its digest")
        self.ok("remove", "bakers-digest", "--force")


class Check(SiteTest):
    def findings(self, status):
        done = self.majlis("check", "--json")
        self.assertEqual(done.returncode, status, done.out + done.err)
        rows = [json.loads(line) for line in done.out.splitlines()]
        for row in rows:
            self.assertEqual(sorted(row), ["check", "mend", "ok", "what"])
            self.assertEqual(row["mend"] == "", row["ok"])
        return {row["check"]: row["ok"] for row in rows}

    def own_by_somebody(self):
        """A healthy site: when root runs this, one that belongs to another user."""
        if os.geteuid() != 0:
            return
        nobody = pwd.getpwnam("nobody")
        self.folder.chmod(0o755)
        for path in [self.site, *self.site.rglob("*")]:
            os.lchown(path, nobody.pw_uid, nobody.pw_gid)

    def test_a_healthy_site_is_all_ok_and_root_becomes_its_owner(self):
        self.own_by_somebody()
        found = self.findings(0)
        self.assertEqual(sorted(found), ["database", "disk", "dns", "lists", "log", "owner", "probe", "relay", "rights", "scanner",
                                         "site", "spool", "texts"])
        self.ok("members", "cooks", "add", "ann@example.org")
        self.ok("create", "bakers")
        owners = {path.stat().st_uid for path in self.site.rglob("*")}
        self.assertEqual(owners, {self.site.stat().st_uid})

    def test_what_is_wanting_is_told_with_its_mend(self):
        self.own_by_somebody()
        (self.site / "lists" / DOMAIN / "cooks" / "config").write_text("moderate = perhaps\n")
        (self.site / "spool/bad/x").write_text("x")
        (self.site / "db").chmod(0o755)
        found = self.findings(1)
        self.assertEqual([found[name] for name in ["lists", "spool", "rights", "database"]],
                         [False, False, False, True])
        self.assertIn("mend: ", self.majlis("check").out)
        (self.site / "secret").chmod(0o644)
        self.assertFalse(self.findings(1)["site"])
        self.site = self.folder / "nowhere"
        self.assertEqual(self.findings(1), {"owner": False, "site": False})

    def wanting(self, word):
        """The mends of what is wanting and has this word in it."""
        rows = [json.loads(line) for line in self.majlis("check", "--json").out.splitlines()]
        return [row["mend"] for row in rows if not row["ok"] and word in row["what"]]

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_a_file_that_root_has_edited_is_found_and_the_mend_works(self):
        nobody = pwd.getpwnam("nobody")
        self.folder.chmod(0o755)
        subprocess.run(["chown", "-R", f"nobody:{nobody.pw_gid}", self.site], check=True)
        os.chown(self.list_folder / "config", 0, 0)
        self.refused("config", "cooks", "show", says="Permission denied")
        mends = self.wanting("config does not belong")
        self.assertEqual(len(mends), 1)
        subprocess.run(mends[0].removeprefix("as root: ").split(), check=True)
        self.assertEqual(self.majlis("check").returncode, 0, self.majlis("check").out)

    def test_a_restrict_post_that_lets_nobody_post_is_found_and_the_mends_work(self):
        for mend in range(2):
            with open(self.list_folder / "config", "a") as config:
                config.write("\nrestrict_post = cooks-staff\n")
            mends = self.wanting("lets nobody post")
            self.assertEqual(len(mends), 1)
            self.ok(*re.findall(r"'majlis (.*?)'", mends[0])[mend].split())
            self.assertEqual(self.wanting("lets nobody post"), [])
        with open(self.list_folder / "config", "a") as config:
            config.write("\nrestrict_post = staff\n")
        (self.list_folder / "posters").mkdir(exist_ok=True)
        (self.list_folder / "posters/staff").write_text("# nobody yet\n")
        self.assertEqual(len(self.wanting("lets nobody post")), 1)
        (self.list_folder / "posters/staff").write_text("ann@example.org\n")
        self.assertEqual(self.wanting("lets nobody post"), [])

    def test_what_was_set_aside_is_wanting_for_a_week(self):
        bad = self.site / "spool/bad/thing"
        bad.write_text("x")
        (self.site / "spool/bad/thing.why").write_text("y")
        self.assertEqual(len(self.wanting("1 file in")), 1)
        week_ago = bad.stat().st_mtime - 8 * 86400
        os.utime(bad, (week_ago, week_ago))
        self.assertEqual(self.wanting("spool/bad"), [])
        self.assertIn("1 file in bad of more than 7 days ago, removed after 60", self.majlis("check").out)

    def test_a_site_of_root_is_wanting(self):
        if os.geteuid() != 0:
            self.skipTest("only root can own a site as root")
        self.assertFalse(self.findings(1)["owner"])

    def set_relay(self, relay):
        path = self.site / "site.conf"
        lines = [f"relay = {relay}" if line.startswith("relay =") else line for line in path.read_text().splitlines()]
        path.write_text("\n".join(lines) + "\n")

    def test_the_relay_must_greet(self):
        self.own_by_somebody()
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            self.set_relay(f"smtp://127.0.0.1:{port}")

            def greet(words):
                peer, _ = server.accept()
                with peer:
                    peer.sendall(words)

            for words, wanted in [(b"220 here\r\n", True), (b"554 go away\r\n", False), (b"", False)]:
                greeter = threading.Thread(target=greet, args=(words,))
                greeter.start()
                self.assertEqual(self.findings(0 if wanted else 1)["relay"], wanted, words)
                greeter.join()
        self.assertFalse(self.findings(1)["relay"], "nobody listens any more")
        self.set_relay("sendmail:/no/such/program")
        self.assertFalse(self.findings(1)["relay"])


class RotateSecret(SiteTest):
    def test_a_new_key_is_made_and_the_last_one_kept(self):
        before = (self.site / "secret").read_text().splitlines()[-1]
        self.ok("rotate-secret")
        keys = [line for line in (self.site / "secret").read_text().splitlines() if line.startswith("key ")]
        self.assertEqual(len(keys), 2)
        self.assertEqual(keys[1], before)


class BanTest(SiteTest):
    def test_bans_are_listed_added_and_removed(self):
        self.assertEqual(self.ok("ban", "cooks", "add", "Ann@Example.org", "*@BAD.example"), "2 banned\n")
        self.assertEqual(self.ok("ban", "cooks", "add", "ann@example.org", "x*"), "1 banned, 1 banned already\n")
        self.assertEqual(self.ok("ban", "add", "*@worse.example"), "1 banned\n")
        self.assertEqual(self.ok("ban", "cooks", "list"), "ann@example.org\n*@bad.example\nx*\n")
        self.assertEqual(self.ok("ban", "list"), "*@worse.example\n")
        row = json.loads(self.ok("ban", "cooks", "list", "--json").splitlines()[0])
        self.assertRegex(row.pop("since"), r"^20\d\d-\d\d-\d\dT")
        self.assertEqual(row, {"list": LIST, "pattern": "ann@example.org", "by": "majlis"})
        self.assertEqual(json.loads(self.ok("ban", "list", "--json"))["list"], "")
        self.assertEqual(self.ok("ban", "cooks", "remove", "ANN@example.org"), "1 removed\n")
        done = self.majlis("ban", "cooks", "remove", "ann@example.org", "x*")
        self.assertEqual((done.returncode, done.out), (1, "1 removed, 1 not banned\n"))
        self.assertEqual(done.err, "majlis: ban: ann@example.org is not banned here\n")

    def test_what_is_no_address_changes_nothing(self):
        for bad in ["example.org", "Ann <ann@example.org>", "* @example.org", ""]:
            self.refused("ban", "cooks", "add", "--", "ann@example.org", bad, says="nothing was changed")
        self.refused("ban", "nolist", "add", "ann@example.org", says="nolist")
        self.assertEqual(self.ok("ban", "cooks", "list"), "")
        for words in [["ban"], ["ban", "cooks"], ["ban", "cooks", "add"], ["ban", "cooks", "frob"],
                      ["ban", "cooks", "add", "a@b.org", "--json"]]:
            self.assertEqual(self.majlis(*words).returncode, 2, words)

    def test_find_shows_bans_by_address_and_by_pattern(self):
        self.ok("ban", "cooks", "add", "*@example.org")
        self.ok("ban", "add", "ann@example.org")
        rows = [json.loads(line) for line in self.ok("find", "ann@example.org", "--json").splitlines()]
        self.assertEqual([(row["list"], row["role"], row["pattern"]) for row in rows],
                         [("", "banned", "ann@example.org"), (LIST, "banned", "*@example.org")])
        self.assertIn(f"{LIST}  banned  since ", self.ok("find", "bob@example.org"))
        self.refused("find", "bob@example.com", says="on no list")

    def test_a_list_takes_its_bans_with_it(self):
        self.ok("ban", "cooks", "add", "ann@example.org")
        self.ok("remove", "cooks", "--purge")
        self.ok("create", "cooks", *self.owners)
        self.assertEqual(self.ok("ban", "cooks", "list"), "")

    def test_what_waits_can_be_claimed(self):
        done = run("--site", str(self.site), "--recipient", LIST, "--sender", "eve@example.org", program="majlis-receive",
                   stdin=POST.format(subject="x", id=1).replace("ann@", "eve@"))
        self.assertEqual(done.returncode, 0)
        held = json.loads(self.ok("held", "cooks", "list", "--json"))
        self.assertEqual((held["claimed_by"], held["claimed_until"]), ("", ""))
        self.assertRegex(self.ok("held", "claim", held["id"]), rf"^{held['id']} claimed until 20\S+Z\n$")
        self.assertRegex(self.ok("held", "cooks", "list"), r"  \(claimed by majlis until 20\S+Z\)\n$")
        claimed = json.loads(self.ok("held", "cooks", "list", "--json"))
        self.assertEqual(claimed["claimed_by"], "majlis")
        self.assertEqual(self.ok("held", "cooks", "discard", held["id"]), f"{held['id']} discarded\n")
        self.refused("held", "cooks", "claim", held["id"], says="nothing waits under")

    def test_what_is_held_is_decided_about_with_its_author(self):
        self.ok("config", "cooks", "set", "moderate", "no")
        for number, name in enumerate(["ann", "eve", "ann", "eve"]):
            post = POST.format(subject="x", id=number).replace("ann@", f"{name}@").replace("cooks.\n", f"{number}.\n")
            done = run("--site", str(self.site), "--recipient", LIST, "--sender", f"{name}@example.org", stdin=post,
                       program="majlis-receive")
            self.assertEqual(done.returncode, 0)
            if number > 1:
                continue
            held = json.loads(self.ok("held", "cooks", "list", "--json"))
            words = ["approve", held["id"], "--trust"] if name == "ann" else ["discard", held["id"], "--ban"]
            self.ok("held", "cooks", *words)
        self.assertEqual(self.ok("held", "cooks", "list"), "")
        self.assertEqual(self.ok("ban", "cooks", "list"), "eve@example.org\n")
        self.assertEqual(self.ok("config", "cooks", "get", "accept_these_nonmembers"), "ann@example.org\n")
        self.assertEqual(self.majlis("held", "cooks", "approve", "x", "--ban").returncode, 2)


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
