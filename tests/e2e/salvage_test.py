#!/usr/bin/env python3
"""A log that cannot be replayed: majlis check says what to do, and doc/STORE.md how the rows are had; its commands are run as
they stand there. And a page of which the disk kept a half is told.

    salvage_test.py BIN STORE.md
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from majlis_site import TRY_AGAIN, message  # noqa: E402

BIN, DOC = sys.argv[1:3]
LIST, BOB = f"cooks@{majlis_site.DOMAIN}", "bob@example.net"
MEMBERS = sorted(f"member{n}@example.org" for n in range(300))
PAGE = 4096
RECORD_HEAD, FIRST_RECORD_END = 12, 28  # of a log file, whose first record says what it is


class Salvage(unittest.TestCase):
    def setUp(self):
        folder = majlis_site.scratch_folder("majlis-salvage-")
        self.addCleanup(shutil.rmtree, folder)
        self.site = majlis_site.Site(BIN, folder / "site").init()
        self.site.create("cooks", members=[BOB, *MEMBERS], passwords=False)
        self.db = self.site.folder / "db"
        for n in range(4):
            self.site.receive(message("Rice.\n", BOB, LIST, f"Rice {n}"), LIST, BOB)

    def was_cut(self):
        """Nobody trusts what the kernel held."""
        (self.db / "env.lock").write_text("dirty\n")

    def spoil_log(self):
        newest = max(self.db.glob("log.*"))
        log = bytearray(newest.read_bytes())
        log[RECORD_HEAD:FIRST_RECORD_END] = b"\xFF" * (FIRST_RECORD_END - RECORD_HEAD)
        newest.write_bytes(log)
        self.was_cut()

    def remedy(self):
        """The commands of the documentation."""
        text = pathlib.Path(DOC).read_text()
        section = text.partition("## When the log cannot be replayed")[2]
        return re.search(r"```\n(.*?)```", section, re.DOTALL).group(1)

    def findings(self):
        return self.site.run("majlis", "--site", self.site.folder, "check", "--json").stdout.decode()

    def try_remedy(self):
        done = subprocess.run(["sh", "-ec", self.remedy()], cwd=self.site.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("it opens and can be read", self.findings())
        self.assertEqual(self.site.members("cooks"), sorted([BOB, *MEMBERS]))
        self.assertEqual(self.site.receive(message("Salt.\n", BOB, LIST, "Salt"), LIST, BOB), 0)
        self.site.flush()
        self.assertEqual(len(self.site.letters(MEMBERS[0])), 5)

    def test_the_rows_are_had_without_the_log(self):
        self.spoil_log()
        self.assertIn("the log cannot be replayed", self.findings())
        self.assertIn("When the log cannot be replayed", self.findings())
        # The library keeps two buffers when it gives a log up, which a sanitizer tells of.
        with unittest.mock.patch.dict(os.environ, ASAN_OPTIONS="detect_leaks=0"):
            self.assertEqual(self.site.receive(message("Salt.\n", BOB, LIST, "Salt"), LIST, BOB), TRY_AGAIN)
        self.try_remedy()

    def test_a_page_of_two_halves_is_told(self):
        tree = bytearray((self.db / "site.db").read_bytes())
        self.assertGreater(len(tree), 2 * PAGE)
        for page in range(PAGE, len(tree), PAGE):  # every page but the first
            tree[page + PAGE - 512:page + PAGE] = tree[page:page + 512]
        (self.db / "site.db").write_bytes(tree)
        asked = self.site.run("majlis", "--site", self.site.folder, "members", "cooks", "list")
        self.assertNotEqual(asked.returncode, 0)
        self.assertIn("checksum error", asked.stderr.decode())

    def test_a_file_without_checksums_is_read_and_written(self):
        plainly = self.remedy().replace("db5.3_load -c chksum=1", "sed -i /^chksum=1$/d rows\ndb5.3_load")
        subprocess.run(["sh", "-ec", plainly], cwd=self.site.folder, check=True)
        self.assertNotIn("chksum=1", subprocess.run(["db5.3_dump", self.db / "site.db"], capture_output=True,
                                                    text=True).stdout[:200])
        self.assertEqual(self.site.members("cooks"), sorted([BOB, *MEMBERS]))
        self.site.majlis("members", "cooks", "add", "last@example.org")
        self.assertIn("last@example.org", self.site.members("cooks"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
