import { runtimeClient } from "../../scripts/lambda/client/build.mjs";

/** Builds AWS's runtime interface client where it is not built yet. */
export default async function setup(): Promise<void> {
  await Promise.all([...new Set([process.arch, "arm64"])].map(runtimeClient));
}
