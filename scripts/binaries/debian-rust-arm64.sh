#!/bin/bash
# Debian's packaged Rust with its arm64 standard library, unpacked into a folder without touching the system: for
# machines that reach Debian's packages but not Rust's own server. Leaves a compiler at DIRECTORY/rustc.
# usage: debian-rust-arm64.sh DIRECTORY
set -euo pipefail
directory=$(mkdir -p "$1" && cd "$1" && pwd)
mkdir -p "$directory"/{lists/partial,cache/archives/partial,debs,root}

# The mirror that this machine already uses.
mirror=$(grep -rhoE 'https?://[^ ]+/debian( |$)' /etc/apt/sources.list* | head -1 | tr -d ' ')
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
printf "deb [signed-by=$keyring] $mirror%s main\n" ' bookworm' '-security bookworm-security' > "$directory/sources.list"
cat > "$directory/apt.conf" <<CONF
APT::Architectures { "amd64"; "arm64"; };
APT::Sandbox::User "";
Dir::State::lists "$directory/lists";
Dir::Cache "$directory/cache";
Dir::Etc::sourcelist "$directory/sources.list";
Dir::Etc::sourceparts "-";
CONF
export APT_CONFIG=$directory/apt.conf
apt-get update -qq

version=$(apt-cache policy rustc-web | sed -n 's/ *Candidate: //p')
series=$(cut -d. -f1-2 <<< "$version")
llvm=$(apt-cache depends "libstd-rust-web-$series" | sed -n 's/ *Depends: \(libllvm[0-9]*\).*/\1/p' | head -1)
cd "$directory/debs"
apt-get download -qq "rustc-web=$version" "libstd-rust-web-$series=$version" "$llvm" \
  "libstd-rust-web-dev=$version" "libstd-rust-web-dev:arm64=$version"
for package in *.deb; do dpkg -x "$package" "$directory/root"; done
cd "$directory"
rm -rf lists cache debs

cat > "$directory/rustc.new" <<WRAPPER
#!/bin/sh
LD_LIBRARY_PATH=$directory/root/usr/lib/x86_64-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec $directory/root/usr/bin/rustc "\$@"
WRAPPER
chmod +x "$directory/rustc.new"
"$directory/rustc.new" --version
mv "$directory/rustc.new" "$directory/rustc"
