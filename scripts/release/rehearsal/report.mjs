// @ts-check

/** What was rehearsed, step by step. */
export class Report {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  /**
   * One step. What it returns is shown, and what it throws is a failure; the rehearsal goes on.
   *
   * @param {string} name
   * @param {() => Promise<string | void>} step
   */
  async step(name, step) {
    const start = Date.now();
    const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
    try {
      const detail = await step();
      this.#passed += 1;
      console.log(`ok      ${name}${detail ? `: ${detail}` : ""} (${seconds()})`);
    } catch (error) {
      this.#failed += 1;
      console.log(`FAILED  ${name} (${seconds()})\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }

  /**
   * A step that cannot be done on this machine.
   *
   * @param {string} name
   * @param {string} reason
   */
  skip(name, reason) {
    this.#skipped += 1;
    console.log(`skipped: ${name}: ${reason}`);
  }

  /** Prints the closing line. @returns {boolean} whether all passed */
  close() {
    const skipped = this.#skipped > 0 ? `, ${this.#skipped} skipped` : "";
    console.log(`${this.#passed} passed, ${this.#failed} failed${skipped}`);
    return this.#failed === 0;
  }
}
