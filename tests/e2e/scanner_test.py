#!/usr/bin/env python3
"""Posts before a scanner: a real clamd with signatures of this test, and scanners that lie, dawdle or die.

    scanner_test.py BIN EXAMPLES     BIN has majlis, majlis-receive and majlis-flush, EXAMPLES is doc/examples; exit
                                     status 77 when there is no clamd
"""
import atexit
import base64
import binascii
import glob
import hashlib
import io
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import threading
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import APPROVE_PASSWORD, DONE, TRY_AGAIN, message, moderation_word_in  # noqa: E402

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
if CLAMD is None:
    print("no clamd")
    sys.exit(77)

BIN = ""
EXAMPLES = None
LIST = f"cooks@{majlis_site.DOMAIN}"
REQUEST = f"cooks-request@{majlis_site.DOMAIN}"
OLGA = "olga@example.org"
# In halves, or scanners would call this file a virus.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VIRUS = "a virus of this test: 7f5c1b09"
SIGNATURES = {
    "test.ndb": f"Majlis.Test:0:*:{binascii.hexlify(VIRUS.encode()).decode()}\n",
    "test.hdb": f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Majlis.Eicar\n",
}
HARMLESS = {"test.hdb": f"{hashlib.md5(b'nobody says this').hexdigest()}:16:Majlis.Nothing\n"}
START_LIMIT_S = 60


class Clamd:
    """One of our own, at a socket in `folder` or by TCP."""

    of_all = None

    def __init__(self, folder, signatures=None, tcp=False, **settings):
        self.folder = pathlib.Path(folder)
        database = self.folder / "db"
        shutil.rmtree(database, ignore_errors=True)
        database.mkdir()
        for name, text in (SIGNATURES if signatures is None else signatures).items():
            (database / name).write_text(text)
        self.port = free_port() if tcp else 0
        where = {"TCPAddr": "127.0.0.1", "TCPSocket": self.port} if tcp else {"LocalSocket": self.folder / "socket"}
        lines = {"Foreground": "yes", "DatabaseDirectory": database, "MaxThreads": 2, **where, **settings}
        config = self.folder / "clamd.conf"
        config.write_text("".join(f"{key} {value}\n" for key, value in lines.items()))
        (self.folder / "socket").unlink(missing_ok=True)
        self.process = subprocess.Popen([CLAMD, "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        cwd=self.folder)
        end = time.monotonic() + START_LIMIT_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise majlis_site.Failed("clamd does not start")
            time.sleep(0.05)

    @property
    def address(self):
        return f"tcp:127.0.0.1:{self.port}" if self.port else f"unix:{self.folder}/socket"

    def answers(self):
        try:
            with connected(self.address) as scanner:
                scanner.sendall(b"zPING\0")
                return scanner.recv(100) == b"PONG\0"
        except OSError:
            return False

    @classmethod
    def shared(cls):
        """With the signatures above; ends with the test."""
        if cls.of_all is None:
            folder = majlis_site.scratch_folder("majlis-clamd-")
            cls.of_all = cls(folder)
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            atexit.register(cls.of_all.stop)
        return cls.of_all

    def scan(self, octets):
        with connected(self.address) as scanner:
            scanner.sendall(b"zINSTREAM\0" + struct.pack(">I", len(octets)) + octets + struct.pack(">I", 0))
            return scanner.recv(1000).decode()

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def connected(address):
    if address.startswith("unix:"):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            scanner.connect(address.removeprefix("unix:"))
        except OSError:
            scanner.close()
            raise
        return scanner
    host, port = address.removeprefix("tcp:").rsplit(":", 1)
    return socket.create_connection((host, int(port)))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FakeScanner:
    """By TCP; `behave(connection, octets)` gets what was sent whole, unless it is to `interrupt`: then it gets nothing and
    takes so little that a post of some megabytes cannot have been sent before it behaves."""

    def __init__(self, behave, interrupts=False):
        self.behave = behave
        self.interrupts = interrupts
        self.scanned = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        if interrupts:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.address = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection:
            try:
                octets = b"" if self.interrupts else self.read_stream(connection)
                self.scanned.append(octets)
                self.behave(connection, octets)
            except (OSError, struct.error):
                pass

    @staticmethod
    def read_stream(connection):
        with connection.makefile("rb") as stream:
            stream.read(len(b"zINSTREAM\0"))
            octets = b""
            while length := struct.unpack(">I", stream.read(4))[0]:
                octets += stream.read(length)
            return octets

    def stop(self):
        self.listener.close()


def saying(reply):
    return lambda connection, octets: connection.sendall(reply)


def one_octet_a_second(connection, _):
    for octet in b"stream: OK\0":
        connection.sendall(bytes([octet]))
        time.sleep(1)


def with_attachment(octets, name="rice.txt", media_type="application/octet-stream", subject="file"):
    return ("\r\n".join([
        "From: ann@example.com", f"To: {LIST}", f"Subject: {subject}", "Date: Tue, 24 Nov 2026 10:00:00 +0000",
        f"Message-ID: <{hashlib.sha256(octets + subject.encode()).hexdigest()[:16]}@example.net>", "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"', "", "--b", "", "Rice.", "--b",
        f'Content-Type: {media_type}; name="{name}"', "Content-Transfer-Encoding: base64", "",
        base64.encodebytes(octets).decode().replace("\n", "\r\n") + "--b--", ""])).encode()


class ScannerTest(unittest.TestCase):
    def setUp(self):
        self.folder = majlis_site.scratch_folder("majlis-scanner-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.site = majlis_site.Site(BIN, self.folder / "site").init()
        self.site.create("cooks", "private-discussion", owner=OLGA, members=["ann@example.com", "bob@example.net"],
                         attachments="yes", attachment_names="")
        self.number = 0

    def use(self, scanner):
        self.addCleanup(scanner.stop)
        self.site.set_site("scanner", scanner.address)
        return scanner

    def clamd(self, **more):
        return self.use(Clamd(self.folder, **more))

    def shared_clamd(self):
        self.site.set_site("scanner", Clamd.shared().address)

    def no_clamd(self):
        self.site.set_site("scanner", f"unix:{self.folder}/socket")

    def post(self, text, sender="ann@example.com", **fields):
        self.number += 1
        return message(text, sender, LIST, f"post {self.number}", **fields)

    def outcome(self, post, to=LIST, sender="ann@example.com"):
        """Exit status, verdict and rule; "" where nothing was decided."""
        self.site.new_log_lines()
        status = self.site.receive(post, to, sender)
        self.lines = self.site.new_log_lines()
        words = {}
        for line in self.lines:
            if " post list=" in line:
                words = dict(word.split("=", 1) for word in line.split() if "=" in word)
        return status, words.get("verdict", ""), words.get("rule", "")

    def scans(self):
        """The verdicts of the last outcome()."""
        return [line.split("verdict=")[1].split()[0] for line in self.lines if " scan list=" in line]

    def new_letters(self, address=None):
        self.site.flush()
        return [letter for letter in self.site.new_letters() if address in (None, letter.address)]

    def assertNothingHappened(self):
        self.assertEqual(self.site.held("cooks"), [])
        self.assertEqual(self.new_letters(), [])

    def assertCarriesNoVirus(self, letter):
        self.assertNotIn(VIRUS.encode(), letter.raw)
        self.assertNotIn(base64.b64encode(VIRUS.encode())[:20], letter.raw)

    def hold_infected(self):
        self.site.config("cooks", "antivirus_action", "hold")
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "hold", "antivirus"))
        return self.site.held("cooks")[-1]["id"]

    def notice(self):
        return self.new_letters(OLGA)[-1]

    def approve_by_program(self, held):
        return self.site.run("majlis", "--site", self.site.folder, "held", "cooks", "approve", held)


class WithClamd(ScannerTest):
    def test_what_is_clean_passes_and_what_is_not_is_rejected(self):
        self.shared_clamd()
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "accept", ""))
        self.assertEqual(self.scans(), ["clean"])
        self.assertEqual(sorted(letter.address for letter in self.new_letters()),
                         ["ann@example.com", "bob@example.net"])
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "reject", "antivirus"))
        self.assertEqual(self.scans(), ["found"])
        told, = self.new_letters()
        self.assertEqual(told.address, "ann@example.com")
        self.assertIn("the scanner found something in it (Majlis.Test", told.text)
        self.assertCarriesNoVirus(told)

    def test_it_is_found_in_every_coding(self):
        self.shared_clamd()
        for post in [with_attachment(VIRUS.encode()), with_attachment(EICAR),
                     self.post(VIRUS.replace("virus", "v=69rus"), MIME_Version="1.0",
                               Content_Transfer_Encoding="quoted-printable"),
                     self.post("begin 644 a.bin\n" + binascii.b2a_uu(VIRUS.encode()).decode() + "`\nend")]:
            self.assertEqual(self.outcome(post), (DONE, "reject", "antivirus"))

    def test_a_stranger_whose_name_a_virus_bears_is_told_nothing(self):
        self.shared_clamd()
        self.site.config("cooks", "nonmember_posts", "accept")
        post = self.post(VIRUS, "sam@example.net")
        self.assertEqual(self.outcome(post, sender="sam@example.net"), (DONE, "discard", "antivirus"))
        self.assertNothingHappened()

    def test_discarded_is_what_is_to_be(self):
        self.shared_clamd()
        self.site.config("cooks", "antivirus_action", "discard")
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "discard", "antivirus"))
        self.assertNothingHappened()

    def test_it_comes_before_moderation_and_a_password_does_not_help(self):
        self.shared_clamd()
        self.site.config("cooks", "moderate", "yes")
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "reject", "antivirus"))
        self.assertEqual(self.outcome(self.post(VIRUS, Approved=APPROVE_PASSWORD)), (DONE, "reject", "antivirus"))
        self.new_letters()
        # Majordomo's approve: the moderator sends in what a stranger wrote, and hears of it.
        inner = self.post(VIRUS, "sam@example.net").decode()
        post = message(f"Approved: {APPROVE_PASSWORD}\n\n{inner}", OLGA, LIST, "approve")
        self.assertEqual(self.outcome(post, sender=OLGA), (DONE, "reject", "antivirus"))
        told, = self.new_letters()
        self.assertEqual(told.address, OLGA)
        self.assertIn("(Majlis.Test", told.text)
        self.assertEqual(self.outcome(self.post("Rice.", Approved=APPROVE_PASSWORD)), (DONE, "accept", ""))

    def test_what_is_held_goes_to_nobody_while_it_is_found(self):
        self.shared_clamd()
        held = self.hold_infected()
        self.assertEqual(self.site.held("cooks")[0]["reasons"], ["infected"])
        letters = self.new_letters()
        self.assertEqual(sorted(letter.address for letter in letters), ["ann@example.com", OLGA])
        for letter in letters:
            self.assertCarriesNoVirus(letter)
        notice = [letter for letter in letters if letter.address == OLGA][0]
        self.assertEqual(list(notice.message.iter_attachments()), [])
        self.assertIn("cannot be approved", notice.text)
        word = moderation_word_in(notice.text)
        self.assertEqual(self.site.receive(message(f"accept {word}", OLGA, REQUEST, "a"), REQUEST, OLGA), DONE)
        self.assertIn("The scanner finds something in it: Majlis.Test", self.notice().text)
        done = self.approve_by_program(held)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"the scanner found something in it (Majlis.Test", done.stderr)
        tool = message(f"Approved: {APPROVE_PASSWORD}\n\n{notice.text}", OLGA, LIST, "BOUNCE")
        self.assertEqual(self.outcome(tool, sender=OLGA), (DONE, "reject", "antivirus"))
        told, = self.new_letters()
        self.assertEqual(told.address, OLGA)
        self.assertIn("the scanner found something", told.text)
        self.assertNotIn(word.split(".")[1], told.text)
        self.assertEqual(len(self.site.held("cooks")), 1)
        self.clamd(signatures=HARMLESS)
        self.assertEqual(self.outcome(tool.replace(b"Subject: BOUNCE", b"Subject: again"), sender=OLGA)[0], DONE)
        self.assertEqual(self.site.held("cooks"), [])
        self.assertEqual({letter.address for letter in self.new_letters()}, {"ann@example.com", "bob@example.net"})

    def test_what_is_held_is_rejected_and_discarded_as_anything(self):
        self.shared_clamd()
        self.hold_infected()
        word = moderation_word_in(self.notice().text)
        self.assertEqual(self.site.receive(message(f"reject {word}", OLGA, REQUEST, "a"), REQUEST, OLGA), DONE)
        self.assertEqual(self.site.held("cooks"), [])
        self.site.majlis("held", "cooks", "discard", self.hold_infected())
        self.assertEqual(self.site.held("cooks"), [])

    def test_of_all_that_wait_only_the_clean_are_accepted(self):
        self.shared_clamd()
        self.site.config("cooks", "moderate", "yes")
        infected = self.hold_moderated()
        clean = [self.outcome(self.post(f"Rice {number}."))[1] for number in range(2)]
        self.assertEqual(clean, ["hold", "hold"])
        self.new_letters()
        self.site.flush(ahead_s=25 * 3600)
        reminder = [letter for letter in self.new_letters(OLGA) if "accept *" in letter.text][-1]
        answer = message("accept *", OLGA, REQUEST, f"Re: {reminder.subject}")
        self.assertEqual(self.site.receive(answer, REQUEST, OLGA), DONE)
        letters = self.new_letters()
        told = [letter for letter in letters if letter.address == OLGA][-1].text
        self.assertIn(f"accept {infected}: not accepted; it waits on.", told)
        self.assertIn("decided about 2", told)
        self.assertEqual([row["id"] for row in self.site.held("cooks")], [infected])
        self.assertEqual(len([letter for letter in letters if letter.address == "bob@example.net"]), 2)

    def hold_moderated(self):
        self.site.config("cooks", "antivirus_action", "hold")
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "hold", "moderated"))
        return self.site.held("cooks")[-1]["id"]

    def test_what_is_longer_than_a_stream_may_be_is_handed_over_as_a_file(self):
        self.clamd(StreamMaxLength="100K")
        long_text = "\n".join(["Rice and peas."] * 20_000)
        self.site.config("cooks", "maxlength", "10000000")
        self.assertEqual(self.outcome(self.post(long_text)), (DONE, "accept", ""))
        self.assertEqual(self.outcome(self.post(long_text + "\n" + VIRUS)), (DONE, "reject", "antivirus"))

    def test_what_is_beyond_the_limits_of_clamd_is_found_where_it_is_told_so(self):
        self.clamd(MaxFileSize="100K", AlertExceedsMax="yes")
        self.site.config("cooks", "maxlength", "10000000")
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "accept", ""))
        self.assertEqual(self.outcome(self.post("\n".join(["Rice and peas."] * 20_000))), (DONE, "reject", "antivirus"))

    def test_by_tcp_it_waits_instead(self):
        self.clamd(tcp=True, StreamMaxLength="100K")
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "accept", ""))
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "reject", "antivirus"))
        self.new_letters()
        self.assertEqual(self.outcome(self.post("\n".join(["Rice and peas."] * 20_000))), (TRY_AGAIN, "", ""))
        self.assertIn("size limit exceeded", self.lines[-1])
        self.assertNothingHappened()

    def test_the_check_says_what_comes_of_a_test_string(self):
        def found():
            done = self.site.run("majlis", "--site", self.site.folder, "check", "--json")
            row, = [json.loads(line) for line in done.stdout.splitlines() if b'"scanner"' in line]
            return row["ok"], row["what"], row["mend"]

        self.assertEqual(found()[0], True)
        self.shared_clamd()
        is_ok, what, _ = found()
        self.assertTrue(is_ok)
        self.assertIn("finds the EICAR test string (Majlis.Eicar", what)
        self.no_clamd()
        is_ok, what, mend = found()
        self.assertFalse(is_ok)
        self.assertIn("does not answer", what)
        self.assertIn("start clamd", mend)
        self.clamd(signatures=HARMLESS)
        is_ok, what, mend = found()
        self.assertFalse(is_ok)
        self.assertIn("lets every post pass", what)
        self.assertIn("freshclam", mend)

    def test_the_rules_for_archives_find_what_they_say(self):
        rules = (EXAMPLES / "majlis-archives.cdb").read_text()
        scanner = self.clamd(signatures={"majlis-archives.cdb": rules})
        for names in [["a.exe"], ["menu.txt", "x/Menu.PDF.SCR"], ["a.js"]]:
            for archive in [zip_of(names), tar_of(names), zip_of(["inner.zip"], zip_of(names))]:
                self.assertIn("Majlis.Archive.Name.UNOFFICIAL FOUND", scanner.scan(archive), names)
        for names in [["menu.txt"], ["exe"], ["a.exe.txt"], ["xl/printerSettings/printerSettings1.bin"]]:
            for archive in [zip_of(names), tar_of(names)]:
                self.assertEqual(scanner.scan(archive), "stream: OK\0", names)
        self.assertIn("Majlis.Archive.Encrypted.UNOFFICIAL FOUND", scanner.scan(encrypted(zip_of(["menu.txt"]))))
        # A file that is attached as it is belongs to attachment_names.
        self.assertEqual(self.outcome(with_attachment(b"MZ", "a.exe")), (DONE, "accept", ""))
        self.assertEqual(self.outcome(with_attachment(zip_of(["a.exe"]), "a.zip")), (DONE, "reject", "antivirus"))

    def archives_scanner(self, **settings):
        rules = (EXAMPLES / "majlis-archives.cdb").read_text()
        return self.clamd(signatures={"majlis-archives.cdb": rules}, **settings)

    def check_rules(self, scanner, archive_of, encrypted_of=None, looks_inside=True):
        found = "Majlis.Archive.Name.UNOFFICIAL FOUND" if looks_inside else "stream: OK"
        for names in [["a.exe"], ["menu.txt", "Menu.PDF.SCR"]]:
            self.assertIn(found, scanner.scan(archive_of(names)), names)
        for names in [["menu.txt"], ["a.exe.txt"]]:
            self.assertEqual(scanner.scan(archive_of(names)), "stream: OK\0", names)
        if encrypted_of:
            found = "Majlis.Archive.Encrypted.UNOFFICIAL FOUND" if looks_inside else "stream: OK"
            self.assertIn(found, scanner.scan(encrypted_of(["menu.txt"])))

    def packed(self, suffix, names, *command):
        """What a program makes of files of these names."""
        program = shutil.which(command[0])
        if program is None:
            self.skipTest(f"no {command[0]}")
        folder = majlis_site.scratch_folder("majlis-archive-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        for name in names:
            (folder / name).write_bytes(b"Rice.")
        archive = folder / f"archive.{suffix}"
        subprocess.run([program, *command[1:], archive.name, *names], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return archive.read_bytes()

    def test_the_rules_for_archives_hold_for_7z(self):
        scanner = self.archives_scanner()
        pack = lambda *options: lambda names: self.packed("7z", names, "7zz", "a", "-bd", *options)  # noqa: E731
        self.check_rules(scanner, pack(), pack("-psecret"))
        self.check_rules(scanner, pack("-m0=copy", "-ms=off"))
        hidden = pack("-psecret", "-mhe=on")(["a.exe"])
        self.assertEqual(scanner.scan(hidden), "stream: OK\0")
        scanner.stop()
        self.assertIn(" FOUND", self.archives_scanner(AlertEncryptedArchive="yes").scan(hidden))

    def test_the_rules_for_archives_hold_for_arj(self):
        pack = lambda *options: lambda names: self.packed("arj", names, "arj", "a", "-i", *options)  # noqa: E731
        self.check_rules(self.archives_scanner(), pack(), pack("-gsecret"))

    def test_the_rules_for_archives_hold_for_cabinets(self):
        scanner = self.archives_scanner()
        for options in [[], ["-z"]]:
            self.check_rules(scanner, lambda names: self.packed("cab", names, "gcab", "-n", "-c", *options))

    def test_the_rules_for_archives_hold_for_cpio(self):
        scanner = self.archives_scanner()
        for kind in [cpio_newc, cpio_crc, cpio_odc, cpio_old]:
            self.check_rules(scanner, kind)

    def test_the_rules_for_archives_hold_for_rar_where_clamd_looks_into_it(self):
        scanner = self.archives_scanner()
        self.check_rules(scanner, rar4_of, lambda names: rar4_of(names, flags=4), looks_inside=has_unrar())
        self.check_rules(scanner, rar5_of, looks_inside=has_unrar())

    def test_the_rules_for_archives_name_what_the_presets_name(self):
        self.site.create("bakers", "private-discussion", owner=OLGA)
        endings = set(self.site.majlis("config", "bakers", "get", "attachment_names").strip().split(", "))
        rules = [line for line in (EXAMPLES / "majlis-archives.cdb").read_text().splitlines() if ".Name:" in line]
        self.assertGreater(len(rules), 1)
        for rule in rules:
            named = set(rule.split("\\.(")[1].split(")$")[0].split("|"))
            self.assertEqual(named, endings - {"bin"})  # Office documents have such in them


def zip_of(names, octets=b"Rice."):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        for name in names:
            out.writestr(name, octets)
    return archive.getvalue()


def encrypted(archive):
    """The same with the flag that says so, in both headers."""
    octets = bytearray(archive)
    octets[octets.find(b"PK\x03\x04") + 6] |= 1
    octets[octets.find(b"PK\x01\x02") + 8] |= 1
    return bytes(octets)


def tar_of(names):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as out:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = 5
            out.addfile(entry, io.BytesIO(b"Rice."))
    return archive.getvalue()


def has_unrar():
    """Whether clamd finds libclamunrar, which is not free software."""
    folders = [*os.environ.get("LD_LIBRARY_PATH", "").split(":"), *glob.glob("/usr/lib/*-linux-gnu"), "/usr/local/lib"]
    return any(glob.glob(f"{folder}/libclamunrar_iface.so*") for folder in folders if folder)


def rar4_of(names, octets=b"Rice.", flags=0):
    """Stored, as RAR 1.5 to 4 write it (RAR's technote.txt); nothing but RAR itself writes such archives."""
    def block(kind, flags, rest):
        head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
        return struct.pack("<H", binascii.crc32(head) & 0xFFFF) + head

    archive = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name in names:
        # packed and unpacked size, Unix, checksum, time, version 2.0 needed, stored, length of the name, mode
        file = struct.pack("<IIBIIBBHI", len(octets), len(octets), 3, binascii.crc32(octets), 0, 20, 0x30, len(name),
                           0o100644)
        archive += block(0x74, 0x8000 | flags, file + name.encode()) + octets
    return archive + block(0x7b, 0x4000, b"")


def rar5_of(names, octets=b"Rice."):
    """Stored, as RAR 5 and later write it (https://www.rarlab.com/technote.htm)."""
    def number(value):
        return number_of_more(value & 127, value >> 7)

    def number_of_more(low, rest):
        return bytes([low | 128]) + number(rest) if rest else bytes([low])

    def block(rest):
        sized = number(len(rest)) + rest
        return struct.pack("<I", binascii.crc32(sized)) + sized

    archive = b"Rar!\x1a\x07\x01\x00" + block(bytes([1, 0, 0]))
    for name in names:
        # a file with data behind it; its size, "has a checksum", unpacked size, mode, checksum, stored, Unix, name
        archive += block(bytes([2, 2]) + number(len(octets)) + bytes([4]) + number(len(octets)) + number(0o100644) +
                         struct.pack("<I", binascii.crc32(octets)) + bytes([0, 1]) + number(len(name)) +
                         name.encode()) + octets
    return archive + block(bytes([5, 0, 0]))


def cpio_of(names, entry, octets=b"Rice."):
    return b"".join(entry(name, octets) for name in names) + entry("TRAILER!!!", b"")


def padded(octets, to):
    return octets + bytes(-len(octets) % to)


def cpio_newc(names, magic=b"070701"):
    def entry(name, octets):
        checksum = sum(octets) if magic == b"070702" else 0
        fields = [1, 0o100644, 0, 0, 1, 0, len(octets), 0, 0, 0, 0, len(name) + 1, checksum]
        head = magic + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
        return padded(head, 4) + padded(octets, 4)
    return cpio_of(names, entry)


def cpio_crc(names):
    return cpio_newc(names, b"070702")


def cpio_odc(names):
    def entry(name, octets):
        head = b"070707" + b"%06o" * 7 % (0, 1, 0o100644, 0, 0, 1, 0) + b"%011o%06o%011o" % (0, len(name) + 1, len(octets))
        return head + name.encode() + b"\0" + octets
    return cpio_of(names, entry)


def cpio_old(names):
    def entry(name, octets):
        fields = [0o70707, 0, 1, 0o100644, 0, 0, 1, 0, 0, 0, len(name) + 1, len(octets) >> 16, len(octets) & 0xFFFF]
        return padded(struct.pack("<13H", *fields) + name.encode() + b"\0", 2) + padded(octets, 2)
    return cpio_of(names, entry)


class WhileItIsDown(ScannerTest):
    def test_a_post_stays_with_the_mail_server(self):
        self.no_clamd()
        post = self.post("Rice.")
        for _ in range(2):
            self.assertEqual(self.outcome(post), (TRY_AGAIN, "", ""))
            self.assertEqual(len(self.lines), 1)
            self.assertIn("the post was not scanned", self.lines[0])
            self.assertNothingHappened()
        self.shared_clamd()
        self.assertEqual(self.outcome(post), (DONE, "accept", ""))
        self.assertEqual(len(self.new_letters()), 2)

    def test_it_is_held_where_the_list_or_the_site_says_so(self):
        self.no_clamd()
        self.site.config("cooks", "scanner_down", "hold")
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "hold", "antivirus"))
        self.assertEqual(self.scans(), ["down"])
        self.assertEqual(self.site.held("cooks")[0]["reasons"], ["not_scanned"])
        notice = self.notice()
        self.assertEqual(list(notice.message.iter_attachments()), [])
        self.assertIn("scanned when you approve it", notice.text)
        self.site.majlis("config", "cooks", "unset", "scanner_down")
        self.assertEqual(self.outcome(self.post("Peas."))[0], TRY_AGAIN)
        self.site.set_site("scanner_down", "hold")
        self.assertEqual(self.outcome(self.post("Peas.")), (DONE, "hold", "antivirus"))
        self.site.config("cooks", "scanner_down", "defer")
        self.assertEqual(self.outcome(self.post("Beans."))[0], TRY_AGAIN)
        self.assertEqual(len(self.site.held("cooks")), 2)

    def test_who_approves_it_then_has_it_scanned(self):
        self.no_clamd()
        self.site.config("cooks", "scanner_down", "hold")
        words = []
        for text in ["Rice.", VIRUS]:
            self.assertEqual(self.outcome(self.post(text)), (DONE, "hold", "antivirus"))
            words.append(moderation_word_in(self.notice().text))
        ids = [word.split(".")[0] for word in words]

        def accept(word):
            self.assertEqual(self.site.receive(message(f"accept {word}", OLGA, REQUEST, f"{time.monotonic()}"),
                                               REQUEST, OLGA), DONE)
            return self.new_letters()

        answer, = accept(words[0])
        self.assertIn("The scanner does not answer now", answer.text)
        done = self.approve_by_program(ids[0])
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"try again later", done.stderr)
        self.assertEqual(len(self.site.held("cooks")), 2)
        self.shared_clamd()
        answer, = accept(words[1])
        self.assertIn("The scanner finds something in it: Majlis.Test", answer.text)
        self.assertEqual(self.approve_by_program(ids[1]).returncode, 1)
        self.assertIn("bob@example.net", [letter.address for letter in accept(words[0])])
        self.assertEqual([row["id"] for row in self.site.held("cooks")], [ids[1]])

    def test_who_approves_by_the_program_has_it_scanned(self):
        self.no_clamd()
        self.site.config("cooks", "scanner_down", "hold")
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "hold", "antivirus"))
        self.shared_clamd()
        self.new_letters()
        self.site.majlis("held", "cooks", "approve", self.site.held("cooks")[0]["id"])
        self.assertEqual({letter.address for letter in self.new_letters()}, {"ann@example.com", "bob@example.net"})

    def test_what_is_no_post_or_would_be_refused_is_not_scanned(self):
        scanner = self.use(FakeScanner(saying(b"stream: OK\0")))
        self.assertEqual(self.site.receive(message("who", "ann@example.com", REQUEST, "a"), REQUEST,
                                           "ann@example.com"), DONE)
        self.site.config("cooks", "attachment_names", "exe")
        self.site.config("cooks", "attachment_action", "reject")
        self.assertEqual(self.outcome(with_attachment(b"MZ", "a.exe")), (DONE, "reject", "attachments"))
        self.site.config("cooks", "antivirus", "no")
        self.assertEqual(self.outcome(self.post(VIRUS)), (DONE, "accept", ""))
        self.assertEqual(scanner.scanned, [])
        self.site.config("cooks", "antivirus", "yes")
        post = self.post("Rice.")
        self.assertEqual(self.outcome(post), (DONE, "accept", ""))
        head, _, body = post.partition(b"\r\n\r\n")
        self.assertEqual(scanner.scanned, [head + b"\r\n\r\n" + body, body])

    def test_a_stranger_is_refused_and_a_copy_thrown_away_all_the_same(self):
        scanner = self.use(FakeScanner(saying(b"stream: OK\0")))
        post = self.post("Rice.")
        self.assertEqual(self.outcome(post), (DONE, "accept", ""))
        scanner.behave = saying(b"")
        self.assertEqual(self.outcome(post + b"\r\n", sender="bob@example.net")[0], TRY_AGAIN)
        self.assertEqual(self.outcome(post, sender="bob@example.net"), (DONE, "discard", "duplicate"))
        self.site.config("cooks", "nonmember_posts", "reject")
        self.assertEqual(self.outcome(self.post("Peas.", "sam@example.net"), sender="sam@example.net"),
                         (DONE, "reject", "not_member"))

    def test_no_list_asks_for_a_scanner_that_is_not_there(self):
        done = self.site.run("majlis", "--site", self.site.folder, "config", "cooks", "set", "antivirus", "yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"antivirus: the site has no scanner", done.stderr)
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "accept", ""))
        self.assertEqual(self.scans(), [])
        # It had one: nothing passes unseen.
        self.no_clamd()
        self.site.config("cooks", "antivirus", "yes")
        self.site.set_site("scanner", "")
        self.assertEqual(self.outcome(self.post("Peas.")), (TRY_AGAIN, "", ""))
        self.site.config("cooks", "maxlength", "20000")  # what was so before keeps nobody from other changes
        done = self.site.run("majlis", "--site", self.site.folder, "check")
        self.assertIn(b"antivirus = yes, and site.conf has no scanner", done.stdout)

    def test_a_site_names_no_other_scanner(self):
        for wrong in ["clamd", "unix:socket", "tcp:localhost", "tcp:localhost:0", "/run/clamd.ctl", "unix:/a b\x01"]:
            self.site.set_site("scanner", wrong)
            self.assertEqual(self.site.receive(self.post("Rice."), LIST, "ann@example.com"), TRY_AGAIN, wrong)


class WithScannersThatFail(ScannerTest):
    def test_nothing_passes_but_by_the_one_right_answer(self):
        scanner = self.use(FakeScanner(saying(b"")))
        self.site.set_site("scanner_seconds", 20)
        for reply in [b"", b"stream: OK", b"stream: OK\n", b"OK\0", b"stream: OK FOUND ERROR\0", b"stream: ok\0",
                      b"stream: NOT OK\0", b" stream: OK\0", b"stream: OK \0", b"stream: OK\0stream: X FOUND\0",
                      b"fd[]: OK\0", b"1: stream: OK\0", b"\0", b"\xff" * 10_000, b"x" * 100_000 + b"\0",
                      b"stream: X FOUND ERROR\0", b"UNKNOWN COMMAND\0"]:
            scanner.behave = saying(reply)
            self.assertEqual(self.outcome(self.post("Rice."))[0], TRY_AGAIN, reply[:50])
        self.assertNothingHappened()
        for reply in [b"stream: A.B FOUND\0", b"stream: OK FOUND\0", b"FOUND\0", b"\x1b[2J\r\nstream: OK\n FOUND\0"]:
            scanner.behave = saying(reply)
            self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "reject", "antivirus"), reply)
        for letter in self.new_letters():
            self.assertNotIn(b"\x1b", letter.raw)
        scanner.behave = saying(b"stream: OK\0")
        self.assertEqual(self.outcome(self.post("Rice.")), (DONE, "accept", ""))

    def test_one_that_is_clean_for_the_whole_and_finds_a_part(self):
        scanner = self.use(FakeScanner(None))
        scanner.behave = lambda connection, octets: connection.sendall(
            b"stream: Part FOUND\0" if octets == VIRUS.encode() else b"stream: OK\0")
        self.assertEqual(self.outcome(with_attachment(VIRUS.encode())), (DONE, "reject", "antivirus"))
        scanner.behave = lambda connection, octets: connection.sendall(
            b"" if octets == b"Rice." else b"stream: OK\0")
        self.assertEqual(self.outcome(with_attachment(b"Rice."))[0], TRY_AGAIN)

    def test_one_that_dawdles_has_scanner_seconds_in_all(self):
        self.use(FakeScanner(one_octet_a_second))
        self.site.set_site("scanner_seconds", 2)
        begin = time.monotonic()
        self.assertEqual(self.outcome(with_attachment(b"Rice."))[0], TRY_AGAIN)
        self.assertLess(time.monotonic() - begin, 9)  # the answers to four pieces would take 44 seconds

    def test_one_that_says_nothing_or_dies(self):
        self.site.config("cooks", "maxlength", "10000000")
        self.use(FakeScanner(lambda connection, _: time.sleep(5)))
        self.site.set_site("scanner_seconds", 1)
        self.assertEqual(self.outcome(self.post("Rice."))[0], TRY_AGAIN)
        scanner = self.use(FakeScanner(None, interrupts=True))
        for behave in [lambda connection, _: time.sleep(5), lambda connection, _: connection.close(),
                       saying(b"stream: OK\0")]:
            scanner.behave = behave
            self.assertEqual(self.outcome(self.post("\n".join(["Rice. " * 10] * 90_000)))[0], TRY_AGAIN)
        self.assertNothingHappened()

    def test_moderators_do_not_wait_for_one_that_says_nothing(self):
        self.site.config("cooks", "moderate", "yes")
        words = []
        for number in range(5):
            self.assertEqual(self.outcome(self.post(f"Rice {number}."))[1], "hold")
            words.append(moderation_word_in(self.notice().text))
        self.use(FakeScanner(lambda connection, _: time.sleep(5)))
        self.site.set_site("scanner_seconds", 1)
        begin = time.monotonic()
        accept = message("\n".join(f"accept {word}" for word in words), OLGA, REQUEST, "a")
        self.assertEqual(self.site.receive(accept, REQUEST, OLGA), DONE)
        self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual(self.notice().text.count("The scanner does not answer now"), 5)
        self.assertEqual(len(self.site.held("cooks")), 5)


if __name__ == "__main__":
    BIN = sys.argv.pop(1)
    EXAMPLES = pathlib.Path(sys.argv.pop(1))
    unittest.main()
