#!/bin/sh
# Installs the Debian packages Majlis is built and tested with; says nothing and touches nothing when all are there.
#
#   tools/deps.sh          what `make`, `make test` and `make lint` need
#   tools/deps.sh bench    what `make bench` compares with, too
set -eu

# package                why
build='
cmake                    build description
ninja-build              build
make                     front door
ccache                   rebuilds in seconds
g++                      compiler (12)
clang                    second compiler (14), sanitizers, fuzzing
libclang-rt-14-dev       their run-time libraries
llvm                     readable sanitizer reports
clang-format             looks
clang-tidy               lint
shellcheck               lint of the scripts
mandoc                   lint of the man pages
python3                  tools/, test drivers
libmimetic-dev           MIME structure
libboost-regex-dev       patterns of list owners
libdb5.3++-dev           state
db5.3-util               salvage of a database, in a test
libsodium-dev            passwords and tokens
libidn2-dev              domain names (IDNA 2008)
libunistring-dev         which characters can be seen; libidn2 needs it as an archive
nettle-dev               signatures of messages (DKIM)
libgmp-dev               their arithmetic, as an archive
libssl-dev               TLS to the relay
zlib1g-dev               what is in archives
libsqlite3-dev           words of posts, to search for
openssl                  certificates of the end-to-end tests
python3-html5lib         reads cleaned pages, in a test
python3-lxml             likewise: another parser
w3m                      its text of a page, to compare with
libgtest-dev             unit tests
libgmock-dev             unit tests
libbenchmark-dev         benchmarks
python3-dkim             signs and verifies in tests what we verify
python3-nacl             its Ed25519
dnsmasq-base             a name server for an end-to-end test; no service comes with it
opendkim                 a milter for an end-to-end test; its service is not needed
clamav-daemon            a scanner for an end-to-end test; its service and its signatures are not needed
7zip                     archives for it: 7z
arj                      ARJ
gcab                     cabinets
'
# A mail system is never replaced: where another one provides sendmail, the tests that need Postfix are skipped.
mta='
postfix                  end-to-end tests, smtp-sink
'
bench='
mlmmj                    the list manager to compare with
'

packages_of() { printf '%s' "$1" | awk 'NF { print $1 }'; }

is_installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

missing_of() {
  for package in $(packages_of "$1"); do
    is_installed "$package" || printf '%s ' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "deps: not root and no sudo; as root: apt-get install $missing" >&2
    exit 1
  fi
}

command -v dpkg-query >/dev/null || { echo "deps: no dpkg here; see tools/deps.sh for what is needed" >&2; exit 0; }

missing=$(missing_of "$build")
want_mta=$(missing_of "$mta")
if [ -n "$want_mta" ] && [ -e /usr/sbin/sendmail ]; then
  echo "deps: another mail system is installed; leaving Postfix out" >&2
  want_mta=
fi
missing=$missing$want_mta
if [ "${1:-}" = bench ]; then missing=$missing$(missing_of "$bench"); fi
[ -n "$missing" ] || exit 0

echo "deps: installing $missing"
# Postfix is wanted for its programs: unconfigured, it does not listen and delivers nothing.
case $want_mta in
*postfix*)
  echo 'postfix postfix/main_mailer_type select No configuration' >"${TMPDIR:-/tmp}/majlis-deps.$$"
  as_root debconf-set-selections "${TMPDIR:-/tmp}/majlis-deps.$$" || true
  rm -f "${TMPDIR:-/tmp}/majlis-deps.$$"
  ;;
esac
# The scanner's test has signatures of its own: those of the world, hundreds of megabytes, need not be fetched.
case $missing in
*clamav-daemon*)
  if ! is_installed clamav-freshclam; then
    echo 'clamav-freshclam clamav-freshclam/autoupdate_freshclam select manual' | as_root debconf-set-selections || true
  fi
  ;;
esac
# Packages start the services that come with them, now and whenever the machine does: no test needs one to run, and none is
# to run on a machine because Majlis was built there. invoke-rc.d asks this file; one that is there already decides.
services=
for service in opendkim clamav-daemon clamav-freshclam postfix; do
  is_installed "$service" || services="$services $service"
done
policy=/usr/sbin/policy-rc.d
if [ -e "$policy" ] || [ -L "$policy" ]; then
  policy=
else
  trap 'as_root rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\nexit 101 # not allowed; put here for the time of tools/deps.sh of Majlis\n' |
    as_root sh -c "cat >$policy && chmod 755 $policy"
fi
as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q update </dev/null
# shellcheck disable=SC2086 # a list of package names
as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q install -y --no-install-recommends \
  $missing </dev/null
for service in $services; do
  if is_installed "$service"; then as_root update-rc.d "$service" disable; fi
done
case $services in
*clamav-daemon*)
  if command -v systemctl >/dev/null; then as_root systemctl disable clamav-daemon.socket; fi
  ;;
esac
