#!/bin/sh
# Becomes a runtime process: joins control groups, makes the code read-only, says on file descriptor 3 that the
# preparations are over, waits for a line on 4, and executes the runtime.
# usage: launch.sh [-g CGROUP_PROCS]… [-r FOLDER] COMMAND ARGUMENT…
set -eu
while getopts g:r: option; do
  case $option in
    g) echo $$ > "$OPTARG" ;;
    # Where permissions do not stop root, a mount does; it ends with this process's mount namespace.
    r) mount --bind "$OPTARG" "$OPTARG"; mount -o remount,bind,ro "$OPTARG" ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
cd "$LAMBDA_TASK_ROOT"
echo ready >&3
# The clock of the start is about to run.
read -r _ <&4
exec "$@" 3>&- 4<&-
