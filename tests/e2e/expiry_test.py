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
        return [letter for letter in self.letters_to(OWNER) if "did not arrive" in letter["Subject"]]

    def failures(self):
        """Log lines about recipients that get no further try: {address: (status, why)}."""
        found = {}
        for line in self.site.new_log_lines():
            match = re.search(r' failed .*\bto=(\S+) status=(\S+) why="([^"]*)"', line)
            if match:
                found[match.group(1)] = match.group(2, 3)
        return found

    def bounces(self, address):
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
        print(self.site.log_file.read_text()); failures = self.failures()
        self.assertEqual(set(failures), {BOB, DAVE, STRANGER})
        for address, (status, why) in failures.items():
            self.assertEqual((status, why), ("4.4.7", f"expired: {REFUSALS[address]}"))
        self.assertEqual((self.site.spool("later"), self.site.spool("bad")), ([], []))

        self.flush(JOB_DAYS + 1.5)
        self.flush(JOB_DAYS + 2.5)
        self.assertEqual(len(self.reports()), 1, "one, and not a second one")
        report = self.reports()[0]
        print(report)
        for address in (ANN, CAROL):
            subjects = sorted(letter["Subject"] for letter in self.letters_to(address))
            self.assertEqual(subjects, ["Lentils", "Rice"])

    def test_a_relay_that_is_down_all_the_time_is_not_the_members_fault(self):
        self.post("Rice")
        url = self.sink.url
        self.site.set_site("relay", "smtp://127.0.0.1:1")
        for day in range(JOB_DAYS + 1):
            self.flush(day + 0.01)
        print(self.failures())
        self.site.set_site("relay", url)
        self.flush(JOB_DAYS + 1.5)
        for report in self.reports():
            print(report)
        print([self.bounces(address) for address in (ANN, BOB)])


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
