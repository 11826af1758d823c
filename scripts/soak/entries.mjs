// @ts-check
import { account } from "./entries/account.mjs";
import { addressSpace } from "./entries/address-space.mjs";
import { arithmetic } from "./entries/arithmetic.mjs";
import { exits } from "./entries/exits.mjs";
import { fuzz } from "./entries/fuzz.mjs";
import { load } from "./entries/load.mjs";
import { memory } from "./entries/memory.mjs";
import { turns } from "./entries/turns.mjs";
import { workers } from "./entries/workers.mjs";

/**
 * @typedef {object} Entry one claim that takes long to show
 * @property {string} name what `npm run soak -- NAME` runs it by
 * @property {string} claim what is shown, as a row of docs/reliability.md says it
 * @property {() => Promise<string>} run shows it and tells the figures, in the words of that row; throws when the claim does
 *   not hold
 */

/**
 * In the order of the table.
 *
 * @type {readonly Entry[]}
 */
export const entries = [fuzz, load, workers, exits, memory, account, turns, addressSpace, arithmetic];
