"""An SMTP server on the loopback that counts what it took, by recipient and Message-ID."""
import collections
import re
import socketserver
import threading

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True  # else each answer waits for the acknowledgement of the one before

    def handle(self):
        try:
            self._serve()
        except OSError:
            pass  # the client was killed

    def _say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def _serve(self):
        self._say("220 sink.example ESMTP")
        recipients = []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            self.server.verbs.add(verb)
            if verb == b"EHLO":
                self._say("\r\n".join(f"250-{each}" for each in ["sink.example", *self.server.extensions])
                          + "\r\n250 ENHANCEDSTATUSCODES")
            elif verb == b"RCPT":
                recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                refusal = self.server.refusal(recipient)
                if not refusal:
                    recipients.append(recipient)
                self._say(refusal or "250 2.1.5 ok")
            elif verb == b"DATA" and not recipients:
                self._say("554 5.5.1 no valid recipients")
            elif verb == b"DATA":
                self._say("354 go on")
                body = []
                while (text := self.rfile.readline()) != b".\r\n":
                    if not text:
                        return
                    body.append(text)
                self.server.keep(recipients, b"".join(body))
                recipients = []
                self._say("250 2.0.0 kept")
            elif verb == b"QUIT":
                return self._say("221 2.0.0 bye")
            else:
                if verb in (b"MAIL", b"RSET"):
                    recipients = []
                self._say("250 2.0.0 ok")


class SmtpSink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, refusal=lambda recipient: None, keeping=lambda: None):
        """`refusal`: the reply to RCPT that is none of 2xx, or None. `keeping` is called before a message is answered."""
        super().__init__(("127.0.0.1", 0), _Session)
        self.refusal = refusal
        self.extensions = ["PIPELINING", "8BITMIME"]
        self._keeping = keeping
        self._lock = threading.Lock()
        self.messages = []  # (Message-ID, recipients), as they were taken
        self.letters = []  # (octets, recipients), the same
        self.verbs = set()  # the first four octets of every command
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def keep(self, recipients, body):
        found = MESSAGE_ID.search(body)
        with self._lock:
            self.messages.append((found.group(1).decode() if found else "", tuple(recipients)))
            self.letters.append((body, tuple(recipients)))
        self._keeping()

    def copies(self):
        """How many copies each recipient has of each message."""
        with self._lock:
            return collections.Counter((message, recipient) for message, recipients in self.messages
                                       for recipient in recipients)

    def close(self):
        self.shutdown()
        self.server_close()
