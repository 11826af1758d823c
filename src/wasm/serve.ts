import { isError } from "../brand";
import { now } from "../clock";
import { Engine, factsOf } from "./engine";
import type { Answer, Call, Times } from "./protocol";

/** How often the other side is told of progress, in milliseconds. */
const INTERVAL = 40;

/**
 * Makes an instance of a module, and gives what runs a call in it.
 *
 * @param answer - Told of progress any number of times, and then what the call gives.
 */
export function serve(module: WebAssembly.Module, answer: (answer: Answer) => void): (call: Call) => void {
  let told = 0;
  let phases: Times["phases"] = [];
  const engine = new Engine(module, {
    advanced: (progress) => {
      const time = now();
      if (phases.at(-1)?.phase !== progress.phase) phases.push({ phase: progress.phase, begun: time });
      if (time < told + INTERVAL) return;
      told = time;
      answer({ progress });
    },
    now,
  });
  engine.start();
  return (call) => {
    const begun = now();
    phases = [];
    try {
      const value = run(engine, call);
      const verification = call.name === "digits" || call.name === "nextChunk" ? engine.verification() : undefined;
      answer({ given: { value, times: { begun, ended: now(), phases }, verification, held: engine.held() } });
    } catch (error) {
      answer({ failed: { message: isError(error) ? error.message : String(error), facts: factsOf(error) } });
    }
  };
}

function run(engine: Engine, call: Call): unknown {
  switch (call.name) {
    case "digits":
      return engine.digits(call, call.zero);
    case "openStream":
      engine.openStream(call);
      return undefined;
    case "nextChunk":
      return engine.nextChunk(call.max);
    case "hexDigits":
      return engine.hexDigits(call.position, call.count);
    case "hexDigitsPartial":
      return engine.hexDigitsPartial(call.position, call.count, call.from, call.to);
    case "hexDigitsPlan":
      return engine.hexDigitsPlan(call.position, call.count, call.jobs, call.seconds);
  }
}
