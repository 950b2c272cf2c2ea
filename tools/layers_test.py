#!/usr/bin/env python3
"""layers.py finds what it is there to find, and nothing else."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

LAYERS = pathlib.Path(__file__).with_name("layers.py")


def run_on(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return subprocess.run([sys.executable, LAYERS, folder], capture_output=True, text=True)


class Layers(unittest.TestCase):
    def refuses(self, file, line, *words):
        result = run_on({file: f"#pragma once\n{line}\n"})
        self.assertEqual(result.returncode, 1, result.stdout)
        for word in (f"{file}:2:", *words):
            self.assertIn(word, result.stdout)

    def accepts(self, file, line):
        result = run_on({file: f"{line}\n"})
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_a_call_upwards_is_refused(self):
        self.refuses("base/file.cc", '#include "mail/address.h"', "base may not include mail")
        self.refuses("lists/posts/rules/loop.cc", '  #  include "tongues/verbs.h"')

    def test_neighbours_are_refused(self):
        self.refuses("store/seen.h", '#include "spool/job/job.h"', "store may not include spool")
        self.refuses("auth/token.cc", '#include "mail/address.h"')

    def test_the_desk_does_not_reach_into_the_cellar(self):
        self.refuses("commands/verbs/who.cc", '#include "store/roster.h"')

    def test_a_ground_floor_knows_nothing_above_it(self):
        self.refuses("lists/site/config/settings.cc", '#include "lists/site/list.h"', "lists/site/config/ may include nothing else")
        self.accepts("lists/site/config/settings.cc", '#include "lists/site/config/settings.h"')
        self.accepts("lists/site/list.h", '#include "lists/site/config/settings.h"')

    def test_libraries_stay_with_their_keeper(self):
        self.refuses("mail/message.cc", "#include <mimetic/mimetic.h>", "mail/structure*.cc")
        self.refuses("mail/scan/structure.h", "#include <mimetic/mimetic.h>")
        self.refuses("lists/policy.cc", "#include <boost/regex.hpp>")
        self.refuses("bin/majlis_admin.cc", "#include <db_cxx.h>")
        self.refuses("auth/token.h", "#include <sodium.h>")
        self.refuses("commands/reader.cc", "#include <iconv.h>")

    def test_includes_are_written_from_the_top(self):
        self.refuses("mail/scan/scan.cc", '#include "scan.h"', "from the top")
        self.refuses("mail/scan/scan.cc", "#include <mail/scan/scan.h>", "quotes")

    def test_the_way_down_is_free(self):
        self.accepts("lists/posts/rules/loop.cc", '#include "store/seen.h"')
        self.accepts("lists/posts/rules/loop.cc", '#include "lists/policy.h"')
        self.accepts("mail/structure_child.cc", "#include <mimetic/mimetic.h>")
        self.accepts("store/database.cc", "#include <db_cxx.h>")
        self.accepts("bin/majlis_flush.cc", '#include "spool/flusher.h"')
        self.accepts("tests/unit/mail/scan_test.cc", '#include "lists/policy.h"')


if __name__ == "__main__":
    unittest.main()
