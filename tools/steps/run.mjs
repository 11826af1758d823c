// @ts-check
import { execa } from "execa";

/**
 * Runs a program to its end. Where it fails, the error says what it printed. `env` is the whole environment of the program,
 * not additions to ours; without `input` it finds its standard input at the end.
 */
export const runOrThrow = execa({
  extendEnv: false,
  input: "",
  killSignal: "SIGKILL",
  stripFinalNewline: false,
});

/** Like {@link runOrThrow}, but that the program fails, or is not there, is a result and no error. */
export const run = runOrThrow({ reject: false });

/** With these options what the program prints is shown here, too, while it comes. */
export const shown = /** @type {const} */ ({ stdout: ["inherit", "pipe"], stderr: ["inherit", "pipe"] });
