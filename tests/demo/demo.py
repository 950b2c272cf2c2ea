#!/usr/bin/env python3
"""Shows the main job on real messages, step by step, and checks that every step did what it tells.

    demo.py BIN

BIN holds majlis, majlis-receive and majlis-flush. Exit status 1 when anything is not as told.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import message, moderation_word_in, token_in  # noqa: E402

LIST = "cooks@lists.example.org"
ANN, BOB, OLGA = "ann@example.com", "bob@example.net", "olga@example.org"


def heading(number, text):
    print(f"\n{number}. {text}")


def tell(text):
    print(f"   {text}")


def see(what, path):
    print(f"   see {what}: {path}")


def expect(truth, what):
    """The demo stands or falls with this."""
    if not truth:
        raise majlis_site.Failed(what)


class Demo:
    def __init__(self, programs):
        self.site = majlis_site.Site(programs, pathlib.Path(tempfile.mkdtemp(prefix="majlis-demo-")) / "site")

    def hand_over(self, letter, to, sender):
        """What the mail server does for one message, and what cron does every minute."""
        status = self.site.receive(letter, to, sender)
        expect(status == 0, f"majlis-receive said {status} to a message for {to}")
        self.site.flush()
        return {each.address: each for each in self.site.new_letters()}

    def run(self):
        heading(1, "A site and a list")
        self.site.init()
        self.site.create("cooks", "public-discussion", OLGA, members=[BOB])
        expect(self.site.members("cooks") == [BOB], "bob is a member")
        tell(f"{LIST}, owner {OLGA}, one member: {BOB}")
        see("its settings", self.site.list_folder("cooks") / "config")

        heading(2, f"{ANN} mails 'subscribe cooks' to majordomo")
        arrived = self.hand_over(message("subscribe cooks\n", ANN, "majordomo@lists.example.org"),
                                 "majordomo@lists.example.org", ANN)
        # Two letters came to Ann: the answer and the challenge; the challenge holds the token.
        challenge = next(each for each in self.site.letters(ANN) if "Confirmation" in each.subject)
        expect(ANN in arrived and self.site.members("cooks") == [BOB], "nobody joins without a confirmation")
        tell("A From field proves nothing: she is not a member yet, but asked to confirm.")
        see("the letter to her", challenge.path)

        heading(3, "She sends the token back")
        line = f"auth {token_in(challenge.text)} subscribe cooks {ANN}\n"
        arrived = self.hand_over(message(line, ANN, "majordomo@lists.example.org"), "majordomo@lists.example.org", ANN)
        expect(self.site.members("cooks") == [ANN, BOB], "ann is a member")
        expect(OLGA in arrived, "the owner is told")
        welcome = next(each for each in self.site.letters(ANN) if "Welcome" in each.subject)
        tell("Now she is a member; she is welcomed and the owner is told.")
        see("the welcome", welcome.path)

        heading(4, "She posts to the list")
        post = message("Rice for fifty people, where do I begin?\n", ANN, LIST, "Rice")
        arrived = self.hand_over(post, LIST, ANN)
        expect(set(arrived) == {ANN, BOB}, "each member has one copy")
        copy = arrived[BOB]
        expect(copy.message["List-Id"] == "<cooks.lists.example.org>", "the copy names its list")
        expect(copy.return_path == "cooks-bounces@lists.example.org", "bounces come to the list")
        expect(copy.sent.endswith(post.replace(b"\r\n", b"\n").partition(b"\n\n")[2]), "the text came as it was sent")
        tell(f"Each member has one copy, from {copy.return_path}, with the List-* fields.")
        see("bob's copy", copy.path)

        heading(5, "The mail server tries the same message once more")
        arrived = self.hand_over(post, LIST, ANN)
        expect(not arrived, "nothing is sent twice")
        tell("Nothing is sent twice.")

        heading(6, "The list is moderated from now on; bob posts")
        self.site.config("cooks", "moderate", "yes")
        arrived = self.hand_over(message("Wash it first!\n", BOB, LIST, "Re: Rice"), LIST, BOB)
        expect(set(arrived) == {OLGA, BOB} and len(self.site.held("cooks")) == 1, "the post waits")
        tell("The post waits; bob is told so, and olga gets it with a token.")
        see("the notice to her", arrived[OLGA].path)

        heading(7, "She mails 'accept TOKEN'")
        word = moderation_word_in(arrived[OLGA].text)
        arrived = self.hand_over(message(f"accept {word}\n", OLGA, "cooks-request@lists.example.org"),
                                 "cooks-request@lists.example.org", OLGA)
        expect({ANN, BOB} < set(arrived) and not self.site.held("cooks"), "the post went out")
        tell("The post went to every member, nothing waits any more.")
        see("ann's copy", arrived[ANN].path)

        print(f"\nAll as told. The whole site, mailboxes and log, is left for you to look at:\n   {self.site.folder}\n"
              f"   {self.site.log_file}\n   {self.site.mail}/ADDRESS/new/")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: demo.py BIN")
    try:
        Demo(sys.argv[1]).run()
    except (majlis_site.Failed, OSError) as error:
        sys.exit(f"\nNOT AS TOLD: {error}")


if __name__ == "__main__":
    main()
