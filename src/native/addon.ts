/**
 * The typed contract of the addon, `crate/addon/src/lib.rs`. Nothing else in `src` knows what the
 * binary exports, and nothing but the loader makes an {@link Addon}.
 */

import { isError } from "../brand";
import type { Bytes } from "../bytes";

/** How the digits are computed. Both give the same digits. */
export type Algorithm = "chudnovsky" | "spigot";

/** The part of the computation that is under way. */
export type Phase = "series" | "division" | "verification" | "conversion";

/** How far a computation has come. */
export interface Progress {
  /** The part that is under way. */
  phase: Phase;
  /** The share of the whole computation that is done, from 0 to 1. */
  fraction: number;
}

/** How digits were proved: see the option `verify`. */
export interface Verification {
  /** The position of the first hexadecimal digit of pi that was compared; 1 is the first after the point. */
  hexPosition: number;
  /** How many were compared. They end where the binary fraction ends that the decimal digits are made of. */
  hexDigits: number;
}

export declare const job: unique symbol;
export declare const digitStream: unique symbol;

/** A native job: cancellation, progress and limits of one computation. */
export interface Job {
  readonly [job]: true;
}

/** A native stream of digits. */
export interface DigitStream {
  readonly [digitStream]: true;
}

/** The form that the digits take. */
export type Shape = "bytes" | "string" | "array";

/** Jobs of equal time, by their borders. */
export interface HexPlan {
  terms: number;
  seconds: number;
  borders: Float64Array;
}

/** The history of a job; times are in milliseconds since it was made. */
export interface JobRecord {
  /** The bytes that it was to be admitted for, an upper bound; nothing where it needs no admission. */
  memory: number | undefined;
  /** When the work began; nothing where it has not. */
  begun: number | undefined;
  /** When it ended; nothing while it goes on. */
  ended: number | undefined;
  /** The phases that the work has entered, the first first. */
  phases: { phase: Phase; begun: number }[];
}

/** The exports of the binary. Numbers are whole; promises reject with a {@link NativeFailure}. */
export interface Addon {
  info(): {
    version: string;
    simd: string;
    threads: number;
    maxDigits: number;
    maxHexPosition: number;
    maxHexDigits: number;
    maxHexJobs: number;
    hexPartVersion: number;
  };
  /** Lets V8 look for what nobody holds any more; `bytes` are the limit of its heap. */
  collectGarbage(bytes: number): void;
  /** The bytes that a call takes at its peak, the result included. */
  estimate(n: number, algorithm: Algorithm, threads: number | undefined, shape: Shape): number;
  /**
   * The work of a job that is collected is cancelled, so that none outlives a worker thread: hold the job. The last four are
   * bytes: what the option `maxMemory` says, what the Lambda function may use, and, where the addon cannot look itself, what
   * the machine has and the process holds.
   */
  createJob(
    threads: number | undefined,
    verify: boolean,
    maxMemory: number | undefined,
    lambda: number | undefined,
    machine: number | undefined,
    held: number | undefined,
  ): Job;
  cancel(job: Job): void;
  /** Ends the claim on memory that the job has from its admission on. */
  release(job: Job): void;
  progress(job: Job): Progress;
  record(job: Job): JobRecord;
  /** After the last digits of a job that verifies, or of a stage of a stream without end; none where there are no digits. */
  verification(job: Job): Verification | undefined;
  /**
   * Bytes from 0 to 9, or from "0" to "9" to make a string of. The call is admitted first: now, or when others have ended, or
   * never; for an array, only where V8's heap has room for it, if that is said, in bytes.
   */
  digits(job: Job, n: number, algorithm: Algorithm, shape: Shape, heapRoom: number | undefined): Promise<Bytes>;
  /** Upper case. */
  hexDigits(job: Job, position: number, count: number): Promise<string>;
  /** The fraction of the part. */
  hexDigitsPartial(job: Job, position: number, count: number, from: number, to: number): Promise<string>;
  hexDigitsPlan(
    job: Job,
    position: number,
    count: number,
    jobs: number | undefined,
    seconds: number | undefined,
  ): Promise<HexPlan>;
  /**
   * Four numbers of each part, its position, `from`, `to`, and the length of its fraction; and the fractions one after the
   * other, as ASCII. Throws a {@link NativeFailure}.
   */
  hexDigitsMerge(numbers: Float64Array, fractions: Uint8Array): { from: number; to: number; fraction: string };
  /** Of the same parts; throws a {@link NativeFailure}. */
  hexDigitsCombine(
    numbers: Float64Array,
    fractions: Uint8Array,
  ): { fraction: string; errorUnits: number; digits: string };
  /** Digits without end where `n` is infinite. */
  openStream(job: Job, n: number, algorithm: Algorithm): DigitStream;
  /** ASCII digits, at most `max`; empty after the last chunk. */
  nextChunk(stream: DigitStream, max: number): Promise<Bytes>;
  closeStream(stream: DigitStream): void;
}

/** The names of what the binary exports. */
export const EXPORTS: Record<keyof Addon, true> = {
  info: true,
  collectGarbage: true,
  estimate: true,
  createJob: true,
  cancel: true,
  release: true,
  progress: true,
  record: true,
  verification: true,
  digits: true,
  hexDigits: true,
  hexDigitsPartial: true,
  hexDigitsPlan: true,
  hexDigitsMerge: true,
  hexDigitsCombine: true,
  openStream: true,
  nextChunk: true,
  closeStream: true,
};

/** The fault of parts of hexadecimal digits. */
export type NativeHexPartsProblem = "empty" | "malformed" | "mixed" | "disagree" | "overlap" | "gap";

/** The failure with which a promise of the addon rejects: `crate/addon/src/failure.rs`. */
export type NativeFailure = Error & NativeFacts;

/** Its facts beside the message. */
export type NativeFacts =
  | { kind: "allocation" | "cancelled" | "engine" | "panic" | "range" | "threads" | "verification" }
  | { kind: "memory"; needed: number; allowed: number }
  | { kind: "parts"; problem: NativeHexPartsProblem; from?: number; to?: number };

/** Whether something thrown is a failure of the addon. */
export function isNativeFailure(error: unknown): error is NativeFailure {
  return isError(error) && "kind" in error;
}
