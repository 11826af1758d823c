// Prints the spans of two calls. A service gives its provider an exporter for its collector instead.
import { ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { generate, hexDigits } from "compute-pi-rs";
import "./tracing.mjs";

const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] });
provider.register();

await generate(100_000);
await hexDigits(10_000, 16);
await provider.shutdown();
