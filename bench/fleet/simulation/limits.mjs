// @ts-check
/** Figures that AWS publishes: limits, in {@link region} where regions differ, and prices there, in US dollars. */

/** The day on which it was read. */
export const read = "2026-11-25";

export const region = "US East (N. Virginia)";

/** The pages: title and address. */
export const pages = {
  lambdaQuotas: ["Lambda quotas", "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"],
  lambdaScaling: ["Lambda scaling behavior", "https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html"],
  lambdaAvx2: ["Using AVX2 vectorization in Lambda", "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-avx2.html"],
  lambdaPricing: ["AWS Lambda pricing", "https://aws.amazon.com/lambda/pricing/"],
  statesQuotas: [
    "Step Functions service quotas",
    "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html",
  ],
  statesPricing: ["AWS Step Functions pricing", "https://aws.amazon.com/step-functions/pricing/"],
  s3Performance: [
    "Amazon S3: best practices design patterns: optimizing performance",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html",
  ],
  s3Pricing: ["Amazon S3 pricing", "https://aws.amazon.com/s3/pricing/"],
};

/** @typedef {keyof typeof pages} Page */

/** @satisfies {Record<string, { value: number, what: string, page: Page }>} */
export const published = {
  environmentsAtOnce: {
    value: 1000,
    what: "execution environments that a function gains at once",
    page: "lambdaScaling",
  },
  environmentsPerSecond: { value: 100, what: "1,000 more every 10 s, refilled continuously", page: "lambdaScaling" },
  accountConcurrency: {
    value: 1000,
    what: "an account's concurrency by default; a new account's is lower until it has been used",
    page: "lambdaQuotas",
  },
  functionSeconds: { value: 900, what: "longest call", page: "lambdaQuotas" },
  oneCpuMegabytes: { value: 1769, what: "memory of a function that has one CPU", page: "lambdaQuotas" },
  mostMegabytes: { value: 10_240, what: "memory of the largest function", page: "lambdaQuotas" },
  mapConcurrency: { value: 10_000, what: "child executions of a map at a time", page: "statesQuotas" },
  transitionsAtOnce: { value: 5000, what: "transitions of standard workflows at once", page: "statesQuotas" },
  transitionsPerSecond: { value: 5000, what: "and refilled a second; 800 in most regions", page: "statesQuotas" },
  startsAtOnce: { value: 1300, what: "calls of StartExecution at once", page: "statesQuotas" },
  startsPerSecond: { value: 300, what: "and refilled a second; 150 in most regions", page: "statesQuotas" },
  historyEvents: { value: 25_000, what: "events of a standard execution", page: "statesQuotas" },
  payloadBytes: { value: 262_144, what: "input or output of a state", page: "statesQuotas" },
  putsPerSecond: { value: 3500, what: "writes a second below one prefix", page: "s3Performance" },
  getsPerSecond: { value: 5500, what: "reads a second below one prefix", page: "s3Performance" },
  gigabyteSecondX86: { value: 0.0000166667, what: "USD a GB-second, x86-64", page: "lambdaPricing" },
  gigabyteSecondArm: { value: 0.0000133334, what: "USD a GB-second, arm64", page: "lambdaPricing" },
  call: { value: 0.2e-6, what: "USD a call of a function", page: "lambdaPricing" },
  transition: { value: 0.025e-3, what: "USD a transition of a standard workflow", page: "statesPricing" },
  put: { value: 0.005e-3, what: "USD a PUT or LIST", page: "s3Pricing" },
  get: { value: 0.0004e-3, what: "USD a GET", page: "s3Pricing" },
};

/** The values alone. */
export const limits = /** @type {Record<keyof typeof published, number>} */ (
  Object.fromEntries(Object.entries(published).map(([name, { value }]) => [name, value]))
);

/** Figures that nobody publishes and this machine cannot measure. */
export const assumed = {
  /** Of calls that end in the middle. */
  failureRate: 0.001,
  /** Of a PUT, or a GET alone, from a function in the same region. */
  objectSeconds: 0.03,
  /** Of each of many GETs, 64 at a time, on one CPU: AWS's client takes 0.5 to 0.8 ms of it here, without TLS. */
  resultSeconds: 0.001,
  /** Of Step Functions and Lambda around each call. */
  callSeconds: 0.1,
  /** Of a page of a listing, a thousand keys. */
  listSeconds: 0.1,
};
