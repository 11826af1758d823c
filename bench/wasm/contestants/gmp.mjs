// @ts-check
// GMP in WebAssembly, npm's gmp-wasm: the same series, split in the same way.
import { init } from "gmp-wasm";
import { serve } from "./serve.mjs";

const C3_OVER_24 = "10939058860032000";
const gmp = await init();

await serve((n) =>
  gmp.calculate((/** @type {any} */ { Integer }) => {
    const scale = n + 16;
    const [, q, t] = split(0, Math.floor(scale / 14.181647462725477) + 2, false);
    const root = Integer(10_005).mul(Integer(100).pow(scale)).sqrt();
    return q.mul(426_880).mul(root).div(t).toString().slice(0, n);

    /**
     * @param {number} a
     * @param {number} b
     * @param {boolean} needsP
     * @returns {any[]}
     */
    function split(a, b, needsP) {
      if (b - a === 1) {
        if (a === 0) return [Integer(1), Integer(1), Integer(13_591_409)];
        const p = Integer(6 * a - 5)
          .mul(2 * a - 1)
          .mul(6 * a - 1);
        const t = p.mul(Integer(String(13_591_409 + 545_140_134 * a)));
        const q = Integer(C3_OVER_24).mul(a).mul(a).mul(a);
        return [p, q, a % 2 === 0 ? t : t.neg()];
      }
      const middle = Math.floor((a + b) / 2);
      const [p1, q1, t1] = split(a, middle, true);
      const [p2, q2, t2] = split(middle, b, needsP);
      return [needsP ? p1.mul(p2) : undefined, q1.mul(q2), q2.mul(t1).add(p1.mul(t2))];
    }
  }),
);
