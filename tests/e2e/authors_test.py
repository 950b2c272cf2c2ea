#!/usr/bin/python3
"""Posts signed by dkimpy, keys and DMARC policies from a name server on the loopback: which of them a list takes.

    authors_test.py BIN      BIN has majlis, majlis-receive and majlis-flush; exit status 77 when there is no dkimpy
"""
import base64
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from dns_server import DnsServer  # noqa: E402
from majlis_site import DONE, message  # noqa: E402

try:
    import dkim
except ImportError:
    print("no python3-dkim")
    sys.exit(77)

BIN = ""
LIST = f"cooks@{majlis_site.DOMAIN}"
REQUEST = f"cooks-request@{majlis_site.DOMAIN}"
STRICT = "v=DMARC1; p=reject"


def rsa_key(folder):
    file = folder / "key.pem"
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", file, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", file, "-pubout", "-outform", "DER"], check=True,
                            capture_output=True).stdout
    return file.read_bytes(), "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()


class AuthorsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-authors-"))
        cls.key, cls.record = rsa_key(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="majlis-authors-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.dns = DnsServer({f"s._domainkey.{domain}": self.record
                              for domain in ("example.com", "mail.example.com", "example.net")})
        self.dns.__enter__()
        self.addCleanup(self.dns.__exit__)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.set_site("resolver", self.dns.address)
        self.site.set_site("dns_seconds", 2)
        self.site.create("cooks", "private-discussion", members=["ann@example.com", "ann@mail.example.com",
                                                                 "bob@example.net"])

    def signed(self, post, domain, **more):
        return dkim.sign(post, b"s", domain.encode(), self.key, canonicalize=(b"relaxed", b"simple"),
                         include_headers=[b"from", b"to", b"subject", b"date"], **more) + post

    def outcome(self, post, to=LIST):
        """Verdict and rule."""
        self.site.new_log_lines()
        self.assertEqual(self.site.receive(post, to, "ann@example.com"), DONE)
        line = [line for line in self.site.new_log_lines() if " post list=" in line][-1]
        words = dict(word.split("=", 1) for word in line.split() if "=" in word)
        return words["verdict"], words.get("rule", "")

    def test_signatures_of_our_own_verifying(self):
        self.site.set_site("verify_dkim", "yes")
        self.site.config("cooks", "unauthenticated", "hold")
        post = message("Rice.", "ann@example.com", LIST, "one")
        self.assertEqual(self.outcome(self.signed(post, "example.com")), ("accept", ""))
        post = message("Rice.", "ann@example.com", LIST, "two")
        self.assertEqual(self.outcome(self.signed(post, "example.com").replace(b"\r\n", b"\n")), ("accept", ""))
        held = ("hold", "unauthenticated")
        post = message("Rice.", "ann@example.com", LIST, "three")
        self.assertEqual(self.outcome(self.signed(post, "example.com").replace(b"Rice.", b"Peas.")), held)
        self.assertEqual(self.outcome(message("Rice.", "ann@example.com", LIST, "four")), held)
        asked = len(self.dns.asked)
        post = message("Rice.", "ann@example.com", LIST, "five")
        self.assertEqual(self.outcome(self.signed(post, "example.net")), held)
        self.assertEqual(self.dns.asked[asked:], [])  # it would not help to know
        post = message("Rice.", "ann@example.com", LIST, "six")
        self.assertEqual(self.outcome(self.signed(post, "example.com", length=True)), held)
        self.dns.failing.add("s._domainkey.example.com")
        post = message("Rice.", "ann@example.com", LIST, "seven")
        self.assertEqual(self.outcome(self.signed(post, "example.com")), held)

    def test_one_organisation_is_what_the_dns_says(self):
        self.site.set_site("verify_dkim", "yes")
        self.site.config("cooks", "unauthenticated", "hold")
        held = ("hold", "unauthenticated")
        post = message("Rice.", "ann@mail.example.com", LIST, "one")
        self.assertEqual(self.outcome(self.signed(post, "example.com")), held)  # nothing says that they are one
        self.dns.texts["_dmarc.example.com"] = "v=DMARC1; p=none"
        post = message("Rice.", "ann@mail.example.com", LIST, "two")
        self.assertEqual(self.outcome(self.signed(post, "example.com")), ("accept", ""))
        post = message("Rice.", "ann@example.com", LIST, "three")
        self.assertEqual(self.outcome(self.signed(post, "mail.example.com")), ("accept", ""))
        self.dns.texts["_dmarc.example.com"] = "v=DMARC1; p=none; psd=y"  # others register names below it
        post = message("Rice.", "ann@mail.example.com", LIST, "four")
        self.assertEqual(self.outcome(self.signed(post, "example.com")), held)

    def test_a_list_holds_what_the_domain_asks_for(self):
        self.site.set_site("authserv_id", "mx.example.org")
        self.site.majlis("members", "cooks", "add", "ann@none.example.com", "ann@quarantine.example.com",
                         "ann@example.net")
        for domain, policy, verdict in [("example.net", "", "accept"), ("none.example.com", "v=DMARC1; p=none", "accept"),
                                        ("quarantine.example.com", "v=DMARC1; p=quarantine", "hold"),
                                        ("example.com", STRICT, "hold")]:
            if policy:
                self.dns.texts["_dmarc." + domain] = policy
            for number in range(2):
                asked = len(self.dns.asked)
                post = message("Rice.", "ann@" + domain, LIST, f"{domain} {number}")
                self.assertEqual(self.outcome(post)[0], verdict, domain)
            self.assertEqual(self.dns.asked[asked:], [], domain)  # remembered
        shown = b"Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\n"
        post = shown + message("Rice.", "ann@example.com", LIST, "three")
        asked = len(self.dns.asked)
        self.assertEqual(self.outcome(post), ("accept", ""))
        self.assertEqual(self.dns.asked[asked:], [])

    def test_a_server_that_says_nothing_keeps_nobody_waiting(self):
        self.site.set_site("authserv_id", "mx.example.org")
        self.site.set_site("verify_dkim", "yes")
        self.dns.silent = {"s._domainkey.example.com", "_dmarc.example.com", "_dmarc.com"}
        post = message("Rice.", "ann@example.com", LIST, "one")
        begin = time.monotonic()
        self.assertEqual(self.outcome(self.signed(post, "example.com")), ("hold", "unauthenticated"))
        self.assertLess(time.monotonic() - begin, 30)  # two seconds of questions, on a machine with other work

    def test_a_member_leaves_by_signed_mail(self):
        self.site.set_site("verify_dkim", "yes")
        self.assertEqual(self.site.receive(message("unsubscribe", "ann@example.com", REQUEST, "one"), REQUEST), DONE)
        self.assertIn("ann@example.com", self.site.members("cooks"))
        leave = self.signed(message("unsubscribe", "ann@example.com", REQUEST, "two"), "example.com")
        self.assertEqual(self.site.receive(leave, REQUEST, "ann@example.com"), DONE)
        self.assertNotIn("ann@example.com", self.site.members("cooks"))


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    unittest.main()
