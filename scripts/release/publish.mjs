// @ts-check
// Publishes a release: what stands in tools, the platform packages, and the main one last. With --stage the main one is staged:
// nobody gets it before a maintainer approves it with a second factor. Safe to run again.
//
//   node scripts/release/publish.mjs DIRECTORY [--stage] [--dry-run]
//
// It needs Node.js and npm only: the job that may publish installs nothing.
import { publishCommand } from "../../tools/addon-release/publish.mjs";
import { project } from "./project.mjs";

await publishCommand(process.argv.slice(2), project);
