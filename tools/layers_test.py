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
        self.refuses("lists/posts/rules/loop.cc", '  #  include "commands/session.h"')

    def test_neighbours_are_refused(self):
        self.refuses("store/seen.h", '#include "spool/job/job.h"', "store may not include spool")
        self.refuses("auth/token.cc", '#include "mail/address.h"')

    def test_the_desk_does_not_reach_into_the_cellar(self):
        self.refuses("commands/verbs/who.cc", '#include "store/roster.h"')

    def test_a_room_inside_a_room_has_stairs_too(self):
        self.refuses("lists/posts/rules/loop.cc", '#include "lists/posts/held/moderation.h"',
                     "lists/posts/rules may not include lists/posts/held")
        self.refuses("lists/site/config/settings.cc", '#include "lists/site/list.h"')
        self.refuses("lists/members/renewal.cc", '#include "lists/posts/post.h"')
        self.accepts("lists/site/config/settings.cc", '#include "lists/site/config/settings.h"')
        self.accepts("lists/site/list.h", '#include "lists/site/config/settings.h"')
        self.accepts("lists/posts/held/moderation.cc", '#include "lists/posts/distribution/distribution.h"')

    def test_a_verb_names_no_tongue(self):
        self.refuses("commands/verbs/who.cc", '#include "commands/tongues/majordomo.h"',
                     "commands/verbs may not include commands/tongues")
        self.refuses("commands/tongues/majordomo.cc", '#include "commands/desk/desk.h"')
        self.refuses("commands/desk/desk.cc", '#include "commands/verbs/verbs.h"')
        self.accepts("commands/session.cc", '#include "commands/tongues/majordomo.h"')

    def test_spool_is_stairs_of_four_steps(self):
        self.refuses("spool/job/staging.cc", '#include "spool/spool.h"', "spool/job may not include spool")
        self.refuses("spool/transport/copy.h", '#include "spool/smtp/tls.h"')
        self.refuses("spool/smtp/smtp_session.h", '#include "spool/workload.h"')
        self.accepts("spool/smtp/smtp_session.h", '#include "spool/transport/batch.h"')
        self.accepts("spool/workload.h", '#include "spool/job/job_file.h"')

    def test_the_administrators_tool_wishes_and_sees_no_rows_and_no_jobs(self):
        self.refuses("bin/admin/held.cc", '#include "store/database.h"', "bin/admin may not include store")
        self.refuses("bin/admin/queue.cc", '#include "spool/job/job.h"', "bin/admin may not include spool/job")
        self.refuses("bin/admin/held.cc", "void show(const store::HeldPost& post);", "bin/admin does not know store")
        self.refuses("bin/admin/queue.h", "spool::Progress progress;", "bin/admin does not know spool")
        self.accepts("bin/admin/queue.h", "// spool::Progress")
        self.accepts("bin/flush.cc", "spool::Spool spool;")
        self.refuses("bin/admin/call/call.cc", '#include "bin/admin/mta/mta.h"')
        self.refuses("bin/admin/check/lists.cc", '#include "bin/admin/config/config.h"')
        self.accepts("bin/admin/create.cc", '#include "bin/admin/mta/mta.h"')

    def test_only_print_writes_to_a_person(self):
        for line in ('std::printf("x");', "std::cout << x;", "std::fputs(x, stderr);", "fwrite(x, 1, 1, stdout);"):
            self.refuses("bin/admin/held.cc", line, "only bin/admin/call/print.cc writes")
            self.accepts("bin/admin/call/print.cc", line)
            self.accepts("bin/flush.cc", line)
        self.accepts("bin/admin/held.cc", "print(text); snprintf_of(x);")

    def test_two_files_that_need_each_other_are_a_circle(self):
        result = run_on({"mail/a.h": '#include "mail/b.h"\n', "mail/b.cc": '#include "mail/a.h"\n'})
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("mail/a: circle of 2: mail/a mail/b", result.stdout)

    def test_two_circles_are_two_lines(self):
        result = run_on({"mail/a.h": '#include "mail/b.h"\n', "mail/b.h": '#include "mail/a.h"\n',
                         "base/c.h": '#include "base/d.h"\n', "base/d.h": '#include "base/c.h"\n'})
        self.assertEqual(len(result.stdout.splitlines()), 2, result.stdout)

    def test_circles_are_refused(self):
        result = run_on({"mail/a.h": '#include "mail/b.h"\n', "mail/b.cc": '#include "mail/b.h"\n#include "mail/c.h"\n',
                         "mail/c.h": '#include "mail/a.h"\n'})
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("circle of 3: mail/a mail/b mail/c", result.stdout)

    def test_a_source_and_its_header_are_no_circle(self):
        result = run_on({"mail/a.cc": '#include "mail/a.h"\n#include "mail/b.h"\n', "mail/a.h": "",
                         "mail/b.cc": '#include "mail/b.h"\n', "mail/b.h": '#include "mail/c.h"\n', "mail/c.h": ""})
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_the_picture_names_every_room(self):
        result = subprocess.run([sys.executable, LAYERS, "--picture"], capture_output=True, text=True, check=True)
        for room in ("bin/admin", "lists/effects", "lists/posts/rules", "spool/smtp", "base"):
            self.assertRegex(result.stdout, rf"(?m)^{room} ")

    def test_the_picture_stands_on_its_ground(self):
        with_two = {"mail/a.h": '#include "base/b.h"\n', "base/b.h": "int x;\nint y;\n"}
        with tempfile.TemporaryDirectory() as folder:
            for name, text in with_two.items():
                pathlib.Path(folder, name).parent.mkdir(parents=True)
                pathlib.Path(folder, name).write_text(text)
            lines = subprocess.run([sys.executable, LAYERS, "--picture", folder], capture_output=True, text=True,
                                   check=True).stdout.splitlines()
        rooms = {line.split()[0]: line for line in lines}
        self.assertRegex(rooms["mail"], r"1 files +1 lines +> base$")
        self.assertRegex(rooms["base"], r"1 files +2 lines +> -$")
        self.assertLess(lines.index(rooms["mail"]), lines.index(rooms["base"]))

    def test_libraries_stay_with_their_keeper(self):
        self.refuses("mail/message.cc", "#include <mimetic/mimetic.h>", "mail/scan/structure*.cc")
        self.refuses("mail/scan/structure.h", "#include <mimetic/mimetic.h>")
        self.refuses("lists/site/list.cc", "#include <boost/regex.hpp>")
        self.refuses("bin/majlis_admin.cc", "#include <db_cxx.h>")
        self.refuses("auth/token.h", "#include <sodium.h>")
        self.refuses("commands/session.cc", "#include <iconv.h>")

    def test_includes_are_written_from_the_top(self):
        self.refuses("mail/scan/scan.cc", '#include "scan.h"', "from the top")
        self.refuses("mail/scan/scan.cc", "#include <mail/scan/scan.h>", "quotes")

    def test_the_way_down_is_free(self):
        self.accepts("lists/posts/rules/loop.cc", '#include "store/seen.h"')
        self.accepts("lists/posts/rules/loop.cc", '#include "lists/site/list.h"')
        self.accepts("mail/scan/structure_child.cc", "#include <mimetic/mimetic.h>")
        self.accepts("store/database.cc", "#include <db_cxx.h>")
        self.accepts("bin/majlis_flush.cc", '#include "spool/flusher.h"')
        self.accepts("tests/unit/mail/scan_test.cc", '#include "lists/site/list.h"')


if __name__ == "__main__":
    unittest.main()
