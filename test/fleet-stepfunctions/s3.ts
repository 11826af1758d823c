import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { pythonTool } from "./tools";

/** Something that was asked of S3, in the words of a policy. */
export interface Access {
  /** The access key of who asked. */
  who: string;
  action: string;
  /** The bucket, or `BUCKET/KEY`. */
  resource: string;
}

/** moto's S3 on loopback, which notes who asks for what: moto itself lets everybody do everything. */
export class S3 {
  readonly accesses: Access[] = [];
  readonly #server: Server;

  private constructor(
    private readonly moto: ChildProcess,
    address: string,
  ) {
    this.#server = createServer((incoming, outgoing) => {
      this.accesses.push(accessOf(incoming));
      const { method, url = "/", headers } = incoming;
      const forwarded = request(new URL(url, address), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on("error", () => outgoing.destroy());
      incoming.pipe(forwarded);
    });
  }

  /** Starts it, with an empty bucket. */
  static async start(bucket: string): Promise<S3> {
    const moto = spawn(pythonTool("moto_server"), ["--host", "127.0.0.1", "--port", "0"]);
    moto.stdout.resume();
    const address = await new Promise<string>((resolve, reject) => {
      let log = "";
      moto.stderr.setEncoding("utf8").on("data", (text: string) => {
        log += text;
        const [, found] = /Running on (http:\S+)/.exec(log) ?? [];
        if (found !== undefined) resolve(found);
      });
      moto.on("exit", () => {
        reject(new Error(`moto_server has ended:\n${log}`));
      });
    });
    await fetch(`${address}/${bucket}`, { method: "PUT" });
    const s3 = new S3(moto, address);
    s3.#server.listen(0, "127.0.0.1");
    await once(s3.#server, "listening");
    return s3;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.moto.kill("SIGKILL");
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function accessOf({ method, url = "/", headers }: IncomingMessage): Access {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const resource = decodeURIComponent(pathname).replace(/^\/|\/$/g, "");
  const who = /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
  const plain = { GET: resource.includes("/") ? "GetObject" : "ListBucket", PUT: "PutObject" }[method ?? ""];
  const action = searchParams.has("uploadId") ? "another" : (plain ?? "another");
  return { who, action: `s3:${action}`, resource };
}
