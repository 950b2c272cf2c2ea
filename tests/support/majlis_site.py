"""A scratch site for tests of the real programs: lists, mail in, flush, what arrived, what is remembered.

Nothing here waits: majlis-receive and majlis-flush have done their work when they return.
"""
import email
import email.policy
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from dns_server import nobodys_address

DOMAIN = "lists.example.org"
POSTMASTER = "postmaster@example.org"
ADMIN_PASSWORD = "rice-and-saffron"
APPROVE_PASSWORD = "cardamom-cloves"

DONE, NOT_A_MAIL, NO_SUCH_LIST, TRY_AGAIN = 0, 65, 67, 75

RUN_LIMIT_S = 120  # a run that takes longer hangs

# Traces a program and its children; a sanitizer's look for leaks cannot be traced.
STRACE = ["strace", "-f", "-qq", "-E", "ASAN_OPTIONS=detect_leaks=0"]


def scratch_folder(prefix):
    """A new folder, in memory where that is possible: what is synced there is synced at once."""
    memory = pathlib.Path("/dev/shm")
    return pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=memory if os.access(memory, os.W_OK) else None))


class Failed(Exception):
    """Something was not as a test needs it."""


class Letter:
    """One file of a Maildir."""

    def __init__(self, address, path):
        self.address = address
        self.path = path
        self.raw = path.read_bytes()
        head, _, rest = self.raw.partition(b"\nDelivered-To: ")
        self.return_path = head.decode().removeprefix("Return-Path: ").strip("<>")
        self.sent = rest.partition(b"\n")[2]  # as it was handed over, with LF line ends
        # FINGERPRINT.N: the letters of one piece of work share the fingerprint and are numbered.
        self.job = path.name.removesuffix(".majlis")

    @property
    def order(self):
        number = self.job.rpartition(".")[2]
        return (int(number) if number.isdigit() else 0, self.address, self.job)

    @property
    def message(self):
        return email.message_from_bytes(self.sent, policy=email.policy.default)

    @property
    def subject(self):
        return str(self.message["Subject"])

    @property
    def text(self):
        return self.message.get_body(("plain",)).get_content()

    def __repr__(self):
        return f"{self.address}: {self.subject}"


class Site:
    def __init__(self, programs, folder, start=()):
        """`start`: a command put in front of every program (setpriv, for example)."""
        self.programs = pathlib.Path(programs).resolve()
        self.folder = pathlib.Path(folder)
        self.start = [str(word) for word in start]
        self.mail = self.folder / "mail"
        self.log_file = self.folder / "majlis.log"
        self._letters_seen = set()
        self._log_read = 0

    # -- running programs ------------------------------------------------------------------------------------------

    def command(self, program, *arguments):
        return [*self.start, str(self.programs / program), *map(str, arguments)]

    def run(self, program, *arguments, stdin=b"", environment=None):
        return subprocess.run(self.command(program, *arguments), input=stdin, capture_output=True,
                              timeout=RUN_LIMIT_S, env=environment)

    def majlis(self, *arguments, stdin=b""):
        """The administrator's tool; what it printed. Anything but exit status 0 fails the test."""
        result = self.run("majlis", "--site", self.folder, *arguments, stdin=stdin)
        if result.returncode != 0:
            words = " ".join(map(str, arguments))
            raise Failed(f"majlis {words}: exit {result.returncode}: {result.stderr.decode(errors='replace')}")
        return result.stdout.decode()

    # -- setting up ------------------------------------------------------------------------------------------------

    def init(self, domain=DOMAIN, postmaster=POSTMASTER):
        result = self.run("majlis", "init", self.folder, "--domain", domain, "--postmaster", postmaster,
                          "--relay", "maildir:mail")
        if result.returncode != 0:
            raise Failed(f"majlis init: exit {result.returncode}: {result.stderr.decode(errors='replace')}")
        self.set_site("log_file", self.log_file)
        self.set_site("resolver", nobodys_address())
        return self

    def set_site(self, key, value):
        """One line of site.conf."""
        path = self.folder / "site.conf"
        lines = [line for line in path.read_text().splitlines() if line.split("=")[0].strip() != key]
        path.write_text("\n".join([*lines, f"{key} = {value}"]) + "\n")

    def create(self, name, preset="public-discussion", owner="olga@example.org", moderator=None, members=(),
               passwords=True, **settings):
        arguments = ["create", name, "--preset", preset, "--owner", owner, "--json"]
        if moderator:
            arguments += ["--moderator", moderator]
        self.majlis(*arguments)
        if passwords:
            self.majlis("passwd", name, "admin", "--stdin", stdin=ADMIN_PASSWORD.encode() + b"\n")
            self.majlis("passwd", name, "approve", "--stdin", stdin=APPROVE_PASSWORD.encode() + b"\n")
        for key, value in settings.items():
            self.config(name, key, value)
        if members:
            self.majlis("members", name, "add", *members)
        return self

    def config(self, name, key, value):
        self.majlis("config", name, "set", key, value)

    def list_folder(self, name, domain=DOMAIN):
        return self.folder / "lists" / domain / name

    # -- mail in and out -------------------------------------------------------------------------------------------

    def receive(self, message, to, sender=""):
        """What the MTA does with one message for `to`; the exit status. Nothing may be printed."""
        result = self.run("majlis-receive", "--site", self.folder, "--recipient", to, "--sender", sender,
                          stdin=message if isinstance(message, bytes) else message.encode())
        if result.stdout or result.stderr:
            raise Failed(f"majlis-receive printed {(result.stdout + result.stderr)[:300]!r}")
        return result.returncode

    def flush(self, *arguments, ahead_s=0):
        """`ahead_s`: so far ahead is the clock of this run."""
        environment = {**os.environ, "LD_PRELOAD": str(self.programs / "clock_ahead.so"), "AHEAD_S": str(ahead_s)}
        result = self.run("majlis-flush", "--site", self.folder, *arguments,
                          environment=environment if ahead_s else None)
        if result.returncode != 0 or result.stdout or result.stderr:
            raise Failed(f"majlis-flush: exit {result.returncode}, printed {(result.stdout + result.stderr)[:300]!r}")

    def pass_time(self, seconds, lists=()):
        """What is due some day is due so much earlier; members of the lists are so much longer on them."""
        addresses = [f"{name}@{DOMAIN}" for name in lists]
        done = subprocess.run([self.programs / "pass_time", self.folder / "db", str(seconds), *addresses],
                              capture_output=True, timeout=RUN_LIMIT_S)
        if done.returncode != 0:
            raise Failed(f"pass_time: exit {done.returncode}, printed {(done.stdout + done.stderr)[:300]!r}")

    def letters(self, address=None):
        """Everything delivered so far, by address, then in the order it was written."""
        found = []
        for path in self.mail.glob("*/new/*"):
            owner = path.parent.parent.name
            if address in (None, owner):
                found.append(Letter(owner, path))
        return sorted(found, key=lambda letter: letter.order)

    def new_letters(self):
        """Those that were not asked for before."""
        fresh = [letter for letter in self.letters() if letter.path not in self._letters_seen]
        self._letters_seen.update(letter.path for letter in fresh)
        return fresh

    # -- what is remembered ----------------------------------------------------------------------------------------

    def members(self, name):
        return sorted(self.majlis("members", name, "list").split())

    def held(self, name):
        """The held posts, each a dictionary."""
        return [json.loads(line) for line in self.majlis("held", name, "list", "--json").splitlines()]

    def new_log_lines(self):
        """Log lines since the last call, without time and process id."""
        if not self.log_file.exists():
            return []
        lines = self.log_file.read_text().splitlines()[self._log_read:]
        self._log_read += len(lines)
        return [re.sub(r"^\S+ (majlis\S*)\[\d+\]: ", r"\1: ", line) for line in lines]

    def spool(self, folder):
        """File names in spool/FOLDER."""
        return sorted(path.name for path in (self.folder / "spool" / folder).iterdir() if path.is_file())

    def copy_to(self, folder):
        """The same site in another place, log file included."""
        copy = Site(self.programs, folder, self.start)
        copy.folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.folder, copy.folder, symlinks=True)
        copy.set_site("log_file", copy.log_file)
        return copy


class ClockedSite(Site):
    """The same with the programs of the folder "clocked": it is `now`, seconds since 1970, until the test says another."""

    def __init__(self, programs, folder, now):
        super().__init__(programs, folder)
        self.now = now

    def run(self, program, *arguments, stdin=b"", environment=None):
        return super().run(program, *arguments, stdin=stdin,
                           environment={**(environment or {}), "MAJLIS_TEST_TIME": str(self.now)})


def message(text, sender, to, subject="", **fields):
    """A plain message, CRLF line ends, as an MTA hands it over."""
    name = hashlib.sha256(repr((text, sender, to, subject)).encode()).hexdigest()[:16]
    head = {"From": sender, "To": to, "Subject": subject, "Date": "Tue, 24 Nov 2026 10:00:00 +0000",
            "Message-ID": f"<{name}@example.net>"}
    head.update({name.replace("_", "-"): value for name, value in fields.items()})
    lines = [f"{name}: {value}" for name, value in head.items() if value is not None]
    return ("\r\n".join([*lines, "", *text.splitlines()]) + "\r\n").encode()


def token_in(text):
    """The token of a challenge."""
    found = re.search(r"^auth (\S+) (?:un)?subscribe ", text, re.MULTILINE)
    if not found:
        raise Failed("no token in the letter")
    return found.group(1)


def moderation_word_in(text):
    found = re.search(r"^accept (\S+)$", text, re.MULTILINE)
    if not found:
        raise Failed("no token in the notice")
    return found.group(1)
