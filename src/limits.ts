/** The engine's `MAX_DIGITS`. */
export const MAX_DIGITS = 1_000_000_000;

/** The engine's `hex::MAX_POSITION`. */
export const MAX_HEX_POSITION = 10_000_000_000_000;

/** The engine's `hex::MAX_COUNT`. */
export const MAX_HEX_DIGITS = 10_000;

/** The engine's `hex::MAX_JOBS`. */
export const MAX_HEX_JOBS = 100_000;

/** The digits of a stream's chunk. */
export const CHUNK_DIGITS = 65_536;

/** The most that a call may ask for. */
export const MAX_THREADS = 1024;

/** V8 keeps longer arrays as hash tables, which take minutes to fill and many times the memory. */
export const MAX_ARRAY_DIGITS = 2 ** 25;
