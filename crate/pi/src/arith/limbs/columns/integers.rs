//! Products of short numbers by columns, in digits of 52 bits, by AVX-512IFMA.
//!
//! As in [`super::doubles`], with the lower and the upper halves of the products of digits as they
//! come: the upper ones of one row belong to the columns of the row before.

use std::arch::x86_64::*;
use std::mem::MaybeUninit;

use crate::simd::Ifma;

/// Bits of a digit.
pub(super) const BITS: usize = 52;
const MASK: i64 = (1 << BITS) - 1;
/// Vectors of columns that are summed together, and their columns and limbs.
const GROUP: usize = 4;
const COLUMNS: usize = 8 * GROUP;
const LIMBS: usize = COLUMNS * BITS / 64;
/// Limbs that the vectors of a group's digits reach over.
const ROOM: usize = LIMBS + 2;

/// The longest operand, in limbs.
pub(super) const MAX_LIMBS: usize = super::doubles::MAX_LIMBS;
/// Its digits, in whole vectors.
pub(super) const FACTOR_DIGITS: usize = (64 * MAX_LIMBS).div_ceil(BITS).next_multiple_of(8);

/// The rows that meet a column at most, those of both products together, and those that only their upper halves do.
const MAX_ROWS: u64 = 2 * (FACTOR_DIGITS as u64 + 1);

// The sum of lower and upper halves is a word, and what it has above a digit carries at most one.
const _: () = {
    let digit = (1 << BITS) - 1;
    assert!(2 * MAX_ROWS <= u64::MAX / digit);
    assert!(digit + (u64::MAX >> BITS) < 2 * digit);
};

/// Digits of a number, between zeros.
type Room = [MaybeUninit<u64>; FACTOR_DIGITS + 2 * COLUMNS];

/// See [`super::products`].
#[inline(always)]
pub(super) fn products(out: &mut [u64], products: &[[&[u64]; 2]], _: Ifma) {
    // SAFETY: the token says that the machine has these features.
    unsafe { by_columns(out, products) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512ifma,avx2,fma,bmi2")]
fn by_columns(out: &mut [u64], products: &[[&[u64]; 2]]) {
    let mut room = [const { [const { MaybeUninit::uninit() }; FACTOR_DIGITS + 2 * COLUMNS] }; 4];
    let [a, b, c, d]: &mut [Room; 4] = &mut room;
    match *products {
        [[x, y]] => columns(out, [[split(a, x, COLUMNS), split(b, y, 8)]]),
        [[x, y], [z, w]] => {
            columns(out, [[split(a, x, COLUMNS), split(b, y, 8)], [split(c, z, COLUMNS), split(d, w, 8)]])
        }
        _ => unreachable!("one product or two"),
    }
}

/// The digits of a number between so many zeros, whole vectors.
#[target_feature(enable = "avx512f,avx512bw,avx512dq")]
fn split<'a>(room: &'a mut Room, limbs: &[u64], zeros: usize) -> &'a [u64] {
    let count = (64 * limbs.len()).div_ceil(BITS);
    let vectors = count.div_ceil(8);
    let zero = _mm512_setzero_si512();
    let (end, after) = (zeros + 8 * vectors, zeros / 8);
    assert!(end + zeros <= room.len());
    let to: *mut u64 = room.as_mut_ptr().cast();
    // Eight digits are 52 bytes; a digit is in the four words of 16 bits from the one in which it begins.
    let words = _mm512_set_epi16(
        25, 24, 23, 22, 22, 21, 20, 19, 19, 18, 17, 16, 16, 15, 14, 13, 12, 11, 10, 9, 9, 8, 7, 6, 6, 5, 4,
        3, 3, 2, 1, 0,
    );
    let shifts = _mm512_set_epi64(12, 8, 4, 0, 12, 8, 4, 0);
    let bytes = size_of_val(limbs);
    for vector in 0..vectors {
        let from = limbs.as_ptr().cast::<i8>();
        let at = 52 * vector;
        let left = bytes - at;
        let mask = if left >= 64 { u64::MAX } else { (1 << left) - 1 };
        // SAFETY: bytes beyond the number are masked, and so not read; the room reaches beyond the last vector.
        unsafe {
            let eight = _mm512_maskz_loadu_epi8(mask, from.add(at));
            let digits = _mm512_srlv_epi64(_mm512_permutexvar_epi16(words, eight), shifts);
            let digits = _mm512_and_si512(digits, _mm512_set1_epi64(MASK));
            _mm512_storeu_si512(to.add(zeros + 8 * vector).cast(), digits);
        }
    }
    for vector in 0..after {
        // SAFETY: as above.
        unsafe {
            _mm512_storeu_si512(to.add(8 * vector).cast(), zero);
            _mm512_storeu_si512(to.add(end + 8 * vector).cast(), zero);
        }
    }
    // SAFETY: the digits and the zeros on both sides were just written.
    unsafe { room[..zeros + count + zeros].assume_init_ref() }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512ifma")]
fn columns<const N: usize>(out: &mut [u64], factors: [[&[u64]; 2]; N]) {
    let mut carry = Carry { above: _mm512_setzero_si512(), one: 0 };
    for (group, at) in (0..out.len()).step_by(LIMBS).enumerate() {
        let first = group * COLUMNS;
        let (mut low, mut high) = ([_mm512_setzero_si512(); GROUP], [_mm512_setzero_si512(); GROUP]);
        for [a, b] in factors {
            let (a_len, b_len) = (a.len() - 2 * COLUMNS, b.len() - 16);
            // Rows that meet one of the columns with a digit that is there, and the one whose upper halves do.
            let to = (b_len + 1).min(first + COLUMNS);
            let from = (first + 1).saturating_sub(a_len);
            if from >= to {
                continue;
            }
            let a = &a[COLUMNS + first + 1 - to..];
            let rows = &b[8 + from - 1..8 + to];
            for (a, rows) in a.windows(COLUMNS).zip(rows.windows(2).rev()) {
                let (b, before) = (_mm512_set1_epi64(rows[1] as i64), _mm512_set1_epi64(rows[0] as i64));
                for g in 0..GROUP {
                    let a = bytemuck::pod_read_unaligned(bytemuck::cast_slice(&a[8 * g..8 * g + 8]));
                    low[g] = _mm512_madd52lo_epu64(low[g], a, b);
                    high[g] = _mm512_madd52hi_epu64(high[g], a, before);
                }
            }
        }
        for g in 0..GROUP {
            low[g] = _mm512_add_epi64(low[g], high[g]);
        }
        carry.write(&mut out[at..], low);
    }
}

/// The state between two groups of columns.
struct Carry {
    /// The part of the last columns above a digit.
    above: __m512i,
    one: u64,
}

impl Carry {
    /// The limbs of a group of columns.
    #[target_feature(enable = "avx512f,avx512bw,avx512dq")]
    fn write(&mut self, out: &mut [u64], mut sums: [__m512i; GROUP]) {
        let mask = _mm512_set1_epi64(MASK);
        let (mut carried, mut full) = (0, 0);
        for (g, sum) in sums.iter_mut().enumerate() {
            let above = _mm512_srli_epi64::<{ BITS as u32 }>(*sum);
            let digit = _mm512_and_si512(*sum, mask);
            *sum = _mm512_add_epi64(digit, _mm512_alignr_epi64::<7>(above, self.above));
            self.above = above;
            carried |= u64::from(_mm512_cmpgt_epi64_mask(*sum, mask)) << (8 * g);
            full |= u64::from(_mm512_cmpeq_epi64_mask(*sum, mask)) << (8 * g);
        }
        // A carry goes on through digits that are full: addition does so with bits that are ones.
        let flipped = ((carried << 1 | self.one) + full) ^ full;
        self.one = flipped >> COLUMNS;
        let mut room = [0u64; ROOM];
        let direct = out.len() >= ROOM;
        let to = if direct { out.first_chunk_mut().expect("enough limbs") } else { &mut room };
        let to: *mut i8 = to.as_mut_ptr().cast();
        for (g, sum) in sums.into_iter().enumerate() {
            let digits = _mm512_mask_add_epi64(sum, (flipped >> (8 * g)) as u8, sum, _mm512_set1_epi64(1));
            let seven = packed(_mm512_and_si512(digits, mask));
            // SAFETY: `ROOM` limbs reach to the end of the last vector.
            unsafe { _mm512_storeu_si512(to.add(8 * BITS / 8 * g).cast(), seven) };
        }
        if !direct {
            let len = out.len().min(LIMBS);
            out[..len].copy_from_slice(&room[..len]);
        }
    }
}

/// The six and a half limbs of eight digits.
#[target_feature(enable = "avx512f")]
fn packed(digits: __m512i) -> __m512i {
    // A limb has bits of two digits, and the one at 256 of a third.
    let low = _mm512_permutexvar_epi64(_mm512_set_epi64(0, 7, 6, 4, 3, 2, 1, 0), digits);
    let low = _mm512_srlv_epi64(low, _mm512_set_epi64(64, 20, 8, 48, 36, 24, 12, 0));
    let high = _mm512_permutexvar_epi64(_mm512_set_epi64(0, 0, 7, 5, 4, 3, 2, 1), digits);
    let high = _mm512_sllv_epi64(high, _mm512_set_epi64(64, 64, 44, 4, 16, 28, 40, 52));
    let third = _mm512_slli_epi64::<56>(_mm512_maskz_permutexvar_epi64(1 << 4, _mm512_set1_epi64(6), digits));
    _mm512_ternarylogic_epi64::<0xfe>(low, high, third)
}
