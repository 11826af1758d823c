// A span for each call of compute-pi-rs, with one for each of its phases in it.
import { tracingChannel } from "node:diagnostics_channel";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("compute-pi-rs");
const spans = new WeakMap();

tracingChannel("compute-pi-rs").subscribe({
  start(call) {
    spans.set(call, tracer.startSpan(`compute-pi-rs ${call.name}`, { startTime: call.startTime }));
  },
  error(call) {
    spans.get(call).recordException(call.error);
    spans.get(call).setStatus({ code: SpanStatusCode.ERROR, message: String(call.error) });
  },
  // A function that gives no promise has its result, or has failed, at the end of its synchronous part.
  end: (call) => ("result" in call || "error" in call) && finish(call),
  asyncEnd: finish,
});

function finish(call) {
  const span = spans.get(call);
  const { digits, position, backend, memory, queueTime, phases, startTime } = call;
  for (const [name, value] of Object.entries({ digits, position, backend, memory, queueTime }))
    if (value !== undefined) span.setAttribute(`pi.${name}`, value);
  const parent = trace.setSpan(context.active(), span);
  for (const { name, start, duration } of phases)
    tracer.startSpan(name, { startTime: startTime + start }, parent).end(startTime + start + duration);
  span.end();
}
