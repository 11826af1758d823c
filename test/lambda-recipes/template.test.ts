import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { architectures, examples, functions, scripts } from "../../scripts/lambda/package/functions.mjs";
import { nodejsRuntimes } from "@compute-pi-rs/lambda-emulator";
import { run } from "@compute-pi-rs/steps";
import { pythonTools } from "@compute-pi-rs/pinned-tools";

interface LambdaProperties {
  CodeUri: string;
  Handler: string;
  Runtime: string;
  Architectures: string[];
  FunctionUrlConfig?: { AuthType: string; InvokeMode: string };
}

interface Template {
  Parameters: { NodeRuntime: { Default: string; AllowedValues: string[] } };
  Globals: { Function: Record<string, unknown> };
  Resources: Record<string, { Type: string; Condition?: string; Properties: LambdaProperties }>;
}

const file = join(examples, "template.yaml");
/** CloudFormation's short functions, such as `!Ref NodeRuntime`, are read as their arguments. */
const template = parse(readFileSync(file, "utf8"), { logLevel: "error" }) as Template;
const resources = Object.entries(template.Resources);

test("cfn-lint finds nothing", async () => {
  const result = await run(join(await pythonTools("aws"), "cfn-lint"), ["--format", "parseable", file]);
  expect(result.stdout + result.stderr).toBe("");
  expect(result.exitCode).toBe(0);
});

test("every function is there for every architecture", () => {
  const archives = Object.keys(architectures).flatMap((each) => functions.map((name) => `dist/${name}-${each}.zip`));
  expect(resources.map(([, { Properties }]) => Properties.CodeUri).sort()).toEqual(archives.sort());
});

test("functions have the smallest memory and are traced", () => {
  expect(template.Globals.Function).toMatchObject({ MemorySize: 128, Tracing: "Active" });
});

// cfn-lint accepts runtimes that do not exist in a SAM template.
test("the Node.js runtimes exist", () => {
  const { Default, AllowedValues } = template.Parameters.NodeRuntime;
  expect(AllowedValues).toContain(Default);
  for (const runtime of AllowedValues) expect(nodejsRuntimes).toContain(runtime);
});

describe.each(resources)("%s", (_, { Type, Condition, Properties }) => {
  const { CodeUri, Handler, Runtime, Architectures, FunctionUrlConfig } = Properties;
  const [, name = "", architecture] = /^dist\/(\w+)-(\w+)\.zip$/.exec(CodeUri) ?? [];
  const script = scripts[name];

  test("has the architecture, handler and runtime of its zip file", () => {
    expect(Type).toBe("AWS::Serverless::Function");
    expect(Architectures).toEqual([architecture]);
    expect(Handler).toBe(script === undefined ? "bootstrap" : script.file.replace(/\.m?js$/, ".handler"));
    expect(Runtime).toBe(script === undefined ? "provided.al2023" : "NodeRuntime");
  });

  test("streams behind a URL for those with a right to it, or has none", () => {
    const streaming = { AuthType: "AWS_IAM", InvokeMode: "RESPONSE_STREAM" };
    expect(FunctionUrlConfig).toEqual(name === "stream" ? streaming : undefined);
  });

  test("reports to X-Ray only when that is asked for", () => {
    expect(Condition).toBe(name === "traced" ? "Traced" : undefined);
  });
});
