const compute_pi = require("compute-pi-rs");

exports.handler = async (event) => {
  const digits = await compute_pi.generate(event.digits, { algorithm: event.algorithm });
  return { digits: event.digits, pi: digits.join("") };
};
