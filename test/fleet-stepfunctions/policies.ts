import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { Access } from "./s3";
import { example } from "./tools";

interface Statement {
  Effect: "Allow";
  Action: string | string[];
  Resource: string | string[];
}

interface Template {
  Resources: Record<string, { Properties: { Policies?: { Statement?: Statement[] }[] } }>;
}

/** One action on one resource that a policy allows. */
export interface Rule {
  text: string;
  allows: (access: Access) => boolean;
}

/** The rights in S3 that the template gives to a function, or to the state machine. */
export function statements(name: string, bucket: string): Rule[] {
  // Short functions, such as `!Sub`, are read as their arguments.
  const { Resources } = parse(readFileSync(join(example, "template.yaml"), "utf8"), { logLevel: "error" }) as Template;
  const policies = Resources[name]?.Properties.Policies ?? [];
  return policies
    .flatMap(({ Statement = [] }) => Statement)
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((each) => [action, each])),
    )
    .filter(([action]) => action?.startsWith("s3:"))
    .map(([action = "", each = ""]) => {
      const resource = each.replace(/^(\$\{Results\.Arn\}|Results\.Arn)/, bucket);
      const pattern = new RegExp(`^${resource.replace(/[.\\]/g, "\\$&").replaceAll("*", ".*")}$`);
      return {
        text: `${action} ${resource}`,
        allows: (access) => access.action === action && pattern.test(access.resource),
      };
    });
}
