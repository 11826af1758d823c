import { isError } from "../brand";
import { now } from "../clock";
import { type Engine, factsOf, type Host } from "./engine";
import type { Answer, Call, Times } from "./protocol";

/** How often the other side is told of progress, in milliseconds. */
const INTERVAL = 40;

/**
 * Gives what runs a call in an instance of a module.
 *
 * @param load - Makes the instance, which has been started.
 * @param answer - Told of progress any number of times, and then what the call gives.
 */
export function serve(load: (host: Host) => Engine, answer: (answer: Answer) => void): (call: Call) => void {
  let told = 0;
  let phases: Times["phases"] = [];
  const engine = load({
    advanced: (progress) => {
      const time = now();
      if (phases.at(-1)?.phase !== progress.phase) phases.push({ phase: progress.phase, begun: time });
      if (time < told + INTERVAL) return;
      told = time;
      answer({ progress });
    },
    now,
  });
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
