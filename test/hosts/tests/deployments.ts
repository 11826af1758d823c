import { join } from "node:path";
import { expect } from "vitest";

import type { HostProject } from "../project";
import type { HostTest } from "./host-test";
import { answerOf, freePort } from "./server";

const use =
  "generateString(10).then((digits) => console.log(native().backend, digits), (error) => console.log(error.message));\n";

const entries = {
  "entry.cjs": `const { generateString, native } = require("compute-pi-rs");\n${use}`,
  "entry.mjs": `import { generateString, native } from "compute-pi-rs";\n${use}`,
};

/** Runs a deployment where there is nothing else. */
async function deployed(project: HostProject, folder: string, file: string): Promise<string> {
  const { stdout } = await project.node([join(project.alone(folder), file)]);
  return stdout;
}

export const nft: HostTest = async (project) => {
  project.write({
    ...entries,
    "trace.mjs": `
      import { nodeFileTrace } from "@vercel/nft";
      import { cpSync } from "node:fs";
      const [entry, out] = process.argv.slice(2);
      const { fileList } = await nodeFileTrace([entry], { base: process.cwd() });
      for (const file of fileList) cpSync(file, \`\${out}/\${file}\`, { recursive: true });`,
  });
  for (const entry of Object.keys(entries)) {
    await project.node(["trace.mjs", entry, "traced"]);
    expect(await deployed(project, "traced", entry), entry).toBe("native 3141592653\n");
  }
};

export const nextJs: HostTest = async (project, { version }) => {
  const isOld = Number(version.split(".")[0]) < 16;
  project.write({
    "package.json": '{ "name": "user", "private": true, "dependencies": { "compute-pi-rs": "*", "next": "*" } }',
    "next.config.mjs": `export default {
      output: "standalone",
      outputFileTracingRoot: import.meta.dirname,
      serverExternalPackages: ["compute-pi-rs"],
      outputFileTracingIncludes: { "/**": ["./node_modules/{compute-pi-rs,@compute-pi-rs,@neon-rs}/**"] },
    };`,
    "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;",
    "app/page.js": "export default () => <p>pi</p>;",
    "app/pi/route.js": `
      import { generateString, native } from "compute-pi-rs";
      export const dynamic = "force-dynamic";
      export const GET = async () => Response.json({ digits: await generateString(10), backend: native().backend });`,
  });
  const flags = isOld ? [[], ["--turbopack"]] : [["--webpack"], []];
  for (const flag of flags) {
    const env = { NEXT_TELEMETRY_DISABLED: "1" };
    await project.node([project.script("next", "dist", "bin", "next"), "build", ...flag], env);
    const folder = project.alone(".next/standalone");
    const port = await freePort();
    const options = { cwd: folder, env: { ...project.env, PORT: String(port), HOSTNAME: "127.0.0.1" } };
    const answer = await answerOf(`http://127.0.0.1:${port}/pi`, ["server.js"], options);
    expect(answer, flag.join(" ")).toEqual({ digits: "3141592653", backend: "native" });
  }
};
