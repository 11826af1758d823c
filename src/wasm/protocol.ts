import type { Bytes } from "../bytes";
import type { HexPlan, NativeFacts, Phase, Progress, Verification } from "../native/addon";
import type { DigitsOptions } from "./engine";

/** The calls of a worker: the arguments of each, and its result. */
export interface Calls {
  digits: [DigitsOptions & { zero: number }, Bytes];
  openStream: [DigitsOptions, undefined];
  nextChunk: [{ max: number }, Bytes];
  hexDigits: [{ position: number; count: number }, string];
  hexDigitsPartial: [{ position: number; count: number; from: number; to: number }, string];
  hexDigitsPlan: [{ position: number; count: number; jobs: number | undefined; seconds: number | undefined }, HexPlan];
}

export type Name = keyof Calls;

/** A call and its arguments. */
export type Call = { [N in Name]: { name: N } & Calls[N][0] }[Name];

/** When a worker did what it was asked for, in milliseconds since some moment, the same for all threads. */
export interface Times {
  begun: number;
  ended: number;
  phases: { phase: Phase; begun: number }[];
}

/** The result of a call. */
export interface Given<Value> {
  value: Value;
  times: Times;
  verification?: Verification | undefined;
  /** The bytes of memory that the module has grown to, and keeps. */
  held: number;
}

/** Why a call gives nothing. */
export interface Failed {
  message: string;
  facts: NativeFacts;
}

/** The messages of a worker: progress any number of times, and then the result of the call. */
export type Answer<Value = unknown> = { progress: Progress } | { given: Given<Value> } | { failed: Failed };
