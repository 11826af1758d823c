#!/bin/bash
# Unpacks Debian packages into a folder.
# usage: debian-packages.sh DIRECTORY SUITE ARCHITECTURE PACKAGE…
set -euo pipefail
source "$(dirname "$0")/apt.sh"
directory=$1 suite=$2 architecture=$3
shift 3
isolated_apt "$architecture" "$suite"
unpack "$directory" "$@"
# Newer suites have everything below usr, and a loader's name is the old one.
[ -e "$directory/lib" ] || ln -s usr/lib "$directory/lib"
