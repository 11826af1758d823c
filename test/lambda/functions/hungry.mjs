/** Takes memory, and keeps it. */
export const handler = async ({ megabytes }) => Buffer.alloc(megabytes * 2 ** 20, 1).length / 2 ** 20;
