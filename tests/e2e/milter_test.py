#!/usr/bin/python3
"""A private Postfix whose milter is Debian's OpenDKIM: what it writes is believed, what came with the message is not,
though nothing removes it on its way.

    milter_test.py BIN      exit status 77 without Postfix, OpenDKIM or dkimpy

Keys are in a file of OpenDKIM's; nothing is asked of the DNS.
"""
import os
import pathlib
import shutil
import smtplib
import socket
import subprocess
import sys
import unittest

from authors_test import dkim, rsa_key
from postfix_test import PATIENCE_S, PEOPLE_DOMAIN, PIPE_DOMAIN, PostfixCase, free_port, wait_for

OPENDKIM_PROGRAM = "/usr/sbin/opendkim"
SERVER = "mx.example.org"  # the myhostname of the private Postfix
LIST = f"cooks@{PIPE_DOMAIN}"
ANN = f"ann@{PEOPLE_DOMAIN}"
FORGED = f"Authentication-Results: {SERVER}; dkim=pass header.d={PEOPLE_DOMAIN}\r\n"
FORGED_DMARC = f"Authentication-Results: {SERVER}; dmarc=pass header.from={PEOPLE_DOMAIN}\r\n"

OPENDKIM = """
Mode v
Socket inet:{port}@127.0.0.1
AuthservID {server}
TestPublicKeys {folder}/public
InternalHosts {folder}/internal
AlwaysAddARHeader yes
Syslog no
"""


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class MilterTest(PostfixCase):
    def configure(self):
        self.private, record = rsa_key(self.mta.folder)
        (self.mta.folder / "public").write_text(f"s._domainkey.{PEOPLE_DOMAIN} {record}\n")
        (self.mta.folder / "internal").write_text("192.0.2.1\n")
        port = free_port()
        config = self.mta.folder / "opendkim.conf"
        config.write_text(OPENDKIM.format(port=port, server=SERVER, folder=self.mta.folder))
        self.filter = subprocess.Popen([OPENDKIM_PROGRAM, "-f", "-x", config], stdin=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        self.addCleanup(self.filter.wait, PATIENCE_S)
        self.addCleanup(self.filter.terminate)
        wait_for("OpenDKIM", lambda: is_listening(port))
        with open(self.mta.config / "main.cf", "a") as main:
            main.write(f"smtpd_milters = inet:127.0.0.1:{port}\nmilter_default_action = tempfail\n")

    def setUp(self):
        super().setUp()
        mta = self.mta
        mta.majlis("create", "cooks", "--preset", "private-discussion", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.majlis("config", "cooks", "set", "unauthenticated", "hold")
        mta.majlis("members", "cooks", "add", ANN, f"bob@{PEOPLE_DOMAIN}")
        site = mta.site / "site.conf"
        site.write_text(site.read_text().replace("\nauthserv_id =\n", f"\nauthserv_id = {SERVER}\n"))

    def post(self, name, signed, before=""):
        """Hands a post over; the whole of what comes to bob, or None when it is held."""
        head = (f"From: {ANN}\r\nTo: {LIST}\r\nSubject: {name}\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
                f"Message-ID: <{name}@{PEOPLE_DOMAIN}>\r\n")
        text = f"{head}\r\nRice, {name}.\r\n".encode()
        if signed:
            text = dkim.sign(text, b"s", PEOPLE_DOMAIN.encode(), self.private, include_headers=[b"from", b"to"]) + text
        with smtplib.SMTP("127.0.0.1", self.mta.port, timeout=PATIENCE_S) as session:
            session.sendmail(ANN, [LIST], before.encode() + text)
        self.mta.taken_and_flushed()
        came = [mail for mail in self.mta.mailbox("bob") if f"Rice, {name}." in mail]
        return came[-1] if came else None

    def test_what_the_milter_says_is_believed_and_what_came_along_is_not(self):
        came = self.post("signed", signed=True)
        self.assertIsNotNone(came)
        self.assertIn(f"Authentication-Results: {SERVER};", came)
        self.assertIsNone(self.post("unsigned", signed=False))
        self.assertIsNone(self.post("forged", signed=False, before=FORGED + FORGED_DMARC))
        came = self.post("both", signed=True, before=FORGED_DMARC + FORGED)
        self.assertIsNotNone(came)
        self.assertNotIn("dmarc=pass", came)


if __name__ == "__main__":
    MilterTest.programs = pathlib.Path(sys.argv.pop(1)).resolve()
    if os.geteuid() != 0 or not pathlib.Path(OPENDKIM_PROGRAM).exists() or shutil.which("postfix") is None:
        print("skipped: a private Postfix needs root, and the packages postfix and opendkim")
        sys.exit(77)
    unittest.main()
