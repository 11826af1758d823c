// @ts-check
/** Lets the page do what is due: resolves in a turn of its own. */
export function giveWay() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });
}
