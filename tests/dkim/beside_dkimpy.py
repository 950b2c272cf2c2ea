#!/usr/bin/python3
"""Messages signed by dkimpy, then changed at random: our verifier and dkimpy's must say the same of each.

    beside_dkimpy.py DKIM_WORDS      exit status 77 when there is no dkimpy

Ours is stricter where STRICTER says so, and passes nothing that dkimpy does not.
"""
import base64
import pathlib
import random
import subprocess
import sys
import tempfile

try:
    import dkim
    import nacl.signing
except ImportError:
    print("no python3-dkim, no python3-nacl")
    sys.exit(77)

CHANGES = 12  # of each signed message
STRICTER = {"repeated_field", "malformed"}

HEADER = (b"X-Trace: from a.example by b.example;\r\n\tMon, 1 Jan 2024 00:00:00 +0000\r\n"
          b"From: Ann  Smith <ann@example.org>\r\nTo: cooks@lists.example.net\r\n"
          b"Subject: Soup,\r\n  and  bread \t\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n"
          b"Message-ID: <1@example.org>\r\nX-Trace: from c.example by a.example; Mon, 1 Jan 2024 00:00:00 +0000\r\n")
BODIES = {
    "plain": b"Hello,\r\n\r\nsoup  is\tready. \r\n\r\n-- \r\nAnn\r\n",
    "empty": b"",
    "blank lines": b"\r\n\r\n \r\n\t\r\n\r\n",
    "blanks at the end": b"a \t\r\n\r\n b\t\tc  \r\n \r\n\r\n\r\n",
    "no last line end": b"one \r\ntwo",
    "eight bit": "Grüße, été\r\n".encode() * 30,
    "long line": b"x " * 40_000 + b"\r\n",
    "dots": b".\r\n..\r\n. \r\n",
}
CANONICAL = [(head, body) for head in (b"simple", b"relaxed") for body in (b"simple", b"relaxed")]


def rsa_key(folder, bits):
    file = folder / f"{bits}.pem"
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", file, str(bits)], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", file, "-pubout", "-outform", "DER"], check=True,
                            capture_output=True).stdout
    return file.read_bytes(), "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()


def ed25519_key():
    key = nacl.signing.SigningKey(bytes(range(32)))
    return base64.b64encode(bytes(key)), "k=ed25519; p=" + base64.b64encode(bytes(key.verify_key)).decode()


def changed(message, chance):
    """One small change, anywhere."""
    at = chance.randrange(len(message))
    kind = chance.randrange(6)
    if kind == 0:
        return message[:at] + bytes([message[at] ^ 1 << chance.randrange(7)]) + message[at + 1:]
    if kind == 1:
        return message[:at] + message[at + 1:]
    if kind == 2:
        return message[:at] + chance.choice([b" ", b"\t", b"\r\n", b"\r\n ", b";", b"a"]) + message[at:]
    if kind == 3:
        return message + chance.choice([b"\r\n", b" \r\n", b"x\r\n"])
    if kind == 4:
        return chance.choice([b"Subject: other\r\n", b"X-Other: 1\r\n", b"X-Trace: from d\r\n"]) + message
    return message.replace(b"  ", b" ", 1)


def dkimpy_says(message, keys):
    def texts(name, timeout=5):
        return keys.get(name.decode().rstrip("."))
    try:
        return dkim.verify(message, dnsfunc=texts, minkey=1024)
    except Exception:  # a reader that raises has not verified
        return False


def messages(folder):
    """(what it is, octets), and the keys."""
    makers = {"rsa-sha256": [("r2048", rsa_key(folder, 2048)), ("r1024", rsa_key(folder, 1024)),
                             ("r768", rsa_key(folder, 768))],
              "ed25519-sha256": [("ed", ed25519_key())]}
    keys = {f"{name}._domainkey.example.org": text for rows in makers.values() for name, (_, text) in rows}
    made = []
    for algorithm, rows in makers.items():
        for selector, (private, _) in rows:
            for form in CANONICAL:
                for name, body in BODIES.items():
                    message = HEADER + b"\r\n" + body
                    field = dkim.sign(message, selector.encode(), b"example.org", private, canonicalize=form,
                                      signature_algorithm=algorithm.encode(), identity=b"ann@example.org",
                                      include_headers=[b"from", b"to", b"subject", b"date", b"x-trace", b"x-trace"])
                    made.append((f"{selector} {form} {name}", field + message))
    return made, keys


def main():
    words_of = sys.argv[1]
    chance = random.Random(6376)
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        signed, keys = messages(folder)
        table = folder / "keys"
        table.write_text("".join(f"{each}\t{text}\n" for each, text in keys.items()))
        cases = []
        for what, message in signed:
            cases.append((what, message))
            cases.append((what + ", LF", message.replace(b"\r\n", b"\n")))
            cases += [(f"{what}, change {i}", changed(message, chance)) for i in range(CHANGES)]
        files = []
        for i, (_, message) in enumerate(cases):
            files.append(folder / f"{i:05}.eml")
            files[-1].write_bytes(message)
        lines = subprocess.run([words_of, table, *files], check=True, capture_output=True, text=True).stdout.splitlines()
        assert len(lines) == len(cases)
        both = stricter = 0
        for (what, message), ours in zip(cases, lines):
            theirs = dkimpy_says(message, keys)
            both += theirs and ours == "pass"
            stricter += theirs and ours in STRICTER
            is_short = what.startswith("r768")
            if is_short and "change" not in what and ours != "short_key":
                failures.append(f"{what}: {ours}")
            if ours == "pass" and not theirs:
                failures.append(f"{what}: passes with us only")
            if theirs and ours != "pass" and ours not in STRICTER:
                failures.append(f"{what}: dkimpy passes it, we say {ours}")
            if "change" not in what and not is_short and ours != "pass":
                failures.append(f"{what}: as signed, we say {ours}")
        print(f"{len(cases)} messages: {both} pass with both, {stricter} with dkimpy only, for a reason")
    print("\n".join(failures[:20]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
