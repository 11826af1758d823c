#!/bin/bash
# Debian's packaged Rust with its arm64 standard library, unpacked into a folder: for machines that reach Debian's
# packages but not Rust's own server. Leaves a compiler at DIRECTORY/rustc.
# usage: debian-rust-arm64.sh DIRECTORY
set -euo pipefail
source "$(dirname "$0")/../../tools/foreign-systems/apt.sh"
directory=$(mkdir -p "$1" && cd "$1" && pwd)
isolated_apt "amd64 arm64" bookworm bookworm-security

version=$(apt-cache policy rustc-web | sed -n 's/ *Candidate: //p')
series=$(cut -d. -f1-2 <<< "$version")
llvm=$(apt-cache depends "libstd-rust-web-$series" | sed -n 's/ *Depends: \(libllvm[0-9]*\).*/\1/p' | head -1)
unpack "$directory/root" "rustc-web=$version" "libstd-rust-web-$series=$version" "$llvm" \
  "libstd-rust-web-dev=$version" "libstd-rust-web-dev:arm64=$version"

cat > "$directory/rustc.new" <<WRAPPER
#!/bin/sh
LD_LIBRARY_PATH=$directory/root/usr/lib/x86_64-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec $directory/root/usr/bin/rustc "\$@"
WRAPPER
chmod +x "$directory/rustc.new"
"$directory/rustc.new" --version
mv "$directory/rustc.new" "$directory/rustc"
