//! Decimal digits, at once and in chunks.

use std::sync::{Mutex, PoisonError};

use compute_pi::{DigitStream, Verification};

use crate::estimate::algorithm;
use crate::{failure, host, reply};

/// The one stream of this module.
static STREAM: Mutex<Option<DigitStream>> = Mutex::new(None);

/// Replies with so many digits, each a byte of its value more than `zero`, and how they were proved.
#[unsafe(no_mangle)]
pub extern "C" fn digits(n: usize, spigot: u32, zero: u32, max_memory: f64, verify: u32) -> u32 {
    let options = host::options(max_memory, verify).with_algorithm(algorithm(spigot));
    match compute_pi::digits(n, &options) {
        Ok(digits) => {
            let verification = digits.verification();
            give(digits.into_vec(), zero as u8, verification)
        }
        Err(error) => failure::engine(error),
    }
}

/// Opens the stream of this module, one without end for an infinite n.
#[unsafe(no_mangle)]
pub extern "C" fn open_stream(n: f64, spigot: u32, max_memory: f64, verify: u32) -> u32 {
    let options = host::options(max_memory, verify).with_algorithm(algorithm(spigot));
    let stream =
        if n.is_finite() { DigitStream::new(n as usize, &options) } else { DigitStream::endless(&options) };
    match stream {
        Ok(stream) => {
            *STREAM.lock().unwrap_or_else(PoisonError::into_inner) = Some(stream);
            0
        }
        Err(error) => failure::engine(error),
    }
}

/// Replies with the next chunk of the stream, as ASCII digits; after the last digits with how they were proved, too.
#[unsafe(no_mangle)]
pub extern "C" fn next_chunk(max: usize) -> u32 {
    let mut stream = STREAM.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(stream) = stream.as_mut() else { return give(Vec::new(), b'0', None) };
    match stream.read_chunk(max) {
        Ok(chunk) => give(chunk, b'0', stream.verification()),
        Err(error) => failure::engine(error),
    }
}

fn give(mut digits: Vec<u8>, zero: u8, verification: Option<Verification>) -> u32 {
    digits.iter_mut().for_each(|digit| *digit += zero);
    let (position, count) = verification.map_or((0.0, 0.0), |verification| {
        (verification.hex_position as f64, f64::from(verification.hex_digits))
    });
    reply::give(digits, [position, count, 0.0])
}
