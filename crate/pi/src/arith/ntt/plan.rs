//! The choice of primes, bits a coefficient and length for a product.

use std::sync::atomic::{AtomicU16, Ordering};

use super::kernels::{Form, Kernels};
use super::layout::{LAYOUTS, Layout, MAX_LIMBS};
use super::primes::{ORDER_BITS, POWERS, PRIMES, SHORT};
use super::twiddle;
use crate::run::threads;
use crate::simd::{Detected, Line};

/// The shortest block that every level of instructions can transform.
const MIN_BLOCK: usize = 16;
/// From this many limbs on the choice is by memory, too.
const FRUGAL_MIN: usize = 1 << 16;
/// Points that a thread works on in the time in which threads that share a prime wait for each other.
const POINTS_OF_MEETINGS: usize = 1 << 12;
/// Lines between the primes' points, so that equal points of different primes differ in their cache sets.
const PAD: usize = 5;

/// How a product is computed: prime count, bits a coefficient, and length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    layout: &'static Layout,
    /// 4 to 8.
    rows: usize,
    /// Points of a row.
    stride: usize,
    cyclic: bool,
}

impl Plan {
    /// The cheapest plan whose product holds `limbs` limbs, the sum of `terms` products of that
    /// length together; that of [`MAX_LIMBS`] where they are more.
    pub(crate) fn for_product(limbs: usize, terms: usize) -> Self {
        let limbs = limbs.min(MAX_LIMBS);
        static FOUND: [Found; 2] = [const { Found::none() }; 2];
        FOUND[terms.clamp(1, 2) - 1].or(limbs, || {
            Self::cheapest(limbs, |layout, points| {
                let shapes = (4..=7).map(|rows| shape(points, rows));
                let plans = shapes.filter_map(|(rows, stride)| Self::with(layout, rows, stride, terms));
                plans.min_by_key(Self::cost)
            })
        })
    }

    /// The cheapest plan for products modulo 2^(64·m) − 1 with m ≥ `limbs`.
    pub(crate) fn cyclic(limbs: usize) -> Self {
        static FOUND: Found = Found::none();
        FOUND.or(limbs, || {
            Self::cheapest(limbs, |layout, points| {
                // At least 64 coefficients, which are a whole number of limbs whatever the digits.
                let (rows, stride) = shape(points, 4);
                let plan = Self { layout, rows, stride, cyclic: true };
                (plan.points() as f64 <= layout.max_products && plan.has_roots()).then_some(plan)
            })
        })
    }

    /// A plan for products, if the layout allows them.
    pub(super) fn with(layout: &'static Layout, rows: usize, stride: usize, terms: usize) -> Option<Self> {
        let plan = Self { layout, rows, stride, cyclic: false };
        // Of a coefficient's products, no more are non-zero than the shorter operand has.
        let products = terms * (plan.points() / 2 + 1);
        (products as f64 <= layout.max_products && plan.has_roots()).then_some(plan)
    }

    fn has_roots(&self) -> bool {
        self.points() <= 1 << ORDER_BITS
    }

    fn cheapest(limbs: usize, plan: impl Fn(&'static Layout, usize) -> Option<Self>) -> Self {
        let plans = || LAYOUTS.iter().filter_map(|layout| plan(layout, (64 * limbs).div_ceil(layout.bits())));
        let least = plans().map(|plan| plan.cost()).min().unwrap_or(0);
        // Of long products about the least memory, too: with many primes one prime of a factor is little.
        let most = if limbs < FRUGAL_MIN { least } else { least + least / 64 };
        let plans = plans().filter(|plan| plan.cost() <= most);
        plans.min_by_key(|plan| plan.bytes(1, 2, 1)).expect("a product that has its transforms")
    }

    /// m: the product is taken modulo 2^(64·m) − 1, or, from [`Plan::for_product`], has at most m limbs.
    pub(crate) fn modulus_limbs(&self) -> usize {
        self.points() * self.layout.bits() / 64
    }

    /// Time of a product by two forward transforms and one inverse, in picoseconds of some machine.
    ///
    /// The constants are fitted to what the measurement in `tune.rs` prints for AVX2; AVX-512 takes 0.8 of it throughout.
    pub(crate) fn cost(&self) -> u64 {
        const ROWS: [u64; 5] = [0, 460, 290, 900, 300];
        const PRIMES: [u64; 5] = if SHORT { [300, 300, 600, 600, 800] } else { [300, 0, 900, 800, 0] };
        let primes = self.layout.primes as u64;
        let levels = u64::from(self.stride.ilog2());
        let point = 5200
            + 320 * levels
            + 200 * (levels % 2)
            // Beyond the second-level cache.
            + 550 * levels.saturating_sub(12)
            + ROWS[self.rows - 4]
            + PRIMES[self.layout.primes - 3];
        primes * (self.points() as u64 * point + 200_000) + 150_000
    }

    /// Memory of one spectrum.
    pub(crate) fn spectrum_bytes(&self) -> usize {
        self.spectrum_lines() * size_of::<Line>()
    }

    /// Memory of so many spectra, and of so many primes of others for each prime that is worked on at once, with its table.
    pub(crate) fn bytes(&self, spectra: usize, primes: usize, threads: usize) -> usize {
        let (at_once, _) = self.shares(threads);
        let table =
            if self.table_len() > twiddle::MAX_KEPT { size_of::<f64>() * self.table_len() } else { 0 };
        spectra * self.spectrum_bytes() + at_once * (primes * self.prime_lines() * size_of::<Line>() + table)
    }

    /// The threads that work on a transform of all primes, of those that may.
    pub(crate) fn useful_threads(&self, threads: usize) -> usize {
        threads::for_points(self.primes() * self.points(), threads)
    }

    /// How threads share the primes: so many at once, each by so many threads. The fewest at once that take little longer
    /// than any others, since each at work has memory of its own.
    pub(super) fn shares(&self, threads: usize) -> (usize, usize) {
        let (primes, threads) = (self.primes(), self.useful_threads(threads));
        let time = |at_once: usize| {
            let each = threads / at_once;
            let meetings = if each > 1 { POINTS_OF_MEETINGS } else { 0 };
            primes.div_ceil(at_once) * (self.points() / each + meetings)
        };
        let candidates = 1..=threads.min(primes);
        let least = candidates.clone().map(time).min().unwrap_or(0);
        let at_once = candidates.clone().find(|&at_once| time(at_once) <= least + least / 8).unwrap_or(1);
        (at_once, threads / at_once)
    }

    /// Memory of the tables that stay after a computation that does these transforms, for the life of the process.
    ///
    /// Those of half the longest length may be with any number of primes, unless the tables are the first and shortest
    /// ones.
    pub(crate) fn table_bytes(plans: &[Self], simd: Detected) -> usize {
        let longest = plans.iter().max_by_key(|plan| plan.table_len());
        let half = |form| {
            let of_form = longest.filter(|plan| plan.kernels(simd).form() == form);
            of_form.map_or(
                0,
                |plan| if plan.table_len() / 2 < twiddle::MIN_LEN { 0 } else { plan.table_len() / 2 },
            )
        };
        let of_prime = |prime, form| {
            let users =
                plans.iter().filter(|plan| prime < plan.primes() && plan.kernels(simd).form() == form);
            twiddle::bytes(users.map(Self::table_len).fold(half(form), usize::max))
        };
        let tables = (0..PRIMES.len()).flat_map(|prime| [(prime, Form::Doubles), (prime, Form::Integers)]);
        tables.map(|(prime, form)| of_prime(prime, form)).sum()
    }

    pub(super) fn table_len(&self) -> usize {
        (self.points().next_power_of_two() / 2).max(64)
    }

    pub(super) fn spectrum_lines(&self) -> usize {
        self.primes() * self.prime_lines()
    }

    /// Lines from one prime's points to the next one's.
    pub(super) fn prime_lines(&self) -> usize {
        self.points() / Line::POINTS + PAD
    }

    pub(super) fn points(&self) -> usize {
        self.rows * self.stride
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn primes(&self) -> usize {
        self.layout.primes
    }

    pub(super) fn layout(&self) -> &'static Layout {
        self.layout
    }

    pub(super) fn is_cyclic(&self) -> bool {
        self.cyclic
    }

    /// The factor that undoes, modulo every prime, that of products and inverse transforms.
    pub(super) fn scale(&self, form: Form) -> &'static [f64; PRIMES.len()] {
        let transform = self.stride.ilog2() + if self.rows == 8 { 3 } else { 2 };
        let product = match form {
            Form::Doubles => 0,
            Form::Integers => 52,
        };
        &POWERS[(ORDER_BITS + product - transform) as usize]
    }

    pub(super) fn kernels(&self, simd: Detected) -> Kernels {
        Kernels::of(simd, self.stride)
    }
}

/// The plans of one kind that were found for short products, which are done on one thread: each is as good as new, and
/// to find it takes as long as to multiply some ten limbs.
struct Found([AtomicU16; 2048]);

impl Found {
    const fn none() -> Self {
        Self([const { AtomicU16::new(0) }; 2048])
    }

    /// The plan for so many limbs, found before or by `find`.
    fn or(&self, limbs: usize, find: impl FnOnce() -> Plan) -> Plan {
        let Some(found) = self.0.get(limbs) else { return find() };
        // The layout, the rows, the logarithm of the stride and whether it is cyclic; rows are never 0.
        let bits = usize::from(found.load(Ordering::Relaxed));
        if bits != 0 {
            return Plan {
                layout: &LAYOUTS[bits >> 12],
                rows: bits >> 8 & 15,
                stride: 1 << (bits >> 1 & 31),
                cyclic: bits & 1 == 1,
            };
        }
        let plan = find();
        let layout = LAYOUTS.iter().position(|layout| std::ptr::eq(layout, plan.layout));
        let bits = layout.expect("a layout of the table") << 12
            | plan.rows << 8
            | (plan.stride.ilog2() as usize) << 1
            | usize::from(plan.cyclic);
        found.store(bits as u16, Ordering::Relaxed);
        plan
    }
}

/// Rows, and points of a row, of the shortest transform of at least so many points with 5, 6 or 7 rows, or a power
/// of two for 4.
fn shape(points: usize, rows: usize) -> (usize, usize) {
    let stride = points.div_ceil(rows).next_power_of_two().max(MIN_BLOCK);
    // Four or eight rows leave an even number of levels, so that all of them go two at a time.
    if rows == 4 && !stride.ilog2().is_multiple_of(2) { (8, stride / 2) } else { (rows, stride) }
}
