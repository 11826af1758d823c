import { join } from "node:path";
import { expect } from "vitest";

import type { HostTest } from "./host-test";

const program = `
import { subscribe } from "node:diagnostics_channel";
import { generateBytes, stream, type CallTrace, type Options } from "compute-pi-rs";

const options: Options = { threads: 2, onProgress: ({ phase, fraction }) => console.log(phase, fraction) };
subscribe("tracing:compute-pi-rs:asyncEnd", (message) => console.log((message as CallTrace).queueTime));

export async function use(): Promise<unknown[]> {
  const bytes = await generateBytes(10, options);
  const buffer: ArrayBufferLike = bytes.buffer;
  for await (const chunk of stream(10)) console.log(chunk);
  // @ts-expect-error there is no such option
  await generateBytes(10, { thread: 1 });
  return [buffer, new Response(bytes), new Blob([bytes]), await crypto.subtle.digest("SHA-256", bytes)];
}
`;

export const typeScript: HostTest = async (project, { name }) => {
  project.write({
    "bytes.mts": program,
    "bytes.cts": program,
    "bare.mts":
      'import { generateBytes } from "compute-pi-rs";\nexport const blob = new Blob([await generateBytes(10)]);\n',
  });
  const compile = (...args: string[]) => {
    const flags = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--module", "nodenext"];
    return project.run(process.execPath, [project.script(name, "bin", "tsc"), ...flags, ...args]);
  };
  const whole = await compile("--types", "node", "--skipLibCheck", "false", "bytes.mts", "bytes.cts");
  expect(whole).toMatchObject({ exitCode: 0, stdout: "" });
  const bare = await compile("--typeRoots", join(project.directory, "none"), "--skipLibCheck", "bare.mts");
  expect(bare).toMatchObject({ exitCode: 0, stdout: "" });
};
