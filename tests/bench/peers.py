"""The programs that compare.py sets beside each other, each with a list in a folder of its own."""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

DOMAIN = "lists.example.org"
LIST = f"cooks@{DOMAIN}"
POSTER = f"poster@{DOMAIN}"


def member(number):
    return f"member{number:07d}@dest{number % 997:03d}.example.net"


def members(count):
    return [POSTER] + [member(number) for number in range(count - 1)]


def crc32c(octets):
    crc = 0xFFFFFFFF
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Sink:
    """smtp-sink of Postfix on a free port of the loopback."""

    def __init__(self):
        self.port = free_port()
        program = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen([program, *user, f"127.0.0.1:{self.port}", "100"])
        self._wait()

    def _wait(self):
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise SystemExit("smtp-sink does not listen")

    def close(self):
        self.process.kill()
        self.process.wait()


class Measure:
    """Runs a command: (wall s, cpu s, peak MB)."""

    def __init__(self, program):
        self.program = program

    def __call__(self, command, stdin="/dev/null"):
        line = subprocess.run([self.program, stdin, *command], check=True, capture_output=True, text=True).stdout
        wall, cpu, peak, status = map(int, line.split())
        if status != 0:
            raise SystemExit(f"{' '.join(map(str, command))}: exit status {status}")
        return wall / 1e6, cpu / 1e6, peak / 1024


class Mlmmj:
    """Its programs want to be called by their full path."""

    name = "mlmmj"

    def __init__(self, folder, port, per_transaction=None):
        """Without `per_transaction` every recipient has a transaction and a sender of his own."""
        self.folder = pathlib.Path(folder)
        for name in ("incoming queue/discarded archive text subconf unsubconf bounce control moderation subscribers.d "
                     "digesters.d requeue nomailsubs.d").split():
            (self.folder / name).mkdir(parents=True)
        (self.folder / "index").touch()
        for text in pathlib.Path("/usr/share/mlmmj/text.skel/en").iterdir():
            shutil.copy(text, self.folder / "text")
        settings = {"owner": f"owner@{DOMAIN}", "listaddress": LIST, "relayhost": "127.0.0.1", "smtpport": port}
        if per_transaction:  # without "verp" every recipient has a transaction of his own
            settings |= {"verp": "", "maxverprecips": per_transaction}
        for name, value in settings.items():
            (self.folder / "control" / name).write_text(f"{value}\n")

    def import_members(self, addresses):
        by_letter = {}
        for address in addresses:
            by_letter.setdefault(address[0], []).append(address)
        for letter, group in by_letter.items():
            (self.folder / "subscribers.d" / letter).write_text("\n".join(group) + "\n")

    subscribe_address = f"cooks+subscribe@{DOMAIN}"

    def receive(self, letter):
        return [shutil.which("mlmmj-receive"), "-F", "-L", self.folder], letter

    def deliver(self, letter):
        """mlmmj-send alone. It moves the letter into the archive (and crashes when told not to), so it gets a copy."""
        copy = self.folder / "incoming" / "post"
        shutil.copy(letter, copy)
        return [shutil.which("mlmmj-send"), "-L", self.folder, "-m", copy], "/dev/null"


class Majlis:
    name = "majlis"
    subscribe_address = f"cooks-request@{DOMAIN}"

    def __init__(self, folder, port, bin_folder):
        self.folder, self.bin = pathlib.Path(folder), pathlib.Path(bin_folder).resolve()
        self.relay = f"smtp://127.0.0.1:{port}"
        self.admin("init", self.folder, "--domain", DOMAIN, "--postmaster", f"postmaster@{DOMAIN}", "--relay", self.relay,
                   site=False)
        self.admin("create", LIST, "--preset", "public-discussion", "--owner", f"owner@{DOMAIN}")
        self.admin("config", LIST, "set", "strip", "no")
        conf = self.folder / "site.conf"
        lines = [line for line in conf.read_text().splitlines() if not line.startswith("log_file")]
        conf.write_text("\n".join([*lines, f"log_file = {self.folder}/log"]) + "\n")

    def admin(self, *words, site=True, stdin="/dev/null"):
        options = ["--site", self.folder] if site else []
        with open(stdin, encoding="utf-8") as given:
            result = subprocess.run([self.bin / "majlis", *options, *words], stdin=given, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"majlis {words[0]}: {result.stderr or result.stdout}")
        return result.stdout

    def import_members(self, addresses):
        file = self.folder / "import.txt"
        file.write_text("".join(f'"Reader {number}" <{address}>\n' for number, address in enumerate(addresses)))
        self.admin("members", LIST, "import", file)
        file.unlink()

    def personalise(self, how):
        self.admin("config", LIST, "set", "personalize", how)
        footer = self.folder / "footer.txt"
        footer.write_text("For $USER_NAME, $USER_ADDRESS\n$UNSUBSCRIBE_LINK\n" if how != "no" else "")
        self.admin("config", LIST, "set", "message_footer", "-", stdin=footer)

    def receive(self, letter, recipient=subscribe_address, sender=None):
        options = ["--sender", sender] if sender else []
        return [self.bin / "majlis-receive", "--site", self.folder, "--recipient", recipient, *options], letter

    def sign_each(self):
        """Makes the jobs that wait per-recipient VERP ones."""
        for job in (self.folder / "spool" / "new").iterdir():
            head, rest = job.read_bytes().split(b"\n", 1)
            rest = rest.replace(b"\nverp none\n", b"\nverp per-recipient\n", 1)
            size = f"{len(rest):012d}".encode()
            job.write_bytes(b"majlis-job 1 " + size + f" {crc32c(size + rest):08x}\n".encode() + rest)

    def flush(self):
        return [self.bin / "majlis-flush", "--site", self.folder, "--relay", self.relay], "/dev/null"

    def expect_delivered(self, count):
        """At least so many, by the last line of the log: no benchmark is quick because nothing was done."""
        last = (self.folder / "log").read_text().splitlines()[-1]
        found = re.search(r" delivered=(\d+) deferred=0 failed=0", last)
        if not found or int(found.group(1)) < count:
            raise SystemExit(f"majlis: not {count} delivered: {last}")


def bare_sender(program, port, letter, addresses, verp=False, per_transaction=1000, connections=1):
    """The floor: everything pipelined by one process that keeps no record."""
    form = "verp" if verp else "shared"
    return [program, str(port), str(per_transaction), str(connections), form, letter, addresses]
