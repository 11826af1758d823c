import { linuxRuntimes } from "../../scripts/binaries/runtimes.mjs";
import { worksOn } from "./works-on";

// Of the emulated ones, the newest Node.js of each processor and one musl: every-runtime.test.ts has the others.
const runtimes = await linuxRuntimes();
const others = runtimes.filter(({ emulated }) => emulated);
const newest = others.filter(
  ({ platform }, index) => !others.slice(index + 1).some((each) => each.platform === platform),
);
worksOn(runtimes.filter((each) => !each.emulated || (newest.includes(each) && each.platform !== "linux-arm64-musl")));
