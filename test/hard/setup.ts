import { build } from "tsup";

/** The programs use what `npm run build:ts` builds. */
export default async function setup(): Promise<void> {
  await build({ silent: true, clean: false, dts: false });
}
