/**
 * Calls everything that the package has, and gives what came as JSON can carry it: the same in every host.
 *
 * @param {typeof import("compute-pi-rs/browser")} pi
 */
export async function exercise(pi) {
  const { platform, threads, simd, ...info } = pi.native();
  const seen = [];
  const verified = await new Promise((resolve, reject) => {
    const onProgress = ({ phase }) => seen.push(phase);
    pi.generateString(20_000, { verify: true, onVerified: resolve, onProgress }).catch(reject);
  });
  const { jobs } = await pi.hexDigitsPlan({ position: 10_000, count: 8, jobs: 3 });
  const parts = await Promise.all(jobs.map((job) => pi.hexDigitsPartial(job)));
  const failure = (error) => ({ name: error.name, code: error.code });
  const aborted = new AbortController();
  const running = pi.generateBytes(3_000_000, { signal: aborted.signal }).catch(failure);
  aborted.abort();
  return {
    info,
    numbers: await pi.generate(10),
    bytes: [...(await pi.generateBytes(5))],
    text: (await pi.generateString(1000)).slice(-10),
    spigot: await pi.generateString(20, { algorithm: "spigot" }),
    none: await pi.generate(0),
    many: (await pi.generate(200_000)).length,
    streamed: await streamed(pi.stream(150_000)),
    endless: await begun(pi.stream(Infinity), 100_000),
    verified,
    told: seen.length > 0,
    hex: await pi.hexDigits(10_000, 16),
    combined: pi.hexDigitsCombine(parts).digits.slice(0, 8),
    merged: pi.hexDigitsMerge(parts).fraction === pi.hexDigitsCombine(parts).fraction,
    estimated: pi.estimate(1e6).memory > 5e6,
    aborted: (await running).name,
    refused: await pi.generate(1e7, { maxMemory: 1e6 }).catch(({ needed, allowed, code, name }) => ({
      ...{ code, name, allowed },
      estimated: isEstimate(needed, pi.estimate(1e7).arrayMemory, simd),
    })),
    gap: problem(() => pi.hexDigitsCombine(parts.slice(1)), pi.HexPartsError),
    wrongType: await pi.generate("5").catch(failure),
    outOfRange: await pi.generate(-1).catch(failure),
  };
}

/** The same number, but where products are not fused: the module that estimates is another there, and tells an upper bound. */
function isEstimate(needed, estimated, simd) {
  return simd === "wasm128" ? needed <= estimated : needed === estimated;
}

async function streamed(stream) {
  const chunks = [];
  // Node.js' streams and those of the Web can both be iterated over, but not in every browser.
  const reader = stream.getReader?.() ?? stream.iterator();
  for (;;) {
    const { done, value } = await (reader.read?.() ?? reader.next());
    if (done) break;
    chunks.push(value);
  }
  const last = new TextDecoder().decode(chunks.at(-1));
  return { length: chunks.reduce((sum, { length }) => sum + length, 0), last: last.slice(-10) };
}

/** The first digits of a stream without end, which is left then. */
async function begun(stream, digits) {
  const reader = stream.getReader?.() ?? stream.iterator();
  let text = "";
  while (text.length < digits) {
    const { value } = await (reader.read?.() ?? reader.next());
    text += new TextDecoder().decode(value);
  }
  await (reader.cancel?.() ?? reader.return());
  return text.slice(digits - 10, digits);
}

function problem(call, HexPartsError) {
  try {
    return call();
  } catch (error) {
    return error instanceof HexPartsError && error.problem;
  }
}
