import { type Command, CommanderError } from "commander";

import { program } from "./program";
import type { Run } from "./run";
import { openSession } from "./session";

/** Exit codes: 2 is bad usage by convention. */
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** The signals that end a command, and the exit codes that shells make of them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Runs the command and tells its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  let exitCode: number = EXIT.ok;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      exitCode = code;
      interrupt.abort();
    });
  }
  // A reader that has seen enough closes the pipe: that is its right, and the write that fails tells us.
  process.stdout.on("error", () => undefined);
  // With nobody to read what is wrong, the exit code still tells.
  process.stderr.on("error", () => undefined);
  const run: Run = async ({ quiet = false }, work) => {
    exitCode = (await work(openSession(interrupt.signal, quiet))) ?? exitCode;
  };
  const command = program(run);
  try {
    await command.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (interrupt.signal.aborted) return exitCode;
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    if (error instanceof Error && "code" in error && error.code === "EPIPE") return EXIT.ok;
    process.stderr.write(`compute-pi-rs: ${messageOf(error, command, args)}\n`);
    return error instanceof CommanderError ? EXIT.usage : EXIT.failed;
  }
}

function messageOf(error: unknown, command: Command, args: readonly string[]): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^(error|compute-pi-rs): +/, "");
  return error instanceof CommanderError ? usageMessage(error.code, text, command, args) : text;
}

/** One line about what is wrong, and where to read on. */
function usageMessage(code: string, text: string, { commands }: Command, [first = ""]: readonly string[]): string {
  const names = commands.map((each) => each.name());
  const called = names.includes(first) ? `compute-pi-rs ${first}` : "compute-pi-rs";
  const help = `see "${called} --help"`;
  const [, negative] = /^unknown option '(-\d\S*)'/.exec(text) ?? [];
  if (negative !== undefined) return `a number must not be negative, and ${negative} is; ${help}`;
  if (code === "commander.missingArgument" && text.includes("'digits'")) {
    return `how many digits? For a thousand: ${called} 1000; for more, ${help}`;
  }
  if (called === "compute-pi-rs" && /^[a-z]{2,}$/i.test(first)) {
    return `${first} is neither a number nor a command: these are ${names.join(", ")}; ${help}`;
  }
  return `${text.replace(/\s+/g, " ").replace(/\.$/, "")}; ${help}`;
}
