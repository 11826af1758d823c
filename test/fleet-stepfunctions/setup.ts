import { fileURLToPath } from "node:url";

import { installFromLockfile } from "../../scripts/lib/install.mjs";
import { installPythonTools } from "./tools";

/** Installs the checkers, and moto, which interprets state machines and keeps objects as S3 does. */
export default async function setup(): Promise<void> {
  await installFromLockfile(fileURLToPath(new URL(".", import.meta.url)), ["--ignore-scripts"]);
  await installPythonTools();
}
