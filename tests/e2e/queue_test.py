#!/usr/bin/env python3
"""What operators see of the flusher and do to it: majlis queue, majlis trace, signals, --wait, --verbose, metrics.

    queue_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DONE, TRY_AGAIN, message  # noqa: E402
from smtp_sink import SmtpSink  # noqa: E402

BIN = ""
PATIENCE_S = 60
LIST = f"cooks@{majlis_site.DOMAIN}"
ANN, BOB, CAROL, DAVE = "ann@example.com", "bob@full.example", "carol@example.net", "dave@gone.example"
JOB_KEYS = ["age_s", "attempts", "created", "delivered", "expires", "failed", "id", "last_answer", "list",
            "message_id", "next_try", "recipients", "roster", "sender", "size_octets", "state", "why"]


class QueueTest(unittest.TestCase):
    members = [ANN, BOB, CAROL, DAVE]

    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-queue-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.create("cooks", "public-discussion", members=self.members, passwords=False)
        self.is_full = True
        self.sink = SmtpSink(self.refusal, self.keeping)
        self.addCleanup(self.sink.close)
        self.site.set_site("relay", self.sink.url)

    def refusal(self, recipient):
        if recipient == DAVE:
            return "550 5.1.1 no such user"
        return "452 4.2.2 mailbox full" if recipient == BOB and self.is_full else None

    def keeping(self):
        pass

    def post(self, subject="Rice"):
        letter = message("Rice for fifty.\n", ANN, LIST, subject)
        self.assertEqual(self.site.receive(letter, LIST, ANN), DONE)
        return re.search(rb"Message-ID: (\S+)", letter).group(1).decode()

    def majlis(self, *words):
        return self.site.run("majlis", "--site", self.site.folder, *words)

    def rows(self, *words):
        return [json.loads(line) for line in self.site.majlis(*words, "--json").splitlines()]

    def job(self):
        return self.rows("queue", "list")[0]["id"]

    def delivered(self):
        return sorted(recipient for (_, recipient), count in self.sink.copies().items() for _ in range(count)
                      if not recipient.endswith(majlis_site.DOMAIN) and recipient in self.members)

    def start(self, *arguments, **how):
        return subprocess.Popen(self.site.command("majlis-flush", "--site", self.site.folder, *arguments),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)


class Queue(QueueTest):
    def setUp(self):
        super().setUp()
        self.message_id = self.post()
        self.site.flush()

    def test_show_tells_the_envelope_the_progress_and_who_waits_why(self):
        job = self.rows("queue", "list")[0]
        self.assertEqual((job["state"], job["delivered"], job["failed"], job["recipients"]), ("later", 2, 1, 1))
        shown = self.rows("queue", "show", job["id"])
        self.assertEqual(sorted(shown[0]), JOB_KEYS)
        self.assertEqual((shown[0]["message_id"], shown[0]["list"]), (self.message_id, LIST))
        self.assertEqual(sorted(shown[1]), ["attempts", "last_answer", "next_try", "recipient"])
        self.assertEqual((shown[1]["recipient"], shown[1]["attempts"]), (BOB, 1))
        self.assertIn("mailbox full", shown[1]["last_answer"])
        self.assertEqual(shown[1]["next_try"], shown[0]["next_try"])
        text = self.site.majlis("queue", "show", job["id"][:8])
        for piece in (self.message_id, BOB, "mailbox full", "delivered:   2", "failed:      1"):
            self.assertIn(piece, text)
        self.assertNotIn(CAROL, text)

    def test_retry_makes_it_due_now_for_those_who_are_left(self):
        self.is_full = False
        self.site.flush()
        self.assertEqual(self.delivered(), [ANN, CAROL])
        self.assertIn("due now", self.site.majlis("queue", "retry", self.job()))
        self.site.flush()
        self.assertEqual(self.delivered(), [ANN, BOB, CAROL])
        self.assertEqual(self.rows("queue", "list"), [])

    def test_cancel_asks_first_and_keeps_what_it_cancels(self):
        job = self.job()
        asked = self.majlis("queue", "cancel", job)
        self.assertEqual(asked.returncode, 1)
        self.assertIn(b"--yes", asked.stdout)
        self.assertEqual(self.job(), job)
        self.site.majlis("queue", "cancel", job, "--yes")
        self.assertEqual(self.rows("queue", "list"), [])
        bad = self.rows("queue", "list", "--bad")
        self.assertEqual([row["id"] for row in bad], [job])
        self.assertIn("2 had it, 1 were left", bad[0]["why"])
        self.assertIn("cancelled", self.site.majlis("trace", self.message_id))
        self.assertEqual(self.site.spool("bad"), [job, f"{job}.why"])
        self.assertEqual(self.majlis("queue", "cancel", job, "--yes").returncode, 1)

    def test_what_was_cancelled_comes_back_by_retry(self):
        job = self.job()
        self.site.majlis("queue", "cancel", job, "--yes")
        self.is_full = False
        self.site.flush()
        self.assertEqual(self.delivered(), [ANN, CAROL])
        self.site.majlis("queue", "retry", job)
        self.assertEqual(self.site.spool("bad"), [])
        self.site.flush()
        self.assertEqual(self.delivered(), [ANN, BOB, CAROL])

    def test_a_job_that_a_run_works_on_is_left_to_it(self):
        job = self.job()
        path = next((self.site.folder / "spool" / "later").iterdir())
        with open(path, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            for words in (["retry", job], ["cancel", job, "--yes"]):
                done = self.majlis("queue", *words)
                self.assertEqual(done.returncode, 1)
                self.assertIn(b"at work on it", done.stderr)
            self.assertEqual(self.job(), job, "looking needs no lock")

    def test_a_damaged_job_is_shown_with_the_reason_and_taken_away_before_it_is_due(self):
        job = self.job()
        path = next((self.site.folder / "spool" / "later").iterdir())
        path.write_bytes(path.read_bytes().replace(b"\nlist ", b"\nlost "))
        listed = self.majlis("queue", "list", "--json")
        self.assertEqual(listed.returncode, 1)
        row = json.loads(listed.stdout)
        self.assertEqual((row["id"], row["state"], row["file"]), (job, "damaged", f"later/{path.name}"))
        self.assertIn("checksum", row["why"])
        self.assertRegex(self.majlis("queue", "list").stdout.decode(), f"^{job}  damaged  later/.*checksum")
        self.assertIn(f"would cancel {job}  damaged", self.majlis("queue", "cancel", job).stdout.decode())
        self.assertTrue(path.exists())
        found = [json.loads(line) for line in self.majlis("check", "--json").stdout.splitlines()]
        spool = [row for row in found if row["check"] == "spool"]
        self.assertEqual([row["ok"] for row in spool], [False])
        self.assertIn(job, spool[0]["what"])
        self.site.majlis("queue", "cancel", job, "--yes")
        self.assertEqual(self.site.spool("later"), [])
        bad = self.rows("queue", "list", "--bad")
        self.assertEqual([row["id"] for row in bad], [job])
        self.assertRegex(bad[0]["why"], "cancelled by the administrator; it was damaged: .*checksum")

    def test_wrong_words_are_refused(self):
        for words, status in [(["show"], 2), (["retry"], 2), (["cancel"], 2), (["show", "nothing"], 1),
                              (["retry", "nothing"], 1), (["cancel", "nothing", "--yes"], 1), (["show", ""], 1)]:
            self.assertEqual(self.majlis("queue", *words).returncode, status, words)

    def test_trace_tells_the_life_of_a_message_and_of_an_address(self):
        self.is_full = False
        self.site.majlis("queue", "retry", "--all")
        self.site.flush()
        texts = [row["text"] for row in self.rows("trace", self.message_id)]
        self.assertIn("verdict=accept", texts[0])
        for piece in (f"failed to={DAVE} status=5.1.1", f"deferred to={BOB} status=4.2.2",
                      "delivered=2 deferred=1 failed=1 next_try=",
                      "delivered=1 deferred=0 failed=0 in_all_delivered=3 in_all_failed=1 job_is=done"):
            self.assertTrue(any(piece in text for text in texts), f"{piece} is not in {texts}")
        self.assertFalse(any(CAROL in text for text in texts), "who got it is counted, not named")
        about_dave = [row["text"] for row in self.rows("trace", DAVE)]
        self.assertTrue(any(self.message_id in text and "status=5.1.1" in text for text in about_dave), about_dave)


class Log(QueueTest):
    def ends(self):
        """The lines of a run about its jobs and itself, as dictionaries."""
        lines = [line for line in self.site.new_log_lines() if re.match(r"majlis-flush: (job|flush) ", line)]
        return [dict(re.findall(r'(\w+)=("[^"]*"|\S+)', line), event=line.split()[1]) for line in lines]

    def counts(self, line):
        return {key: value for key, value in line.items() if value.isdigit() and key != "job"}

    def test_a_run_tells_what_it_did(self):
        self.post()
        self.site.flush()
        job, flush = self.ends()
        self.assertEqual((job["event"], flush["event"]), ("job", "flush"))
        self.assertEqual(self.counts(job), {"delivered": "2", "deferred": "1", "failed": "1"})
        self.assertEqual(self.counts(flush), {"delivered": "2", "deferred": "1", "failed": "1", "jobs": "0", "left": "1",
                                              "set_aside": "0"})
        self.assertNotIn("why", flush)

    def test_a_run_that_finds_the_relay_down_tells_so(self):
        url = self.sink.url
        self.sink.close()
        for subject in ("Rice", "Lentils"):
            self.post(subject)
        self.site.flush()
        *jobs, flush = self.ends()
        nothing = {"delivered": "0", "deferred": "0", "failed": "0"}
        self.assertTrue(1 <= len(jobs) <= 2, jobs)
        for job in jobs:
            self.assertEqual((job["event"], self.counts(job)), ("job", nothing))
            self.assertIn(f"connect to {url}", job["why"])
        self.assertEqual(self.counts(flush), {**nothing, "jobs": "0", "left": "2", "set_aside": "0"})
        self.assertEqual(flush["status"], "4.4.1")
        self.assertIn(f"connect to {url}", flush["why"])

    def test_a_run_with_nothing_to_do_tells_nothing(self):
        self.site.flush()
        self.ends()
        self.site.flush()
        self.assertEqual(self.ends(), [])


class Membership(QueueTest):
    def test_who_left_since_gets_nothing_and_who_joined_later_neither(self):
        self.post()
        self.site.majlis("members", "cooks", "remove", CAROL)
        self.site.majlis("members", "cooks", "add", "late@example.com")
        self.members.append("late@example.com")
        self.addCleanup(self.members.remove, "late@example.com")
        self.site.flush()
        self.assertEqual(self.delivered(), [ANN])


class Run(QueueTest):
    members = [f"p{number}@example.com" for number in range(40)]

    def setUp(self):
        super().setUp()
        self.site.majlis("members", "cooks", "add", ANN)
        self.members = [*self.members, ANN]
        self.site.set_site("connections", 1)
        self.site.set_site("recipients_per_transaction", 4)
        self.release = threading.Event()
        self.release.set()
        self.is_kept = threading.Event()

    def keeping(self):
        self.is_kept.set()
        self.release.wait(PATIENCE_S)

    def test_a_signal_lets_what_is_under_way_be_finished_and_the_rest_is_due_at_once(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                self.sink.messages.clear()
                self.post(f"Rice {number}")
                self.release.clear()
                self.is_kept.clear()
                run = self.start()
                self.assertTrue(self.is_kept.wait(PATIENCE_S))
                run.send_signal(number)
                self.release.set()
                out, err = run.communicate(timeout=PATIENCE_S)
                self.assertEqual((run.returncode, out, err), (0, b"", b""))
                self.assertGreaterEqual(len(self.delivered()), 4)
                self.assertLess(len(self.delivered()), 41)
                self.site.flush()
                self.assertEqual(self.delivered(), sorted(self.members))

    def test_wait_stays_until_nothing_waits(self):
        self.assertEqual(self.site.run("majlis-flush", "--site", self.site.folder, "--wait").returncode, 0)
        self.sink.refusal = lambda recipient: "452 4.2.2 full" if recipient == ANN else None
        self.post()
        run = self.start("--wait")
        while not self.site.spool("later"):
            self.assertIsNone(run.poll())
        self.sink.refusal = lambda recipient: None
        while self.majlis("queue", "retry", "--all").returncode != 0:
            self.assertIsNone(run.poll(), "a job that is at work is tried again")
        self.assertEqual(run.wait(PATIENCE_S), 0)
        run.communicate()
        self.assertEqual(self.delivered(), sorted(self.members))

    def test_wait_ends_by_a_signal(self):
        self.sink.refusal = lambda recipient: "452 4.2.2 full" if recipient == ANN else None
        self.post()
        run = self.start("--wait")
        while not self.site.spool("later"):
            self.assertIsNone(run.poll())
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(PATIENCE_S), 0)
        run.communicate()

    def test_verbose_prints_lines_where_nobody_sits(self):
        self.post()
        done = self.site.run("majlis-flush", "--site", self.site.folder, "--verbose")
        self.assertEqual(done.stdout, b"")
        lines = done.stderr.decode().splitlines()
        self.assertTrue(any(line.startswith(f"{LIST}: 41/41; delivered ") for line in lines), lines)
        self.assertNotIn("\r", done.stderr.decode())

    def test_verbose_keeps_one_line_up_to_date_on_a_terminal(self):
        self.post()
        master, slave = pty.openpty()
        release = self.release
        release.clear()
        run = subprocess.Popen(self.site.command("majlis-flush", "--site", self.site.folder, "--verbose"),
                               stdout=slave, stderr=slave)
        os.close(slave)
        self.is_kept.wait(PATIENCE_S)
        release.set()
        shown = b""
        try:
            while piece := os.read(master, 4096):
                shown += piece
        except OSError:
            pass  # that is how a terminal ends
        os.close(master)
        self.assertEqual(run.wait(PATIENCE_S), 0)
        self.assertNotIn(b"\n", shown)

    def test_metrics_are_counted_on_from_run_to_run(self):
        self.site.set_site("metrics_file", "metrics.prom")
        path = self.site.folder / "metrics.prom"
        self.sink.refusal = lambda recipient: {ANN: "452 4.2.2 full", "p1@example.com": "550 5.1.1 gone"}.get(recipient)
        for runs in (1, 2):
            self.post(f"Rice {runs}")
            self.site.flush()
            values = dict(line.rsplit(" ", 1) for line in path.read_text().splitlines() if not line.startswith("#"))
            self.assertEqual(values['majlis_recipients_total{outcome="delivered"}'], str(39 * runs), values)
            self.assertEqual(values['majlis_recipients_total{outcome="deferred"}'], str(runs))
            self.assertEqual(values['majlis_recipients_total{outcome="failed"}'], str(runs))
            self.assertEqual(values['majlis_queue_jobs{folder="later"}'], str(runs))
            self.assertEqual(values['majlis_queue_jobs{folder="new"}'], "0")
            self.assertGreaterEqual(float(values["majlis_last_run_timestamp_seconds"]), 1.7e9)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o644)
        path.write_text("rubbish 1 2 3\n")
        self.site.flush()
        self.assertIn('majlis_recipients_total{outcome="delivered"} 0\n', path.read_text())

    def test_a_budget_of_the_site_holds(self):
        self.site.set_site("domain_budgets", "example.com:0:1")
        self.post()
        self.site.flush()
        self.assertIn(len(self.delivered()), (1, 2))  # two when the minute ends meanwhile
        self.assertEqual(self.rows("queue", "list")[0]["recipients"], 41 - len(self.delivered()))
        self.site.set_site("domain_budgets", "example.com:x:1")
        done = self.site.run("majlis-flush", "--site", self.site.folder)
        self.assertEqual(done.returncode, 75)
        self.assertIn(b"domain_budgets", done.stderr)

    def test_a_missing_folder_of_the_spool_loses_no_committed_post(self):
        letter = message("Rice.\n", ANN, LIST, "Kept")
        spool = self.site.folder / "spool"
        (spool / "new").rename(spool / "elsewhere")
        self.assertEqual(self.site.receive(letter, LIST, ANN), TRY_AGAIN)
        self.assertEqual(self.site.run("majlis-flush", "--site", self.site.folder).returncode, TRY_AGAIN)
        (spool / "elsewhere").rename(spool / "new")
        self.assertEqual(self.site.receive(letter, LIST, ANN), DONE)
        self.assertEqual(self.site.spool("bad"), [])
        self.assertEqual(len(self.site.spool("new")), 1)


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
