/** Nobody tells a page what its heap has room for: what is too large throws, and the page lives on. */
export function arrayHeap() {
  return { room: undefined, release: () => undefined };
}

/** Nobody tells a page what there is. */
export function surroundings(): [undefined] {
  return [undefined];
}
