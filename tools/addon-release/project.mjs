// @ts-check
/**
 * @typedef {object} Manifest the parts of a package.json that are read here
 * @property {string} name
 * @property {string} version
 * @property {string} [license]
 * @property {string[]} [files]
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [engines]
 * @property {{ type: string, url: string, directory?: string }} [repository]
 * @property {Record<string, string>} [platforms] node platform to Rust target, where it is no project of `neon`
 * @property {{ org?: string, platforms?: Record<string, string> }} [neon] what the command `neon` reads
 *
 * @typedef {object} Project the packages of a release
 * @property {string} name the main one
 * @property {string} version of all
 * @property {string[]} platforms those with a binary
 * @property {string[]} [companions] others that are published with them, those that others depend on first
 */

/**
 * @param {Manifest} manifest of the main package
 * @returns {Record<string, string>} the platforms that have a package: node platform to Rust target
 */
export function targetsOf({ neon, platforms }) {
  return neon?.platforms ?? platforms ?? {};
}

/**
 * @param {Manifest} manifest of the main package
 * @param {string} platform
 * @returns {string} the name of its package: `@org/linux-x64-gnu` with an organisation for @neon-rs/cli, else `NAME-linux-x64-gnu`
 */
export function packageOf({ name, neon }, platform) {
  return neon?.org === undefined ? `${name}-${platform}` : `${neon.org}/${platform}`;
}

/** @param {Manifest} manifest of the main package @returns {Project} */
export function projectOf(manifest) {
  const platforms = Object.keys(targetsOf(manifest)).map((platform) => packageOf(manifest, platform));
  return { name: manifest.name, version: manifest.version, platforms };
}

/**
 * @param {Manifest} manifest of the main package
 * @param {string} platform
 * @returns that of the platform's package: npm installs it on the machines that it is for, and Yarn leaves it unpacked
 */
export function platformManifest(manifest, platform) {
  const { name, version, license, repository, engines } = manifest;
  const [os = "", cpu = "", abi = null] = platform.split("-");
  const libc = os !== "linux" ? undefined : abi === "musl" ? ["musl"] : ["glibc"];
  return {
    name: packageOf(manifest, platform),
    version,
    description: `The prebuilt binary of ${name} for ${platform}`,
    license,
    repository: { ...repository, directory: `platforms/${platform}` },
    engines,
    os: [os],
    cpu: [cpu],
    ...(libc && { libc }),
    main: "index.node",
    files: ["index.node", "NOTICES.txt"],
    preferUnplugged: true,
    publishConfig: { access: "public", provenance: true },
    neon: { type: "binary", rust: targetsOf(manifest)[platform], node: platform, os, arch: cpu, abi },
  };
}
