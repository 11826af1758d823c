import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { checkLinks } from "../../scripts/site/links.mjs";

const address = "https://docs.example/project";

test("links are followed to files, to places in them, and to the site's own address, but not to the rest of the web", async () => {
  const site = mkdtempSync(join(tmpdir(), "compute-pi-rs-site-test-"));
  onTestFinished(() => {
    rmSync(site, { recursive: true });
  });
  mkdirSync(join(site, "sub"));
  writeFileSync(join(site, "sub", "index.html"), '<h1 id="here">x</h1><a href="../index.html">up</a>');
  const right = ["sub/", "sub/index.html#here", "/project/sub/", `${address}/sub/`];
  const wrong = ["sub/index.html#gone", "gone.html", "/project/lost.html", `${address}/no`];
  const links = [...right, ...wrong, "https://other.example/"].map((link) => `<a href="${link}">x</a>`);
  writeFileSync(join(site, "index.html"), links.join("\n"));
  const { checked, broken } = await checkLinks(site, address);
  expect(broken.sort()).toEqual(
    ["gone.html", "lost.html", "no", "sub/index.html#gone"].map((link) => `index.html → ${link}`),
  );
  expect(checked).toBe(right.length + wrong.length + 1);
});
