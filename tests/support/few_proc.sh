#!/bin/sh
# Runs a command where /proc shows processes and nothing else, as ProcSubset=pid of a systemd unit has it.
#
#     few_proc.sh COMMAND...      77 where that cannot be had
unshare --mount --propagation private true 2>/dev/null || exit 77
exec unshare --mount --propagation private sh -c 'mount -t proc -o subset=pid proc /proc || exit 77
test ! -e /proc/sys/kernel/random/boot_id || exit 77
exec "$@"' sh "$@"
