#!/usr/bin/env python3
"""A private Postfix on the loopback hands mail to majlis-receive, by pipe(8) and by aliases, and takes what
majlis-flush delivers. What it has to know of Majlis is what `majlis mta postfix` prints and writes.

    postfix_test.py BIN

Its configuration, queue and mailboxes are in a scratch folder; nothing of the system's own Postfix is touched.
"""
import os
import pathlib
import pwd
import re
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PIPE_DOMAIN = "lists.example.org"    # a transport of its own
ALIAS_DOMAIN = "alias.example.org"   # local(8) and an alias file
PEOPLE_DOMAIN = "example.net"        # where members and owners have their mailboxes
PEOPLE = ("ann", "bob", "olga", "post")
SYSTEM_CONFIG = pathlib.Path("/etc/postfix")
RUN_AS = "nobody"                    # the site's owner: never root
PATIENCE_S = 60
SKIPPED = 77

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.example.org
mydestination = {alias_domain}
local_recipient_maps = $alias_maps
alias_maps =
alias_database =
virtual_mailbox_domains = {people_domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_recipient_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1s
maximal_backoff_time = 1s
"""

TLS_MAIN_CF = """
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/relay.pem
smtpd_tls_received_header = yes
"""

MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60 1 pickup
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
smtp      unix - - n - - smtp
relay     unix - - n - - smtp
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
local     unix - n n - - local
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
tlsmgr    unix - - n 1000? 1 tlsmgr
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, question):
    """The first true answer; Postfix does its work in its own time."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"not within {PATIENCE_S} s: {what}")


def mta_blocks(printed):
    """What `majlis mta` prints: each file's path behind "# ", its lines, an empty one."""
    blocks = (block.partition("\n") for block in printed.strip("\n").split("\n\n"))
    return {pathlib.Path(head.removeprefix("# ")): lines + "\n" for head, _, lines in blocks}


class PrivatePostfix:
    def __init__(self, folder, programs):
        self.folder = folder
        self.config = folder / "postfix"
        self.site = folder / "site"
        self.port = free_port()
        self.owner = pwd.getpwnam(RUN_AS)
        self.programs = folder / "bin"
        # The checkout may be closed to the site's user.
        shutil.copytree(programs, self.programs, ignore=lambda _, names: [n for n in names if not n.startswith("majlis")
                                                                          or "_" in n])
        self.programs.chmod(0o755)

    def write(self):
        names = {"folder": self.folder, "port": self.port, "uid": self.owner.pw_uid, "gid": self.owner.pw_gid,
                 "alias_domain": ALIAS_DOMAIN, "people_domain": PEOPLE_DOMAIN}
        for folder in (self.config, self.folder / "queue", self.folder / "data", self.folder / "mail"):
            folder.mkdir()
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "mail", RUN_AS)
        (self.config / "main.cf").write_text(MAIN_CF.format(**names))
        (self.config / "master.cf").write_text(MASTER_CF.format(**names))
        (self.folder / "mailboxes").write_text("".join(f"{person}@{PEOPLE_DOMAIN} {person}/\n" for person in PEOPLE))

    def wire(self, *form):
        """Installs the maps, and puts what is printed into main.cf and master.cf."""
        self.majlis("mta", "postfix", *form, "--install")
        for file, lines in mta_blocks(self.majlis("mta", "postfix", *form)).items():
            if file.parent == SYSTEM_CONFIG:
                with open(self.config / file.name, "a") as config:
                    config.write(lines.replace("hash:/etc/aliases, ", ""))  # of this machine
            else:
                assert file.read_text() == lines, file

    def postfix(self, verb):
        return subprocess.run(["postfix", "-c", self.config, verb], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=PATIENCE_S)

    def offer_tls(self):
        """STARTTLS with a certificate of our own making; before start()."""
        with open(self.config / "main.cf", "a") as main:
            main.write(TLS_MAIN_CF.format(folder=self.folder))
        certificate, key = self.certificate("relay")
        (self.folder / "relay.pem").write_text(key.read_text() + certificate.read_text())
        (self.folder / "relay.pem").chmod(0o600)
        return certificate

    def certificate(self, name):
        """For 127.0.0.1, signed by itself."""
        certificate, key = self.folder / f"{name}.crt", self.folder / f"{name}.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=relay", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=PATIENCE_S)
        return certificate, key

    def start(self):
        started = self.postfix("start")
        if started.returncode != 0:
            raise AssertionError(f"postfix start: {started.stderr}")

    def stop(self):
        self.postfix("stop")

    def run(self, program, *arguments, stdin=""):
        done = subprocess.run([self.programs / program, *arguments], input=stdin, capture_output=True, text=True,
                              timeout=PATIENCE_S, env={"MAIL_CONFIG": self.config})
        if done.returncode != 0:
            raise AssertionError(f"{program} {' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def majlis(self, *arguments, stdin=""):
        return self.run("majlis", "--site", self.site, *arguments, stdin=stdin)

    def make_site(self):
        self.run("majlis", "init", self.site, "--domain", PIPE_DOMAIN, "--postmaster", f"post@{PEOPLE_DOMAIN}",
                 "--relay", f"smtp://127.0.0.1:{self.port}")
        subprocess.run(["chown", "-R", RUN_AS, self.site], check=True)

    def mail(self, sender, to, text, subject="x", **fields):
        head = {"From": sender, "To": to, "Subject": subject,
                "Message-ID": f"<{time.monotonic_ns()}@{PEOPLE_DOMAIN}>", **fields}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE_S) as session:
            session.sendmail(sender, [to], f"{lines}\r\n{text}\r\n".encode())

    def jobs(self):
        return list((self.site / "spool/new").iterdir())

    def taken_and_flushed(self):
        """Waits until majlis-receive has left a job, then delivers everything, to the mailboxes."""
        wait_for("a job in the spool", self.jobs)
        wait_for("an empty queue", lambda: not self.queued())
        self.run("majlis-flush", "--site", self.site)
        wait_for("an empty queue", lambda: not self.queued())

    def queued(self):
        listing = subprocess.run(["postqueue", "-c", self.config, "-j"], capture_output=True, text=True, check=True)
        return listing.stdout.splitlines()

    def mailbox(self, person):
        folder = self.folder / "mail" / person / "new"
        return [path.read_text() for path in sorted(folder.iterdir())] if folder.exists() else []

    def arrived(self, person, word):
        return wait_for(f"'{word}' for {person}; has {self.mailbox(person)}",
                        lambda: [mail for mail in self.mailbox(person) if word in mail])


class PostfixCase(unittest.TestCase):
    programs = None
    form = ()  # of `majlis mta postfix`

    def setUp(self):
        self.addCleanup(lambda: self.failed() and print(self.last_log))
        self.scratch = tempfile.TemporaryDirectory(prefix="majlis-postfix-")
        folder = pathlib.Path(self.scratch.name)
        folder.chmod(0o755)
        self.mta = PrivatePostfix(folder, self.programs)
        self.mta.make_site()
        self.mta.write()
        self.mta.wire(*self.form)
        self.configure()
        self.mta.start()

    def configure(self):
        """What a test wants otherwise."""

    def tearDown(self):
        self.mta.stop()
        log = self.mta.folder / "maillog"
        self.last_log = log.read_text()[-6000:] if log.exists() else "no mail log"
        self.scratch.cleanup()

    def join(self, name, domain, person):
        address = f"{person}@{PEOPLE_DOMAIN}"
        self.mta.mail(address, f"{name}-request@{domain}", "subscribe")
        self.mta.taken_and_flushed()
        challenge = self.mta.arrived(person, "Confirmation for subscribe")[-1]
        token_line = re.search(r"^auth \S+ subscribe .*$", challenge, re.MULTILINE).group()
        self.mta.mail(address, f"{name}-request@{domain}", token_line)
        self.welcomed(name, domain, person)

    def welcomed(self, name, domain, person):
        self.mta.taken_and_flushed()
        self.mta.arrived(person, f"Welcome to {name}")
        self.assertIn(f"{person}@{PEOPLE_DOMAIN}", self.mta.majlis("members", f"{name}@{domain}", "list").split())

    def set_site(self, **settings):
        path = self.mta.site / "site.conf"
        lines = [line for line in path.read_text().splitlines() if line.split(" =")[0] not in settings]
        path.write_text("\n".join([*lines, *(f"{key} = {value}" for key, value in settings.items())]) + "\n")

    def failed(self):
        result = self._outcome.result
        return any(test is self for test, _ in result.failures + result.errors)


class PostfixTest(PostfixCase):
    def test_a_list_lives_behind_pipe(self):
        mta = self.mta
        mta.majlis("create", "cooks", "--preset", "moderated-private-discussion", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.majlis("config", "cooks", "set", "subscribe_policy", "open+confirm")
        self.join("cooks", PIPE_DOMAIN, "ann")

        mta.mail(f"ann@{PEOPLE_DOMAIN}", f"cooks@{PIPE_DOMAIN}", "Soup for all.", subject="Soup")
        mta.taken_and_flushed()
        notice = mta.arrived("olga", "waits for your decision")[-1]
        word = re.search(r"^accept (\S+)$", notice, re.MULTILINE).group(1)
        mta.mail(f"olga@{PEOPLE_DOMAIN}", f"cooks-request@{PIPE_DOMAIN}", f"accept {word}")
        mta.taken_and_flushed()
        copy = mta.arrived("ann", "Soup for all.")[-1]
        self.assertIn(f"Return-Path: <cooks-bounces@{PIPE_DOMAIN}>", copy)
        self.assertIn("List-Id: ", copy)
        self.assertIn(f"List-Unsubscribe: <mailto:cooks-unsubscribe@{PIPE_DOMAIN}>", copy)
        self.assertIn("Subject: Soup", copy)

    def test_mail_is_kept_while_the_site_cannot_be_used_and_delivered_once(self):
        mta = self.mta
        mta.majlis("create", "cooks", "--preset", "public-discussion", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.majlis("members", "cooks", "add", f"ann@{PEOPLE_DOMAIN}")
        broken = mta.site / "site.conf"
        content = broken.read_text()
        broken.write_text("domain\n")
        mta.mail(f"ann@{PEOPLE_DOMAIN}", f"cooks@{PIPE_DOMAIN}", "Kept for later.")
        wait_for("the deferred message", lambda: any('"queue_name": "deferred"' in line for line in mta.queued()))
        self.assertEqual(mta.jobs(), [])

        broken.write_text(content)
        subprocess.run(["postqueue", "-c", mta.config, "-f"], check=True)
        mta.taken_and_flushed()
        self.assertEqual(len(mta.arrived("ann", "Kept for later.")), 1)
        wait_for("an empty queue", lambda: not mta.queued())
        mta.run("majlis-flush", "--site", mta.site)
        self.assertEqual(len(mta.arrived("ann", "Kept for later.")), 1)

    def probed(self):
        """Some checks are wanting here, the disk for example."""
        program = [self.mta.programs / "majlis", "--site", self.mta.site, "check"]
        subprocess.run([*program, "--probe"], capture_output=True, timeout=PATIENCE_S)
        self.mta.taken_and_flushed()
        return wait_for("the probe's return", lambda: re.search(
            "mail comes back.*", subprocess.run(program, capture_output=True, text=True, timeout=PATIENCE_S).stdout)).group()

    def test_a_probe_comes_back_and_tells_whether_forged_results_do(self):
        self.set_site(authserv_id="mx.example.org")
        self.assertIn("in the name of mx.example.org is not removed", self.probed())
        checks = self.mta.folder / "header_checks"
        checks.write_text("/^Authentication-Results:.*mx\\.example\\.org/ IGNORE\n")
        with open(self.mta.config / "main.cf", "a", encoding="ascii") as main_cf:
            main_cf.write(f"header_checks = regexp:{checks}\n")
        self.mta.postfix("reload")
        time.sleep(1)  # the probe carries the second it was sent in, and another one is another probe
        self.assertIn("in the name of mx.example.org is removed", wait_for("a probe without results", lambda: (
            found if "is removed" in (found := self.probed()) else None)))

    def refused(self, to):
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as refusal:
            self.mta.mail(f"ann@{PEOPLE_DOMAIN}", to, "Hello?")
        self.assertEqual(refusal.exception.recipients[to][0], 550)

    def test_an_unknown_address_is_refused_at_once_and_a_new_list_is_known_at_once(self):
        mta = self.mta
        for local in ("nobody-here", "cooks", "cooks-request", "cooks-bounces+x"):
            self.refused(f"{local}@{PIPE_DOMAIN}")
        mta.majlis("create", "cooks", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.majlis("create", "bakers@bread.example.org", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.postfix("reload")  # a new domain is seen some seconds later without
        for address in (f"cooks-join@{PIPE_DOMAIN}", "bakers-join@bread.example.org"):
            wait_for("Postfix to see the new map", lambda: self.is_taken(address))
            mta.taken_and_flushed()
        for list_name in ("cooks", "bakers"):
            mta.arrived("ann", f"subscribe {list_name}")
        mta.majlis("remove", "cooks")
        wait_for("Postfix to see the new map", lambda: not self.is_taken(f"cooks-join@{PIPE_DOMAIN}"))

    def is_taken(self, to):
        try:
            self.mta.mail(f"ann@{PEOPLE_DOMAIN}", to, "x")
        except smtplib.SMTPRecipientsRefused:
            return False
        return True

    def test_an_address_that_postfix_rewrites_is_that_of_the_list(self):
        mta = self.mta
        mta.majlis("create", "cooks", "--preset", "public-discussion", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.majlis("members", "cooks", "add", f"ann@{PEOPLE_DOMAIN}")
        mta.mail(f"ann@{PEOPLE_DOMAIN}", f"dinner@{PEOPLE_DOMAIN}", "From the old address.")
        mta.taken_and_flushed()
        mta.arrived("ann", "From the old address.")

    def configure(self):
        with open(self.mta.config / "main.cf", "a") as main:
            main.write(f"virtual_alias_maps = inline:{{dinner@{PEOPLE_DOMAIN}=cooks@{PIPE_DOMAIN}}}\n")


class AliasTest(PostfixCase):
    """In a domain that is local(8)'s."""

    form = ("--aliases",)

    def test_a_list_lives_behind_aliases(self):
        mta = self.mta
        mta.majlis("create", f"herbs@{ALIAS_DOMAIN}", "--preset", "public-discussion", "--owner",
                   f"olga@{PEOPLE_DOMAIN}")
        mta.postfix("reload")
        self.join("herbs", ALIAS_DOMAIN, "bob")
        mta.mail(f"bob@{PEOPLE_DOMAIN}", f"herbs@{ALIAS_DOMAIN}", "Basil, please.")
        mta.taken_and_flushed()
        self.assertEqual(len(mta.arrived("bob", "Basil, please.")), 1)

    def test_every_address_of_a_list_and_of_the_site_is_there_and_tags_come_through(self):
        mta = self.mta
        mta.majlis("create", f"herbs@{ALIAS_DOMAIN}", "--preset", "public-discussion", "--owner",
                   f"olga@{PEOPLE_DOMAIN}")
        mta.postfix("reload")
        mta.mail(f"ann@{PEOPLE_DOMAIN}", f"herbs-join@{ALIAS_DOMAIN}", "x")
        mta.taken_and_flushed()
        challenge = mta.arrived("ann", "Confirmation for subscribe")[-1]
        confirm = re.search(rf"herbs-confirm\+[^@\s]+@{ALIAS_DOMAIN}", challenge).group()
        mta.mail(f"ann@{PEOPLE_DOMAIN}", confirm, "", subject="Re: Confirmation for subscribe herbs")
        self.welcomed("herbs", ALIAS_DOMAIN, "ann")
        for role in ("herbs-owner", "owner-herbs", "herbs-approval", "majordomo-owner", "owner-listserv"):
            reader = "olga" if "herbs" in role else "post"
            mta.mail(f"ann@{PEOPLE_DOMAIN}", f"{role}@{ALIAS_DOMAIN}", f"To {role}.")
            mta.taken_and_flushed()
            mta.arrived(reader, f"To {role}.")
        with self.assertRaises(smtplib.SMTPRecipientsRefused):
            mta.mail(f"ann@{PEOPLE_DOMAIN}", f"weeds@{ALIAS_DOMAIN}", "x")


class TlsTest(PostfixCase):
    def configure(self):
        self.relay_certificate = self.mta.offer_tls()

    def refused(self, why):
        """A run that sends nothing, keeps the mail and says why."""
        log = self.mta.site / "majlis.log"
        before = len(log.read_text()) if log.exists() else 0
        self.mta.run("majlis-flush", "--site", self.mta.site)
        self.assertRegex(log.read_text()[before:], rf"\bflush delivered=0 .* left=1 .* status=4\.7\.5 why=.*{why}")
        self.assertEqual(self.mta.mailbox("ann"), [])
        self.assertEqual([len(list((self.mta.site / "spool" / folder).iterdir())) for folder in ("new", "later", "bad")],
                         [0, 1, 0])
        self.mta.majlis("queue", "retry", "--all")

    def test_required_tls_delivers_to_the_relay_it_can_verify_and_to_no_other(self):
        mta = self.mta
        stranger, _ = mta.certificate("stranger")
        mta.majlis("create", "cooks", "--preset", "public-discussion", "--owner", f"olga@{PEOPLE_DOMAIN}")
        mta.majlis("members", "cooks", "add", f"ann@{PEOPLE_DOMAIN}")
        self.set_site(log_file=mta.site / "majlis.log", relay_tls="required", relay_tls_ca=stranger)
        mta.mail(f"ann@{PEOPLE_DOMAIN}", f"cooks@{PIPE_DOMAIN}", "Soup behind a lock.")
        wait_for("a job in the spool", mta.jobs)
        self.refused("certificate")

        self.set_site(relay=f"smtp://localhost:{mta.port}", relay_tls_ca=self.relay_certificate)
        self.refused("certificate")

        self.set_site(relay=f"smtp://127.0.0.1:{mta.port}")
        mta.run("majlis-flush", "--site", mta.site)
        copies = mta.arrived("ann", "Soup behind a lock.")
        self.assertEqual(len(copies), 1)
        self.assertRegex(copies[0], r"\(using TLSv1\.[23] with cipher ")
        self.assertRegex(copies[0], r"by mx\.example\.org .*with ESMTPS id ")
        self.assertEqual(list((mta.site / "spool/later").iterdir()), [])


def main():
    if os.geteuid() != 0 or None in (shutil.which("postfix"), shutil.which("openssl")):
        print("skipped: a private Postfix needs root and the packages postfix and openssl")
        return SKIPPED
    PostfixCase.programs = pathlib.Path(sys.argv[1]).resolve()
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
