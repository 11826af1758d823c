import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, inject } from "vitest";

import { Consumer } from "@compute-pi-rs/registry";

/** An empty project of a user, with the programs of the tests in it. */
export function emptyProject(manifest?: Record<string, unknown>): Consumer {
  const consumer = new Consumer(inject("published").registry, manifest);
  cpSync(fileURLToPath(new URL("programs", import.meta.url)), consumer.directory, { recursive: true });
  return consumer;
}

/** Such a project with this package installed, and with others, until the tests of the file have ended. */
export async function installedProject(...others: string[]): Promise<Consumer> {
  const consumer = emptyProject();
  afterAll(() => {
    consumer.dispose();
  });
  await consumer.install(["compute-pi-rs", ...others]);
  return consumer;
}
