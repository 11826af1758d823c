// Calls the package without end and exits with 7 at a random moment: `exit.cjs PACKAGE`.
const { generate, generateString, hexDigits, stream } = require(process.argv[2]);

async function forever(call) {
  for (;;) await call();
}

forever(() => generate(100));
forever(() => generate(200_000));
forever(() => generateString(300, { algorithm: "spigot" }));
forever(() => hexDigits(100, 10));
forever(async () => {
  for await (const chunk of stream(3000)) chunk.fill(0);
});
setTimeout(() => process.exit(7), 60 * Math.random());
