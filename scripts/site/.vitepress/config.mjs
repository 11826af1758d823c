// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";

const pages = new URL("../pages/", import.meta.url);
const repository = "https://github.com/compute-pi-rs/compute-pi-rs";

/** TypeDoc's list of its pages; nothing before it has run. */
const sidebarFile = new URL("api/typedoc-sidebar.json", pages);
const reference = existsSync(sidebarFile) ? JSON.parse(readFileSync(sidebarFile, "utf8")) : [];

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#3451b2"/><path d="M6 11q2-3 6-3h14M13 8v16M21 8v12q0 4 4 4" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`;

/** @param {string} text @param {string} link */
const page = (text, link) => ({ text, link });

export default defineConfig({
  title: "compute-pi-rs",
  description: "The first n decimal digits of pi in Node.js, computed by native Rust off the event loop",
  lang: "en-US",
  base: "/compute-pi-rs/",
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: "pages",
  outDir: join(import.meta.dirname, "../../../site"),
  // The crate's own site is put beside this one after the build, and all links are checked then.
  ignoreDeadLinks: [/^\/rust\//],
  // The page that computes takes the browser's build of this package.
  vite: {
    resolve: { alias: { "compute-pi-rs": join(import.meta.dirname, "../../../dist/web/compute-pi.js") } },
    worker: { format: "es" },
  },
  markdown: {
    // The usual ones are too pale to read for some.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config: (md) => {
      // A head of a column without a text is a cell like any other.
      md.core.ruler.push("empty heads", ({ tokens }) => {
        tokens.forEach((token, index) => {
          const close = tokens[index + 2];
          if (token.type === "th_open" && tokens[index + 1]?.content === "" && close) token.tag = close.tag = "td";
        });
      });
      const fence = md.renderer.rules.fence;
      md.renderer.rules.fence = (...args) => {
        const [tokens, index] = args;
        const token = tokens[index];
        if (token?.info.trim() === "mermaid") return `<Diagram source="${encodeURIComponent(token.content)}" />`;
        return fence?.(...args) ?? "";
      };
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: repository }],
    nav: [
      page("Guide", "/"),
      page("Reference", "/api/"),
      page("Pi in your browser", "/pi"),
      { text: "Rust crate", link: "/rust/compute_pi/index.html", target: "_self" },
    ],
    sidebar: {
      "/api/": reference,
      "/": [
        {
          text: "Guide",
          items: [page("compute-pi-rs", "/"), page("Performance", "/docs/performance"), page("Scale", "/docs/scale")],
        },
        {
          text: "Examples",
          items: [
            page("AWS Lambda", "/examples/lambda/"),
            page("HTTP", "/examples/http/"),
            page("OpenTelemetry", "/examples/opentelemetry/"),
            page("A fleet on BullMQ", "/examples/fleet-bullmq/"),
            page("A fleet on Step Functions", "/examples/fleet-stepfunctions/"),
          ],
        },
        {
          text: "How it is made",
          items: [
            ...["Browser", "Architecture", "Vocabulary", "Reliability", "Hosts", "Building", "Releasing", "Crates"]
              .map((name) => page(name, `/docs/${name.toLowerCase()}`))
              .filter(({ link }) => existsSync(new URL(`.${link}.md`, pages))),
            page("Make it yours", "/docs/make-it-yours"),
            page("Contributing", "/CONTRIBUTING"),
            page("Security", "/SECURITY"),
            page("Changelog", "/CHANGELOG"),
          ],
        },
      ],
    },
  },
});
