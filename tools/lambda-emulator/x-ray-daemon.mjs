// @ts-check
import { createSocket } from "node:dgram";

/**
 * @typedef {object} Segment a timed part of an invocation, as a function reports it; times in seconds since the epoch
 * @property {string} name
 * @property {string} trace_id
 * @property {number} start_time
 * @property {number} end_time
 * @property {Segment[]} [subsegments]
 */

/**
 * Stands where Lambda has its X-Ray daemon, and keeps what a function sends to it.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 */
export class XRayDaemon {
  #socket = createSocket("udp4");

  /** The segments that came, oldest first. @type {Segment[]} */
  segments = [];

  /** The value of AWS_XRAY_DAEMON_ADDRESS. */
  address = "";

  /** @returns {Promise<XRayDaemon>} */
  static async listen() {
    const daemon = new XRayDaemon();
    daemon.#socket.on("message", (message) => {
      // A line that names the format, then a document.
      const [, document = ""] = message.toString().split("\n", 2);
      daemon.segments.push(JSON.parse(document));
    });
    await new Promise((resolve) => {
      daemon.#socket.bind(0, "127.0.0.1", () => resolve(undefined));
    });
    daemon.address = `127.0.0.1:${daemon.#socket.address().port}`;
    return daemon;
  }

  /** @param {string} trace whose root names the segments to return */
  segmentsOf(trace) {
    const root = /Root=([^;]+)/.exec(trace)?.[1];
    return this.segments.filter((segment) => segment.trace_id === root);
  }

  close() {
    this.#socket.close();
  }
}
