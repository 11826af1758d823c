import { pipeline } from "node:stream/promises";
import { stream } from "compute-pi-rs";

// For a function URL with InvokeMode RESPONSE_STREAM: https://….lambda-url.….on.aws/?digits=1000
export const handler = awslambda.streamifyResponse(async (event, response) => {
  const { digits, algorithm } = event.queryStringParameters ?? event;
  /** @param {number} statusCode */
  const respond = (statusCode) => {
    const headers = { "content-type": "text/plain; charset=utf-8" };
    return awslambda.HttpResponseStream.from(response, { statusCode, headers });
  };
  let pi;
  try {
    pi = stream(Number(digits), { algorithm });
  } catch (error) {
    respond(400).end(`${error.message}\n`);
    return;
  }
  await pipeline(pi, respond(200));
});
