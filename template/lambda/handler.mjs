import { digest } from "{{package}}";

/** Answers `{ "text": "abc" }` with the digest of the text. */
export async function handler({ text = "" }) {
  return { digest: Buffer.from(await digest(Buffer.from(text))).toString("hex") };
}
