// @ts-check
// The SDK is the runtime's own.
const { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");

/** @typedef {import("./audit.js").Item} Item */
/** @typedef {import("./audit.js").Plan} Plan */
/** @typedef {import("./audit.js").Result} Result */

/** @typedef {import("compute-pi-rs").HexPart} HexPart */
/** @typedef {{ parts: HexPart[], results: number, disputed: number }} Sum the parts to add up, and of what they were chosen */

/** Results that are read at the same time. */
const READERS = 64;

const client = new S3Client({ forcePathStyle: process.env["AWS_ENDPOINT_URL_S3"] !== undefined });

/**
 * One run's objects in S3: its plan, one object for each result, for each round the list of what is left, and the parts that
 * make the digits.
 *
 * A result's key is its range and its number. Writing it twice is writing it once.
 */
class Store {
  /** @param {string} run its name */
  constructor(run) {
    if (!/^[\w.-]+$/.test(run)) throw new TypeError(`run must be a name of letters, digits, "_", "." and "-": ${run}`);
    this.bucket = process.env["BUCKET"] ?? "";
    this.run = run;
  }

  /** @returns {Promise<Plan | undefined>} */
  async plan() {
    return this.#read(`${this.run}/plan.json`);
  }

  /**
   * Saves a plan, unless somebody else was faster: a run has one.
   *
   * @param {Plan} plan
   * @returns {Promise<Plan>} the plan of the run
   */
  async savePlan(plan) {
    try {
      await this.#write(`${this.run}/plan.json`, plan, { IfNoneMatch: "*" });
      return plan;
    } catch (error) {
      const theirs = await this.plan();
      if (theirs === undefined) throw error;
      return theirs;
    }
  }

  /**
   * @param {number} round
   * @param {readonly Item[]} items
   * @returns {Promise<string>} the key
   */
  async saveItems(round, items) {
    const key = `${this.run}/items/${round}.json`;
    await this.#write(key, items);
    return key;
  }

  /** @param {Sum} sum */
  async saveSum(sum) {
    await this.#write(`${this.run}/sum.json`, sum);
  }

  /** @returns {Promise<Sum | undefined>} */
  async sum() {
    return this.#read(`${this.run}/sum.json`);
  }

  /** @param {Result} result */
  async saveResult({ copy, part }) {
    await this.#write(`${this.run}/parts/${part.from}-${part.to}/${copy}.json`, { copy, part });
  }

  /** @returns {Promise<Result[]>} */
  async results() {
    /** @type {string[]} */
    const keys = [];
    const request = { Bucket: this.bucket, Prefix: `${this.run}/parts/` };
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, request)) {
      keys.push(...Contents.flatMap(({ Key = [] }) => Key));
    }
    /** @type {Result[]} */
    const results = [];
    const left = keys.values();
    const read = async () => {
      for (const key of left) results.push(await this.#read(key));
    };
    await Promise.all(Array.from({ length: READERS }, read));
    return results;
  }

  /** @param {string} key */
  async #read(key) {
    try {
      const object = await client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return JSON.parse((await object.Body?.transformToString()) ?? "null");
    } catch (error) {
      if (error instanceof Error && error.name === "NoSuchKey") return undefined;
      throw error;
    }
  }

  /**
   * @param {string} key
   * @param {unknown} value
   * @param {{ IfNoneMatch?: "*" }} [condition]
   */
  async #write(key, value, condition = {}) {
    const object = { Bucket: this.bucket, Key: key, Body: JSON.stringify(value), ContentType: "application/json" };
    await client.send(new PutObjectCommand({ ...object, ...condition }));
  }
}

exports.Store = Store;
