//! Parts and their combination: any cut gives the digits of [`digits`], and nothing wrong adds up.

use cpu_time::ThreadTime;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// Miri has time for a few dozen terms.
const FARTHEST: u64 = if cfg!(miri) { 60 } else { 200_000 };

fn part(position: u64, count: usize, from: u64, to: u64) -> Part {
    partial(&Range { position, count, from, to }, &Options::new()).unwrap()
}

/// The parts of a cut at these terms.
fn parts(position: u64, count: usize, cuts: &[Index]) -> Vec<Part> {
    let terms = terms(position, count).unwrap();
    let mut borders: Vec<u64> = cuts.iter().map(|cut| cut.index(terms as usize + 1) as u64).collect();
    borders.extend([0, terms]);
    borders.sort_unstable();
    borders.dedup();
    borders.windows(2).map(|pair| part(position, count, pair[0], pair[1])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 64 }))]

    #[test]
    fn any_cut_in_any_order_with_repeats_gives_the_same_digits(
        position in prop_oneof![1..FARTHEST.min(100), 1..FARTHEST],
        count in 1..40usize,
        cuts in prop::collection::vec(any::<Index>(), 0..12),
        repeated in any::<Index>(),
        order in any::<u64>(),
    ) {
        let mut parts = parts(position, count, &cuts);
        let whole = part(position, count, 0, terms(position, count).unwrap());
        prop_assert_eq!(&merge(&parts).unwrap(), &whole);

        parts.push(parts[repeated.index(parts.len())].clone());
        parts.sort_by_key(|part| (part.from ^ order).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let sum = combine(&parts).unwrap();
        prop_assert_eq!(sum.position, position);
        prop_assert_eq!(&sum.fraction, &whole.fraction);
        prop_assert_eq!(sum.error_units, whole.error_units());
        prop_assert_eq!(sum.digits.as_str(), digits(position, sum.digits.len(), &Options::new()).unwrap());
        // But for a carry in doubt, there are as many as were asked for.
        prop_assert!(sum.digits.len() + 8 > count);
    }

    #[test]
    fn merging_in_a_tree_changes_nothing(
        position in 1..FARTHEST / 4,
        cuts in prop::collection::vec(any::<Index>(), 1..12),
        middle in any::<Index>(),
    ) {
        let parts = parts(position, 16, &cuts);
        let (left, right) = parts.split_at(middle.index(parts.len()));
        let halves: Vec<_> = [left, right].into_iter().filter(|half| !half.is_empty()).map(|half| merge(half).unwrap()).collect();
        prop_assert_eq!(combine(&halves), combine(&parts));
    }

    #[test]
    fn one_wrong_digit_among_repeated_parts_is_seen(at in any::<Index>(), change in 1..16u8) {
        let good = part(5000, 16, 10, 20);
        let mut digits = good.fraction.clone().into_bytes();
        let at = at.index(digits.len());
        let value = (digits[at] as char).to_digit(16).unwrap() as u8 ^ change;
        digits[at] = b"0123456789ABCDEF"[usize::from(value)];
        let bad = Part { fraction: String::from_utf8(digits).unwrap(), ..good.clone() };
        prop_assert_eq!(merge(&[good, bad]), Err(PartsError::Disagree { from: 10, to: 20 }));
    }

    #[test]
    fn plans_cover_all_terms_once(position in 1..15 * FARTHEST, jobs in 1..300usize) {
        let plan = plan(position, 16, Cut::Jobs(jobs), &Options::new()).unwrap();
        prop_assert_eq!(plan.terms, terms(position, 16).unwrap());
        prop_assert_eq!(plan.ranges.len() as u64, plan.terms.min(jobs as u64));
        prop_assert_eq!((plan.ranges[0].from, plan.ranges.last().unwrap().to), (0, plan.terms));
        prop_assert!(plan.ranges.iter().all(|range| range.from < range.to));
        prop_assert!(plan.ranges.windows(2).all(|pair| pair[0].to == pair[1].from));
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn parts_that_do_not_add_up_are_refused() {
    let terms = terms(5000, 16).unwrap();
    let [a, b, c] = [(0, 100), (100, 500), (500, terms)].map(|(from, to)| part(5000, 16, from, to));
    let refused = |parts: &[&Part]| combine(&parts.iter().copied().cloned().collect::<Vec<_>>()).unwrap_err();
    assert_eq!(refused(&[]), PartsError::Empty);
    assert_eq!(refused(&[&a, &c]), PartsError::Gap { from: 100, to: 500 });
    assert_eq!(refused(&[&b, &c]), PartsError::Gap { from: 0, to: 100 });
    assert_eq!(refused(&[&a, &b]), PartsError::Gap { from: 500, to: terms });
    assert_eq!(refused(&[&a, &part(5000, 16, 99, 500), &c]), PartsError::Overlap { from: 99, to: 100 });
    assert_eq!(refused(&[&a, &b, &part(5000, 16, 200, 300), &c]), PartsError::Overlap { from: 200, to: 300 });
    for other in [part(5001, 16, 100, 500), part(5000, 40, 100, 500)] {
        assert_eq!(refused(&[&a, &other, &c]), PartsError::Mixed { from: 100, to: 500 });
    }
    for damaged in [
        Part { fraction: String::new(), ..b.clone() },
        Part { fraction: b.fraction[1..].to_owned(), ..b.clone() },
        Part { fraction: b.fraction.replace(['0', '1'], "x"), ..b.clone() },
        Part { position: 0, ..b.clone() },
        Part { from: 500, ..b.clone() },
        Part { to: u64::MAX, ..b.clone() },
    ] {
        let Part { from, to, .. } = damaged;
        assert_eq!(refused(&[&a, &damaged, &c]), PartsError::Malformed { from, to });
    }
}

#[test]
#[cfg_attr(miri, ignore)]
fn ranges_and_plans_have_bounds() {
    let options = Options::new();
    let range = Range { position: 1000, count: 16, from: 0, to: 1 };
    let terms = terms(1000, 16).unwrap();
    for (from, to) in [(0, 0), (5, 4), (0, terms + 1), (u64::MAX, u64::MAX)] {
        let asked = partial(&Range { from, to, ..range }, &options);
        assert_eq!(asked, Err(Error::HexTerms { from, to, terms }));
    }
    let asked = partial(&Range { position: 0, ..range }, &options);
    assert_eq!(asked, Err(Error::HexPosition { asked: 0, max: MAX_POSITION }));
    let (asked, max) = (MAX_COUNT + 1, MAX_COUNT);
    let range = Range { count: asked, ..range };
    assert_eq!(partial(&range, &options), Err(Error::TooManyHexDigits { asked, max }));

    let plan = |cut| plan(1_000_000_000, 16, cut, &options);
    let refused = |asked| Err(Error::HexJobs { asked, max: MAX_JOBS });
    assert_eq!(plan(Cut::Jobs(0)), refused(0));
    assert_eq!(plan(Cut::Jobs(MAX_JOBS + 1)), refused(MAX_JOBS as u64 + 1));
    assert!(matches!(plan(Cut::Seconds(1e-9)), Err(Error::HexJobs { asked: 100_001.., .. })));
    assert!(matches!(plan(Cut::Seconds(0.0)), Err(Error::HexJobs { .. })));
    assert!(matches!(plan(Cut::Seconds(f64::NAN)), Err(Error::HexJobs { .. })));
    assert_eq!(plan(Cut::Seconds(f64::INFINITY)).unwrap_err(), Error::HexJobs { asked: 0, max: MAX_JOBS });
}

#[test]
#[cfg_attr(miri, ignore)]
fn jobs_of_a_plan_take_about_the_same_time() {
    // Other work disturbs the calibration now and then: the best of a few plans counts.
    let tries = (0..10).any(|_| {
        let options = Options::new().with_threads(std::num::NonZeroUsize::MIN);
        let plan = plan(100_000_000, 16, Cut::Jobs(100), &options).unwrap();
        let times = [0, 50, 99].map(|index| {
            let began = ThreadTime::now();
            partial(&plan.ranges[index], &options).unwrap();
            began.elapsed().as_secs_f64()
        });
        times.iter().all(|time| (0.6..1.6).contains(&(time / times[1])))
    });
    assert!(tries, "no plan of ten has jobs of equal time");
}
