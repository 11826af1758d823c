/** Whether something thrown is an error, of any realm: a test runner gives a package another `Error` than its addon has. */
export function isError(value: unknown): value is Error {
  try {
    return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string";
  } catch {
    // A proxy may throw whatever it is asked.
    return false;
  }
}

/** The code of an error, as Node.js names it. */
export function codeOf(error: unknown): unknown {
  return isError(error) && "code" in error ? error.code : undefined;
}

/** The words of something thrown. */
export function textOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}
