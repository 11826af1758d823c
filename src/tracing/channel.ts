import { builtin } from "../modules";
import { type CallName, Trace } from "./trace";

/** A channel of Node.js; before 18.19 they know nothing of stores. */
interface Channel {
  readonly hasSubscribers: boolean;
  publish: (message: unknown) => void;
  runStores?: <T>(message: unknown, work: () => T) => T;
}

/** The channels of a `TracingChannel`, which Node.js before 18.19 does not have. */
type Channels = Record<"start" | "end" | "asyncStart" | "asyncEnd" | "error", Channel>;

/** Held, for Node.js forgets a channel that nobody holds; `null` where there are none. */
let channels: Channels | null | undefined;

/** Publishes a call that gives its result at once, if anybody listens. */
export function traced<T>(name: CallName, digits: unknown, work: (trace: Trace | undefined) => T): T {
  const listened = listenedTo();
  if (listened === undefined) return work(undefined);
  return begin(listened, new Trace(name, digits), (trace) => {
    const result = work(trace);
    trace.call.result = result;
    return result;
  });
}

/** Publishes a call that gives a promise, if anybody listens. */
export function tracedPromise<T>(
  name: CallName,
  asked: { digits?: unknown; position?: unknown },
  work: (trace: Trace | undefined) => Promise<T>,
): Promise<T> {
  const listened = listenedTo();
  if (listened === undefined) return work(undefined);
  return begin(listened, new Trace(name, asked.digits, asked.position), async (trace) => {
    try {
      const result = await work(trace);
      trace.succeeded(result);
      return result;
    } catch (error) {
      trace.failed(error);
      listened.error.publish(trace.call);
      throw error;
    } finally {
      settle(listened, trace);
    }
  });
}

/** A stream to publish. */
export interface TracedStream {
  trace: Trace;
  /** To be told once, and why the stream failed, if it did. */
  closed: (error: Error | null) => void;
}

/** Publishes a call that gives a stream, if anybody listens. */
export function tracedStream<T>(digits: unknown, open: (stream: TracedStream | undefined) => T): T {
  const listened = listenedTo();
  if (listened === undefined) return open(undefined);
  const closed = (error: Error | null) => {
    if (error === null) {
      trace.closed();
    } else {
      trace.failed(error);
      listened.error.publish(trace.call);
    }
    settle(listened, trace);
  };
  const trace = new Trace("stream", digits);
  return begin(listened, trace, () => open({ trace, closed }));
}

/** Runs the synchronous part of a call. */
function begin<T>({ start, end, error }: Channels, trace: Trace, work: (trace: Trace) => T): T {
  const { call } = trace;
  const run = () => {
    try {
      return work(trace);
    } catch (reason) {
      trace.failed(reason);
      error.publish(call);
      throw reason;
    } finally {
      trace.begun();
      end.publish(call);
    }
  };
  if (start.runStores !== undefined) return start.runStores(call, run);
  start.publish(call);
  return run();
}

function settle({ asyncStart, asyncEnd }: Channels, { call }: Trace): void {
  asyncStart.publish(call);
  asyncEnd.publish(call);
}

function listenedTo(): Channels | undefined {
  if (channels === undefined) channels = openChannels();
  if (channels === null) return undefined;
  const { start, end, asyncStart, asyncEnd, error } = channels;
  const anybody =
    start.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers;
  return anybody ? channels : undefined;
}

function openChannels(): Channels | null {
  try {
    const { channel } = builtin("node:diagnostics_channel");
    const named = (event: keyof Channels): Channel => channel(`tracing:compute-pi-rs:${event}`);
    return {
      start: named("start"),
      end: named("end"),
      asyncStart: named("asyncStart"),
      asyncEnd: named("asyncEnd"),
      error: named("error"),
    };
  } catch {
    // In a bundle, or elsewhere than in Node.js.
    return null;
  }
}
