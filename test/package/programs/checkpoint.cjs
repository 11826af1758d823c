// The published SHA-256 of pi with 10,000 decimals, for every program here.
const assert = require("node:assert");
const { createHash } = require("node:crypto");

exports.n = 10_001;

exports.assertPi = (digits) => {
  assert.strictEqual(digits.length, exports.n);
  const text = `3.${digits.slice(1).join("")}`;
  assert.strictEqual(
    createHash("sha256").update(text).digest("hex"),
    "452304d0e15d9e9fd9b63024212bb571de54b9b9f0aa050481f90530ef0b5c5d",
  );
};
