import { type Browser, chromium } from "playwright-core";

import { chromium as installed } from "@compute-pi-rs/pinned-tools";

/** The browser of this machine; it can be named by the variable CHROMIUM. */
export async function launch(): Promise<Browser> {
  // Its sandbox does not work as root, as which containers run their tests.
  return chromium.launch({ executablePath: await installed(), args: ["--no-sandbox"] });
}

/** The result of a page, and the words of its console. */
export interface Visit {
  result: unknown;
  complaints: string[];
}

/** Opens a page, and waits for what its program leaves in `result`. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  try {
    await page.goto(url);
    await page.waitForFunction("globalThis.result");
    return { result: await page.evaluate("globalThis.result"), complaints };
  } finally {
    await page.close();
  }
}
