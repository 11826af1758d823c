// @ts-check
// `npm run test:miri`: parts of the engine in Miri, which finds undefined behaviour. It interprets, some thousand times
// slower than the machine: only the tests with small sizes for it run, of the modules named here.
import { spawnSync } from "node:child_process";

const MODULES = ["buffers::", "chudnovsky::", "cyclic::", "limbs::", "parallel::"];

const present = spawnSync("cargo", ["+nightly", "miri", "--version"], { encoding: "utf8" });
if (present.status !== 0) {
  console.error(
    "Miri is missing: rustup toolchain install nightly --profile minimal --component miri --component rust-src",
  );
  process.exit(1);
}
console.log(present.stdout.trim());

const { status } = spawnSync(
  "cargo",
  [
    "+nightly",
    "miri",
    "test",
    "--manifest-path",
    "crate/Cargo.toml",
    "--locked",
    "-p",
    "compute-pi",
    "--lib",
    "--",
    ...MODULES,
  ],
  // Proptest looks for the seeds of earlier failures, which needs the file system.
  { stdio: "inherit", env: { ...process.env, MIRIFLAGS: "-Zmiri-disable-isolation", PROPTEST_CASES: "2" } },
);
process.exitCode = status ?? 1;
