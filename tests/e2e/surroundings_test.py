#!/usr/bin/env python3
"""What the programs find around them harms no site: closed descriptors, named pipes in the place of files, root's group.
And what the process that hostile mail is read in can see.

    surroundings_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import fcntl
import itertools
import os
import pathlib
import pwd
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DONE, TRY_AGAIN, message  # noqa: E402
from smtp_sink import SmtpSink  # noqa: E402

BIN = ""
PATIENCE_S = 20
LARGEST_MAPPING = 1 << 28  # octets; none of ours comes near it
LIST = f"cooks@{majlis_site.DOMAIN}"
ANN, BOB = "ann@example.com", "bob@example.net"
SMTP_VERBS = {b"EHLO", b"MAIL", b"RCPT", b"DATA", b"RSET", b"NOOP", b"QUIT"}


class SurroundingsTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-surroundings-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.create("cooks", "public-discussion", members=[ANN, BOB], passwords=False)

    def check(self):
        """`majlis check` finds nothing wanting but that these tests run as root."""
        done = self.site.run("majlis", "--site", self.site.folder, "check")
        wanting = [line for line in done.stdout.decode().splitlines() if line.startswith("wanting")]
        self.assertEqual([line for line in wanting if "belongs to root" not in line], [], done.stdout)

    def post_of(self, subject):
        return message("Rice for fifty.\n", ANN, LIST, subject)


class ClosedDescriptorsTest(SurroundingsTest):
    def setUp(self):
        super().setUp()
        self.sink = SmtpSink()
        self.addCleanup(self.sink.close)
        self.site.set_site("relay", self.sink.url)

    def run_closed(self, closed, program, *words, stdin=b""):
        redirections = " ".join(["<&-", ">&-", "2>&-"][number] for number in closed)
        script = f'exec "$0" "$@" {redirections}'
        return subprocess.run(["sh", "-c", script, *self.site.command(program, "--site", self.site.folder, *words)],
                              input=stdin, capture_output=True, timeout=PATIENCE_S)

    def test_nothing_that_is_printed_gets_into_the_database_or_an_smtp_session(self):
        closings = [each for count in range(4) for each in itertools.combinations(range(3), count)]
        self.assertEqual(len(closings), 8)
        taken = 0
        for closed in closings:
            with self.subTest(closed=closed):
                self.run_closed(closed, "majlis", "members", "cooks", "remove", "nobody@example.org")
                listed = self.run_closed(closed, "majlis", "members", "cooks", "list")
                self.assertEqual(listed.returncode, 1 if 1 in closed else 0)  # what cannot be printed is not done
                self.run_closed(closed, "majlis", "no-such-command")
                self.check()
                received = self.run_closed(closed, "majlis-receive", "--recipient", LIST, "--sender", ANN,
                                           stdin=self.post_of(f"Without {closed}"))
                # A descriptor that is closed is no empty message: the mail server keeps the mail.
                self.assertEqual(received.returncode, TRY_AGAIN if 0 in closed else DONE)
                taken += 0 if 0 in closed else 1
                self.check()
                flushed = self.run_closed(closed, "majlis-flush", "--verbose")
                self.assertEqual(flushed.returncode, DONE)
                self.run_closed(closed, "majlis-flush", "--no-such-option")
                self.check()
                self.assertEqual(self.site.members("cooks"), [ANN, BOB])
                self.assertLessEqual(self.sink.verbs, SMTP_VERBS)
                self.assertEqual(sum(self.sink.copies().values()), 2 * taken)


class ClientNetworkTest(SurroundingsTest):
    def ask(self, who, *options, **environment):
        request = message("subscribe cooks\n", f"{who}@example.org", f"majordomo@{majlis_site.DOMAIN}", "")
        done = self.site.run("majlis-receive", "--site", self.site.folder, "--recipient", f"majordomo@{majlis_site.DOMAIN}",
                             "--sender", f"{who}@example.org", *options, stdin=request,
                             environment={**os.environ, **environment})
        self.assertEqual(done.returncode, DONE)

    def test_one_network_causes_half_of_the_requests_to_join(self):
        self.site.config("cooks", "challenges_per_day", 4)
        for number in range(3):
            self.ask(f"one{number}", "--client", f"192.0.2.{number}")
        self.ask("three", CLIENT_ADDRESS="192.0.2.77")
        self.ask("four", CLIENT_ADDRESS="198.51.100.1")
        self.site.flush()
        asked = {letter.address for letter in self.site.letters() if "Confirmation" in letter.subject}
        self.assertEqual(asked, {"one0@example.org", "one1@example.org", "four@example.org"})
        turned_away = [line for line in self.site.new_log_lines() if "ceiling=half_of_challenges_per_day" in line]
        self.assertEqual([line.split("source=")[1].split()[0] for line in turned_away], ["192.0.2.0/24"] * 2)


class FileSizeLimitTest(SurroundingsTest):
    def run_limited(self, octets, program, *words, stdin=b""):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets))

        # Berkeley DB leaks what it had when a write of its own fails.
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
        return subprocess.run(self.site.command(program, "--site", self.site.folder, *words), input=stdin,
                              capture_output=True, timeout=PATIENCE_S, preexec_fn=limit, env=environment)

    def test_keeps_the_mail_for_another_try(self):
        for octets in (0, 2048, 20_000):
            with self.subTest(octets=octets):
                done = self.run_limited(octets, "majlis-receive", "--recipient", LIST, "--sender", ANN,
                                        stdin=self.post_of(f"limit {octets}"))
                self.assertEqual(done.returncode, TRY_AGAIN, done.stderr)
                self.assertGreaterEqual(self.run_limited(octets, "majlis", "members", "cooks", "add", BOB).returncode, 0)
                self.assertGreaterEqual(self.run_limited(octets, "majlis-flush").returncode, 0)
        self.check()
        self.assertEqual(self.site.receive(self.post_of("limit 0"), LIST, ANN), DONE)

    def test_the_log_names_where_it_may_come_from(self):
        log = self.site.folder / "limited.log"
        self.site.set_site("log_file", log)
        done = self.run_limited(2048, "majlis-receive", "--recipient", LIST, "--sender", ANN, stdin=self.post_of("limit"))
        self.assertEqual(done.returncode, TRY_AGAIN)
        last = log.read_text().splitlines()[-1]
        self.assertRegex(last, r"receive .*kind=again why=.*a limit of file sizes was inherited .mailbox_size_limit")


class NamedPipesTest(SurroundingsTest):
    def test_one_among_the_posters_stops_nobody(self):
        helpers = self.site.list_folder("cooks") / "posters" / "helpers"
        helpers.write_text("bob@example.net\n")
        self.site.config("cooks", "restrict_post", "cooks helpers")
        helpers.unlink()
        os.mkfifo(helpers)
        done = subprocess.run(self.site.command("majlis-receive", "--site", self.site.folder, "--recipient", LIST,
                                                "--sender", "eve@example.org"),
                              input=message("Hello.\n", "eve@example.org", LIST, "Hello"), timeout=PATIENCE_S,
                              capture_output=True)
        self.assertEqual(done.returncode, DONE)  # the post waits for a moderator
        self.assertIn("posters/helpers: not a regular file", self.site.log_file.read_text())

    def test_in_the_place_of_any_file_of_the_site_is_waited_for_by_nobody(self):
        folder = self.site.list_folder("cooks")
        for path in [folder / "config", folder / "passwords", folder / "info", folder / "footer",
                     self.site.folder / "site.conf", self.site.folder / "secret", self.site.folder / "db" / "site.db"]:
            with self.subTest(path=path.name):
                kept = path.with_name("kept")
                if path.exists():
                    path.rename(kept)
                os.mkfifo(path, 0o600)
                for program, words in [("majlis-receive", ["--recipient", LIST, "--sender", ANN]),
                                       ("majlis-receive", ["--recipient", f"majordomo@{majlis_site.DOMAIN}"]),
                                       ("majlis-flush", []), ("majlis", ["members", "cooks", "list"]),
                                       ("majlis", ["check"])]:
                    subprocess.run(self.site.command(program, "--site", self.site.folder, *words),
                                   input=message("info cooks\n", ANN, LIST, "Hello"), timeout=PATIENCE_S,
                                   capture_output=True)
                path.unlink()
                if kept.exists():
                    kept.rename(path)
        self.check()


def children_of(pid):
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if fields[1] == str(pid):
            found.append(int(status.parent.name))
    return found


def memory_of(pid):
    """All that a process could read of its own memory, but for a sanitizer's map of the whole address space."""
    octets = bytearray()
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
            addresses, rights = line.split()[:2]
            begin, end = (int(address, 16) for address in addresses.split("-"))
            if not rights.startswith("r") or "[v" in line or end - begin > LARGEST_MAPPING:  # [v: what the kernel lends
                continue
            try:
                octets += os.pread(memory.fileno(), end - begin, begin)
            except OSError:
                continue  # let go of in this moment
    return bytes(octets)


def wait_until(what):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.005)
    raise AssertionError("it did not come")


class MissingFilesTest(SurroundingsTest):
    def test_a_held_post_whose_copy_is_gone_keeps_no_other_decision_waiting(self):
        self.site.config("cooks", "moderate", "yes")
        for subject in ("first", "second"):
            self.assertEqual(self.site.receive(self.post_of(subject), LIST, ANN), DONE)
        self.site.flush()
        tokens = {letter.subject.split(": ")[-1].split()[0]: re.search(r"^accept (\S+)", letter.text, re.MULTILINE)[1]
                  for letter in self.site.letters("olga@example.org") if "accept " in letter.text}
        gone = next(row["id"] for row in self.site.held("cooks") if row["subject"] == "first")
        (self.site.list_folder("cooks") / "held" / f"{gone}.eml").unlink()
        words = "".join(f"accept {tokens[subject]}\n" for subject in ("first", "second"))
        at = f"majordomo@{majlis_site.DOMAIN}"
        self.assertEqual(self.site.receive(message(words, "olga@example.org", at), at, "olga@example.org"), DONE)
        self.site.flush()
        self.assertIn("second", [letter.subject for letter in self.site.letters(BOB)])
        self.assertEqual([row["subject"] for row in self.site.held("cooks")], ["first"])
        answers = "".join(letter.text for letter in self.site.letters("olga@example.org"))
        self.assertIn("is gone from the site", answers)


class SandboxTest(SurroundingsTest):
    PASSWORD = majlis_site.APPROVE_PASSWORD

    def setUp(self):
        super().setUp()
        self.site.majlis("passwd", "cooks", "approve", "--stdin", stdin=self.PASSWORD.encode() + b"\n")

    def secrets(self):
        keys = [line.split()[2] for line in (self.site.folder / "secret").read_text().splitlines()
                if line.startswith("key ")]
        hashes = [line.split("=", 1)[1].split()[0] for line
                  in (self.site.list_folder("cooks") / "passwords").read_text().splitlines() if " = $" in line]
        return {"key": bytes.fromhex(keys[0]), "hash": hashes[0].encode(), "password": self.PASSWORD.encode()}

    def test_the_child_that_reads_a_message_sees_no_secret(self):
        secrets = self.secrets()
        letter = message("Rice.\n", ANN, LIST, "Rice", Approved=self.PASSWORD)
        with open(self.site.folder / "db" / "env.lock", "rb+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the program waits for it when it has read everything
            program = subprocess.Popen(self.site.command("majlis-receive", "--site", self.site.folder, "--recipient",
                                                         LIST, "--sender", ANN), stdin=subprocess.PIPE)
            [child] = wait_until(lambda: children_of(program.pid))
            program.stdin.write(letter)
            program.stdin.close()
            wait_until(lambda: (seen := memory_of(program.pid)) and all(secret in seen for secret in secrets.values()))
            seen = memory_of(child)
            self.assertIn(b"majlis", seen)
            self.assertEqual([name for name, secret in secrets.items() if secret in seen], [])
            fcntl.flock(lock, fcntl.LOCK_UN)
        self.assertEqual(program.wait(PATIENCE_S), DONE)
        self.assertEqual(children_of(program.pid), [])

    def test_what_is_handed_to_the_child_holds_no_password(self):
        if not shutil.which("strace"):
            self.skipTest("there is no strace")
        letter = message("Rice.\n", ANN, LIST, "Rice", Approved=self.PASSWORD)
        trace = self.site.folder / "trace"
        done = subprocess.run([*majlis_site.STRACE, "-s", "100000", "-e", "trace=sendto,read", "-o", trace,
                               *self.site.command("majlis-receive", "--site", self.site.folder, "--recipient", LIST,
                                                  "--sender", ANN)], input=letter, timeout=PATIENCE_S)
        self.assertEqual(done.returncode, DONE)
        sent = [line for line in trace.read_text(errors="replace").splitlines() if "Rice for" in line or "Rice." in line]
        handed = [line for line in sent if "sendto(" in line]
        self.assertEqual(len(handed), 1, sent)
        self.assertNotIn(self.PASSWORD, handed[0])
        self.assertTrue(any(self.PASSWORD in line for line in sent))


@unittest.skipUnless(os.geteuid() == 0, "only root gives its rights up")
class GroupsTest(SurroundingsTest):
    USER = "nobody"

    def group_of_a_run(self, site_group):
        self.site.folder.parent.chmod(0o755)
        user = pwd.getpwnam(self.USER).pw_uid
        for path in [self.site.folder, *self.site.folder.rglob("*")]:
            os.lchown(path, user, site_group)
        self.site.log_file.unlink(missing_ok=True)
        self.site.receive(self.post_of("Hello"), f"no-such-list@{majlis_site.DOMAIN}", ANN)
        status = self.site.log_file.stat()
        self.assertEqual(status.st_uid, user)
        return status.st_gid

    def test_that_the_site_was_given_away_without_its_group_leaves_nobody_in_that_of_root(self):
        self.assertEqual(self.group_of_a_run(0), pwd.getpwnam(self.USER).pw_gid)

    def test_the_group_of_the_site_is_the_one_it_works_in(self):
        self.assertEqual(self.group_of_a_run(4242), 4242)


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
