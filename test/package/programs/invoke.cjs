// Calls the handler as Lambda does: an event comes in as JSON, and the result goes out as JSON.
const assert = require("node:assert");
const { handler } = require("./handler.cjs");

handler(JSON.parse('{"digits": 20}')).then((result) => {
  assert.strictEqual(JSON.stringify(result), '{"digits":20,"pi":"31415926535897932384"}');
});
