/** Computes for a time. */
export const handler = async ({ milliseconds }) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};
