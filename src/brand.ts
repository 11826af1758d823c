import { version } from "./version";

/**
 * Makes `instanceof` go by a mark instead of by the class itself, so that an error is recognised that another copy of this
 * package threw, of the same major version: the copies of two dependencies, or the one that a test runner loads for each file.
 *
 * @param name - Spelt out, since minifiers rename classes.
 */
export function brand(errors: ErrorClass, name: string): void {
  const [major = ""] = version.split(".");
  const mark = Symbol.for(`compute-pi-rs/${major}/${name}`);
  Object.defineProperty(errors.prototype, mark, { value: true });
  Object.defineProperty(errors, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (typeof value !== "object" || value === null) return false;
      // A class derived from it inherits this.
      return this === errors ? mark in value : Function.prototype[Symbol.hasInstance].call(this, value);
    },
  });
}

interface ErrorClass {
  readonly prototype: Error;
}

/** Whether something thrown is an error, of any realm: a test runner gives the package another `Error` than the addon has. */
export function isError(value: unknown): value is Error {
  try {
    return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string";
  } catch {
    // A proxy may throw whatever it is asked.
    return false;
  }
}
