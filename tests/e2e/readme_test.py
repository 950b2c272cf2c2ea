#!/usr/bin/env python3
"""README.md leads from nothing to a running list: its commands are run, as they stand there, on what looks like a fresh
Debian with Postfix, and the first post arrives.

    readme_test.py BUILD      BUILD is the build folder; what it has is installed

/etc, /usr, /var and the network are the test's own (mount and network namespaces); nothing of the machine's is touched. What
needs the network or systemd is left out: apt-get, make, systemctl.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from dns_server import DnsServer  # noqa: E402

SKIPPED = 77
DNS_PORT = 53
PATIENCE_S = 60
README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
PAGE = README.parent / "doc/POSTFIX.md"
LEFT_OUT = ("echo ", "apt-get ", "make ", "systemctl ")
INSIDE = "inside"  # the first word behind BUILD once the namespaces are there
MAIN_CF = """
compatibility_level = 3.6
myhostname = mx.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination = localhost
mynetworks = 127.0.0.0/8
mailbox_size_limit = 0
recipient_delimiter = +
maillog_file = /var/log/mail.log
virtual_mailbox_domains = example.org
virtual_mailbox_base = /var/vmail
virtual_mailbox_maps = static:ann/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
"""


def commands():
    """Those of the section, one a line, with their continuations."""
    section = README.read_text().split("## From nothing to a running list")[1].split("\n## ")[0]
    lines = re.sub(r"\\\n *", "", section).splitlines()
    return [line[4:] for line in lines if line.startswith("    ") and not line[4:].startswith(LEFT_OUT)]


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def own(folder, scratch):
    """The machine's, and what is written there is the test's."""
    upper, work = (scratch / f"{folder.strip('/')}-{part}" for part in ("upper", "work"))
    upper.mkdir()
    work.mkdir()
    run("mount", "-t", "overlay", "overlay", "-o", f"lowerdir={folder},upperdir={upper},workdir={work}", folder)


def fresh_debian(build, scratch):
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", scratch)
    for folder in ("/etc", "/usr", "/var"):
        own(folder, scratch)
    run("ip", "link", "set", "lo", "up")
    run("cmake", "--install", build, "--prefix", "/usr/local")
    shutil.rmtree("/var/lib/majlis", ignore_errors=True)
    shutil.rmtree("/var/spool/postfix", ignore_errors=True)
    pathlib.Path("/var/spool/postfix").mkdir()
    for folder in ("/etc/cron.d", "/etc/systemd/system", "/var/vmail"):
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    shutil.chown("/var/vmail", "nobody")
    pathlib.Path("/etc/resolv.conf").unlink(missing_ok=True)
    pathlib.Path("/etc/resolv.conf").write_text("nameserver 127.0.0.1\n")
    shutil.copy("/usr/share/postfix/master.cf.dist", "/etc/postfix/master.cf")
    pathlib.Path("/etc/postfix/main.cf").write_text(MAIN_CF)
    with open("/etc/postfix/master.cf", "a") as master:
        master.write("postlog unix-dgram n - n - 1 postlogd\n")
    run("postfix", "start")


def cron_line():
    """What cron would run, and as whom; its user exists and its file has a name that cron reads."""
    files = [path for path in pathlib.Path("/etc/cron.d").iterdir() if re.fullmatch(r"[A-Za-z0-9_-]+", path.name)]
    lines = [line for path in files for line in path.read_text().splitlines() if "majlis-flush" in line]
    assert len(lines) == 1, lines
    user, command = lines[0].split(None, 6)[5:]
    return user, command


def walk_through():
    said = {}
    for command in commands():
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=PATIENCE_S, cwd="/",
                              stdin=subprocess.DEVNULL)
        said[command] = done.stdout
        print(f"{done.returncode}  {command}\n{done.stdout}{done.stderr}")
        assert done.returncode == 0, command
    user, command = cron_line()
    deadline = time.monotonic() + PATIENCE_S
    inbox = pathlib.Path("/var/vmail/ann/new")
    while not inbox.exists() or not any("Soup" in mail.read_text() for mail in inbox.iterdir()):
        assert time.monotonic() < deadline, pathlib.Path("/var/log/mail.log").read_text()[-4000:]
        run("setpriv", "--reuid", user, "--regid", user, "--clear-groups", *command.split())
        time.sleep(0.5)
    assert "wanting" not in said["majlis check"], said["majlis check"]
    for document in ("README.md", "POSTFIX.md", "RUNNING.md", "examples/majlis-cron"):
        assert pathlib.Path("/usr/local/share/doc/majlis", document).exists(), document
    for page in re.findall(r"postconf -[Me] '.*?(?=\n\n|\n *postfix)", README.read_text(), re.DOTALL):
        assert page in PAGE.read_text(), page


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    if len(sys.argv) > 2:
        scratch = pathlib.Path(sys.argv[3])
        fresh_debian(build, scratch)
        try:
            with DnsServer({}, DNS_PORT):
                walk_through()
        finally:
            subprocess.run(["postfix", "stop"], capture_output=True)
        return 0
    if os.geteuid() != 0 or not shutil.which("postfix") or not shutil.which("unshare"):
        print("skipped: it needs root, Postfix and namespaces")
        return SKIPPED
    scratch = tempfile.mkdtemp(prefix="majlis-readme-")
    try:
        done = subprocess.run(["unshare", "--mount", "--net", "--uts", "--pid", "--fork", "--kill-child", sys.executable,
                               __file__, build, INSIDE, scratch])
    finally:
        os.rmdir(scratch)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
