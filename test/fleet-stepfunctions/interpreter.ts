import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

import { pythonTool } from "./tools";

const program = fileURLToPath(new URL("execute_state_machine.py", import.meta.url));

/** How an execution ended. */
export interface End {
  status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  output: unknown;
  error: string | null;
  cause: string | null;
  /** The state that it began with. */
  startAt: string;
  /** The runs of its distributed maps. */
  maps: { total: number; succeeded: number; failed: number }[];
}

/** moto's interpreter of state machines, in a process of its own. */
export class Interpreter {
  readonly #lines: AsyncIterator<string>;
  #stderr = "";

  private constructor(
    private readonly child: ChildProcess,
    lines: Interface,
  ) {
    this.#lines = lines[Symbol.asyncIterator]();
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
  }

  static start(definition: string, env: NodeJS.ProcessEnv): Interpreter {
    const child = spawn(pythonTool("python"), [program, definition], { env: { ...process.env, ...env } });
    return new Interpreter(child, createInterface({ input: child.stdout }));
  }

  /** Executes the state machine. */
  async execute(input: object): Promise<End> {
    return this.#step(JSON.stringify(input));
  }

  /** Goes on where the last execution failed. Unlike AWS, it also repeats the items of a map that had succeeded. */
  async redrive(): Promise<End> {
    return this.#step("redrive");
  }

  async #step(text: string): Promise<End> {
    this.child.stdin?.write(`${text}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error(`the interpreter has ended:\n${this.#stderr}`);
    return JSON.parse(line.value) as End;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }
}
