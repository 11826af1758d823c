// @ts-check
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A registry's answer about a package: the version of each tag, and the integrity of each version.
 *
 * @typedef {{ "dist-tags"?: Record<string, string>, versions?: Record<string, { dist: { integrity: string } }> }} Packument
 */

/**
 * @param {NodeJS.ProcessEnv} env what npm runs with
 * @returns {Promise<string>} the address of the registry that npm publishes to
 */
export async function registryOf(env) {
  return env.npm_config_registry ?? (await run("npm", ["config", "get", "registry"], { env })).stdout.trim();
}

/**
 * @param {string} registry its address
 * @param {string} name
 * @returns {Promise<Packument>} an empty one when the registry says that it has no such package
 * @throws {Error} when the registry gives no answer: that is not the same as having no such package
 */
async function lookUp(registry, name) {
  const url = new URL(name.replace("/", "%2f"), registry);
  /** @type {unknown} */
  let reason;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      // A cached answer could be older than a publication.
      const answer = await fetch(url, { headers: { "cache-control": "no-cache" } });
      if (answer.status === 404) return {};
      if (answer.ok) return /** @type {Packument} */ (await answer.json());
      reason = new Error(`${answer.status} ${answer.statusText}`);
    } catch (error) {
      reason = error;
    }
  }
  throw new Error(`the registry gave no answer about ${name}`, { cause: reason });
}

/**
 * @param {string} registry
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string | undefined>} what was published under that version, as `sha512-…`
 */
export async function publishedIntegrity(registry, name, version) {
  return (await lookUp(registry, name)).versions?.[version]?.dist.integrity;
}

/**
 * @param {string} registry
 * @param {string} name
 * @returns {Promise<string | undefined>} the version that a plain `npm install` brings
 */
export async function latestVersion(registry, name) {
  return (await lookUp(registry, name))["dist-tags"]?.latest;
}

/**
 * The tag that a version is published under, so that a plain `npm install` never brings a pre-release and never goes
 * back to an older line.
 *
 * @param {string} version
 * @param {string | undefined} latest what a plain `npm install` brings now
 * @returns {string}
 */
export function distTag(version, latest) {
  if (version.includes("-")) return "next";
  // A tag must not read as a version range: npm refuses `v1`.
  if (latest !== undefined && compare(version, latest) < 0) return `release-${version.replace(/\..*/, "")}.x`;
  return "latest";
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number} negative when `a` comes before `b`; pre-releases count as the version that they lead to
 */
function compare(a, b) {
  const [left, right] = [a, b].map((version) => version.replace(/[-+].*/, ""));
  return String(left).localeCompare(String(right), "en", { numeric: true });
}
