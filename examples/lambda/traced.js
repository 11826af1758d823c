// app.js with its phases reported to X-Ray, for functions with active tracing.
const xray = require("aws-xray-sdk-core");

const startOfLoad = now();
const compute_pi = require("compute-pi-rs");
/** There is no trace yet when modules are loaded: the first invocation reports it. */
let load = { name: "load", start: startOfLoad, end: now() };

exports.handler = (event) =>
  xray.captureAsyncFunc("pi", async (pi) => {
    try {
      if (load) report(pi, load);
      load = undefined;
      // What `generate` does, in its two steps.
      const bytes = await phase(pi, "compute", () =>
        compute_pi.generateBytes(event.digits, { algorithm: event.algorithm }),
      );
      const digits = await phase(pi, "boundary", () => toArray(bytes));
      return await phase(pi, "response", () => ({ digits: event.digits, pi: digits.join("") }));
    } finally {
      pi.close();
    }
  });

async function phase(parent, name, work) {
  const start = now();
  const result = await work();
  report(parent, { name, start, end: now() });
  return result;
}

/** What is complete goes with its parent, in one datagram. */
function report(parent, { name, start, end }) {
  const span = Object.assign(new xray.Subsegment(name), { start_time: start, end_time: end });
  delete span.in_progress;
  parent.addSubsegment(span);
}

function toArray(bytes) {
  const digits = new Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) digits[i] = bytes[i];
  return digits;
}

/** Seconds since the epoch, to the microsecond. */
function now() {
  return (performance.timeOrigin + performance.now()) / 1000;
}
