// @ts-check
import { appendFileSync } from "node:fs";

appendFileSync(process.env.GITHUB_OUTPUT ?? "", "token=loopback\n");
