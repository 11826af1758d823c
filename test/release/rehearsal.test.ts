import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";

import { root } from "../../scripts/lib/paths.mjs";
import { Account } from "../../scripts/release/rehearsal/account.mjs";
import { otherLegs, runners, withoutJobs } from "../../scripts/release/rehearsal/legs.mjs";

/** The account of a step of the job `build` that printed these lines. */
function told(step: string, stepResult: "success" | "failure", printed: string[] = []): string {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  try {
    const account = new Account();
    const place = {
      job: "release.yml/build",
      jobID: "build",
      matrix: { platform: "p" },
      step,
      stepID: ["1"],
      stage: "Main",
    };
    for (const msg of printed) account.read({ ...place, raw_output: true, msg: `${msg}\r\n` });
    account.read({ ...place, stepResult, executionTime: 1e9 });
    account.read({ job: place.job, jobID: "build", jobResult: stepResult });
    account.close();
    return lines.join("\n");
  } finally {
    log.mockRestore();
  }
}

describe("the account of a rehearsal", () => {
  it("counts a line that ran", () => {
    expect(told("npm test", "success")).toContain("1 passed, 0 failed, 0 skipped");
    expect(told("npm test", "failure", ["it broke"])).toMatch(
      /FAILED {3}build \(p\): npm test\nit broke[^]*0 passed, 1 failed/,
    );
  });

  it("never counts as passed what something stood in for, or what did not run", () => {
    expect(told("actions/checkout@0", "success")).toMatch(/1 × actions\/checkout\n[^]*0 passed, 0 failed, 0 skipped/);
    const stoodIn = told("node scripts/binaries/cross.mjs", "success", ["rehearsal: stood in for: docker run image"]);
    expect(stoodIn).toMatch(/1 × docker run image\n[^]*0 passed, 0 failed, 0 skipped/);
    const notRun = told("docker run image", "success", ["rehearsal: not run: docker run image"]);
    expect(notRun).toMatch(/Not run:\n {2}build \(p\): docker run image\n[^]*0 passed, 0 failed, 1 skipped/);
  });
});

describe("the legs of the release workflow", () => {
  it("that need another system are listed, those of called workflows too", () => {
    const legs = otherLegs(root, "release.yml", { runner: runners, platform: ["linux-x64-gnu"], manager: ["npm"] });
    expect(legs).toEqual(expect.arrayContaining(["install (windows-2025, deno)", "install (macos-15, npm)"]));
    for (const job of ["build", "native", "image"]) expect(legs.some((leg) => leg.startsWith(`${job} (`))).toBe(true);
    expect(legs.filter((leg) => leg.includes("linux-x64-gnu"))).toEqual([]);
    expect(legs.filter((leg) => leg.startsWith("install (ubuntu-24.04, "))).toEqual(
      ["pnpm", "yarn", "bun", "deno"].map((manager) => `install (ubuntu-24.04, ${manager})`),
    );
  });

  it("stays as it is but for the jobs that are left out", () => {
    const file = join(root, ".github", "workflows", "release.yml");
    expect(withoutJobs(file, [])).toBe(readFileSync(file, "utf8"));
    const { jobs } = parse(withoutJobs(file, ["documentation"])) as { jobs: object };
    expect(Object.keys(jobs)).toEqual(
      Object.keys((parse(readFileSync(file, "utf8")) as { jobs: object }).jobs).filter(
        (job) => job !== "documentation",
      ),
    );
    expect(() => withoutJobs(file, ["absent"])).toThrow("has no job absent");
  });

  it("have a stand-in for every action that they use", () => {
    const workflows = ["release.yml", "packages.yml", "smoke.yml", "documentation.yml"].map(
      (file) => `workflows/${file}`,
    );
    const texts = [...workflows, "actions/setup/action.yml"].map((file) =>
      readFileSync(join(root, ".github", file), "utf8"),
    );
    const used = texts.flatMap((text) =>
      Array.from(text.matchAll(/uses: ([\w-]+\/[\w.-]+)@/g), ([, name = ""]) => basename(name)),
    );
    const folder = join(root, "scripts/release/rehearsal/stand-ins/actions");
    const missing = [...new Set(used)].filter((name) => !existsSync(join(folder, name)));
    expect(missing).toEqual([]);
    expect(readdirSync(folder).filter((name) => !used.includes(name))).toEqual([]);
  });
});
