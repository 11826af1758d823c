import { linuxRuntimes } from "@compute-pi-rs/foreign-systems";
import { worksOn } from "./works-on";

worksOn(await linuxRuntimes());
