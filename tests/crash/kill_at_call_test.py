#!/usr/bin/env python3
"""kill_at_call does what it says, shown on a program of five calls.

    kill_at_call_test.py KILL_AT_CALL FIVE_CALLS
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

KILL_AT_CALL, FIVE_CALLS = sys.argv[1:3]


class KillAtCall(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def run_with(self, *options, command=None):
        command = command or [FIVE_CALLS, self.folder]
        return subprocess.run([KILL_AT_CALL, *options, "--", *command], capture_output=True, text=True, timeout=60)

    def content(self):
        """Name and content of the program's file, or None."""
        for name in ("new", "done"):
            path = self.folder / name
            if path.exists():
                return name, path.read_text()
        return None

    def test_counts_the_calls_of_the_program_but_not_of_its_child(self):
        self.assertEqual(self.run_with("--count").stdout, "5\n")
        self.assertEqual(self.content(), ("done", "first child second"))

    def test_lists_the_calls(self):
        names = self.run_with("--list").stdout.split()[1::2]
        self.assertEqual(names, ["openat", "write", "write", "fsync", "rename"])

    def test_killed_before_a_call_it_has_no_effect(self):
        expected = {1: None, 2: ("new", ""), 3: ("new", "first child "), 4: ("new", "first child second"),
                    5: ("new", "first child second")}
        for at, content in expected.items():
            result = self.run_with("--at", str(at))
            self.assertEqual(result.returncode, 10, result.stderr)
            self.assertIn(f"killed before call {at} ", result.stderr)
            self.assertEqual(self.content(), content)
            for path in self.folder.iterdir():
                path.unlink()

    def test_killed_after_a_call_it_has_its_effect(self):
        self.assertEqual(self.run_with("--after", "--at", "3").returncode, 10)
        self.assertEqual(self.content(), ("new", "first child second"))
        self.assertEqual(self.run_with("--after", "--at", "5").returncode, 10)
        self.assertEqual(self.content(), ("done", "first child second"))

    def test_beyond_the_last_call_it_runs_to_its_end(self):
        result = self.run_with("--at", "6")
        self.assertEqual(result.returncode, 0)
        self.assertIn("exited 0 after 5 calls", result.stderr)

    def test_a_failing_call_does_nothing_and_the_program_sees_the_error(self):
        result = self.run_with("--fail", "ENOSPC", "--at", "3")
        self.assertEqual(result.returncode, 11)
        self.assertIn("exited 9, call 3 write failed", result.stderr)
        self.assertEqual(self.content(), ("new", "first child "))

    def test_the_error_is_the_one_asked_for(self):
        result = self.run_with("--fail", "EIO", "--at", "1", command=["mkdir", self.folder / "sub"])
        self.assertIn("Input/output error", result.stderr)
        self.assertFalse((self.folder / "sub").exists())

    def test_input_comes_from_the_file_given(self):
        text = self.folder / "in"
        text.write_text("one letter\n")
        result = self.run_with("--at", "99", "--stdin", text, "--report", self.folder / "report", command=["cat"])
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "one letter\n", ""))
        self.assertEqual((self.folder / "report").read_text(), "exited 0 after 1 calls\n")

    def test_wrong_use_is_told(self):
        self.assertEqual(self.run_with().returncode, 2)
        self.assertEqual(self.run_with("--at", "0").returncode, 2)


if __name__ == "__main__":
    if subprocess.run([KILL_AT_CALL, "--count", "--", "true"], capture_output=True).returncode == 3:
        print("skipped: ptrace is not allowed here")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
