// @ts-check
import { appendFileSync } from "node:fs";

appendFileSync(process.env.GITHUB_OUTPUT ?? "", "page_url=http://127.0.0.1/\n");
