#!/usr/bin/env node
import { generate } from "./index";

process.stdout.write(`${(await generate(Number(process.argv[2]))).join("")}\n`);
