#!/usr/bin/python3
"""A message from the site to itself: does it come back, and without the results that it forges?

    probe_test.py CLOCKED      CLOCKED has majlis, majlis-receive and majlis-flush with a clock that can be set
"""
import pathlib
import re
import shutil
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from dns_server import DnsServer  # noqa: E402
from majlis_site import DONE, message  # noqa: E402

CLOCKED = ""
LIST = f"cooks@{majlis_site.DOMAIN}"
MAJORDOMO = f"majordomo@{majlis_site.DOMAIN}"
STRICT = "v=DMARC1; p=reject"


class ProbeTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-probe-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.dns = DnsServer({"_dmarc.example.com": STRICT})
        self.dns.__enter__()
        self.addCleanup(self.dns.__exit__)
        self.site = majlis_site.ClockedSite(CLOCKED, folder / "site", int(time.time())).init()
        self.site.set_site("resolver", self.dns.address)
        self.site.create("cooks", "private-discussion", members=["ann@example.com"])

    def outcome(self, post):
        self.site.new_log_lines()
        self.assertEqual(self.site.receive(post, LIST, "ann@example.com"), DONE)
        found = [re.search(r" verdict=(\w+)(?: rule=(\w+))?", line) for line in self.site.new_log_lines() if " post list=" in line]
        return found[-1].groups(default="")

    def probe_finding(self):
        done = self.site.run("majlis", "--site", self.site.folder, "check")
        found = [line for line in done.stdout.decode().splitlines() if " probe " in line]
        self.assertEqual(len(found), 1)
        return found[0]

    def probe(self):
        """As it leaves for our mail server."""
        self.site.run("majlis", "--site", self.site.folder, "check", "--probe")
        self.site.new_letters()
        self.site.flush()
        (letter,) = [letter for letter in self.site.new_letters() if letter.address == MAJORDOMO]
        self.site.now += 60
        return letter.raw

    def comes_back(self, probe):
        received = b"Received: from localhost by mx.example.org; Tue, 24 Nov 2026 10:00:00 +0000\r\n"
        self.assertEqual(self.site.receive(received + probe, MAJORDOMO), DONE)

    def below_received(self, name):
        """A post whose only results stand below our mail server's own line, where strangers can write as well."""
        return (b"Received: from mail.example.com by mx.example.org; Tue, 24 Nov 2026 10:00:00 +0000\r\n"
                b"Authentication-Results: mx.example.org; dkim=pass header.d=example.com\r\n"
                b"Received: from ann by mail.example.com; Tue, 24 Nov 2026 10:00:00 +0000\r\n"
                + message("Rice.", "ann@example.com", LIST, name))

    @staticmethod
    def without_results(mail):
        return re.sub(rb"(?m)^Authentication-Results:.*\n([ \t].*\n)*", b"", mail)

    def test_results_further_down_are_believed_where_a_probe_came_back_without_forged_ones(self):
        self.site.set_site("authserv_id", "mx.example.org")
        held, accepted = ("hold", "unauthenticated"), ("accept", "")
        self.assertIn("none was sent", self.probe_finding())
        self.assertEqual(self.outcome(self.below_received("before")), held)

        probe = self.probe()
        self.assertEqual(probe.lower().count(b"mx.example.org"), 3)
        self.assertIn("is on its way", self.probe_finding())
        one_left = re.sub(rb"(?s)^.*?(?=Authentication-Results: \(at\))", b"", probe)
        self.comes_back(one_left)
        self.assertIn("is not removed", self.probe_finding())
        self.assertEqual(self.outcome(self.below_received("forged ones come through")), held)
        self.comes_back(self.without_results(probe))  # kept on the way by somebody, and mended
        self.assertIn("is not removed", self.probe_finding())
        self.assertEqual(self.outcome(self.below_received("a second time")), held)

        probe = self.probe()
        token = re.search(rb"X-Majlis-Probe:\s(\S+)", probe)[1]
        later = str(self.site.now).encode()
        self.comes_back(self.without_results(re.sub(token + rb"\s+\d+", token + b" " + later, probe)))
        self.assertIn("is on its way", self.probe_finding())
        self.comes_back(self.without_results(probe))
        self.assertIn("in the name of mx.example.org is removed", self.probe_finding())
        self.assertEqual(self.outcome(self.below_received("forged ones are removed")), accepted)

        self.site.set_site("authserv_id", "mx2.example.org")
        self.assertIn("none was sent", self.probe_finding())

    def test_a_probe_that_does_not_come_back_is_wanting(self):
        probe = self.probe()
        self.site.now += 3600
        self.assertTrue(self.probe_finding().startswith("wanting"))
        self.site.now += 48 * 3600
        self.comes_back(probe)
        self.assertIn("did not come back", self.probe_finding())


if __name__ == "__main__":
    CLOCKED = sys.argv.pop(1)
    unittest.main()
