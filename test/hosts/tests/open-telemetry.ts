import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

import { root } from "../../../scripts/lib/paths.mjs";
import type { HostTest } from "./host-test";

interface Span {
  name: string;
  parent?: string;
  attributes: Record<string, unknown>;
  milliseconds: number;
  status: number;
  events: string[];
}

const program = `
  import { trace } from "@opentelemetry/api";
  import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
  import { estimate, generate, hexDigits, stream } from "compute-pi-rs";
  import "./tracing.mjs";

  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  await trace.getTracer("user").startActiveSpan("request", async (span) => {
    await Promise.all([generate(50_000), hexDigits(5000, 8)]);
    span.end();
  });
  await generate(1e6, { maxMemory: 1 }).catch(() => undefined);
  await stream(50_000).toArray();
  estimate(1000);
  await new Promise(setImmediate);
  const spans = exporter.getFinishedSpans();
  const nameOf = (id) => spans.find((span) => span.spanContext().spanId === id)?.name;
  console.log(JSON.stringify(spans.map((span) => ({
    name: span.name,
    parent: nameOf(span.parentSpanContext?.spanId),
    attributes: span.attributes,
    milliseconds: 1e3 * span.duration[0] + span.duration[1] / 1e6,
    status: span.status.code,
    events: span.events.map(({ name }) => name),
  }))));`;

export const openTelemetry: HostTest = async (project) => {
  cpSync(join(root, "examples", "opentelemetry", "tracing.mjs"), project.path("tracing.mjs"));
  project.write({ "main.mjs": program });
  for (const backend of ["native", "wasm"]) {
    const { stdout } = await project.node(["main.mjs"], { COMPUTE_PI_RS_BACKEND: backend });
    const spans = JSON.parse(stdout) as Span[];
    const [generate, refused] = spans.filter(({ name }) => name === "compute-pi-rs generate");
    expect(generate).toMatchObject({
      parent: "request",
      status: 0,
      attributes: { "pi.digits": 50_000, "pi.backend": backend },
    });
    expect(generate?.attributes["pi.memory"]).toBeGreaterThan(50_000);
    expect(generate?.attributes["pi.queueTime"]).toBeLessThanOrEqual(generate?.milliseconds ?? 0);
    const phases = spans.filter(({ parent }) => parent === "compute-pi-rs generate");
    expect(phases.map(({ name }) => name)).toEqual(["series", "division", "conversion", "result"]);
    expect(phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeLessThan(
      (generate?.milliseconds ?? 0) + 1,
    );
    expect(refused).toMatchObject({ status: 2, events: ["exception"] });
    const hex = spans.find(({ name }) => name === "compute-pi-rs hexDigits");
    expect(hex).toMatchObject({ parent: "request", attributes: { "pi.digits": 8, "pi.position": 5000 } });
    expect(spans.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["compute-pi-rs stream", "compute-pi-rs estimate"]),
    );
  }
};
