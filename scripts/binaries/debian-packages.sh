#!/bin/bash
# Unpacks Debian packages into a folder, without touching the system and without being root.
# usage: debian-packages.sh DIRECTORY SUITE ARCHITECTURE PACKAGE…
set -euo pipefail
directory=$(mkdir -p "$1" && cd "$1" && pwd) suite=$2 architecture=$3
shift 3
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state"/{lists/partial,cache/archives/partial,debs}

# The mirror that this machine already uses.
mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list* | head -1 | tr -d ' ')
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] $mirror $suite main" > "$state/sources.list"
cat > "$state/apt.conf" <<CONF
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Sandbox::User "";
Dir::State::lists "$state/lists";
Dir::State::status "/dev/null";
Dir::Cache "$state/cache";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "-";
CONF
export APT_CONFIG=$state/apt.conf
apt-get update -qq
cd "$state/debs"
apt-get download -qq "$@"
for package in *.deb; do dpkg -x "$package" "$directory"; done
# Newer suites have everything below usr, and a loader's name is the old one.
[ -e "$directory/lib" ] || ln -s usr/lib "$directory/lib"
touch "$directory/.unpacked"
