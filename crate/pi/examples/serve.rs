//! Computes as many digits as each line of the input says, on one thread and the kernels that the argument names, and answers with
//! the milliseconds of processor time and the last digits: `node bench/wasm/run.mjs` asks it.

use std::io::{self, BufRead};
use std::num::NonZero;

use compute_pi::{Options, Simd, digits};
use cpu_time::ThreadTime;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "avx2".into());
    let simd = Simd::available()
        .find(|simd| simd.to_string() == wanted)
        .ok_or("this machine has no such kernels")?;
    let options = Options::new().with_threads(NonZero::<usize>::MIN).with_simd(simd);
    for line in io::stdin().lock().lines() {
        let before = ThreadTime::now();
        let text: String = digits(line?.parse()?, &options)?.to_string();
        let milliseconds = before.elapsed().as_secs_f64() * 1e3;
        // The point is no digit.
        let (length, last) = (text.len() - 1, &text[text.len().saturating_sub(20)..]);
        println!(r#"{{"milliseconds": {milliseconds}, "last": "{last}", "length": {length}}}"#);
    }
    Ok(())
}
