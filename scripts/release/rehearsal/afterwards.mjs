// @ts-check
// Once a release is out: users install it, copy the examples, and deploy the layers.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifest, root } from "../../lib/paths.mjs";
import { runOrThrow } from "@compute-pi-rs/steps";
import { Consumer } from "@compute-pi-rs/registry";

const { name } = readManifest(root);
const program = `require(${JSON.stringify(name)}).generateString(10).then(console.log)`;

/**
 * Each example that a user copies, installed as its README says.
 *
 * @param {import("./account.mjs").Account} account
 * @param {string} repository at the release's tag
 * @param {string} registry its address
 */
export async function checkExamples(account, repository, registry) {
  const { version } = readManifest(repository);
  for (const example of readdirSync(join(repository, "examples"))) {
    const folder = join(repository, "examples", example);
    if (!existsSync(join(folder, "package.json")) || !readManifest(folder).dependencies?.[name]) continue;
    const lines = existsSync(join(folder, "package-lock.json")) ? ["ci", "install"] : ["install"];
    for (const line of lines) {
      await account.check(`a copy of examples/${example}: npm ${line}`, async () => {
        const consumer = new Consumer(registry);
        try {
          cpSync(folder, consumer.directory, { recursive: true });
          // Development tools of an example are not this release's.
          const flags = ["--ignore-scripts", "--omit=dev"];
          await consumer.runOrThrow("npm", [line, ...flags], { timeout: 300_000 });
          assert.equal(readManifest(join(consumer.directory, "node_modules", name)).version, version);
          assert.equal((await consumer.runOrThrow("node", ["--eval", program])).stdout, "3141592653\n");
          return version;
        } finally {
          consumer.dispose();
        }
      });
    }
  }
}

/**
 * The packages of `tools`, each with what it depends on, in an empty folder.
 *
 * @param {import("./account.mjs").Account} account
 * @param {readonly string[]} tools their names
 * @param {string} registry its address
 * @param {string} version
 */
export async function checkTools(account, tools, registry, version) {
  for (const tool of tools) {
    await account.check(`${tool} in an empty folder`, async () => {
      const consumer = new Consumer(registry);
      try {
        await consumer.install([`${tool}@${version}`]);
        const { stdout } = await consumer.runOrThrow("node", [
          "--input-type=module",
          "--eval",
          `console.log(Object.keys(await import("${tool}")).length)`,
        ]);
        assert.ok(Number(stdout) > 0, stdout);
        return `${stdout.trim()} exports`;
      } finally {
        consumer.dispose();
      }
    });
  }
}

/**
 * @param {import("./account.mjs").Account} account
 * @param {string} assets the folder of what the GitHub Release carries
 * @param {readonly import("@compute-pi-rs/foreign-systems").Runtime[]} runtimes those that a binary was built for
 * @param {string} version
 */
export async function checkAssets(account, assets, runtimes, version) {
  await account.check("the assets have their checksums", async () => {
    await runOrThrow("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: assets });
    assert.notEqual(readFileSync(join(assets, "notes.md"), "utf8").trim(), "");
    return readdirSync(assets).join(", ");
  });
  // Lambda unpacks a layer below /opt, and names its modules in NODE_PATH.
  for (const cpu of ["x64", "arm64"]) {
    const runtime = runtimes.filter(({ platform }) => platform === `linux-${cpu}-gnu`).at(-1);
    if (runtime === undefined) {
      account.notRun(`the Lambda layer for ${cpu}`);
      continue;
    }
    await account.check(`the Lambda layer for ${cpu} on ${runtime.name}`, async () => {
      const opt = join(assets, "..", `opt-${cpu}`);
      const archive = join(assets, `${name}-${version}-lambda-layer-${cpu}.zip`);
      await runOrThrow("python3", ["-m", "zipfile", "-e", archive, opt]);
      const env = { PATH: process.env.PATH, NODE_PATH: join(opt, "nodejs", "node_modules") };
      const args = [...runtime.args, "--eval", program];
      const { stdout } = await runOrThrow(runtime.command, args, { cwd: tmpdir(), env });
      rmSync(opt, { recursive: true });
      assert.equal(stdout, "3141592653\n");
    });
  }
}
