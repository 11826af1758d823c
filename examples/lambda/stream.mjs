import { once } from "node:events";
import { stream } from "compute-pi-rs";

// For a function URL with InvokeMode RESPONSE_STREAM: https://….lambda-url.….on.aws/?digits=1000
export const handler = awslambda.streamifyResponse(async (event, response) => {
  const { digits, algorithm } = event.queryStringParameters ?? event;
  const begin = (statusCode) =>
    awslambda.HttpResponseStream.from(response, {
      statusCode,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  let chunks;
  let chunk;
  try {
    chunks = stream(Number(digits), { algorithm })[Symbol.asyncIterator]();
    // A refusal comes here, while the status can still say so.
    chunk = await chunks.next();
  } catch (error) {
    const refusal = begin(400);
    refusal.write(`${error.code}: ${error.message}\n`);
    refusal.end();
    return;
  }
  const out = begin(200);
  // The status goes with the first write, even an empty one.
  out.write(chunk.value ?? "");
  while (!(chunk = await chunks.next()).done) {
    if (!out.write(chunk.value)) await once(out, "drain");
  }
  out.end();
});
