//! Parts of hexadecimal digits, added up.

use compute_pi::hex::{self, Part};

use crate::{failure, reply};

/// Replies with the merged fraction, and its first and last term.
#[unsafe(no_mangle)]
pub extern "C" fn hex_digits_merge(parts: usize) -> u32 {
    match hex::merge(&read(parts)) {
        Ok(part) => reply::give(part.fraction.into_bytes(), [part.from as f64, part.to as f64, 0.0]),
        Err(error) => failure::parts(error),
    }
}

/// Replies with the fraction and, behind it, the digits, whose length is a number; the other one is the error.
#[unsafe(no_mangle)]
pub extern "C" fn hex_digits_combine(parts: usize) -> u32 {
    match hex::combine(&read(parts)) {
        Ok(sum) => {
            let numbers = [sum.digits.len() as f64, sum.error_units as f64, 0.0];
            reply::give([sum.fraction, sum.digits].concat().into_bytes(), numbers)
        }
        Err(error) => failure::parts(error),
    }
}

/// The numbers of a part: its position, `from`, `to`, and the length of its fraction.
const NUMBERS: usize = 4;

/// Reads so many parts from the input: the numbers of each, as doubles, and their fractions one after the other.
fn read(parts: usize) -> Vec<Part> {
    let input = reply::take_input();
    let (numbers, mut fractions) = input.split_at(parts * NUMBERS * size_of::<f64>());
    let numbers: Vec<f64> = numbers.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    numbers
        .chunks_exact(NUMBERS)
        .map(|part| {
            let (fraction, rest) = fractions.split_at((part[3] as usize).min(fractions.len()));
            fractions = rest;
            Part {
                position: part[0] as u64,
                from: part[1] as u64,
                to: part[2] as u64,
                fraction: String::from_utf8_lossy(fraction).into_owned(),
            }
        })
        .collect()
}
