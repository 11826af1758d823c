// @ts-check
// Stands in for Docker. Of cross's container it does what matters to the machine outside: cargo builds there into a folder of
// this machine, and starts what it finds built in it. So every build script in that folder is started on the oldest glibc
// that can be had, and must run. The library itself is the one that cargo-zigbuild made. No other container runs.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const args = process.argv.slice(2);
const command = args.join(" ");
const target = /--target (\S+)$/.exec(args.at(-1) ?? "")?.[1];
if (args[0] === "--help") {
  console.log("docker");
} else if (args[0] === "run" && target !== undefined) {
  build(target);
} else if (args[0] === "run") {
  console.log(`rehearsal: not run: docker ${command}`);
} else {
  console.error(`rehearsal: stood in for: docker ${command}`);
}

/** @param {string} target */
function build(target) {
  const { loader, libraries } = JSON.parse(process.env.REHEARSAL_OLD_GLIBC ?? "{}");
  const folder = args.flatMap((arg) => /^(.+):\/target(?::|$)/.exec(arg)?.[1] ?? [])[0];
  if (folder === undefined) throw new Error(`no folder is mounted at /target: docker ${command}`);
  const scripts = join(folder, "release", "build");
  const names = existsSync(scripts) ? readdirSync(scripts) : [];
  for (const script of names
    .map((name) => join(scripts, name, "build-script-build"))
    .filter((path) => existsSync(path))) {
    const { stderr } = spawnSync(loader, ["--library-path", libraries, script], { encoding: "utf8", cwd: folder });
    if (/version `GLIBC_\S+' not found/.test(stderr)) {
      console.error(`cargo would start this build script in the container, and another system linked it:\n${stderr}`);
      process.exit(101);
    }
  }
  console.error(`rehearsal: stood in for: docker ${command}`);
  const library = `${target}/release/${process.env.REHEARSAL_LIBRARY}`;
  mkdirSync(dirname(join(folder, library)), { recursive: true });
  copyFileSync(join(process.env.GITHUB_WORKSPACE ?? "", "crate", "target", library), join(folder, library));
  const artifact = {
    reason: "compiler-artifact",
    target: { name: "compute_pi_rs", crate_types: ["cdylib"] },
    filenames: [`/target/${library}`],
  };
  console.log(JSON.stringify(artifact));
}
