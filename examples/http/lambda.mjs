import { pipeline } from "node:stream/promises";
import { answer } from "./digits.mjs";

// For a function URL with InvokeMode RESPONSE_STREAM.
export const handler = awslambda.streamifyResponse(async (event, response) => {
  const { status, headers, body } = await answer(event.queryStringParameters?.digits);
  const out = awslambda.HttpResponseStream.from(response, { statusCode: status, headers });
  // The status goes with the first write, even an empty one.
  out.write("");
  await pipeline(body, out);
});
