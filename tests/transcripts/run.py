#!/usr/bin/env python3
"""Plays the transcripts: mail goes into the real programs, everything that comes out is compared with what was agreed.

    run.py BIN [--update] [--keep DIR] [TOPIC or TOPIC/CASE]...

A case is a folder TOPIC/CASE with the messages (*.eml), a `script` and what is `expected`. Lines of a script:

    list NAME PRESET                 a list; its owner is olga@example.org
    passwords NAME                   gives it the passwords of tests/support/majlis_site.py
    set NAME SETTING VALUE           one setting of the list
    lines NAME SETTING FILE          the same with the lines of a file of the case
    by_hand NAME FILE                appends a file of the case to the list's configuration
    posters NAME FILE                a file of the case into the list's folder posters
    refuse NAME SETTING VALUE        as set, but it must be refused; what was said is shown
    site KEY VALUE                   one line of site.conf
    members NAME ADDRESS...          adds members
    text NAME TEXT FILE              the list's text (info, intro, files/menu) from a file of the case; %20 is a blank
    link NAME TEXT TARGET            a symbolic link in its place
    show NAME TEXT                   what that file holds now, or that folder
    secret WORD                      another password: like the usual two it may come out nowhere
    whole                            shows our letters as they are; else only their head, and the text of answers
    mail FILE to ADDRESS from ADDRESS    hands the message over, then runs majlis-flush; `from <>` is the null sender.
                                     ${MONTH} in it is the archive month of today, ${LOG} the same as LISTSERV calls it
    mails COUNT FILE to ADDRESS from ADDRESS   the same several times, ${NUMBER} counting up; only the last is shown
    take WORD from ADDRESS           the newest token that was mailed to ADDRESS; ${WORD} stands for it from here on
    take_subject WORD from ADDRESS   the same of the token at the end of a Subject
    upper WORD of WORD               the same in capital letters
    break WORD OCTETS                ${WORD1} stands for so many of its octets, ${WORD2} for the rest
    tag WORD from ADDRESS            what stands behind '+' in the return address of the newest letter to ADDRESS
    show_members NAME                what `majlis members NAME list --json` says of each, without times
    majlis WORD...                   a command of the administrator's, which must succeed
    settings NAME SETTING...         what `majlis config NAME show` says of these
    show_archive NAME                what the archive of this month holds
    days NUMBER                      so much time passes for what is due some day (tests/support/clock/pass_time.cc), then
                                     majlis-flush runs

`expected` holds, for each mail: exit status, log lines, every letter that arrived; at the end the members, what is
held and what was set aside. Dates, Message-IDs of our own and tokens are replaced by their names. --update writes it anew:
read the difference before you believe it.
"""
import argparse
import base64
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import sys
import time
import traceback
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
import majlis_site  # noqa: E402

TOKEN = re.compile(r"^(?:auth (\S+) (?:(?:un)?subscribe|set|confirm) |(?:accept|reject|discard) ([^\s*]+)|"
                   r"OK (?!REJECT|DISCARD)([^\s*]+)$|confirm ([^\s*.]+)$)", re.MULTILINE)
SUBJECT_TOKEN = re.compile(r"^Subject:(?:.|\n )*?\s+[\[({]([^\s@]{26,})[\])}]$", re.MULTILINE)
OUR_ID = re.compile(rb"(?m)^Message-ID: <[0-9a-f]{32}\.(?:\d+|held)@")
OUR_ANSWER = re.compile(rb"(?m)^Subject: (?:(?:Majordomo|LISTSERV) results(?::|$)|The results of your email commands|"
                        rb"=\?UTF-8\?Q\?R=C3=A9sultats\?= de vos commandes)")
# What the flusher says when all went well, and what the script itself set up.
ROUTINE = re.compile(r"majlis-flush: (?:job|flush) .*deferred=0 failed=0(?: jobs=\d+ left=0 set_aside=0)?$|majlis: admin ")
# Fields of our own letters that are the same in all of them.
USUAL = re.compile(rb"(?:Date|To|Message-ID|References|Auto-Submitted|Precedence|MIME-Version|List-Id|"
                   rb"Content-Type: text/plain; charset=UTF-8|Content-Transfer-Encoding)\b")

MONTH = time.strftime("%Y-%m", time.gmtime())
LOG = "LOG" + MONTH[2:4] + MONTH[5:]  # as LISTSERV calls it

# Attachments that a person reads.
ATTACHED_TEXT = re.compile(rb"(Content-Type: (?:application/mbox|text/plain; charset=UTF-8)\n(?:\S.*\n)*"
                           rb"Content-Transfer-Encoding: base64\n\n)((?:[A-Za-z0-9+/=]+\n)+)")

# In this order; what stays the same in every run is left as it is.
REPLACEMENTS = [
    (r"(\?subject=unsubscribe%20[^\s>]+%20)[0-9a-z]{32}>", r"\1TOKEN>"),
    (r"(?m)^Date: (?!Tue, 24 Nov 2026 1\d:00:00 ).*$", "Date: DATE"),
    (r"(?m)^(From \S+) \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d 20\d\d$", r"\1 DATE"),
    (r"\b\w{3}, \d\d \w{3} 20\d\d(?=  )", "WEEKDAY"),
    (r"<[0-9a-f]{32}\.(\d+|held)@", r"<ID.\1@"),
    (r"\b[0-9a-f]{32}\.anonymous\b", "ID.anonymous"),
    (r"\b20\d\d-\d\d-\d\d(?: \d\d:\d\d UTC|T\d\d:\d\d:\d\dZ)", "TIME"),
    (r"(majlis-archive-index 1 \d+ \d+) [0-9a-f]{8}", r"\1 CHECKSUM"),
    (r"\b20\d\d-\d\d-\d\d\b", "DAY"),
    (r"\b\d\d-\d\d  \d\d-\d\d(?=  )", "DAY  DAY"),
    (r"\[Last updated( on:)? \w{3} .*\]", r"[Last updated\1 DATE]"),
    (rf"\b{MONTH}\b", "MONTH"),
    (rf"\b{LOG}\b", "LOGMONTH"),
    (r"\b[0-9a-f]{32}\.eml", "FINGERPRINT.eml"),
    (r"=_[0-9a-f]{32}_\d{8}", "BOUNDARY"),
]


class Case:
    def __init__(self, folder, programs, scratch):
        self.folder = folder
        self.name = f"{folder.parent.name}/{folder.name}"
        self.site = majlis_site.Site(programs, scratch / "site")
        self.lists = []
        self.words = {}
        self.number = 0
        self.passwords = [majlis_site.ADMIN_PASSWORD, majlis_site.APPROVE_PASSWORD]
        self.tokens = set()
        self.shows_whole = False
        self.newest_token = {}
        self.newest_in_subject = {}
        self.newest_tag = {}
        self.out = []

    def play(self):
        self.site.init()
        for number, line in enumerate((self.folder / "script").read_text().splitlines(), 1):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            step = getattr(self, f"do_{words[0]}", None)
            if step is None:
                raise majlis_site.Failed(f"script line {number}: unknown step '{words[0]}'")
            step(*words[1:])
        self.tell_end()
        return "\n".join(self.out).rstrip("\n") + "\n"

    # -- steps -----------------------------------------------------------------------------------------------------

    def do_list(self, name, preset):
        self.site.create(name, preset, passwords=False)
        self.lists.append(name)

    def do_whole(self):
        self.shows_whole = True

    def do_passwords(self, name):
        for which, password in (("admin", majlis_site.ADMIN_PASSWORD), ("approve", majlis_site.APPROVE_PASSWORD)):
            self.site.majlis("passwd", name, which, "--stdin", stdin=password.encode() + b"\n")

    def do_set(self, name, setting, *value):
        self.site.config(name, setting, " ".join(value))

    def do_lines(self, name, setting, file):
        self.site.majlis("config", name, "set", setting, "-", stdin=(self.folder / file).read_bytes())

    def do_refuse(self, name, setting, *value):
        result = self.site.run("majlis", "--site", self.site.folder, "config", name, "set", setting, " ".join(value))
        self.say(f"== set {setting} {' '.join(value)}")
        self.say(f"exit {result.returncode}: {result.stderr.decode().strip()}")

    def do_by_hand(self, name, file):
        with open(self.site.list_folder(name) / "config", "ab") as config:
            config.write((self.folder / file).read_bytes())

    def do_posters(self, name, file):
        folder = self.site.list_folder(name) / "posters"
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.copy(self.folder / file, folder / file)

    def do_site(self, key, value):
        self.site.set_site(key, value)

    def do_members(self, name, *addresses):
        self.site.majlis("members", name, "add", *addresses)

    def do_text(self, name, text, file):
        place = self.site.list_folder(name) / urllib.parse.unquote(text)
        place.parent.mkdir(exist_ok=True)
        shutil.copy(self.folder / file, place)

    def do_link(self, name, text, target):
        place = self.site.list_folder(name) / text
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(target)

    def do_show(self, name, text):
        place = self.site.list_folder(name) / text
        self.say(f"== {text} of {name}")
        if place.is_dir():
            self.say(" ".join(sorted(path.name for path in place.iterdir())) or "(empty)")
        else:
            self.say(place.read_text().rstrip("\n") if place.exists() else "(none)")

    def do_secret(self, word):
        self.passwords.append(word)

    def do_take(self, word, _from, address):
        self.words[word] = self.newest_token[address]

    def do_take_subject(self, word, _from, address):
        self.words[word] = self.newest_in_subject[address]

    def do_tag(self, word, _from, address):
        self.words[word] = self.newest_tag[address]

    def do_show_members(self, name):
        self.say(f"== members of {name}")
        for line in self.site.majlis("members", name, "list", "--json").splitlines():
            self.say(re.sub(r'"\d{4}-\d\d-\d\dT[\d:]+Z"', '"TIME"', line))

    def do_majlis(self, *words):
        self.site.majlis(*words)

    def do_settings(self, name, *settings):
        self.say(f"== config {name} show")
        lines = self.site.majlis("config", name, "show").splitlines()
        for number, line in enumerate(lines):
            if line.lstrip("#").split(" ")[0] in settings:
                if number > 0 and lines[number - 1].startswith("# "):
                    self.say(lines[number - 1])
                self.say(line)

    def do_show_archive(self, name):
        self.do_show(name, f"archive/{MONTH}.mbox")

    def do_upper(self, word, _of, other):
        self.words[word] = self.words[other].upper()
        self.tokens.add(self.words[word])

    def do_break(self, word, octets):
        self.words[f"{word}1"] = self.words[word][:int(octets)]
        self.words[f"{word}2"] = self.words[word][int(octets):]

    def do_mails(self, count, file, _to, to, _from, sender):
        self.say(f"== {count} times, of which the last:")
        for self.number in range(1, int(count) + 1):
            out, self.out = self.out, []
            self.do_mail(file, "to", to, "from", sender)
            shown, self.out = self.out, out
        self.out += shown

    def do_mail(self, file, _to, to, _from, sender):
        self.say(f"== mail {file} to {to} from {sender}")
        raw = self.filled((self.folder / file).read_bytes())
        status = self.site.receive(raw, self.filled(to.encode()).decode(), sender)
        self.flush_and_show(raw, f"exit {status}")

    def do_days(self, number):
        self.say(f"== {number} days later")
        self.site.pass_time(int(number) * 24 * 3600, self.lists)
        self.flush_and_show(b"")

    def flush_and_show(self, raw, *first):
        self.site.flush()
        letters = self.site.new_letters()
        for letter in letters:
            text = letter.sent.decode("utf-8", "backslashreplace")
            _, plus, tag = letter.return_path.partition("@")[0].partition("+")
            if plus:
                self.newest_tag[letter.address] = tag
                self.tokens.add(tag)
            for token in (token for pair in TOKEN.findall(text) for token in pair if token):
                self.newest_token[letter.address] = token
                self.tokens.add(token)
            if in_subject := SUBJECT_TOKEN.search(text):
                self.newest_in_subject[letter.address] = in_subject[1]
                self.tokens.add(in_subject[1])
        for line in first:
            self.say(line)
        for line in self.site.new_log_lines():
            self.check_log(line)
            if not ROUTINE.match(line):
                self.say(f"log {line}")
        for group in self.grouped(letters):
            self.show(group, raw)

    # -- what came out ---------------------------------------------------------------------------------------------

    def filled(self, octets):
        for word, value in self.words.items():
            octets = octets.replace(b"${" + word.encode() + b"}", value.encode())
        return octets.replace(b"${MONTH}", MONTH.encode()).replace(b"${LOG}", LOG.encode()).replace(b"${NUMBER}", str(self.number).encode())

    @staticmethod
    def grouped(letters):
        """Copies of one job are shown once."""
        groups = {}
        for letter in letters:
            groups.setdefault((letter.job, letter.return_path, letter.sent), []).append(letter)
        return groups.values()

    def show(self, group, raw):
        letter = group[0]
        addresses = ", ".join(sorted(each.address for each in group))
        self.say(f"-- letter to {addresses}, envelope sender <{letter.return_path}>")
        is_ours = bool(OUR_ID.search(letter.sent))
        if self.is_copy(letter, raw):
            self.say(self.compare(letter.sent, raw))
        text = self.in_brief(letter.sent) if is_ours and not self.shows_whole else letter.sent
        text = ATTACHED_TEXT.sub(lambda found: found[1] + base64.b64decode(found[2]) + b"[decoded]\n", text)
        self.say(text.decode("utf-8", "backslashreplace").rstrip("\n"))

    @staticmethod
    def in_brief(sent):
        head, _, body = sent.partition(b"\n\n")
        fields = [field for field in re.split(rb"\n(?![ \t])", head) if not USUAL.match(field)]
        answer = b"\n\n" + body.removeprefix(b"--\n\n") if OUR_ANSWER.search(head) else b""
        attached = body[body.find(b"\n--"):] if b"\nContent-Type: multipart/" in sent else b""
        return b"\n".join(fields) + answer + attached

    @staticmethod
    def is_copy(letter, raw):
        ours = re.search(rb"(?mi)^Message-ID:\s*(\S+)", letter.sent)
        theirs = re.search(rb"(?mi)^Message-ID:\s*(\S+)", raw)
        return bool(ours and theirs and ours.group(1) == theirs.group(1))

    @staticmethod
    def compare(sent, raw):
        """What the list changed, octet by octet; a Maildir keeps LF line ends."""
        def parts(octets):
            head, _, body = octets.replace(b"\r\n", b"\n").partition(b"\n\n")
            return re.split(rb"\n(?![ \t])", head), body
        was, old_body = parts(raw)
        now, new_body = parts(sent)
        name = lambda field: field.split(b":")[0].decode("ascii", "backslashreplace")  # noqa: E731
        added = [name(field) for field in now if field not in was]
        removed = [name(field) for field in was if field not in now]
        kept = [field for field in was if field in now] == [field for field in now if field in was]
        body = "the same octets" if old_body.rstrip(b"\n") == new_body.rstrip(b"\n") else "changed"
        return (f"[body: {body}; other fields: {'untouched, in order' if kept else 'OUT OF ORDER'}; "
                f"removed: {', '.join(removed) or 'none'}; added: {', '.join(added) or 'none'}]")

    def check_log(self, line):
        secrets = [*self.tokens, *self.words.values(), *self.passwords]
        if any(secret in line for secret in secrets):
            for secret in secrets:
                line = line.replace(secret, "SECRET")
            raise majlis_site.Failed(f"a secret stands in the log: {line}")

    def tell_end(self):
        self.say("== end")
        for name in self.lists:
            self.say(f"members of {name}: {' '.join(self.site.members(name)) or 'none'}")
            held = [f"{post['message_id'] or post['kind'] + ' ' + post['address']} ({post['rule']})"
                    for post in self.site.held(name)]
            self.say(f"held by {name}: {' '.join(sorted(held)) or 'none'}")
        for folder in ("new", "later", "tmp"):
            if self.site.spool(folder):
                self.say(f"LEFT in spool/{folder}: {len(self.site.spool(folder))} files")
        for name in self.site.spool("bad"):
            if name.endswith(".why"):
                self.say(f"set aside: {(self.site.folder / 'spool' / 'bad' / name).read_text().strip()}")

    def say(self, text):
        for secret in self.passwords:
            if secret in text:
                shown = text[max(0, text.find(secret) - 200):][:300].replace(secret, "PASSWORD")
                raise majlis_site.Failed(f"a password came out: ...{shown}...")
        for token in sorted(self.tokens, key=len, reverse=True):
            # A line of quoted-printable may end inside of it.
            text = re.sub("(?:=\n)?".join(map(re.escape, token)), "TOKEN", text)
        for pattern, name in REPLACEMENTS:
            text = re.sub(pattern, name, text)
        self.out.append(text)


def run_case(folder, options):
    """The difference between what came and what was expected; empty when there is none."""
    scratch = majlis_site.scratch_folder("majlis-transcript-")
    try:
        came = Case(folder, options.bin, scratch).play()
    except (majlis_site.Failed, OSError, KeyError, TypeError) as error:
        return f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-2)}"
    finally:
        if options.keep:
            shutil.copytree(scratch, pathlib.Path(options.keep) / folder.parent.name / folder.name, symlinks=True)
        shutil.rmtree(scratch, ignore_errors=True)
    expected = folder / "expected"
    if options.update:
        expected.write_text(came)
        return ""
    agreed = expected.read_text() if expected.exists() else ""
    return "".join(difflib.unified_diff(agreed.splitlines(keepends=True), came.splitlines(keepends=True),
                                        "expected", "came"))


def cases(wanted):
    found = sorted(path.parent for path in HERE.glob("*/*/script"))
    for word in wanted:
        if not any(word in (folder.parent.name, f"{folder.parent.name}/{folder.name}") for folder in found):
            raise SystemExit(f"run.py: no topic or case {word}")
    return [folder for folder in found if not wanted or
            {folder.parent.name, f"{folder.parent.name}/{folder.name}"} & set(wanted)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", help="directory of the programs")
    parser.add_argument("--update", action="store_true", help="write what came as what is expected")
    parser.add_argument("--keep", metavar="DIR", help="copy the scratch sites here")
    parser.add_argument("wanted", nargs="*", metavar="TOPIC[/CASE]")
    options = parser.parse_args()
    folders = cases(options.wanted)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        for folder, difference in zip(folders, pool.map(lambda each: run_case(each, options), folders)):
            if difference:
                failed += 1
                print(f"{folder.parent.name}/{folder.name}: not as expected\n{difference}")
    print(f"{len(folders) - failed} transcripts as expected, {failed} not")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
