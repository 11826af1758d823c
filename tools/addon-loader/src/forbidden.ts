import { codeOf, isError } from "./thrown";

/** Whether a flag of the runtime, and nothing about the binary, keeps it from being loaded. */
export function isForbidden(error: unknown): boolean {
  return ["ERR_DLOPEN_DISABLED", "ERR_ACCESS_DENIED"].includes(String(codeOf(error))) || isDenos(error);
}

/** How to start the runtime so that it loads the binary. */
export function permissions(error: unknown): string[] {
  if (isDenos(error)) return ["Start Deno with --allow-ffi, --allow-read, --allow-env and --allow-sys."];
  if (codeOf(error) === "ERR_ACCESS_DENIED") {
    const path = isError(error) && "resource" in error && typeof error.resource === "string" ? error.resource : "PATH";
    return [`Start Node.js with --allow-fs-read=${path} beside --permission, or with the folder of your program.`];
  }
  return [
    ...("permission" in process ? ["Start Node.js with --allow-addons beside --permission."] : []),
    "Start Node.js without --no-addons; it may stand in NODE_OPTIONS, too.",
  ];
}

/** Whether the permission model of Node.js, if it is on, lets worker threads be made, which WebAssembly computes in. */
export function mayHaveWorkers(): boolean {
  return isPermitted("worker", process);
}

/** `process.permission` is there where the permission model is on. */
function isPermitted(scope: string, { permission }: { permission?: { has: (scope: string) => boolean } }): boolean {
  return permission?.has(scope) ?? true;
}

/** Deno's permissions have errors of their own. */
function isDenos(error: unknown): boolean {
  return isError(error) && (error.name === "NotCapable" || error.name === "PermissionDenied");
}
