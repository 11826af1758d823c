//! Faults that the tests inject: one limb, digit or point is changed on its way from one step to the next.
//!
//! The hooks are compiled for tests alone. They strike on the thread that armed them.

use std::cell::Cell;

use crate::simd::Line;

/// Where faults can strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// P, Q or T of a leaf of the series.
    Leaf,
    /// A product by columns, or the sum of two, among them those that make up longer ones.
    Columns,
    /// A product of any length, in full.
    Product,
    /// The points of a transform, before its inverse.
    Points,
    /// The result of an inverse transform.
    Transform,
    /// A product modulo 2^(64·m) − 1, of Newton's method and the conversion.
    CyclicProduct,
    /// Q or T of the whole series, cut to the precision.
    Sum,
    /// The binary fraction, when the division is done.
    Fraction,
    /// The fraction of a node of the conversion; the first one is the whole, when it was checked.
    Node,
    /// Digits as they are written.
    Digits,
}

impl Site {
    pub(crate) const ALL: [Self; 10] = [
        Self::Leaf,
        Self::Columns,
        Self::Product,
        Self::Points,
        Self::Transform,
        Self::CyclicProduct,
        Self::Sum,
        Self::Fraction,
        Self::Node,
        Self::Digits,
    ];
}

/// One fault: at the visit to a site with this number, a place within the data, and what is changed there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) site: Site,
    pub(crate) visit: usize,
    /// From 0 to 1.
    pub(crate) place: f64,
    /// Not zero.
    pub(crate) change: u64,
}

thread_local! {
    static ARMED: Cell<Option<Fault>> = const { Cell::new(None) };
    static VISITS: Cell<[usize; Site::ALL.len()]> = const { Cell::new([0; Site::ALL.len()]) };
}

/// Does `work` with a fault in it; how often each site was visited, in the order of [`Site::ALL`].
pub(crate) fn during<T>(fault: Option<Fault>, work: impl FnOnce() -> T) -> (T, [usize; Site::ALL.len()]) {
    ARMED.set(fault);
    VISITS.set([0; Site::ALL.len()]);
    let result = work();
    ARMED.set(None);
    (result, VISITS.get())
}

/// A buffer that can be struck.
pub(crate) trait Data {
    fn change(&mut self, by: u64);
}

impl Data for u64 {
    fn change(&mut self, by: u64) {
        *self ^= by;
    }
}

impl Data for u8 {
    /// To another digit.
    fn change(&mut self, by: u64) {
        *self = (*self + 1 + (by % 9) as u8) % 10;
    }
}

impl Data for Line {
    /// By a small amount, so that the transforms' bounds hold.
    fn change(&mut self, by: u64) {
        self.0[(by % 8) as usize] += 1.0;
    }
}

/// A visit to a site.
pub(crate) fn strike<T: Data>(site: Site, data: &mut [T]) {
    let mut visits = VISITS.get();
    let visit = visits[site as usize];
    visits[site as usize] += 1;
    VISITS.set(visits);
    if let Some(fault) = ARMED.get()
        && (fault.site, fault.visit) == (site, visit)
        && !data.is_empty()
    {
        data[(fault.place * data.len() as f64) as usize].change(fault.change);
    }
}
