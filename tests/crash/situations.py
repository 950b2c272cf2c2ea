"""Situations that the crash tests start from: a site, made ready once, and what comes next; and what it all must come to."""
import collections
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import Failed, message, moderation_word_in, token_in  # noqa: E402

ANN, BOB, MONA = "ann@example.com", "bob@example.net", "mona@example.org"
MEMBERS = [BOB, "carol@example.net", "dave@example.com", "erin@example.org"]
LIST, REQUEST, MAJORDOMO = (f"{name}@{majlis_site.DOMAIN}" for name in ("cooks", "cooks-request", "majordomo"))
DAY_S = 24 * 3600
QUARTER_S = 900
MODERATION_WORD = re.compile(r" \[\w+\.\w+\]$")  # made from the time: a second later it is another


# -- the situations: a site, made ready once, and the message that comes next -------------------------------------

def subscribe(site):
    return message("subscribe cooks\n", ANN, MAJORDOMO), MAJORDOMO, ANN


def auth(site):
    site.receive(*subscribe(site))
    site.flush()
    return message(f"auth {token_in(site.letters(ANN)[0].text)} subscribe cooks {ANN}\n", ANN, REQUEST), REQUEST, ANN


def post(site):
    return message("Rice for fifty.\n", BOB, LIST, "Rice"), LIST, BOB


def held_post(site):
    return message("May I?\n", ANN, LIST, "Wheat"), LIST, ANN


def accept(site):
    site.receive(*held_post(site))
    site.flush()
    word = moderation_word_in(site.letters(MONA)[0].text)
    return message(f"accept {word}\n", MONA, REQUEST), REQUEST, MONA


def accept_request(site):
    site.config("cooks", "subscribe_policy", "closed")
    site.receive(*subscribe(site))
    site.flush()
    word = moderation_word_in(site.letters(MONA)[0].text)
    return message(f"accept {word}\n", MONA, REQUEST), REQUEST, MONA


def forward(site):
    return message("A question.\n", ANN, f"cooks-owner@{majlis_site.DOMAIN}", "Question"), \
        f"cooks-owner@{majlis_site.DOMAIN}", ANN


def digest_list(site, **settings):
    site.create("cooks-digest", "public-discussion", members=["dora@example.org"], digest_of="cooks", **settings)


def digested_post(site):
    digest_list(site, digest_maxlines="2")
    site.receive(message("Salt.\n", BOB, LIST, "Salt"), LIST, BOB)
    site.flush()
    return post(site)


def mkdigest(site):
    digest_list(site)
    site.receive(*post(site))
    site.flush()
    return message(f"mkdigest cooks-digest {majlis_site.ADMIN_PASSWORD}\n", ANN, MAJORDOMO), MAJORDOMO, ANN


RECEIVE_SCENARIOS = {each.__name__: each for each in (subscribe, auth, post, held_post, accept, accept_request, forward,
                                                      digested_post, mkdigest)}


# -- what waits for the flusher ------------------------------------------------------------------------------------

def flush(site):
    """One post to four members and the letters of one subscription."""
    site.receive(*post(site))
    site.receive(*subscribe(site))


def digest(site):
    """An issue that is due, with two posts."""
    digest_list(site)
    site.receive(*post(site))
    site.receive(message("Salt.\n", BOB, LIST, "Salt"), LIST, BOB)
    site.flush()
    site.pass_time(DAY_S)


def hold_summary(site):
    site.receive(*held_post(site))
    site.flush()
    site.pass_time(DAY_S)


def hold_expiry(site):
    site.receive(*held_post(site))
    site.flush()
    for half_days in (27, 1):  # the reminder comes first, and then not at the same time
        site.pass_time(half_days * DAY_S // 2)
        if half_days > 1:
            site.flush()


def renewal(site):
    """A setting that somebody wrote into the file; four members whose year is over."""
    site.flush()
    with open(site.list_folder("cooks") / "config", "a", encoding="ascii") as config:
        config.write("renewal = yearly\n")
    site.pass_time(366 * DAY_S, ["cooks"])


def renewal_end(site):
    """They were asked, and nobody answered."""
    renewal(site)
    site.flush()
    site.pass_time(8 * DAY_S, ["cooks"])


def renewal_probe(site):
    site.config("cooks", "renewal", "6-monthly, probe")
    site.pass_time(200 * DAY_S, ["cooks"])


FLUSH_SCENARIOS = {each.__name__: each for each in (flush, digest, hold_summary, hold_expiry, renewal, renewal_end,
                                                    renewal_probe)}


# -- what an administrator does ------------------------------------------------------------------------------------

def discard(site):
    site.receive(*held_post(site))
    site.flush()
    return ["held", "cooks", "discard", site.held("cooks")[0]["id"]]


ADMIN_SCENARIOS = {each.__name__: each for each in (discard,)}


def prepare(programs, folder, situation):
    site = majlis_site.Site(programs, folder / "site").init()
    site.create("cooks", "public-discussion", moderator=MONA, members=MEMBERS, passwords=False)
    incoming = situation(site)
    return site, incoming


def result_of(site):
    """What a person could find: members, waiting posts, letters. Counted, so that a second copy shows."""
    letters = collections.Counter((letter.address, MODERATION_WORD.sub("", letter.subject), letter.return_path)
                                  for letter in site.letters())
    held_files = len(list((site.list_folder("cooks") / "held").glob("*.eml")))
    return (site.members("cooks"), [post["rule"] for post in site.held("cooks")], held_files, letters, digested(site),
            archived(site))


def digested(site):
    """The posts of every digest, issue by issue."""
    return sorted((letter.subject, re.findall(r"^Subject: (.*)$", letter.text, re.MULTILINE))
                  for letter in site.letters("dora@example.org"))


def archived(site):
    folder = site.list_folder("cooks") / "archive"
    return sum(path.read_bytes().count(b"\nSubject: ") for path in folder.glob("*.mbox")) if folder.exists() else 0


def check_spool(site):
    for folder in ("new", "later", "tmp", "bad"):
        if site.spool(folder):
            raise Failed(f"left in spool/{folder}: {site.spool(folder)}")


def make_due(site):
    """What met an error waits for its next try, timed work for a quarter of an hour."""
    site.pass_time(QUARTER_S)
    if site.spool("later"):
        site.majlis("queue", "retry", "--all")
