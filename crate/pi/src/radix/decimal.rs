//! Words to decimal digits.

/// 10^18
const TEN_18: u64 = 1_000_000_000_000_000_000;

/// The 27 digits of a number below 10^27.
pub(super) fn digits_27(number: u128) -> [u8; 27] {
    debug_assert!(number < u128::from(TEN_18) * 1_000_000_000);
    // ⌊number/10^18⌋ from the upper 64 of its 90 bits; both roundings are down, and cost less than one together.
    const SHIFTED_RECIPROCAL: u64 = ((1u128 << 90) / TEN_18 as u128) as u64;
    let mut high = (((number >> 26) * u128::from(SHIFTED_RECIPROCAL)) >> 64) as u64;
    let mut low = (number as u64).wrapping_sub(high.wrapping_mul(TEN_18));
    if low >= TEN_18 {
        high += 1;
        low -= TEN_18;
    }
    let mut digits = [0; 27];
    for (digits, nine) in
        digits.as_chunks_mut::<9>().0.iter_mut().zip([high, low / 1_000_000_000, low % 1_000_000_000])
    {
        digits[0] = (nine / 100_000_000) as u8;
        digits[1..].copy_from_slice(&digits_8(nine % 100_000_000));
    }
    digits
}

/// The 8 digits of a number below 10^8, halved three times within one word.
fn digits_8(number: u64) -> [u8; 8] {
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    // n/100 for n < 10^4, n/10 for n < 100.
    let hundreds = ((fours * 10_486) >> 20) & 0x7f_0000_007f;
    let twos = hundreds | ((fours - 100 * hundreds) << 16);
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    let ones = tens | ((twos - 10 * tens) << 8);
    ones.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(number: u128, count: usize) -> Vec<u8> {
        format!("{number:0count$}").bytes().map(|c| c - b'0').collect()
    }

    #[test]
    fn digits_of_eight() {
        let step = if cfg!(miri) { 999_983 } else { 97 };
        for number in (0..100_000_000).step_by(step).chain([9_999, 99_999_999]) {
            assert_eq!(digits_8(number)[..], expected(number.into(), 8)[..]);
        }
        // All that the two divisions by multiplication can meet.
        for number in (0..10_000).step_by(if cfg!(miri) { 101 } else { 1 }) {
            assert_eq!(
                digits_8(number * 10_000 + number)[..],
                expected((number * 10_000 + number).into(), 8)[..]
            );
        }
    }

    #[test]
    fn digits_of_twenty_seven() {
        let ten_18 = u128::from(TEN_18);
        let edges = (0..1_000_000_000u128).step_by(if cfg!(miri) { 99_999_989 } else { 9_973 });
        for number in
            edges.flat_map(|high| [high * ten_18, high * ten_18 + ten_18 - 1]).chain([1, 10u128.pow(27) - 1])
        {
            assert_eq!(digits_27(number)[..], expected(number, 27)[..]);
        }
    }
}
