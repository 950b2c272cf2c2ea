#!/usr/bin/env python3
"""Runs ctest and ends with one line: "N passed, N failed[, N skipped]".

    ctest_summary.py CTEST-ARGUMENT...      exit status 0 when nothing failed, 1 otherwise
"""
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SKIPPED = ("SKIP_REGULAR_EXPRESSION_MATCHED", "SKIP_RETURN_CODE=", "Disabled")


def outcome_of(case):
    """passed, failed or skipped; a test that could not be started failed."""
    if case.get("status") == "run":
        return "passed"
    reason = case.find("skipped")
    message = reason.get("message", "") if reason is not None else ""
    if case.get("status") == "disabled" or message.startswith(SKIPPED):
        return "skipped"
    return "failed"


def count(report):
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for case in report.iter("testcase"):
        totals[outcome_of(case)] += 1
    return totals


def line_for(totals):
    line = f"{totals['passed']} passed, {totals['failed']} failed"
    return line + (f", {totals['skipped']} skipped" if totals["skipped"] else "")


def main():
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.xml")
        status = subprocess.run(["ctest", "--output-junit", report, *sys.argv[1:]]).returncode
        try:
            totals = count(xml.etree.ElementTree.parse(report))
        except (OSError, xml.etree.ElementTree.ParseError):
            totals = {"passed": 0, "failed": 0, "skipped": 0}
    if totals["passed"] == 0 or (status != 0 and totals["failed"] == 0):
        totals["failed"] += 1  # no test ran, or ctest itself failed
    sys.stdout.flush()
    print(line_for(totals))
    return 1 if totals["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
