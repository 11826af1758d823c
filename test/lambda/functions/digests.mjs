// A use that a function has for more digits than a response may hold.
import { createHash } from "node:crypto";
import { generate, generateBytes } from "compute-pi-rs";

/** The digits as text, a few at a time, so that the test measures the package and not its own copies. */
function* texts(digits, size = 65_536) {
  for (let start = 0; start < digits.length; start += size) {
    const part = digits.slice(start, start + size);
    yield part.join("");
  }
}

const functions = { generate, generateBytes };

/** @returns the SHA-256 of "3." and the decimals, or so many of them, and how many digits there are */
export const handler = async (event) => {
  const digits = await functions[event.call](event.digits, event.options);
  const hash = createHash("sha256");
  let first = true;
  for (const text of texts(digits.subarray?.(0, event.hashed) ?? digits)) {
    hash.update(first ? `${text[0]}.${text.slice(1)}` : text);
    first = false;
  }
  return { length: digits.length, sha256: hash.digest("hex") };
};
