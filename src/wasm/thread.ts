import type { Answer, Call } from "./protocol";

/** A place where a module of its own computes, one call at a time. */
export interface Thread {
  post: (call: Call) => void;
  /** Ends it, whatever it is at; where JavaScript cannot interrupt it, what it gives is dropped. */
  end: () => void;
  /** Keeps the program alive, or does so no longer. */
  hold: (alive: boolean) => void;
}

/** Who started a thread. */
export interface Listener {
  answered: (answer: Answer) => void;
  /** It answers no more. */
  ended: () => void;
}

/** Starts a thread, or throws where there is none to be had. */
export type Start = (listener: Listener) => Thread;
