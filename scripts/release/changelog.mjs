// @ts-check
// CHANGELOG.md has one second-level heading a version, newest first, and `## Unreleased` above them.

const heading = /^## \[?([^\]\s]+)\]?(?: .*)?$/;

/**
 * @param {string} changelog
 * @param {string} version or `Unreleased`
 * @returns {string | undefined} what stands below the version's heading, trimmed
 */
export function section(changelog, version) {
  const lines = changelog.split("\n");
  const start = lines.findIndex((line) => heading.exec(line)?.[1] === version);
  if (start < 0) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => heading.test(line));
  return lines
    .slice(start + 1, length < 0 ? undefined : start + 1 + length)
    .join("\n")
    .trim();
}

/**
 * Turns what is unreleased into the section of a version.
 *
 * @param {string} changelog
 * @param {string} version
 * @param {string} date as YYYY-MM-DD
 * @returns {string}
 * @throws {Error} when nothing is written there: a release that changes nothing for its users is none
 */
export function releaseSection(changelog, version, date) {
  if (section(changelog, version) !== undefined) return changelog;
  if (!section(changelog, "Unreleased")) {
    throw new Error(`CHANGELOG.md says nothing under "## Unreleased": tell what ${version} changes for its users`);
  }
  return changelog.replace(/^## \[?Unreleased\]?$/m, (line) => `${line}\n\n## ${version} - ${date}`);
}

/**
 * @param {string} changelog
 * @param {readonly string[]} platforms
 * @returns {string[]} the platforms that it never said the package has: users learn there what they get
 */
export function unnamedPlatforms(changelog, platforms) {
  return platforms.filter((platform) => !changelog.includes(`\`${platform}\``));
}
