import { generateString } from "compute-pi-rs";

// A string is what the response holds, so the array of app.js is left out.
export const handler = async ({ digits, algorithm }) => {
  return { digits, pi: await generateString(digits, { algorithm }) };
};
