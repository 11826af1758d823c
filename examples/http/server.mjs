// @ts-check
import { createServer } from "node:http";
import { pipeline } from "node:stream/promises";
import { answer } from "./digits.mjs";

const server = createServer(async (request, response) => {
  const client = new AbortController();
  response.once("close", () => client.abort());
  try {
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    const { status, headers, body } = await answer(searchParams.get("digits"), client.signal);
    response.writeHead(status, headers);
    // It waits for a slow client; when the client has gone, it stops the computation.
    await pipeline(body, response);
  } catch (error) {
    if (!client.signal.aborted) console.error(error);
    response.destroy();
  }
});
server.listen(Number(process.env["PORT"] ?? 3000), () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`listening on http://localhost:${port}`);
});
