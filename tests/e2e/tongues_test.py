#!/usr/bin/env python3
"""Whatever tongue something is asked in, it leaves the same state: each list is asked in its own, and all are compared.

    tongues_test.py BIN      BIN has majlis, majlis-receive and majlis-flush
"""
import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import ADMIN_PASSWORD, DOMAIN, DONE, message  # noqa: E402

BIN = ""
ANN, BEN, CARL = "ann@example.com", "ben@example.net", "carl@example.org"
STRANGER = "mallory@example.edu"
OWNER = "olga@example.org"
TOPICS = "menus\nnews"

# The list that is asked in this tongue, and where.
LISTS = {"majordomo": "cooks", "listserv": "bakers", "mailman": "brewers"}
SERVERS = {"majordomo": f"majordomo@{DOMAIN}", "listserv": f"listserv@{DOMAIN}", "mailman": f"brewers-request@{DOMAIN}"}
ANSWER = re.compile(r"^(auth \S+ .*|OK (?!REJECT|DISCARD)\S+|confirm \S+)$", re.MULTILINE)

USUAL = ("mail", "nodigest", "noindex", "noconceal", "noack", "repro", "fullhdr", "topics:all")
# What a member asks for in each tongue, and the options that it has before.
OPTIONS = [
    ((), ("set cooks nomail", "set bakers nomail", "set delivery off")),
    (("nomail",), ("set cooks mail", "set bakers mail", "set delivery on")),
    ((), ("set cooks digest plain", "set bakers digest nomime", "set digest plain")),
    ((), ("set cooks digest mime", "set bakers dig mime", "set digest mime")),
    (("digest-mime",), ("set cooks nodigest", "set bakers nodigest", "set digest off")),
    ((), ("set cooks conceal", "set bakers conceal", "set hide on")),
    (("conceal",), ("set cooks noconceal", "set bakers noconceal", "set hide off")),
    ((), ("set cooks ack", "set bakers ack", "set ack on")),
    ((), ("set cooks norepro", "set bakers norepro", "set myposts off")),
    ((), ("set cooks index", "set bakers index", None)),
    ((), ("set cooks subjecthdr", "set bakers subj", None)),
    ((), ("set cooks topics:menus", "set bakers topics: menus", None)),
]


class TonguesTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-tongues-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.set_site("challenges_per_day", 100)  # in one day each is asked many times here
        self.site.set_site("replies_per_day", 200)
        for dialect, name in LISTS.items():
            self.site.create(name, "public-discussion", OWNER, members=(ANN,), dialect=dialect, topics=TOPICS)

    def ask(self, tongue, line, sender):
        """The letters that it causes."""
        server = SERVERS[tongue]
        self.assertEqual(self.site.receive(message(line + "\n", sender, server), server, sender), DONE)
        self.site.flush()
        return self.site.new_letters()

    def answer(self, tongue, letters, person):
        """Confirms what this person is asked for; whether there was something."""
        lines = [ANSWER.search(letter.text) for letter in letters if letter.address == person]
        found = [line[0] for line in lines if line]
        for line in found:
            self.ask(tongue, line, person)
        return bool(found)

    def state(self, name):
        """What is remembered of each member, but for times."""
        members = self.site.majlis("members", name, "list", "--json").splitlines()
        kept = [{key: value for key, value in json.loads(line).items() if key not in ("list", "joined", "since")}
                for line in members]
        return json.dumps([*kept, len(self.site.held(name))], sort_keys=True)

    def check_same(self, lines, sender, person=None, confirms=True):
        """Asks each list in its tongue; `person` is asked to confirm. The state that all have."""
        states = {}
        for tongue, line in zip(LISTS, lines):
            if line is None:
                continue
            letters = self.ask(tongue, line, sender)
            if person and confirms:
                before = self.state(LISTS[tongue])
                self.assertTrue(self.answer(tongue, letters, person), f"{line}: {letters}")
                self.assertNotEqual(self.state(LISTS[tongue]), before, line)
            states[line] = self.state(LISTS[tongue])
        self.assertEqual(len(set(states.values())), 1, states)
        return next(iter(states.values()))

    def test_joining_and_leaving(self):
        joined = self.check_same(("subscribe cooks", "sub bakers *", "subscribe"), BEN, BEN)
        self.assertIn(BEN, joined)
        left = self.check_same(("unsubscribe cooks", "signoff bakers", "unsubscribe"), BEN, BEN)
        self.assertNotIn(BEN, left)

    def test_each_option(self):
        for before, lines in OPTIONS:
            for name in LISTS.values():
                for option in (*USUAL, *before):
                    self.site.majlis("members", name, "set", ANN, option)
            with self.subTest(lines[0]):
                self.check_same(lines, ANN, ANN)

    def test_what_an_owner_does_with_the_lists_password(self):
        added = self.check_same((f"approve {ADMIN_PASSWORD} subscribe cooks {CARL}",
                                 f"add bakers {CARL} * PW={ADMIN_PASSWORD}"), OWNER)
        self.assertIn(CARL, added)
        self.check_same((f"approve {ADMIN_PASSWORD} set cooks nomail {CARL}",
                         f"set bakers nomail for {CARL} PW={ADMIN_PASSWORD}"), OWNER)
        removed = self.check_same((f"approve {ADMIN_PASSWORD} unsubscribe cooks {CARL}",
                                   f"delete bakers {CARL} PW={ADMIN_PASSWORD}"), OWNER)
        self.assertNotIn(CARL, removed)

    def test_a_stranger_moves_nobody(self):
        before = self.state("cooks")
        for lines in ((f"unsubscribe cooks {ANN}", f"signoff bakers {ANN}", f"unsubscribe address={ANN}"),
                      (f"set cooks nomail {ANN}", f"set bakers nomail {ANN}", f"set delivery off address={ANN}"),
                      (f"subscribe cooks {CARL}", f"sub bakers {CARL}", f"subscribe address={CARL}")):
            self.assertEqual(self.check_same(lines, STRANGER, ANN, confirms=False), before, lines)


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
