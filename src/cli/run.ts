import type { Session } from "./session";

/** What a command does, and the exit code that it ends with where that is not 0. */
export type Work = (session: Session) => Promise<number | undefined>;

/** Runs what a command line asks for. */
export type Run = (options: { quiet?: true }, work: Work) => Promise<void>;
