# Debian packages without touching the system and without being root. Sourced by other scripts.

# isolated_apt "ARCHITECTURE…" SUITE…: apt, in this shell, sees these suites only and keeps its state in a folder that
# goes when the shell ends. The first architecture is that of packages that name none.
isolated_apt() {
  local architectures=$1 mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg suite
  shift
  apt_state=$(mktemp -d)
  trap 'rm -rf "$apt_state"' EXIT
  mkdir -p "$apt_state"/{lists/partial,cache/archives/partial}
  # The mirror that this machine already uses, where it is a Debian.
  mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list* | head -1 | tr -d ' ') || true
  mirror=${mirror:-https://deb.debian.org/debian}
  mirror=${mirror%/}
  for suite in "$@"; do
    case $suite in
      *-security) echo "deb [signed-by=$keyring] $mirror-security $suite main" ;;
      *) echo "deb [signed-by=$keyring] $mirror $suite main" ;;
    esac
  done > "$apt_state/sources.list"
  cat > "$apt_state/apt.conf" <<CONF
APT::Architecture "${architectures%% *}";
APT::Architectures { $(printf '"%s"; ' $architectures)};
APT::Sandbox::User "";
Dir::State::lists "$apt_state/lists";
Dir::State::status "/dev/null";
Dir::Cache "$apt_state/cache";
Dir::Etc::sourcelist "$apt_state/sources.list";
Dir::Etc::sourceparts "-";
CONF
  export APT_CONFIG=$apt_state/apt.conf
  apt-get update -qq
}

# unpack DIRECTORY PACKAGE…: downloads packages, whose names are as for apt-get, and unpacks them into DIRECTORY.
unpack() {
  local directory=$1 package
  shift
  mkdir -p "$directory" "$apt_state/debs"
  (cd "$apt_state/debs" && apt-get download -qq "$@")
  for package in "$apt_state"/debs/*.deb; do dpkg -x "$package" "$directory"; done
  rm -r "$apt_state/debs"
}
