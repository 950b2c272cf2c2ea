#!/usr/bin/python3
"""DMARC, from majlis-receive to the members' mailboxes: posts signed by dkimpy, policies from Debian's dnsmasq and from a
name server that fails, keeps silent or forgets.

    dmarc_test.py BIN      BIN has majlis, majlis-receive and majlis-flush; exit status 77 without dkimpy or dnsmasq
"""
import email
import email.header
import email.policy
import pathlib
import shutil
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from dns_server import DnsServer, Dnsmasq  # noqa: E402
from majlis_site import DONE, message  # noqa: E402

try:
    import dkim
    from authors_test import rsa_key
except ImportError:
    print("no python3-dkim")
    sys.exit(77)

BIN = ""
LIST = f"cooks@{majlis_site.DOMAIN}"
VIA = f"Ann via cooks <{LIST}>"
RENAMED = "X-Majlis-Original-DKIM-Signature"
SIGNED = [b"from", b"to", b"subject", b"date"]
DOMAINS = ["reject.example", "quarantine.example", "none.example", "tested.example", "halftested.example", "sub.parent.example",
           "missing.parent.example", "long.example", "two.example", "newer.example", "silent.example", "nothing.example"]
POLICIES = {
    "_dmarc.reject.example": "v=DMARC1; p=reject",
    "_dmarc.quarantine.example": "v=DMARC1; p=quarantine; pct=0",
    "_dmarc.none.example": "v=DMARC1; p=none",
    "_dmarc.tested.example": "v=DMARC1; p=reject; t=y",
    "_dmarc.halftested.example": "v=DMARC1; p=quarantine; t=y",
    "_dmarc.parent.example": "v=DMARC1; p=none; sp=quarantine; np=reject",
    "sub.parent.example": "it exists",
    # More than a datagram holds.
    "_dmarc.long.example": "v=DMARC1; p=reject; rua=" + ",".join(f"mailto:{name}@long.example" for name in range(30)),
    "_dmarc.two.example": ["v=DMARC1; p=reject", "v=DMARC1; p=reject; adkim=s"],
    "_dmarc.newer.example": "v=DMARC2; p=reject",
}


class DmarcCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.keys = majlis_site.scratch_folder("majlis-dmarc-key-")
        cls.key, cls.record = rsa_key(cls.keys)
        cls.real = Dnsmasq(POLICIES)

    @classmethod
    def tearDownClass(cls):
        cls.real.stop()
        shutil.rmtree(cls.keys, ignore_errors=True)

    def setUp(self):
        folder = majlis_site.scratch_folder("majlis-dmarc-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.set_site("resolver", self.real.address)
        self.site.create("cooks", "public-discussion", members=["bob@example.org"], html="keep",
                         nonmember_posts="accept")
        self.count = 0

    def scripted(self, texts=None):
        """Another name server, that does as it is told."""
        dns = DnsServer(texts or {})
        dns.__enter__()
        self.addCleanup(dns.__exit__)
        self.site.set_site("resolver", dns.address)
        return dns

    def sign(self, post, domain, headers=None):
        return dkim.sign(post, b"s", domain.encode(), self.key, canonicalize=(b"relaxed", b"simple"),
                         include_headers=headers or SIGNED) + post

    def post_of(self, domain, signed=None, sender="Ann <ann@{}>", **fields):
        self.count += 1
        post = message("Is it hot?\nWith rice.", sender.format(domain), LIST, f"soup {self.count}", **fields)
        return self.sign(post, domain, signed) if signed is not False else post

    def send(self, post):
        """Verdict of the log, and the copy that came, if one did."""
        self.site.new_log_lines()
        self.site.new_letters()
        self.assertEqual(self.site.receive(post, LIST, "ann@example.com"), DONE)
        self.site.flush()
        self.log = self.site.new_log_lines()
        verdict = [word for line in self.log if " post list=" in line for word in line.split() if word.startswith("verdict=")]
        copies = [letter for letter in self.site.new_letters() if letter.address == "bob@example.org"]
        return verdict[-1].removeprefix("verdict="), copies[-1].sent if copies else None

    def copy_of(self, post):
        verdict, copy = self.send(post)
        self.assertEqual(verdict, "accept", self.log)
        return copy

    def verify(self, raw, index=0):
        """Independent of what is tested."""
        raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return dkim.DKIM(raw).verify(idx=index, dnsfunc=lambda name, timeout=5: self.record.encode())

    def field(self, raw, name):
        return email.message_from_bytes(raw)[name]

    def assert_untouched(self, copy, domain):
        self.assertEqual(self.field(copy, "From"), f"Ann <ann@{domain}>")
        self.assertTrue(self.verify(copy))
        self.assertIsNone(self.field(copy, RENAMED))

    def assert_munged(self, copy, reply_to):
        self.assertEqual(self.field(copy, "From"), VIA)
        self.assertEqual(self.field(copy, "Reply-To"), reply_to)
        self.assertIsNone(self.field(copy, "DKIM-Signature"))


class MungeTest(DmarcCase):
    def test_where_the_list_changes_nothing_nobody_is_asked(self):
        dns = self.scripted({"_dmarc.reject.example": "v=DMARC1; p=reject"})
        self.assert_untouched(self.copy_of(self.post_of("reject.example")), "reject.example")
        self.site.config("cooks", "dmarc", "reject")
        self.assert_untouched(self.copy_of(self.post_of("reject.example")), "reject.example")
        copy = self.copy_of(self.post_of("reject.example", signed=False))
        self.assertEqual(self.field(copy, "From"), "Ann <ann@reject.example>")
        self.assertEqual(dns.asked, [])

    def test_policies_that_ask_for_it(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        asks = {"reject": ["reject.example", "missing.parent.example", "long.example"],
                "quarantine": ["reject.example", "quarantine.example", "sub.parent.example", "missing.parent.example", "long.example",
                               "tested.example"],
                "all": ["reject.example", "quarantine.example", "none.example", "sub.parent.example", "missing.parent.example",
                        "long.example", "tested.example", "halftested.example"]}
        for dmarc_from, those in asks.items():
            self.site.config("cooks", "dmarc_from", dmarc_from)
            for domain in DOMAINS:
                with self.subTest(dmarc_from, domain=domain):
                    copy = self.copy_of(self.post_of(domain))
                    is_munged = self.field(copy, "From") == VIA
                    self.assertEqual(is_munged, domain in those)
                    self.assertEqual(self.field(copy, "From"), VIA if is_munged else f"Ann <ann@{domain}>")
                    # Munged or not.
                    self.assertIsNone(self.field(copy, "DKIM-Signature"))
                    self.assertIn("d=" + domain, self.field(copy, RENAMED).replace("\n", ""))

    def test_every_way_to_change_a_post(self):
        domain, address = "reject.example", "Ann <ann@reject.example>"
        for setting, value in [("message_footer", "of cooks"), ("message_fronter", "of cooks"), ("subject_prefix", "[cooks]")]:
            self.site.config("cooks", setting, value)
            self.assert_munged(self.copy_of(self.post_of(domain)), address)
            self.assert_munged(self.copy_of(self.post_of(domain, signed=False)), address)
            self.site.majlis("config", "cooks", "unset", setting)
        self.assert_untouched(self.copy_of(self.post_of(domain)), domain)
        self.site.config("cooks", "html", "clean")
        html = {"MIME_Version": "1.0", "Content_Type": "text/html; charset=utf-8"}
        page = self.sign(message("<p onclick=x()>soup</p>", address, LIST, "page", **html), domain)
        self.assert_munged(self.copy_of(page), address)
        plain = self.sign(message("<p>soup</p>", address, LIST, "plain page", **html), domain)
        self.assert_untouched(self.copy_of(plain), domain)

    def test_fields_of_the_list_that_are_signed_as_absent(self):
        for name in [b"list-id", b"list-unsubscribe", b"x-loop", b"precedence"]:
            post = self.post_of("reject.example", signed=[*SIGNED, name])
            self.assertTrue(self.verify(post))
            self.assert_munged(self.copy_of(post), "Ann <ann@reject.example>")
        post = self.post_of("reject.example", signed=[*SIGNED, b"cc", b"from", b"subject", b"reply-to"])
        self.assert_untouched(self.copy_of(post), "reject.example")

    def test_a_signature_that_still_holds_stays(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        weak = self.post_of("none.example", signed=[b"from", b"date"])
        copy = self.copy_of(self.sign(weak, "nothing.example"))
        self.assertIn("d=nothing.example", self.field(copy, RENAMED))
        self.assertIn("d=none.example", self.field(copy, "DKIM-Signature"))
        self.assertTrue(self.verify(copy))

    def test_the_author_stays_reachable(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        post = self.post_of("reject.example", Reply_To="Kitchen <kitchen@example.net>")
        self.assert_munged(self.copy_of(post), "Kitchen <kitchen@example.net>, Ann <ann@reject.example>")
        self.site.config("cooks", "reply_to", LIST)
        copy = self.copy_of(self.post_of("reject.example", Cc="joe@example.net"))
        self.assert_munged(copy, LIST)
        self.assertEqual(self.field(copy, "Cc").replace("\n", ""), "Ann <ann@reject.example>, joe@example.net")

    def test_the_author_stays_recognisable(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        for written, name in [("=?iso-8859-1?q?Ren=E9?= <ann@{}>", "René"), ("=?utf-8?b?5p2O5piO?= <ann@{}>", "李明"),
                              ("=?koi8-r?b?4c7OwQ==?= <ann@{}>", "Анна"), ("ann@{}", "ann"), ('"ann@{0}" <ann@{0}>', "ann"),
                              ("=?utf-8?q?ann=40reject=2Eexample?= <ann@{}>", "ann"), ("=?utf-8?q?ann=EF=BC=A0x?= <ann@{}>", "ann"),
                              ('"Rice, Ann (kitchen)" <ann@{}>', "Rice, Ann (kitchen)")]:
            copy = self.copy_of(self.post_of("reject.example", sender=written))
            parsed = email.message_from_bytes(copy, policy=email.policy.default)["From"].addresses
            self.assertEqual([(each.display_name, each.addr_spec) for each in parsed], [(f"{name} via cooks", LIST)])
            self.assertNotIn("@", str(email.header.make_header(email.header.decode_header(self.field(copy, "From")))).split("<")[0])

    def test_archive_and_digests_keep_the_author(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        self.site.config("cooks", "archive", "yes")
        self.site.majlis("members", "cooks", "add", "dora@example.org")
        self.site.majlis("members", "cooks", "set", "dora@example.org", "digest-mime")
        self.assert_munged(self.copy_of(self.post_of("reject.example")), "Ann <ann@reject.example>")
        kept = [path.read_bytes() for folder in ("archive", "digest") for path in (self.site.list_folder("cooks") / folder).iterdir()]
        kept = [octets for octets in kept if b"Is it hot?" in octets]
        self.assertEqual(len(kept), 2)
        for octets in kept:
            self.assertIn(b"From: Ann <ann@reject.example>", octets)
            self.assertNotIn(b"via cooks", octets)
            self.assertIn(RENAMED.encode(), octets)

    def test_copies_of_each_member_are_munged_too(self):
        self.site.config("cooks", "personalize", "yes")
        self.site.majlis("config", "cooks", "set", "message_footer", "-", stdin=b"For $USER_ADDRESS\n")
        copy = self.copy_of(self.post_of("reject.example"))
        self.assert_munged(copy, "Ann <ann@reject.example>")
        self.assertIn("For bob@example.org", email.message_from_bytes(copy, policy=email.policy.default).get_content())

    def test_what_a_moderator_approves(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        self.site.config("cooks", "moderate", "yes")
        for dmarc in ["munge", "reject"]:
            self.site.config("cooks", "dmarc", dmarc)
            self.assertEqual(self.send(self.post_of("reject.example")), ("hold", None))
            self.site.majlis("held", "cooks", "approve", self.site.held("cooks")[0]["id"])
            self.site.flush()
            copies = [letter for letter in self.site.new_letters() if letter.address == "bob@example.org"]
            self.assert_munged(copies[-1].sent, "Ann <ann@reject.example>")


class OtherWaysTest(DmarcCase):
    def test_none(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        self.site.config("cooks", "dmarc", "none")
        dns = self.scripted({"_dmarc.reject.example": "v=DMARC1; p=reject"})
        copy = self.copy_of(self.post_of("reject.example"))
        self.assertEqual(self.field(copy, "From"), "Ann <ann@reject.example>")
        self.assertIsNotNone(self.field(copy, RENAMED))
        self.assertEqual(dns.asked, [])

    def test_wrap(self):
        self.site.config("cooks", "dmarc", "wrap")
        self.site.config("cooks", "reply_to", LIST)
        copy = self.copy_of(self.post_of("reject.example", signed=[*SIGNED, b"reply-to"], References="<rice@example.net>"))
        self.assert_munged(copy, LIST)
        outside = email.message_from_bytes(copy, policy=email.policy.default)
        self.assertEqual(outside.get_content_type(), "message/rfc822")
        self.assertEqual(outside["Subject"], f"soup {self.count}")
        self.assertEqual(outside["Cc"], "Ann <ann@reject.example>")
        inside = outside.get_content()
        self.assertEqual(outside["References"], f"<rice@example.net> {inside['Message-ID']}")
        self.assertNotEqual(outside["Message-ID"], inside["Message-ID"])
        self.assertEqual(inside["From"], "Ann <ann@reject.example>")
        head = copy.index(b"\n\n") + 2
        self.assertTrue(self.verify(copy[head:]))  # nothing is changed inside

    def test_reject(self):
        self.site.config("cooks", "dmarc", "reject")
        self.site.config("cooks", "subject_prefix", "[cooks]")
        verdict, copy = self.send(self.post_of("reject.example"))
        self.assertEqual((verdict, copy), ("reject", None))
        self.assertIn("rule=dmarc", " ".join(self.log))
        letters = [letter for letter in self.site.letters("ann@reject.example")]
        self.assertEqual(len(letters), 1)
        self.assertIn("reject.example asks others to refuse", " ".join(letters[0].text.split()))
        verdict, copy = self.send(self.post_of("none.example"))
        self.assertEqual(self.field(copy, "From"), "Ann <ann@none.example>")

    def test_what_our_own_mail_server_says(self):
        self.site.set_site("authserv_id", "mx.example.org")
        self.site.config("cooks", "unauthenticated", "accept")
        self.site.config("cooks", "subject_prefix", "[cooks]")
        dns = self.scripted()
        said = b"Authentication-Results: mx.example.org; dmarc=fail header.from=%s policy.dmarc=reject\r\nReceived: by mx\r\n"
        self.assert_munged(self.copy_of(said % b"nothing.example" + self.post_of("nothing.example")), "Ann <ann@nothing.example>")
        self.assertEqual(dns.asked, [])
        forged = b"Received: by mx\r\n" + said % b"nothing.example"
        copy = self.copy_of(forged + self.post_of("nothing.example"))
        self.assertEqual(self.field(copy, "From"), "Ann <ann@nothing.example>")
        self.assertEqual(dns.asked, ["_dmarc.nothing.example", "_dmarc.example"])


class TroubleTest(DmarcCase):
    def test_answers_are_remembered(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        dns = self.scripted({"_dmarc.reject.example": "v=DMARC1; p=reject"})
        for _ in range(2):
            self.assert_munged(self.copy_of(self.post_of("reject.example")), "Ann <ann@reject.example>")
            self.assertEqual(dns.asked, ["_dmarc.reject.example"])
        for _ in range(2):
            self.copy_of(self.post_of("nothing.example"))
            self.assertEqual(dns.asked, ["_dmarc.reject.example", "_dmarc.nothing.example", "_dmarc.example"])

    def test_a_server_that_fails(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        dns = self.scripted()
        dns.failing.add("_dmarc.nothing.example")
        for dmarc in ["munge", "reject"]:
            self.site.config("cooks", "dmarc", dmarc)
            self.assert_munged(self.copy_of(self.post_of("nothing.example")), "Ann <ann@nothing.example>")
        self.assertEqual(dns.asked, ["_dmarc.nothing.example"])  # a failure is remembered as well
        self.site.config("cooks", "dmarc", "wrap")
        self.assertEqual(self.field(self.copy_of(self.post_of("nothing.example")), "Content-Type"), "message/rfc822")

    def test_a_server_that_says_nothing(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        self.site.set_site("dns_seconds", 1)
        dns = self.scripted()
        dns.silent.add("_dmarc.silent.example")
        begin = time.monotonic()
        self.assert_munged(self.copy_of(self.post_of("silent.example")), "Ann <ann@silent.example>")
        asked = len(dns.asked)
        self.assert_munged(self.copy_of(self.post_of("silent.example")), "Ann <ann@silent.example>")
        self.assertEqual(len(dns.asked), asked)
        self.assertLess(time.monotonic() - begin, 30)  # a second of questions, on a machine with other work
        self.assertTrue(any(" dns domain=silent.example verdict=failed" in line for line in self.site.log_file.read_text().splitlines()))

    def test_a_machine_without_a_name_server(self):
        self.site.config("cooks", "subject_prefix", "[cooks]")
        dns = DnsServer({})
        dns.socket.close()  # nobody is at its address
        self.site.set_site("resolver", dns.address)
        self.assert_munged(self.copy_of(self.post_of("none.example")), "Ann <ann@none.example>")
        self.site.set_site("dns_seconds", 1)
        done = self.site.run("majlis", "--site", self.site.folder, "check").stdout.decode()
        self.assertIn(f"wanting  dns       the name server {dns.address}, asked about {majlis_site.DOMAIN}: ", done)
        self.assertIn("mend: set resolver in site.conf", done)

    def test_check_says_what_came_back(self):
        done = self.site.run("majlis", "--site", self.site.folder, "check").stdout.decode()
        self.assertIn(f"ok       dns       the name server {self.real.address}: {majlis_site.DOMAIN} publishes no DMARC policy", done)
        self.scripted({f"_dmarc.{majlis_site.DOMAIN}": "v=DMARC1; p=quarantine"})
        done = self.site.run("majlis", "--site", self.site.folder, "check").stdout.decode()
        self.assertIn(f"{majlis_site.DOMAIN} has the DMARC policy p=quarantine", done)


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    if not pathlib.Path(Dnsmasq.PROGRAM).exists():
        print("no dnsmasq")
        sys.exit(77)
    unittest.main()
