//! Counts what as many digits as each line of the input says take on one CPU and on those that the arguments name, in milliseconds:
//! `node bench/threads/span.mjs` asks it. The build has to count: `RUSTFLAGS="--cfg work_and_span"`.

#[cfg(work_and_span)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::io::{self, BufRead};
    use std::num::NonZero;
    use std::time::Duration;

    use compute_pi::{Options, digits, schedule};

    /// A thread that is awake has seen the work of another one, and that one its end, after so long.
    const MEETING: Duration = Duration::from_micros(5);

    let arguments = std::env::args().skip(1).map(|cpus| cpus.parse());
    let cpus: Vec<NonZero<usize>> = arguments.collect::<Result<_, _>>()?;
    for line in io::stdin().lock().lines() {
        let n = line?.parse()?;
        let time = |cpus| -> Result<f64, compute_pi::Error> {
            let options = Options::new().with_cpus(cpus);
            let (digits, schedule) = schedule(MEETING, || digits(n, &options));
            digits.map(|_| schedule.span.as_secs_f64() * 1e3)
        };
        let one = time(NonZero::<usize>::MIN)?;
        let many = cpus.iter().map(|&cpus| time(cpus)).collect::<Result<Vec<_>, _>>()?;
        println!(r#"{{"digits": {n}, "one": {one}, "many": {many:?}}}"#);
    }
    Ok(())
}

#[cfg(not(work_and_span))]
fn main() {
    eprintln!("nothing is counted without RUSTFLAGS=\"--cfg work_and_span\"");
    std::process::exit(1);
}
