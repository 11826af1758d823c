// @ts-check
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The environment in which npm and its peers see one registry only, and no configuration, cache or credential of the
 * person who runs the tests.
 *
 * @param {string} registry its address
 * @param {string} home an existing folder that takes the place of the home folder, with the caches in it
 * @returns {NodeJS.ProcessEnv}
 */
export function isolatedEnvironment(registry, home) {
  const userconfig = join(home, ".npmrc");
  // Publishing needs a token even where the registry asks for none.
  writeFileSync(userconfig, `registry=${registry}\n//${new URL(registry).host}/:_authToken=loopback\n`);
  return {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: tmpdir(),
    LANG: "C.UTF-8",
    CI: "true",
    NO_COLOR: "1",
    NO_PROXY: "127.0.0.1",
    // A registry may have another behind it, maybe through a proxy that signs anew.
    ...(process.env.NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS }),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_STATE_HOME: join(home, "state"),
    npm_config_userconfig: userconfig,
    npm_config_globalconfig: join(home, "global-npmrc"),
    npm_config_cache: join(home, "npm-cache"),
    npm_config_registry: registry,
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}
