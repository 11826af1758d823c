import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { LambdaFunction, Result } from "@compute-pi-rs/lambda-emulator";

/** The faults of a call: it is refused, it comes twice, or it goes to another function. */
export type Fault = "throttle" | "twice" | { instead: string } | undefined;

export interface Call {
  name: string;
  event: unknown;
}

const throttled = { Reason: "ConcurrentInvocationLimitExceeded", message: "Rate Exceeded." };

/** Lambda's Invoke API on loopback, in front of functions that run as Lambda runs them. */
export class InvokeApi {
  readonly calls: Call[] = [];
  /** Decides about each call, by what it is and how many there were before it. */
  fault: (call: Call, before: number) => Fault = () => undefined;
  readonly #free: Map<string, LambdaFunction[]>;
  readonly #waiting: (() => void)[] = [];
  readonly #server: Server;

  /** @param functions - for each name as many environments as may run at the same time */
  private constructor(functions: ReadonlyMap<string, readonly LambdaFunction[]>) {
    this.#free = new Map(Array.from(functions, ([name, environments]) => [name, [...environments]]));
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        (error: unknown) => response.destroy(error as Error),
      );
    });
  }

  static async listen(functions: ReadonlyMap<string, readonly LambdaFunction[]>): Promise<InvokeApi> {
    const api = new InvokeApi(functions);
    api.#server.listen(0, "127.0.0.1");
    await once(api.#server, "listening");
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage) {
    const name = /\/functions\/(\w+)\/invocations/.exec(request.url ?? "")?.[1] ?? "";
    const call: Call = { name, event: JSON.parse(Buffer.concat(await request.toArray()).toString()) };
    const common = { "content-type": "application/json", "x-amzn-requestid": randomUUID() };
    const fault = this.fault(call, this.calls.push(call) - 1);
    if (fault === "throttle") {
      const headers = { ...common, "x-amzn-errortype": "TooManyRequestsException" };
      return { status: 429, headers, body: JSON.stringify(throttled) };
    }
    if (fault === "twice") await this.#invoke(call);
    const { error, body } = await this.#invoke({ ...call, ...(typeof fault === "object" && { name: fault.instead }) });
    return { status: 200, headers: { ...common, ...(error && { "x-amz-function-error": "Unhandled" }) }, body };
  }

  /** One environment serves one event at a time; calls wait for a free one. */
  async #invoke({ name, event }: Call): Promise<Result> {
    const free = this.#free.get(name);
    if (free === undefined) throw new Error(`there is no function ${name}`);
    let environment: LambdaFunction | undefined;
    while ((environment = free.pop()) === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    try {
      return await environment.invoke(event);
    } finally {
      free.push(environment);
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
