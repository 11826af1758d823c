const { clearInterval, clearTimeout, setInterval, setTimeout, MessageChannel, Date, performance } = globalThis;

export { clearInterval, clearTimeout, setInterval, setTimeout };

/** Nothing keeps a page alive: as it is. */
export const backgroundInterval = (callback: () => void, milliseconds: number) => setInterval(callback, milliseconds);

/** Nothing keeps a page alive: as it is. */
export const backgroundTimeout = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds);

/** Calls in a turn of its own, after what is due: timers wait for four milliseconds. */
export function setImmediate(callback: (value: undefined) => void): void {
  if (typeof MessageChannel !== "function") {
    setTimeout(() => {
      callback(undefined);
    }, 0);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback(undefined);
  };
  port2.postMessage(undefined);
}

/** Milliseconds since some moment. */
export const now: () => number = typeof performance === "object" ? () => performance.now() : () => Date.now();
