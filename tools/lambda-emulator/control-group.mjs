// @ts-check
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Megabytes that buy one whole CPU. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryOfOneCpu = 1769;

/** The scheduler's period in microseconds, in Lambda and here. */
const period = 20_000;

/** A quota below this is refused by the kernel. */
const smallestQuota = 1000;

const base = "/sys/fs/cgroup";

/**
 * @typedef {object} Hierarchy how a version of Linux's control groups spells things
 * @property {Record<string, string>} folders where groups are made, by what they control
 * @property {(bytes: number) => Record<string, string>} memory the files that limit it, in order
 * @property {(quota: number | undefined) => Record<string, string>} cpu
 * @property {(group: Record<string, string>) => number} processorTime in milliseconds
 */

/** @type {Hierarchy} */
const version1 = {
  folders: { memory: join(base, "memory"), cpu: join(base, "cpu"), accounting: join(base, "cpuacct") },
  memory: (bytes) => ({ "memory.limit_in_bytes": String(bytes), "memory.swappiness": "0" }),
  cpu: (quota) => ({ "cpu.cfs_period_us": String(period), "cpu.cfs_quota_us": String(quota ?? -1) }),
  processorTime: ({ accounting = "" }) => Number(readFileSync(join(accounting, "cpuacct.usage"), "utf8")) / 1e6,
};

/** @type {Hierarchy} */
const version2 = {
  folders: { memory: base, cpu: base },
  memory: (bytes) => ({ "memory.max": String(bytes), "memory.swap.max": "0" }),
  cpu: (quota) => ({ "cpu.max": `${quota ?? "max"} ${period}` }),
  processorTime: ({ cpu = "" }) =>
    Number(/^usage_usec (\d+)$/m.exec(readFileSync(join(cpu, "cpu.stat"), "utf8"))?.[1]) / 1e3,
};

/**
 * A control group of the kernel for one runtime process: it counts the processor time that is used in it, and can limit
 * memory and CPU as Lambda does for a memory size.
 */
export class ControlGroup {
  #hierarchy;
  /** @type {Record<string, string>} */
  #group;

  /**
   * @param {string} name
   * @throws where control groups are not allowed
   */
  constructor(name) {
    this.#hierarchy = existsSync(join(base, "cgroup.controllers")) ? version2 : version1;
    if (this.#hierarchy === version2) writeFileSync(join(base, "cgroup.subtree_control"), "+cpu +memory");
    const folders = Object.entries(this.#hierarchy.folders);
    this.#group = Object.fromEntries(folders.map(([controls, folder]) => [controls, join(folder, name)]));
    for (const folder of this.#folders) mkdirSync(folder);
  }

  /** @returns {string | undefined} why there are no control groups on this machine */
  static problem() {
    try {
      const probe = new ControlGroup(`lambda-probe-${process.pid}`);
      try {
        probe.limitMemory(128);
        probe.throttle(128);
      } finally {
        probe.#folders.forEach((folder) => rmdirSync(folder));
      }
      return undefined;
    } catch (error) {
      return `control groups are not allowed here: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  get #folders() {
    return [...new Set(Object.values(this.#group))];
  }

  /** The files that a process writes its number into to join. */
  get members() {
    return this.#folders.map((folder) => join(folder, "cgroup.procs"));
  }

  /** @param {number} megabytes beyond which the kernel kills a process of the group */
  limitMemory(megabytes) {
    this.#write("memory", this.#hierarchy.memory(megabytes * 2 ** 20));
  }

  /** @param {number} megabytes whose share of a CPU the group gets from now on */
  throttle(megabytes) {
    const quota = Math.max(smallestQuota, Math.round((megabytes / memoryOfOneCpu) * period));
    this.#write("cpu", this.#hierarchy.cpu(quota));
  }

  /** The milliseconds of processor time that the group has used. */
  get processorTime() {
    return this.#hierarchy.processorTime(this.#group);
  }

  /** Removes the group, when its last process has ended. */
  async remove() {
    for (const folder of this.#folders) await removeFolder(folder);
  }

  /**
   * @param {string} controls
   * @param {Record<string, string>} files
   */
  #write(controls, files) {
    for (const [file, value] of Object.entries(files)) writeFileSync(join(this.#group[controls] ?? "", file), value);
  }
}

/** @param {string} folder */
async function removeFolder(folder) {
  for (let attempt = 0; ; attempt++) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      // The kernel takes a moment to forget a killed process.
      if (attempt === 100) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }
}
