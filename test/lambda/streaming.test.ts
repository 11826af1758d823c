import { native } from "./deploy";
import { streams } from "./streams";

streams(native);
