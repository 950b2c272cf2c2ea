#!/usr/bin/env python3
"""What comes back, over forty days: a post a day, reports as mail systems write them, and everybody's letters read.

    bounce_life_test.py CLOCKED      CLOCKED has majlis, majlis-receive and majlis-flush with a clock that can be set
"""
import calendar
import json
import pathlib
import re
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import DOMAIN, DONE, message  # noqa: E402

CLOCKED = ""
DAY = 24 * 3600
FIRST_NOON = calendar.timegm((2027, 3, 1, 12, 0, 0))
COOKS, CUISINE = f"cooks@{DOMAIN}", f"cuisine@{DOMAIN}"
OLGA, ANN = "olga@example.org", "ann@example.com"
BOB, CARLA, EVE, FINN, GIL = ("bob@dead.example", "carla@away.example", "eve@back.example", "finn@strict.example",
                              "gil@flaky.example")
UNKNOWN = ("5.1.1", "550 5.1.1 no such user here")
POLICY = ("5.7.26", "550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy")

REPORT = """\
From: MAILER-DAEMON@mx.{host} (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4FzQ.1614/mx"
Message-Id: <{id}@mx.{host}>

This is a MIME-encapsulated message.

--4FzQ.1614/mx
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.{host}.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--4FzQ.1614/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{host}
X-Postfix-Queue-ID: 4FzQ

{groups}
--4FzQ.1614/mx
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{head}

--4FzQ.1614/mx--
"""


def group(address, status, words, action="failed"):
    return (f"Final-Recipient: rfc822; {address}\nOriginal-Recipient: rfc822;{address}\nAction: {action}\n"
            f"Status: {status}\nDiagnostic-Code: smtp; {words}\n")


def report(to, groups, host="example.net", head="Subject: soup", name="1"):
    text = REPORT.format(to=to, groups=groups, host=host, head=head, id=name)
    return text.replace("\n", "\r\n").encode()


class ListInTime(unittest.TestCase):
    def setUp(self):
        folder = majlis_site.scratch_folder("majlis-life-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.ClockedSite(CLOCKED, folder / "site", FIRST_NOON).init()
        self.reports = 0

    def receive(self, raw, to, sender=""):
        self.assertEqual(self.site.receive(raw, to, sender), DONE)

    def post(self, to, words):
        self.receive(message(f"{words}.\n", f"Ann Lee <{ANN}>", to, words), to, ANN)

    def flush(self):
        self.site.flush()
        return self.site.new_letters()

    def come_back(self, letter, status, words):
        """One letter is returned to where it says."""
        self.reports += 1
        host = letter.address.partition("@")[2]
        head = letter.sent.decode("utf-8", "replace").partition("\n\n")[0]
        self.receive(report(letter.return_path, group(letter.address, status, words), host, head, str(self.reports)),
                     letter.return_path)

    def member(self, name, address):
        for line in self.site.majlis("members", name, "list", "--json").splitlines():
            member = json.loads(line)
            if member["address"] == address:
                return member
        return None

    def is_suspended(self, name, address):
        return "suspended" in self.member(name, address)["flags"]


class Life(ListInTime):
    """Days are counted from 0; a post at noon, the owner's report after midnight."""

    def setUp(self):
        super().setUp()
        everybody = [ANN, BOB, CARLA, EVE, FINN, GIL]
        self.site.create("cooks", owner=OLGA, members=everybody, passwords=False)
        self.site.create("cuisine", owner=OLGA, members=[ANN, BOB], passwords=False, language="fr")
        self.day = -1
        self.verp = "probe"  # as lists are made
        self.seen = []  # (day, letter)

    def failure(self, letter):
        """What becomes of a letter: how its address fails that day, None when it arrives."""
        if letter.address == BOB and self.day >= 1:
            return UNKNOWN
        if letter.address == EVE and 1 <= self.day < 15:
            return UNKNOWN
        if letter.address == GIL and 1 <= self.day < 9 and letter.message["List-Post"]:
            return UNKNOWN  # posts only: a test letter arrives
        return POLICY if letter.address == FINN else None

    def receivers_do_their_part(self, letters):
        for letter in letters:
            self.seen.append((self.day, letter))
            if letter.return_path and letter.address == CARLA:
                self.receive(message("I am away.\n", CARLA, letter.return_path, f"Out of office: {letter.subject}",
                                     Auto_Submitted="auto-replied"), letter.return_path)
            elif letter.return_path and self.failure(letter):
                self.come_back(letter, *self.failure(letter))
            elif letter.address == EVE and self.day >= 15 and "suspended" in letter.subject:
                self.receive(message("yes\n", EVE, letter.message["Reply-To"], f"Re: {letter.subject}"),
                             letter.message["Reply-To"], EVE)

    def set_verp(self, value):
        if value != self.verp:
            for name in ("cooks", "cuisine"):
                self.site.config(name, "verp", value)
        self.verp = value

    def live_until(self, last):
        while self.day < last:
            self.day += 1
            midnight = FIRST_NOON + self.day * DAY - DAY // 2
            self.site.now = midnight + 300
            self.receivers_do_their_part(self.flush())
            self.site.now = midnight + DAY // 2
            # Whose turn it is to get a signed copy is chance: in the first post that fails it is nobody's.
            self.set_verp("no" if self.day == 1 else "probe")
            for to in (COOKS, CUISINE):
                self.post(to, f"Soup of day {self.day}")
            letters = self.flush()
            self.set_verp("probe")
            while letters:
                self.receivers_do_their_part(letters)
                letters = self.flush()

    def letters(self, address, words):
        """(day, letter) of those whose Subject holds the words, oldest first."""
        return [(day, letter) for day, letter in self.seen if letter.address == address and words in letter.subject]

    def days(self, address, words):
        return [day for day, _ in self.letters(address, words)]

    def section(self, day, heading, subject="cooks: report of"):
        """A section of the owner's report of that day's night."""
        for seen, letter in self.letters(OLGA, subject):
            if seen == day and heading in letter.text:
                return letter.text.split(heading, 1)[1].split("\n\n")[1]
        return ""

    def test_forty_days(self):
        self.live_until(40)
        # One report without proof, then the next copy is signed: five days later the test letter.
        self.assertIn(BOB, self.section(2, "REPORTED WITHOUT PROOF"))
        self.assertEqual(self.days(BOB, "A test of your address for cooks"), [6])
        self.assertIn(f"    5  03-03  03-07  {BOB}\n                     550 5.1.1 no such user here",
                      self.section(7, "TESTED"))
        self.assertIn(f"    3  03-03  03-05  {BOB}", self.section(5, "COUNTED"))
        # It came back: suspended, three letters, removed; the last letter says so.
        self.assertEqual(self.days(BOB, "cooks: delivery to you is suspended"), [6, 13, 20])
        texts = [letter.text for _, letter in self.letters(BOB, "cooks: delivery to you is suspended")]
        self.assertIn("you will get 2 more letter(s) like this one, one\nevery 7 day(s), and are then removed", texts[0])
        self.assertIn("This is the last letter: if you do not answer, you are removed from the\nlist on 2027-03-28.",
                      texts[2])
        self.assertEqual(self.days(BOB, "cooks: you were removed"), [27])
        self.assertIsNone(self.member("cooks", BOB))
        self.assertIn(BOB, self.section(7, "SUSPENDED"))
        self.assertIn(BOB, self.section(28, "REMOVED"))
        self.assertEqual([day for day, letter in self.seen if letter.address == BOB and "Soup" in letter.subject
                          and day > 6], [])
        # The same in French.
        self.assertEqual(self.days(BOB, "Vérification de votre adresse pour cuisine"), [6])
        french = self.letters(BOB, "cuisine : envois suspendus")
        self.assertEqual([day for day, _ in french], [6, 13, 20])
        self.assertIn("Cette lettre est la dernière : sans réponse, vous serez retiré de la liste\nle 2027-03-28.",
                      french[2][1].text)
        self.assertIn(BOB, self.section(2, "SIGNALÉS SANS PREUVE", "cuisine : rapport du"))
        self.assertIsNone(self.member("cuisine", BOB))
        # Eve answered the letter that reached her, and gets posts again.
        self.assertEqual(self.days(EVE, "cooks: delivery to you is suspended"), [6, 13, 20])
        self.assertEqual(self.days(EVE, "Majordomo results"), [20])
        self.assertIn(EVE, self.section(21, "BACK"))
        self.assertEqual(self.days(EVE, "Soup")[-20:], list(range(21, 41)))
        self.assertNotIn("bounce", self.member("cooks", EVE))
        # The test reached Gil: whatever was counted before is forgotten, and nothing follows.
        self.assertEqual(self.days(GIL, "A test of your address"), [6])
        self.assertEqual(self.days(GIL, "suspended"), [])
        self.assertEqual(self.days(GIL, "Soup"), list(range(41)))
        # Policies and absences are nobody's fault, and no raw report reached the owner.
        self.assertEqual(self.days(FINN, "A test"), [])
        self.assertIn(FINN, self.section(9, "REFUSED LETTERS"))
        self.assertEqual(self.days(CARLA, "Soup"), list(range(41)))
        self.assertEqual(self.letters(OLGA, "Undelivered") + self.letters(OLGA, "Out of office"), [])
        self.assertLessEqual(max(map(self.days(OLGA, "cooks: mail that").count, range(41))), 1)

    def test_a_clock_that_is_wrong_for_days_removes_nobody_and_stops_nothing(self):
        self.live_until(8)
        self.assertTrue(self.is_suspended("cooks", BOB))
        true_time = self.site.now
        for wrong in (60 * DAY, -10 * DAY):
            for day in range(4):
                self.site.now = true_time + wrong + day * DAY
                self.post(COOKS, f"Soup by a clock that is wrong, {wrong} {day}")
                self.receivers_do_their_part(self.flush())
            self.assertTrue(self.is_suspended("cooks", BOB), wrong)
            true_time += 4 * DAY
            self.site.now = true_time
            self.flush()
            self.assertTrue(self.is_suspended("cooks", BOB), wrong)
        # Set right: the letters come, he is removed in the end, and who fails now is counted.
        for day in range(40):
            self.site.now = true_time + day * DAY
            self.flush()
            if day < 10:
                self.assertIsNotNone(self.member("cooks", BOB))
        self.assertIsNone(self.member("cooks", BOB))
        self.post(COOKS, "Soup at last")
        for letter in self.flush():
            if letter.address == ANN and "Soup" in letter.subject:
                self.come_back(letter, *UNKNOWN)
        self.site.now += DAY
        self.post(COOKS, "Soup again")
        for letter in self.flush():
            if letter.address == ANN and "Soup" in letter.subject:
                self.come_back(letter, *UNKNOWN)
        self.assertIn(self.member("cooks", ANN).get("bounce_days"), (1, 2))


class Hostile(ListInTime):
    def setUp(self):
        super().setUp()
        for name in ("cooks", "bakers"):
            self.site.create(name, owner=OLGA, members=[ANN, BOB], passwords=False, verp="always", bounce_threshold=1)
        self.post(COOKS, "Soup")
        self.post(f"bakers@{DOMAIN}", "Bread")
        letters = self.flush()
        self.tags = {(letter.address, letter.return_path.partition("-")[0]): letter.return_path for letter in letters}
        self.site.now += DAY

    def verdicts(self):
        found = [re.search(r"verdict=(\w+) rule=(\w+)$", line) for line in self.site.new_log_lines() if " mail " in line]
        return [f"{match[1]} {match[2]}" for match in found if match]

    def says(self, raw, to, verdict, sender=""):
        self.verdicts()
        self.receive(raw, to, sender)
        self.assertEqual(self.verdicts(), [verdict])

    def counted(self, address, name="cooks"):
        return self.member(name, address).get("bounce_days", 0) or "bounce" in self.member(name, address)

    def test_huge_reports_count_once_for_the_member_of_the_tag(self):
        crowd = "\n".join(group(f"user{number}@example.net", *UNKNOWN) for number in range(10_000))
        self.says(report(self.tags[BOB, "cooks"], crowd + "\n" + group(ANN, *UNKNOWN)), self.tags[BOB, "cooks"],
                  "bounce counted")
        self.assertFalse(self.counted(ANN))
        self.assertTrue(self.counted(BOB))
        self.says(report(f"cooks-bounces@{DOMAIN}", crowd), f"cooks-bounces@{DOMAIN}", "forward unsigned")
        long = report(self.tags[ANN, "cooks"], group(ANN, *UNKNOWN), head="Subject: soup\n" + "X-Long: y\n" * 130_000)
        self.assertGreater(len(long), 1_000_000)
        self.says(long, self.tags[ANN, "cooks"], "bounce counted")
        self.assertFalse(self.counted(ANN, "bakers"))

    def test_forged_foreign_and_retyped_tags(self):
        mine = self.tags[BOB, "cooks"]
        forged = mine[:-30] + ("zz" if mine[-30:-28] != "zz" else "yy") + mine[-28:]
        self.assertNotEqual(forged, mine)
        failure = group(BOB, *UNKNOWN)
        self.says(report(forged, failure, name="a"), forged, "forward wrong_tag")
        foreign = self.tags[BOB, "bakers"].replace("bakers", "cooks")
        self.says(report(foreign, failure, name="b"), foreign, "forward wrong_tag")
        self.says(report(mine, failure, name="c"), mine.replace("bounces+", "owner+"), "forward wrong_tag")
        self.assertFalse(self.counted(BOB))
        shouted = mine.upper()
        self.says(report(shouted, failure, name="d"), shouted, "bounce counted")
        self.says(report(mine, failure, name="e"), mine, "bounce same_day")

    def test_what_is_no_report_counts_nothing_whatever_hangs_on_it(self):
        to = f"cooks-bounces@{DOMAIN}"
        attached = (b"From: eve@example.org\r\nTo: " + to.encode() + b"\r\nSubject: look\r\nMessage-ID: <x@example.org>\r\n"
                    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nSee below.\r\n--m\r\n"
                    b"Content-Type: message/rfc822\r\n\r\n" + report(to, group(BOB, *UNKNOWN)) + b"\r\n--m--\r\n")
        self.receive(attached, to, "eve@example.org")
        self.receive(attached.replace(b"<x@", b"<y@"), self.tags[BOB, "cooks"], "eve@example.org")
        for number, fields in enumerate(({"Auto-Submitted": "auto-replied"}, {"X-Autoreply": "yes"},
                                         {"Precedence": "bulk"}, {})):
            for back in (self.tags[BOB, "cooks"], to):
                away = message("I am away; the mailbox is full of mail. 550 5.1.1 would be worse.\n", BOB, back,
                               f"Out of office {number}", **fields)
                self.receive(away, back, BOB if number % 2 else "")
        self.assertFalse(self.counted(BOB))
        answered = [letter for letter in self.flush() if letter.address != OLGA]
        self.assertEqual(answered, [], "nobody is answered")

    def test_a_robot_does_not_bring_a_suspended_member_back(self):
        self.receive(report(self.tags[BOB, "cooks"], group(BOB, *UNKNOWN)), self.tags[BOB, "cooks"])
        probe = next(letter for letter in self.flush() if letter.address == BOB)
        self.come_back(probe, *UNKNOWN)
        letter = next(each for each in self.flush() if each.address == BOB)
        back = str(letter.message["Reply-To"])
        self.assertIn("confirm", back)
        for fields in ({"Auto-Submitted": "auto-replied"}, {"Precedence": "auto_reply"}, {"X-Autoreply": "yes"}):
            self.receive(message("I am away.\n", BOB, back, f"Re: {letter.subject} {len(fields)}", **fields), back, BOB)
            self.assertTrue(self.is_suspended("cooks", BOB), fields)
        self.receive(report(back, group(BOB, *UNKNOWN)), back)
        self.assertTrue(self.is_suspended("cooks", BOB))
        # What the person does not want needs no letters: nomail ends the suspension.
        self.site.majlis("members", "cooks", "set", BOB, "nomail")
        self.assertEqual(self.member("cooks", BOB)["flags"], ["nomail"])


if __name__ == "__main__":
    CLOCKED = sys.argv.pop(1)
    unittest.main()
