import { pythonTools } from "@compute-pi-rs/pinned-tools";
import { npmPackages } from "@compute-pi-rs/steps";
import { packages } from "./tools";

/** Installs the checkers, and moto, which interprets state machines and keeps objects as S3 does. */
export default async function setup(): Promise<void> {
  await Promise.all([npmPackages("stepfunctions", packages), pythonTools("aws")]);
}
