import { linuxRuntimes } from "@compute-pi-rs/foreign-systems";
import { worksOn } from "./works-on";

// Those of the binaries that are built with each change; of the emulated ones, the newest Node.js. every-runtime.test.ts has
// the others.
const built = ["linux-x64-gnu", "linux-arm64-gnu"];
const runtimes = (await linuxRuntimes()).filter(({ platform }) => built.includes(platform));
worksOn(
  runtimes.filter(
    ({ emulated, platform }, index) =>
      !emulated || !runtimes.slice(index + 1).some((next) => next.emulated && next.platform === platform),
  ),
);
