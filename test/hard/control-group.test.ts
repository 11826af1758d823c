import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { ControlGroup } from "@compute-pi-rs/lambda-emulator";
import { root } from "../../scripts/lib/paths.mjs";
import { run } from "@compute-pi-rs/steps";

test.skipIf(ControlGroup.problem())("what a control group does not allow is refused before any work", async () => {
  const group = new ControlGroup(`compute-pi-rs-test-${process.pid}`);
  onTestFinished(() => group.remove());
  group.limitMemory(128);
  const program = `
    import { generateBytes } from "compute-pi-rs";
    const refused = await generateBytes(100_000_000).catch((error) => error);
    const { length } = await generateBytes(1_000_000);
    console.log(JSON.stringify({ code: refused.code, allowed: refused.allowed, length }));`;
  const joining = group.members.map((members) => `echo $$ > ${members};`).join(" ");
  const command = `${joining} exec "$0" --input-type=module --eval "$1"`;
  const env = { ...process.env, COMPUTE_PI_RS_BINARY: join(root, "index.node") };
  const { stdout, stderr } = await run("sh", ["-c", command, process.execPath, program], { cwd: root, env });
  expect(stderr).toBe("");
  const { code, allowed, length } = JSON.parse(stdout) as { code: string; allowed: number; length: number };
  expect({ code, length }).toEqual({ code: "ERR_COMPUTE_PI_MEMORY", length: 1_000_000 });
  expect(allowed).toBeLessThan(128 * 2 ** 20);
});
