import { neon, version } from "../package.json";

/** The version of this package. */
export { version };

/** The platforms that have a binary. */
export const platforms: readonly string[] = Object.keys(neon.platforms);
