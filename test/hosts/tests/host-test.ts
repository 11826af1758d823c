import type { HostProject } from "../project";

/** The package of a tool, and its version. */
export interface Tool {
  name: string;
  version: string;
}

/** Tries a tool in a project that has it, and throws where the package is not at home in it. */
export type HostTest = (project: HostProject, tool: Tool) => Promise<void>;
