#!/usr/bin/env python3
"""The systemd units that are installed as examples are well formed, and shut in as far as the job allows.

    units_test.py EXAMPLES BIN      EXAMPLES has the units as installed, BIN the programs
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
WORST_EXPOSURE = 3.0  # of systemd-analyze security: 10 is open, 0 shut


def main():
    examples, programs = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    if not shutil.which("systemd-analyze"):
        print("skipped: there is no systemd-analyze")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        units = []
        for unit in sorted(examples.glob("majlis-flush.*")):
            text = re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={programs}/majlis-flush", unit.read_text())
            units.append(pathlib.Path(name) / unit.name)
            units[-1].write_text(text.replace("User=majlis", "User=root"))
        if len(units) != 3:
            print(f"found only {units}")
            return 1
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
        # What is said about other units of this machine is not about ours.
        wrong = [line for line in done.stderr.splitlines() if "majlis" in line]
        shut_in = subprocess.run(["systemd-analyze", "security", "--offline=yes",
                                  f"--threshold={int(WORST_EXPOSURE * 10)}", f"{name}/majlis-flush.service"],
                                 capture_output=True, text=True)
        if shut_in.returncode != 0:
            wrong.append("too open: " + (shut_in.stdout + shut_in.stderr)[-300:])
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
