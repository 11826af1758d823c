/** The listener on a signal, and whom it tells. */
interface Listener {
  stops: Set<() => void>;
  remove: () => void;
}

const listeners = new WeakMap<AbortSignal, Listener>();

/**
 * Calls `stop` when a signal aborts. All calls on one signal share a listener: Node.js takes more than ten for a leak, and
 * warns.
 *
 * @returns what ends that, and lets go of the signal after the last
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const listener = listeners.get(signal) ?? listen(signal);
  listener.stops.add(stop);
  return () => {
    if (listener.stops.delete(stop) && listener.stops.size === 0) listener.remove();
  };
}

function listen(signal: AbortSignal): Listener {
  const stops = new Set<() => void>();
  const abort = () => {
    for (const stop of [...stops]) stop();
  };
  signal.addEventListener("abort", abort);
  const remove = () => {
    listeners.delete(signal);
    signal.removeEventListener("abort", abort);
  };
  const listener = { stops, remove };
  listeners.set(signal, listener);
  return listener;
}

/** The reason of an aborted signal, or what its getter throws. Signals of polyfills may lack one. */
export function abortReason(signal: AbortSignal): unknown {
  try {
    return "reason" in signal ? signal.reason : new DOMException("This operation was aborted", "AbortError");
  } catch (error) {
    return error;
  }
}
