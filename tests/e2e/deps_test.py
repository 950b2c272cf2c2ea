#!/usr/bin/env python3
"""tools/deps.sh with a package system that only notes what is asked of it: no service may start by an installation.

    deps_test.py SOURCES      exit status 77 where /usr/sbin cannot be another folder for a while
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCES = None
UNSHARE = ["unshare", "--mount", "--propagation", "private"]
if shutil.which("unshare") is None or subprocess.run([*UNSHARE, "true"], capture_output=True).returncode != 0:
    print("no mounts of one's own")
    sys.exit(77)

# Everything installed is a file in $STATE/installed; apt-get asks the policy as invoke-rc.d does.
PROGRAMS = {
    "dpkg-query": 'for last; do :; done; [ -e "$STATE/installed/$last" ] && echo "ii "',
    "apt-get": """case "$*" in
*install*)
  if [ -x /usr/sbin/policy-rc.d ]; then
    code=0; /usr/sbin/policy-rc.d opendkim start || code=$?
    echo "policy $code" >>"$STATE/log"
  else
    echo "no policy" >>"$STATE/log"
  fi
  [ ! -e "$STATE/fails" ] || exit 100
  for word; do touch "$STATE/installed/$word" 2>/dev/null || true; done
  ;;
esac""",
    "update-rc.d": 'echo "update-rc.d $*" >>"$STATE/log"',
    "systemctl": 'echo "systemctl $*" >>"$STATE/log"',
    "debconf-set-selections": "true",
    "id": "echo 0",
}


class DepsTest(unittest.TestCase):
    def setUp(self):
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="majlis-deps-"))
        self.addCleanup(shutil.rmtree, self.state, ignore_errors=True)
        self.sbin = self.state / "sbin"
        for folder in ("installed", "programs", "sbin"):
            (self.state / folder).mkdir()
        for name, text in PROGRAMS.items():
            program = self.state / "programs" / name
            program.write_text(f"#!/bin/sh\n{text}\n")
            program.chmod(0o755)

    def run_deps(self, *installed):
        for name in installed:
            (self.state / "installed" / name).touch()
        environment = {**os.environ, "STATE": str(self.state), "PATH": f"{self.state}/programs:/usr/bin:/bin"}
        run = subprocess.run([*UNSHARE, "sh", "-c", f'mount --bind {self.sbin} /usr/sbin && exec "$@"', "sh",
                              SOURCES / "tools/deps.sh"], env=environment, capture_output=True, text=True)
        log = self.state / "log"
        return run.returncode, log.read_text().splitlines() if log.exists() else []

    def test_nothing_starts_now_or_later_and_no_policy_stays(self):
        code, log = self.run_deps()
        self.assertEqual(code, 0)
        self.assertEqual(log, ["policy 101", "update-rc.d opendkim disable", "update-rc.d clamav-daemon disable",
                               "update-rc.d postfix disable", "systemctl disable clamav-daemon.socket"])
        self.assertEqual(list(self.sbin.iterdir()), [])

    def test_the_policy_of_the_machine_decides_and_stays(self):
        policy = self.sbin / "policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 104\n")
        policy.chmod(0o755)
        code, log = self.run_deps()
        self.assertEqual((code, log[0]), (0, "policy 104"))
        self.assertEqual(policy.read_text(), "#!/bin/sh\nexit 104\n")

    def test_services_that_were_there_stay_as_they_are(self):
        code, log = self.run_deps("opendkim", "clamav-daemon", "clamav-freshclam", "postfix")
        self.assertEqual((code, log), (0, ["policy 101"]))

    def test_an_installation_that_fails_leaves_no_policy(self):
        (self.state / "fails").touch()
        code, log = self.run_deps()
        self.assertNotEqual(code, 0)
        self.assertEqual(log, ["policy 101"])
        self.assertEqual(list(self.sbin.iterdir()), [])


if __name__ == "__main__":
    SOURCES = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
