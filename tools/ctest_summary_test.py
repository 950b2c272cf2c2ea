#!/usr/bin/env python3
"""The last line of `make test` tells the truth, also about tests that could not be started."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SUMMARY = pathlib.Path(__file__).with_name("ctest_summary.py")


def run_over(description):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "CTestTestfile.cmake").write_text(description)
        result = subprocess.run([sys.executable, SUMMARY], cwd=folder, capture_output=True, text=True)
        return result.returncode, result.stdout.splitlines()[-1]


class Summary(unittest.TestCase):
    def test_all_passed(self):
        self.assertEqual(run_over('add_test(a "true")\nadd_test(b "true")\n'), (0, "2 passed, 0 failed"))

    def test_a_failure_and_a_missing_program_count_as_failed(self):
        self.assertEqual(run_over('add_test(a "true")\nadd_test(b "false")\nadd_test(c "/not/there")\n'),
                         (1, "1 passed, 2 failed"))

    def test_a_skipped_test_is_neither(self):
        self.assertEqual(run_over('add_test(a "true")\nadd_test(b "sh" "-c" "exit 77")\n'
                                  "set_tests_properties(b PROPERTIES SKIP_RETURN_CODE 77)\n"),
                         (0, "1 passed, 0 failed, 1 skipped"))

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(run_over(""), (1, "0 passed, 1 failed"))


if __name__ == "__main__":
    unittest.main()
