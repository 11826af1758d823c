import type { Session } from "./session";

/** The work of a command, and the exit code with which it ends where that is not 0. */
export type Work = (session: Session) => Promise<number | undefined>;

/** Runs what a command line asks for. */
export type Run = (options: { quiet?: true }, work: Work) => Promise<void>;
