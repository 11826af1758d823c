import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

/** The screen of a person who runs a command line in a terminal. */
export interface Seen {
  /** The lines of the screen and of what scrolled off it; a wrapped line is one. */
  lines: string[];
  /** All that the terminal was sent. */
  raw: string;
  /** The last line of the screen, whenever it changed. */
  lastLines: string[];
  code: number;
}

export interface Options {
  columns?: number;
  environment?: Record<string, string>;
  /** Keys to press, once the screen shows what is waited for. */
  press?: { keys: string; when: RegExp };
}

const ROWS = 24;

/** Runs a shell's command line on a pseudo-terminal, and draws what it is sent as a terminal does. */
export async function onTerminal(
  command: string,
  { columns = 80, environment = {}, press }: Options = {},
): Promise<Seen> {
  const env = { ...process.env, CI: "", NO_COLOR: "", TERM: "xterm-256color", ...environment };
  // Output that nobody has read soon after the exit is lost.
  const pty = spawn("/bin/sh", ["-c", `${command}; code=$?; sleep 0.4; exit $code`], {
    cols: columns,
    rows: ROWS,
    env,
  });
  const terminal = new xterm.Terminal({ cols: columns, rows: ROWS, scrollback: 300_000, allowProposedApi: true });
  let raw = "";
  let drawn = Promise.resolve();
  let pressed = false;
  const lastLines: string[] = [];
  pty.onData((data) => {
    raw += data;
    drawn = drawn.then(async () => {
      await new Promise<void>((resolve) => {
        terminal.write(data, resolve);
      });
      const last = lastLine(terminal);
      if (last !== lastLines.at(-1)) lastLines.push(last);
      if (press && !pressed && press.when.test(last)) {
        pressed = true;
        pty.write(press.keys);
      }
    });
  });
  const code = await new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      resolve(exitCode);
    });
  });
  await drawn;
  const lines = linesOf(terminal);
  terminal.dispose();
  return { lines, raw, lastLines, code };
}

function lastLine({ buffer: { active } }: xterm.Terminal): string {
  return active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? "";
}

function linesOf({ buffer: { active } }: xterm.Terminal): string[] {
  const lines: string[] = [];
  for (let index = 0; index < active.baseY + active.cursorY; index++) {
    const line = active.getLine(index);
    const text = line?.translateToString(true) ?? "";
    if (line?.isWrapped) lines.push(`${lines.pop() ?? ""}${text}`);
    else lines.push(text);
  }
  return lines;
}
