// @ts-check
import { run } from "../lib/run.mjs";

/**
 * Asks the registry for one field of a package.
 *
 * @param {string} spec a package, with a version or a tag if need be
 * @param {string} field
 * @param {NodeJS.ProcessEnv} env what npm runs with
 * @returns {Promise<string | undefined>} nothing when the registry says that it has no such package or version
 * @throws {Error} when the registry gives no answer: that is not the same as having no such package
 */
async function view(spec, field, env) {
  // A cached answer could be older than a publication.
  const args = ["view", spec, field, "--json", "--prefer-online", "--fetch-retries=2", "--fetch-retry-mintimeout=500"];
  const { code, stdout, stderr } = await run("npm", args, { env });
  // npm 10 exits with 0 and prints nothing for a version that does not exist.
  const answer = stdout.trim() === "" ? undefined : JSON.parse(stdout);
  if (code === 0) return answer;
  if (answer?.error?.code === "E404") return undefined;
  throw new Error(`the registry gave no answer about ${spec}:\n${stdout}${stderr}`);
}

/**
 * @param {string} name
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} what was published under that version, as `sha512-…`
 */
export function publishedIntegrity(name, version, env) {
  return view(`${name}@${version}`, "dist.integrity", env);
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} the version that a plain `npm install` brings
 */
export function latestVersion(name, env) {
  return view(`${name}@latest`, "version", env);
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
