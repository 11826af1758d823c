const { generate } = require("compute-pi-rs");
const { assertPi, n } = require("./checkpoint.cjs");

generate(n).then(assertPi);
