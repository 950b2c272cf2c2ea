#!/usr/bin/env python3
"""Mail that could not be delivered in time, from the first try to the owner's report: real programs, a real SMTP peer,
and days that pass because the clock of majlis-flush alone is ahead.

    expiry_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import email
import email.policy
import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DOMAIN, DONE, message  # noqa: E402
from smtp_sink import SmtpSink  # noqa: E402

BIN = ""
DAY_S = 24 * 3600
JOB_DAYS = 5
LIST = f"cooks@{DOMAIN}"
OWNER = "olga@example.org"
ANN, BOB, CAROL, DAVE = "ann@example.com", "bob@full.example", "carol@example.net", "dave@gone.example"
STRANGER = "sam@full.example"
REFUSALS = {BOB: "452 4.2.2 mailbox full", STRANGER: "452 4.2.2 mailbox full too",
            DAVE: "450 4.4.1 the other side does not answer"}


class ExpiryTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-expiry-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.create("cooks", "public-discussion", owner=OWNER, members=[ANN, BOB, CAROL, DAVE], passwords=False)
        self.site.set_site("job_days", JOB_DAYS)
        self.sink = SmtpSink(REFUSALS.get)
        self.addCleanup(self.sink.close)
        self.site.set_site("relay", self.sink.url)

    def flush(self, days):
        """A run so many days from now."""
        self.site.flush(ahead_s=round(days * DAY_S))

    def post(self, subject):
        self.assertEqual(self.site.receive(message(f"{subject} for fifty.\n", ANN, LIST, subject), LIST, ANN), DONE)

    def letters_to(self, address):
        return [email.message_from_bytes(octets, policy=email.policy.default)
                for octets, recipients in self.sink.letters if address in recipients]

    def reports(self):
        return [letter for letter in self.letters_to(OWNER) if ": report of " in letter["Subject"]]

    @staticmethod
    def sections(report):
        """{heading: {address: last words}}"""
        found = {}
        lines = report.get_content().splitlines()
        for line, below in zip(lines, lines[1:]):
            if heading := re.match("([A-Z]+): ", line):
                section = found.setdefault(heading.group(1), {})
            elif row := re.match(r" +1  \d\d-\d\d  \d\d-\d\d  (\S+)$", line):
                section[row.group(1)] = below.strip()
        return found

    def failures(self):
        """New log lines about recipients that get no further try, one each: {address: (status, why)}."""
        found = {}
        lines = [line for line in self.site.new_log_lines() if " failed " in line]
        for line in lines:
            address, *answer = re.search(r'\bto=(\S+) status=(\S+) why="([^"]*)"', line).groups()
            found[address] = tuple(answer)
        jobs = {re.search(r"\bjob=(\S+) .*\bto=(\S+)", line).groups() for line in lines}
        self.assertEqual(len(jobs), len(lines), lines)
        return found

    def member(self, address):
        rows = [json.loads(line) for line in self.site.majlis("members", "cooks", "list", "--json").splitlines()]
        return next(row for row in rows if row["address"] == address)

    def test_the_owner_gets_one_report_about_whoever_was_not_reached_in_time(self):
        for subject in ("Rice", "Lentils"):
            self.post(subject)
        self.assertEqual(self.site.receive(message("help\n", STRANGER, f"cooks-request@{DOMAIN}"),
                                           f"cooks-request@{DOMAIN}", STRANGER), DONE)
        for day in range(JOB_DAYS):
            self.flush(day + 0.01)
            self.assertEqual(self.failures(), {}, f"day {day}")
            self.assertEqual(self.reports(), [], f"day {day}")
        self.assertEqual(len(self.site.spool("later")), 3)

        self.flush(JOB_DAYS + 0.01)
        failures = self.failures()
        self.assertEqual(set(failures), {BOB, DAVE, STRANGER})
        for address, (status, why) in failures.items():
            self.assertEqual((status, why), ("4.4.7", f"expired: {REFUSALS[address]}"))
        self.assertEqual((self.site.spool("later"), self.site.spool("bad")), ([], []))

        self.flush(JOB_DAYS + 1.5)
        self.flush(JOB_DAYS + 2.5)
        self.assertEqual(len(self.reports()), 1, "one, and not a second one")
        report = self.reports()[0]
        self.assertEqual(report["To"], OWNER)
        self.assertRegex(report["Subject"], r"^cooks: report of \d{4}-\d\d-\d\d$")
        self.assertEqual(self.sections(report), {
            "COUNTED": {address: f"4.4.7 expired: {REFUSALS[address]}" for address in (BOB, DAVE)},
            "LOST": {STRANGER: f"4.4.7 expired: {REFUSALS[STRANGER]}"}})
        for address in (BOB, DAVE):
            self.assertEqual(self.member(address)["bounce_score"], 0.5)
        for address in (ANN, CAROL):
            subjects = sorted(letter["Subject"] for letter in self.letters_to(address))
            self.assertEqual(subjects, ["Lentils", "Rice"])
            self.assertNotIn("bounce_score", self.member(address))
        self.assertEqual([self.letters_to(address) for address in (BOB, DAVE, STRANGER)], [[], [], []])

    def test_mail_that_a_dead_relay_kept_until_it_expired_is_reported_and_held_against_nobody(self):
        self.post("Rice")
        url = self.sink.url
        self.site.set_site("relay", "smtp://127.0.0.1:1")  # nobody listens there
        for day in range(JOB_DAYS + 1):
            self.assertEqual(self.failures(), {}, f"day {day}")
            self.flush(day + 0.01)
        why = "expired, by the relay: connect to smtp://127.0.0.1:1: Connection refused"
        members = (ANN, BOB, CAROL, DAVE)
        self.assertEqual(self.failures(), {address: ("4.4.7", why) for address in members})
        self.assertEqual(self.site.spool("later"), [])

        self.site.set_site("relay", url)
        self.flush(JOB_DAYS + 1.5)
        self.assertEqual(len(self.reports()), 1)
        self.assertEqual(self.sections(self.reports()[0]), {"LOST": {address: f"4.4.7 {why}" for address in members}})
        for address in members:
            self.assertNotIn("bounce_score", self.member(address))


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
