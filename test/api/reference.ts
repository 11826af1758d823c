import { createHash } from "node:crypto";

/** The first 100 digits, as published. */
export const FIRST_100 =
  "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067";

/** SHA-256 of "3." and the decimals that follow, by the number of digits with the leading 3. */
export const PUBLISHED_SHA256 = new Map([
  [1_001, "823a2e34f63c5d5f30a27733976df5a1ab57feaab505f40d95d3dd3fefa425cc"],
  [10_001, "452304d0e15d9e9fd9b63024212bb571de54b9b9f0aa050481f90530ef0b5c5d"],
  [100_001, "6fba00bd4d732bf518635d1e28e5292c8db6ee4c26285fe43d5ae9d104655cd9"],
]);

/** The checksum that {@link PUBLISHED_SHA256} lists. */
export function checksum(digits: string): string {
  return createHash("sha256")
    .update(`${digits.slice(0, 1)}.${digits.slice(1)}`)
    .digest("hex");
}
