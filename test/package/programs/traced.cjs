// Who subscribes to the channels is told of a call, from its start to its end.
const assert = require("node:assert");
const { subscribe } = require("node:diagnostics_channel");

const told = [];
for (const event of ["start", "end", "asyncStart", "asyncEnd", "error"]) {
  subscribe(`tracing:compute-pi-rs:${event}`, ({ name, digits }) => told.push(`${event} ${name} ${digits}`));
}
const { generateString } = require("compute-pi-rs");

generateString(1000).then(() => {
  assert.deepStrictEqual(
    told,
    ["start", "end", "asyncStart", "asyncEnd"].map((event) => `${event} generateString 1000`),
  );
});
