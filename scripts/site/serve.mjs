// @ts-check
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves a built site on loopback as GitHub Pages does.
 *
 * @param {string} site its folder
 * @param {string} base the path that it is made for, with slashes at both ends
 * @param {number} [port]
 * @returns {Promise<{ url: string, close: () => void }>} its address, with a slash at the end
 */
export async function serveSite(site, base, port = 0) {
  const server = createServer(async ({ url = "/" }, response) => {
    const path = decodeURIComponent(new URL(url, "http://site").pathname);
    const file = await fileOf(site, path.startsWith(base) ? path.slice(base.length) : undefined);
    const found = file ?? join(site, "404.html");
    const type = TYPES[extname(found)] ?? "application/octet-stream";
    response.writeHead(file === undefined ? 404 : 200, { "Content-Type": type }).end(await readFile(found));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {string} site @param {string | undefined} path */
async function fileOf(site, path) {
  const file = path === undefined ? undefined : normalize(join(site, path));
  if (file === undefined || !file.startsWith(site)) return undefined;
  for (const each of [file, join(file, "index.html"), `${file}.html`]) {
    const found = await stat(each).catch(() => undefined);
    if (found?.isFile()) return each;
  }
  return undefined;
}
