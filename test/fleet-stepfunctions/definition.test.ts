import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { run } from "@compute-pi-rs/steps";
import { example, modules, pythonTool } from "./tools";

const definition = join(example, "statemachine.asl.json");
const template = join(example, "template.yaml");
const text = readFileSync(definition, "utf8");

/** The used parts of packages that are installed for these tests only. */
interface AslModule {
  getLanguageService: (parameters: object) => {
    parseJSONDocument(document: object): object;
    doValidation(document: object, json: object): Promise<{ message: string }[]>;
  };
}
interface DocumentModule {
  TextDocument: { create: (uri: string, language: string, version: number, text: string) => object };
}
const load = createRequire(modules) as (name: string) => unknown;

const scratch = mkdtempSync(join(tmpdir(), "compute-pi-rs-definition-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function output(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr } = await run(command, args, { env: { ...process.env, ...env } });
  return (stdout + stderr).trim();
}

describe("the template", () => {
  it("passes cfn-lint", async () => {
    expect(await output(pythonTool("cfn-lint"), ["--format", "parseable", template])).toBe("");
  });

  it("passes the SAM CLI", async () => {
    const env = { AWS_DEFAULT_REGION: "us-east-1", SAM_CLI_TELEMETRY: "0", __SAM_CLI_APP_DIR: scratch };
    expect(await output(pythonTool("sam"), ["validate", "--template-file", template], env)).toContain(
      "is a valid SAM Template",
    );
  });
});

describe("the state machine", () => {
  it("passes the language service of AWS", async () => {
    const { getLanguageService } = load("amazon-states-language-service") as AslModule;
    const { TextDocument } = load("vscode-languageserver-textdocument") as DocumentModule;
    const service = getLanguageService({});
    const problems = async (source: string) => {
      const document = TextDocument.create("file:///statemachine.asl.json", "asl", 1, source);
      return (await service.doValidation(document, service.parseJSONDocument(document))).map(({ message }) => message);
    };
    expect(await problems(text)).toEqual([]);
    expect(await problems(text.replace('"Default": "Combine"', '"Default": "Divide"'))).toContain(
      'The value of "Default" property must be the name of an existing state.',
    );
  });

  it("passes asl-validator", async () => {
    const validator = join(modules, "asl-validator", "dist", "bin", "asl-validator.js");
    expect(await output(process.execPath, [validator, "--json-path", definition])).toMatch(/is valid$/);
  });

  it("passes cfn-lint's schema of the language, which it applies to definitions inside templates", async () => {
    const machine = (DefinitionString: string) => {
      const file = join(scratch, "template.json");
      const Properties = { DefinitionString, RoleArn: "arn:aws:iam::123456789012:role/fleet" };
      writeFileSync(
        file,
        JSON.stringify({ Resources: { M: { Type: "AWS::StepFunctions::StateMachine", Properties } } }),
      );
      return output(pythonTool("cfn-lint"), ["--format", "parseable", file]);
    };
    const plain = text.replaceAll(/\$\{(\w+)\}/g, "$1");
    expect(await machine(plain)).toBe("");
    expect(await machine(plain.replace('"Type": "Map"', '"Type": "Loop"'))).toContain("E3601");
  });

  it("passes statelint but for two fields that are newer than it", async () => {
    expect((await output(pythonTool("statelint"), [definition])).split("\n").map((line) => line.trim())).toEqual([
      "2 errors:",
      'Field "Label" not allowed in State Machine.States.Sum',
      'Field "InputType" not allowed in State Machine.States.Sum.ItemReader.ReaderConfig',
    ]);
  });
});
