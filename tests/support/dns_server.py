"""A name server on the loopback that knows a few texts; whatever else it is asked for does not exist."""
import socket
import struct
import subprocess
import threading
import time

TXT, IN = 16, 1
NO_ERROR, SERVER_FAILED, NO_SUCH_NAME = 0, 2, 3


class DnsServer(threading.Thread):
    """`texts`: by name. Names in `failing` are answered by SERVFAIL, those in `silent` not at all. `asked`: all names."""

    def __init__(self, texts, port=0):
        super().__init__(daemon=True)
        self.texts = texts
        self.failing = set()
        self.silent = set()
        self.asked = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", port))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.socket.sendto(b"", self.socket.getsockname())
        self.join()
        self.socket.close()

    def run(self):
        while True:
            question, client = self.socket.recvfrom(4096)
            if not question:
                return
            answer = self.answer(question)
            if answer:
                self.socket.sendto(answer, client)

    def answer(self, message):
        name, end = name_at(message, 12)
        self.asked.append(name)
        if name in self.silent:
            return None
        text = self.texts.get(name)
        below = any(each.endswith("." + name) for each in self.texts)
        code = SERVER_FAILED if name in self.failing else NO_ERROR if text is not None or below else NO_SUCH_NAME
        records = b""
        kind, = struct.unpack("!H", message[end:end + 2])
        if code == NO_ERROR and text is not None and kind == TXT:
            octets = text.encode()
            pieces = [octets[i:i + 255] for i in range(0, len(octets), 255)] or [b""]
            data = b"".join(bytes([len(piece)]) + piece for piece in pieces)
            records = b"\xC0\x0C" + struct.pack("!HHIH", TXT, IN, 60, len(data)) + data
        head = message[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, 1 if records else 0, 0, 0)
        return head + message[12:end + 4] + records


class Dnsmasq:
    """A real one, Debian's dnsmasq: it knows these texts (by name; several of one name in a list), and that nothing else
    exists. What does not fit into a datagram it cuts off, and gives over TCP."""

    PROGRAM = "/usr/sbin/dnsmasq"

    def __init__(self, texts):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        several = [(name, text) for name, some in texts.items() for text in ([some] if isinstance(some, str) else some)]
        records = "".join(f"txt-record={name}," + ",".join(f'"{text[at:at + 250]}"' for at in range(0, len(text), 250)) + "\n"
                          for name, text in several)
        self.process = subprocess.Popen(
            [self.PROGRAM, "--keep-in-foreground", "--conf-file=-", "--no-resolv", "--no-hosts", "--user=", "--pid-file=",
             "--listen-address=127.0.0.1", "--bind-interfaces", f"--port={port}", "--local=/#/", "--local-ttl=600"],
            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.process.stdin.write(records.encode())
        self.process.stdin.close()
        self.wait_until_there(port)

    def wait_until_there(self, port):
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("dnsmasq does not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait()


_nobodys = None


def nobodys_address():
    """Of one that is there as long as this process, and where nobody publishes anything."""
    global _nobodys
    if _nobodys is None:
        _nobodys = DnsServer({})
        _nobodys.start()
    return _nobodys.address


def name_at(message, at):
    labels = []
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode("ascii", "replace"))
        at += 1 + message[at]
    return ".".join(labels).lower(), at + 1
