// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";

const page = join(process.env.GITHUB_WORKSPACE ?? "", process.env.INPUT_PATH ?? "", "index.html");
if (!existsSync(page)) throw new Error(`the site has no ${page}`);
