// A model of all the values that JavaScript can hand to a function. Each arbitrary gives a function that makes the value, so
// that fast-check itself does not touch it, and a repeated case gets a new one.
import fc from "fast-check";

/** The error that a hostile value throws. */
export class Hostile extends Error {}

const fail = () => {
  throw new Hostile("no");
};

/** @param {unknown[]} values */
const oneOf = (...values) => fc.constantFrom(...values.map((value) => () => value));

const made = (arbitrary) => arbitrary.map((value) => () => value);

const targets = fc.constantFrom(
  () => ({}),
  () => [],
  () => () => undefined,
);

/** Whole numbers that are quick to compute with, and those that no function takes. */
export const numbers = fc.oneof(
  { weight: 12, arbitrary: made(fc.integer({ min: 0, max: 300 })) },
  oneOf(-1, -0, NaN, Infinity, -Infinity, 0.5, 2 ** 53, 2 ** 53 - 1, -(2 ** 31), 1e300, 5e-324, 2 ** 63),
  made(fc.double({ min: 1e14 })),
  made(fc.double({ max: -1 })),
);

const revoked = targets.map((target) => () => {
  const { proxy, revoke } = Proxy.revocable(target(), {});
  revoke();
  return proxy;
});

/** Throws whatever is done to it. */
const throwing = targets.map((target) => () => {
  const traps = Object.getOwnPropertyNames(Reflect).map((name) => [name, fail]);
  return new Proxy(target(), Object.fromEntries(traps));
});

/** Has every property, is callable, and answers itself. */
const agreeing = fc.constant(() => {
  const everything = new Proxy(() => undefined, {
    get: (_target, key) => (key === "then" || key === Symbol.toPrimitive ? undefined : everything),
    has: () => true,
    apply: () => everything,
    construct: () => everything,
  });
  return everything;
});

/** Answers something else each time. */
const fickle = fc.array(fc.anything(), { minLength: 1, maxLength: 5 }).map((answers) => () => {
  let asked = 0;
  return new Proxy({}, { get: () => answers[asked++ % answers.length], has: () => asked++ % 2 === 0 });
});

const detached = fc.constantFrom(Uint8Array, Float64Array, DataView).map((View) => () => {
  const view = new View(new ArrayBuffer(16));
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
});

const unconvertible = fc
  .constantFrom("toString", "valueOf", Symbol.toPrimitive, "toJSON", "then")
  .map((name) => () => ({ [name]: fail }));

const thenable = fc.constantFrom(
  () => ({ then: (resolve) => resolve(5) }),
  () => ({ then: (_resolve, reject) => reject(new Hostile("later")) }),
  () => ({ then: fail }),
  () => Promise.resolve(5),
);

const strangers = fc
  .constantFrom(null, Array.prototype, Promise.prototype, Error.prototype, Function.prototype, AbortSignal.prototype)
  .map((prototype) => () => Object.create(prototype, { length: { value: 3 }, name: { get: fail } }));

const odd = oneOf(
  Symbol("odd"),
  Symbol.iterator,
  10n ** 30n,
  fail,
  class {},
  function* () {},
  globalThis,
  new Map([[1, 2]]),
  new WeakMap(),
  /x/g,
  new Date(NaN),
  new SharedArrayBuffer(8),
  new Error("an error"),
  Math,
  Reflect,
  JSON,
  "5",
  "",
  "__proto__",
  "\ud800",
  "x".repeat(100_000),
  new Number(5),
  Object(Symbol("boxed")),
);

const ordinary = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 1,
});

/** Anything at all. */
export const anything = fc.oneof(
  { weight: 3, arbitrary: numbers },
  { weight: 3, arbitrary: made(ordinary) },
  odd,
  revoked,
  throwing,
  agreeing,
  fickle,
  detached,
  unconvertible,
  thenable,
  strangers,
);

/** Hostile now and then, so that a call gets beyond the checks. */
const mostly = (arbitrary) => fc.oneof({ weight: 12, arbitrary }, numbers, anything);

const delays = fc.constantFrom("now", "microtask", "immediate", 0, 1, 5, "never");

function later(delay, run) {
  if (delay === "now") run();
  else if (delay === "microtask") queueMicrotask(run);
  else if (delay === "immediate") setImmediate(run);
  else if (delay !== "never") setTimeout(run, delay);
}

const realSignals = fc.tuple(delays, anything).map(([delay, reason]) => () => {
  const controller = new AbortController();
  later(delay, () => controller.abort(reason()));
  return controller.signal;
});

/** Signals of a subclass, with methods of their own. */
const overrides = fc.record(
  {
    aborted: fc.constantFrom({ get: fail }, { value: true }, { value: 0 }, { get: () => Math.random() < 0.5 }),
    reason: fc.oneof(
      fc.constant({ get: fail }),
      anything.map((make) => ({ get: make })),
    ),
    addEventListener: fc.constantFrom(
      { value: fail },
      { value: (_type, listener) => listener() },
      { value: (_type, listener) => [0, 0, 1].forEach((delay) => setTimeout(listener, delay)) },
      { value: () => undefined },
      { value: 5 },
      { get: fail },
    ),
    removeEventListener: fc.constantFrom({ value: fail }, { value: () => undefined }, { value: null }, { get: fail }),
  },
  { requiredKeys: [] },
);
const subclassed = fc.tuple(overrides, delays).map(([properties, delay]) => () => {
  const controller = new AbortController();
  Object.setPrototypeOf(controller.signal, Object.create(AbortSignal.prototype, properties));
  later(delay, () => controller.abort());
  return controller.signal;
});

const callbacks = oneOf(
  () => undefined,
  fail,
  () => Promise.reject(new Hostile("rejected")),
  () => ({ then: fail }),
  async () => fail(),
  (progress) => Object.setPrototypeOf(progress, null),
  class {},
);

/** An object of what some makers make. */
const build = (makers) => Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make()]));

/** Options of which each may be right or anything. */
const plausible = fc.record(
  {
    signal: mostly(fc.oneof(realSignals, subclassed)),
    onProgress: mostly(callbacks),
    threads: mostly(made(fc.integer({ min: 1, max: 4 }))),
    algorithm: mostly(oneOf("chudnovsky", "spigot")),
    maxMemory: mostly(oneOf(Infinity)),
  },
  { requiredKeys: [] },
);

/** The options that a call gets. */
export const options = fc.oneof(
  { weight: 12, arbitrary: plausible.map((makers) => () => build(makers)) },
  plausible.map((makers) => () => Object.freeze(Object.assign(Object.create(null), build(makers)))),
  plausible.map((makers) => () => {
    const getters = Object.keys(makers).map((name) => [name, { get: fail }]);
    return Object.defineProperties({}, Object.fromEntries(getters));
  }),
  anything,
);

/** Arguments of the functions for far hexadecimal digits. */
export const requests = fc.oneof(
  fc
    .record(
      {
        position: mostly(made(fc.integer({ min: 1, max: 300 }))),
        count: mostly(made(fc.integer({ min: 0, max: 20 }))),
        jobs: mostly(made(fc.integer({ min: 1, max: 20 }))),
        seconds: mostly(numbers),
        from: mostly(made(fc.integer({ min: 0, max: 50 }))),
        to: mostly(made(fc.integer({ min: 0, max: 50 }))),
        version: oneOf(1, 2, "1"),
        fraction: fc.oneof(
          made(fc.string()),
          made(fc.string({ unit: fc.constantFrom(..."0123456789ABCDEF"), maxLength: 40 })),
          anything,
        ),
      },
      { requiredKeys: [] },
    )
    .map((makers) => () => build(makers)),
  anything,
);

/** An array of what is made by some. */
export const arrays = (makers) =>
  fc.array(makers, { maxLength: 3 }).map((elements) => () => elements.map((make) => make()));
