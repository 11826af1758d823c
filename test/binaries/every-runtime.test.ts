import { linuxRuntimes } from "../../scripts/binaries/runtimes.mjs";
import { worksOn } from "./works-on";

worksOn(await linuxRuntimes());
