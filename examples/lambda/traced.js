// app.js with its phases reported to X-Ray, for functions with active tracing.
const { tracingChannel } = require("node:diagnostics_channel");
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
      const digits = await compute_pi.generate(event.digits, { algorithm: event.algorithm });
      const start = now();
      const response = { digits: event.digits, pi: digits.join("") };
      report(pi, { name: "response", start, end: now() });
      return response;
    } finally {
      pi.close();
    }
  });

/** The subsegments that calls were made in. */
const callers = new WeakMap();

// The package publishes what each call does.
tracingChannel("compute-pi-rs").subscribe({
  start: (call) => callers.set(call, xray.getSegment()),
  asyncEnd(call) {
    const phases = [{ name: "queue", start: 0, duration: call.queueTime }, ...call.phases];
    for (const { name, start, duration } of phases) {
      const time = (call.startTime + start) / 1000;
      report(callers.get(call), { name, start: time, end: time + duration / 1000 });
    }
  },
});

/** A complete segment goes with its parent, in one datagram. */
function report(parent, { name, start, end }) {
  const span = Object.assign(new xray.Subsegment(name), { start_time: start, end_time: end });
  delete span.in_progress;
  parent.addSubsegment(span);
}

/** Seconds since the epoch, to the microsecond. */
function now() {
  return (performance.timeOrigin + performance.now()) / 1000;
}
