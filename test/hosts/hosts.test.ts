import { inject, onTestFinished, test } from "vitest";

import { hosts, pinned } from "./hosts.mjs";
import { HostProject } from "./project";
import * as bundlers from "./tests/bundlers";
import * as deployments from "./tests/deployments";
import * as emulators from "./tests/emulators";
import * as openTelemetry from "./tests/open-telemetry";
import * as testRunners from "./tests/test-runners";
import type { HostTest } from "./tests/host-test";
import * as typeCheckers from "./tests/type-checkers";

const tests: Record<string, HostTest | undefined> = {
  ...bundlers,
  ...deployments,
  ...emulators,
  ...openTelemetry,
  ...testRunners,
  ...typeCheckers,
};

const when = inject("when");

for (const { tool, versions, test: name } of hosts) {
  for (const version of versions.filter((each) => each.when === when)) {
    const number = pinned(version);
    test(`at home in ${tool} ${number}`, async () => {
      const hostTest = tests[name];
      if (hostTest === undefined) throw new Error(`there is no test ${name}`);
      const isOurs = version.folder.startsWith("test/hosts/");
      const tools = name === "nextJs" ? "copied" : "linked";
      const project = await HostProject.create(isOurs ? version.folder : undefined, { tools });
      onTestFinished(() => {
        project.dispose();
      });
      await hostTest(project, { name: version.package, version: number });
    });
  }
}
