use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::{Handle, estimate};

fn read(mut stream: DigitStream, max: usize) -> Vec<u8> {
    let mut digits = Vec::new();
    loop {
        let chunk = stream.read_chunk(max).unwrap();
        assert!(chunk.len() <= max);
        if chunk.is_empty() {
            return digits;
        }
        digits.extend(chunk);
    }
}

#[test]
fn chunks_are_the_digits() {
    let sizes: &[usize] = if cfg!(miri) { &[0, 30] } else { &[0, 1, 27, 999, 1000, 1025, 3000] };
    for &n in sizes {
        let expected = crate::digits(n, &Options::new()).unwrap();
        for max in [1, 7, 900, 1024, 5000] {
            for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
                let stream = DigitStream::new(n, &Options::new().with_algorithm(algorithm)).unwrap();
                assert_eq!(read(stream, max), *expected, "{n} digits by {max}, {algorithm:?}");
            }
        }
    }
}

#[test]
fn chunks_come_before_the_work_is_done() {
    let n = if cfg!(miri) { 300 } else { 100_000 };
    for algorithm in [Algorithm::Chudnovsky, Algorithm::Spigot] {
        let handle = Handle::new();
        let options = Options::new().with_algorithm(algorithm).with_handle(&handle);
        let mut stream = DigitStream::new(n, &options).unwrap();
        assert_eq!(stream.read_chunk(0), Ok(vec![]));
        assert_eq!(stream.read_chunk(5), Ok(vec![3, 1, 4, 1, 5]));
        if n > 300 {
            assert!(handle.progress().fraction < 0.999, "{algorithm:?}");
        }
        handle.cancel();
        assert_eq!(stream.read_chunk(5), Err(Error::Cancelled));
    }
}

#[test]
fn digits_and_chunks_come_from_one_stream() {
    let n = if cfg!(miri) { 40 } else { 3000 };
    let options = Options::new().with_verification();
    let expected = crate::digits(n, &options).unwrap();
    let mut stream = DigitStream::new(n, &options).unwrap();
    let mut digits: Vec<u8> = stream.by_ref().take(7).map(Result::unwrap).collect();
    digits.extend(stream.read_chunk(3).unwrap());
    digits.extend(stream.by_ref().map(Result::unwrap));
    assert_eq!(digits, *expected);
    assert_eq!(stream.verification(), expected.verification());
    assert_eq!((stream.next(), stream.read_chunk(9)), (None, Ok(vec![])));
}

#[test]
fn an_error_is_the_last_item() {
    let handle = Handle::new();
    let mut stream = DigitStream::new(5000, &Options::new().with_handle(&handle)).unwrap();
    handle.cancel();
    assert_eq!([stream.next(), stream.next()], [Some(Err(Error::Cancelled)), None]);
    assert_eq!(stream.read_chunk(9), Err(Error::Cancelled));
}

#[test]
fn more_guard_limbs_go_on_where_fewer_stopped() {
    let n = if cfg!(miri) { 40 } else { 5000 };
    let job = Job::new();
    let mut digits = Vec::new();
    let mut guard = 1;
    while digits.len() < n {
        let (mut binary, _, skipped) = Binary::new(n, guard, digits.len(), &job, None).unwrap();
        assert_eq!(skipped, digits.len());
        let start = digits.len();
        digits.resize(start + binary.conversion.next_len(&binary.cx).unwrap(), 0);
        assert!(binary.conversion.write_leaf(&mut digits[start..], &binary.cx));
        guard += 1;
    }
    assert_eq!(digits, *crate::digits(n, &Options::new()).unwrap());
}

#[test]
#[cfg_attr(miri, ignore)]
fn streams_without_end_give_the_same_digits() {
    let n = 150_000;
    let expected = crate::digits(n, &Options::new()).unwrap();
    for (threads, max, verify) in [(1, 1 << 16, false), (3, 1000, true), (1, 5001, false)] {
        let mut options = Options::new().with_cpus(threads.try_into().unwrap());
        if verify {
            options = options.with_verification();
        }
        let mut stream = DigitStream::endless(&options).unwrap();
        let mut digits = Vec::new();
        while digits.len() < n {
            let chunk = stream.read_chunk(max.min(n - digits.len())).unwrap();
            assert!(!chunk.is_empty());
            digits.extend(chunk);
        }
        assert_eq!(digits, *expected, "{threads} threads, chunks of {max}");
        assert_eq!(stream.verification().is_some(), verify);
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn the_spigot_has_no_end_either() {
    let options = Options::new().with_algorithm(Algorithm::Spigot).with_verification();
    let digits: Vec<u8> =
        DigitStream::endless(&options).unwrap().take(5000).collect::<Result<_, _>>().unwrap();
    assert_eq!(digits, *crate::digits(5000, &Options::new()).unwrap());
}

#[test]
#[cfg_attr(miri, ignore)]
fn streams_without_end_stop_where_memory_does() {
    let allowed = 2_000_000;
    let options = Options::new().with_cpus(1.try_into().unwrap()).with_max_memory(allowed);
    let mut stream = DigitStream::endless(&options).unwrap();
    let mut digits = Vec::new();
    let error = loop {
        match stream.read_chunk(1 << 16) {
            Ok(chunk) => digits.extend(chunk),
            Err(error) => break error,
        }
    };
    assert!(
        matches!(error, Error::Memory { needed, allowed: limit } if needed > allowed && limit == allowed)
    );
    assert_eq!(stream.read_chunk(1), Err(error));
    // A stream that ends gives up to twice as many, since it keeps nothing.
    assert!(estimate(digits.len() * 5 / 2, &options).memory > allowed, "{} digits", digits.len());
    assert_eq!(digits, *crate::digits(digits.len(), &options).unwrap());
    let none = DigitStream::endless(&Options::new().with_max_memory(9)).err();
    assert!(matches!(none, Some(Error::Memory { allowed: 9, .. })), "{none:?}");
}

#[test]
#[cfg_attr(miri, ignore)]
fn streams_without_end_can_be_cancelled() {
    let handle = Handle::new();
    let mut stream = DigitStream::endless(&Options::new().with_handle(&handle)).unwrap();
    assert_eq!(stream.read_chunk(3), Ok(vec![3, 1, 4]));
    handle.cancel();
    assert_eq!(stream.read_chunk(3), Err(Error::Cancelled));
    assert_eq!(DigitStream::endless(&Options::new().with_handle(&handle)).err(), Some(Error::Cancelled));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Stages that double and stages that memory keeps short, which begin within a leaf.
    #[test]
    #[cfg_attr(miri, ignore)]
    fn any_stages_and_chunks_give_the_same_digits(
        reads in proptest::collection::vec((1usize..9000, 0u64..2), 1..30),
        threads in 1usize..3,
    ) {
        static EXPECTED: OnceLock<Vec<u8>> = OnceLock::new();
        let expected =
            EXPECTED.get_or_init(|| crate::digits(30 * 9000, &Options::new()).unwrap().into_vec());
        let mut stream =
            DigitStream::endless(&Options::new().with_cpus(threads.try_into().unwrap())).unwrap();
        let mut digits = Vec::new();
        for (max, room) in reads {
            stream.plan_stage(|stage| stage.memory < room << 40);
            let chunk = stream.read_chunk(max).unwrap();
            prop_assert!((1..=max).contains(&chunk.len()));
            digits.extend(chunk);
        }
        prop_assert!(expected.starts_with(&digits));
    }
}
