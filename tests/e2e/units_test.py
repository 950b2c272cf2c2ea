#!/usr/bin/env python3
"""The systemd units that are installed as examples are well formed, shut in as far as the job allows, and open enough
for the job: the service's command is run in the surroundings that its unit describes, as far as namespaces can make them.

    units_test.py EXAMPLES BIN      EXAMPLES has the units as installed, BIN the programs
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import majlis_site  # noqa: E402
from smtp_sink import SmtpSink  # noqa: E402

SKIPPED = 77
WORST_EXPOSURE = 3.0  # of systemd-analyze security: 10 is open, 0 shut


SITE = "/var/lib/majlis"
LIST = f"cooks@{majlis_site.DOMAIN}"
MEMBERS = ["ann@example.com", "bob@example.net"]
USER = "nobody"
# Everything is read-only but the site, /dev has what PrivateDevices= leaves, /tmp is empty; $1 is the scratch site, $2
# options of the mount of /proc, $3 the user, then the command.
SURROUNDINGS = """
set -e
mount -t tmpfs tmpfs /var/lib
mkdir /var/lib/majlis
mount --bind "$1" /var/lib/majlis
mkdir /var/lib/dev
for device in null zero full random urandom tty; do
  touch /var/lib/dev/$device
  mount --bind /dev/$device /var/lib/dev/$device
done
mount --rbind /var/lib/dev /dev
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /home
mount -t tmpfs tmpfs /root
mount -t proc -o "$2" proc /proc
mount -o remount,ro,bind /
mount -o remount,bind,ro /var/lib
user=$3
shift 3
exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --no-new-privs --bounding-set=-all \
  --inh-caps=-all env -i PATH=/usr/bin:/bin sh -c 'umask 077; exec "$0" "$@"' "$@"
"""


def value_of(unit, name):
    return next((line.partition("=")[2] for line in unit.splitlines() if line.startswith(name + "=")), "")


def allowed_calls(unit):
    """The names of the system calls that SystemCallFilter= lets through."""
    names = set()
    for word in value_of(unit, "SystemCallFilter").split():
        if not word.startswith("@"):
            names.add(word)
            continue
        shown = subprocess.run(["systemd-analyze", "syscall-filter", word], capture_output=True, text=True).stdout
        for line in shown.splitlines()[1:]:
            name = line.strip()
            if name.startswith("@"):
                names |= allowed_calls(f"SystemCallFilter={name}")
            elif name and not name.startswith("#"):
                names.add(name)
    return names


def site_that_waits(programs, folder, relay):
    """A site of another user, with a post in its spool."""
    site = majlis_site.Site(programs, folder).init()
    site.create("cooks", "public-discussion", members=MEMBERS, passwords=False)
    letter = majlis_site.message("Rice for fifty.\n", MEMBERS[0], LIST, "Rice")
    if site.receive(letter, LIST, MEMBERS[0]) != majlis_site.DONE:
        raise majlis_site.Failed("the post was not taken")
    site.set_site("relay", relay)
    site.set_site("log_file", f"{SITE}/majlis.log")
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, USER)
    return site


def run_as_the_unit_says(unit, programs, folder):
    """What went wrong, as lines."""
    sink = SmtpSink()
    site = site_that_waits(programs, folder / "site", sink.url)
    proc = "hidepid=invisible" + (",subset=pid" if value_of(unit, "ProcSubset") == "pid" else "")
    # The programs are where the unit's tmpfs may hide them.
    shutil.copytree(programs, folder / "site" / "bin", ignore=lambda _, names: set(names) - {"majlis-flush"})
    calls = folder / "site" / "calls"
    tracing = [*majlis_site.STRACE, "-e", "signal=none", "-o", f"{SITE}/calls"] if shutil.which("strace") else []
    calls.touch()
    calls.chmod(0o666)
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", SURROUNDINGS, "sh", site.folder, proc, USER,
               *tracing, f"{SITE}/bin/majlis-flush", *value_of(unit, "ExecStart").split()[1:]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    sink.close()
    wrong = []
    if done.returncode != 0 or done.stdout or done.stderr:
        wrong.append(f"as the unit says: exit {done.returncode}: {done.stdout}{done.stderr}")
    if sorted(recipient for _, recipient in sink.copies().elements()) != MEMBERS:
        wrong.append(f"as the unit says: delivered only {sink.copies()}")
    if " kind=" in site.log_file.read_text():
        wrong.append("as the unit says: " + site.log_file.read_text())
    if not (site.folder / "db" / "env.lock").read_text().startswith(
            "clean1 " + pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()):
        wrong.append("as the unit says: other programs must replay the log behind it")
    used = set(re.findall(r"(?m)^\d+ +(\w+)\(", calls.read_text()))
    if tracing and not {"flock", "fdatasync"} <= used:
        wrong.append(f"as the unit says: what calls it made was not seen: {used}")
    wrong += [f"the unit's SystemCallFilter= does not let {call} through" for call in sorted(used - allowed_calls(unit))]
    return wrong


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
        if os.geteuid() == 0:
            wrong += run_as_the_unit_says((examples / "majlis-flush.service").read_text(), programs, pathlib.Path(name))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
