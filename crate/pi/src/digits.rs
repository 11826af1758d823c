//! All the digits at once.

use std::fmt;
use std::ops::Deref;

use crate::admission::admit;
use crate::run::allocation::refusable;
use crate::run::{Algorithm, Error, Options};
use crate::verify::Verification;
use crate::{chudnovsky, spigot};

/// The first decimal digits of pi, the leading 3 included: a slice of values from 0 to 9.
///
/// Written out, they are 3.14159…
///
/// ```
/// use compute_pi::{Options, digits};
///
/// let digits = digits(8, &Options::new())?;
/// assert_eq!(digits[1..4], [1, 4, 1]);
/// assert_eq!(digits.to_string(), "3.1415926");
/// assert_eq!(digits.into_vec(), [3, 1, 4, 1, 5, 9, 2, 6]);
/// # Ok::<(), compute_pi::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    digits: Vec<u8>,
    verification: Option<Verification>,
}

impl Digits {
    /// The digits alone.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.digits
    }

    /// How they were verified; none without [`Options::with_verification`], or when there are no digits.
    #[must_use]
    pub fn verification(&self) -> Option<Verification> {
        self.verification
    }
}

impl Deref for Digits {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.digits
    }
}

impl From<Digits> for Vec<u8> {
    fn from(digits: Digits) -> Self {
        digits.into_vec()
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 1 << 10];
        let (first, others) = self.digits.split_at(self.digits.len().min(1));
        for (point, digits) in [("", first), (if others.is_empty() { "" } else { "." }, others)] {
            f.write_str(point)?;
            for digits in digits.chunks(buffer.len()) {
                let text = &mut buffer[..digits.len()];
                text.iter_mut().zip(digits).for_each(|(character, digit)| *character = b'0' + digit);
                f.write_str(str::from_utf8(text).map_err(|_| fmt::Error)?)?;
            }
        }
        Ok(())
    }
}

/// The first `n` decimal digits of pi, the leading 3 included, each a value from 0 to 9.
///
/// The digits are truncated, never rounded.
///
/// # Errors
///
/// [`Error::Cancelled`] after [`Handle::cancel`](crate::Handle::cancel), [`Error::TooManyDigits`] above
/// [`MAX_DIGITS`](crate::MAX_DIGITS), [`Error::Memory`], before any work, when [`estimate`](crate::estimate()) is above
/// [`Options::with_max_memory`], [`Error::Allocation`] when the system refuses memory all the same, and
/// [`Error::Verification`], with [`Options::with_verification`], when a check fails.
///
/// ```
/// use compute_pi::{Algorithm, Options, digits};
///
/// let options = Options::new().with_algorithm(Algorithm::Spigot);
/// assert_eq!(*digits(3, &options)?, [3, 1, 4]);
/// # Ok::<(), compute_pi::Error>(())
/// ```
pub fn digits(n: usize, options: &Options) -> Result<Digits, Error> {
    let job = admit(n, options)?;
    let (digits, verification) = refusable(|| match options.algorithm() {
        Algorithm::Chudnovsky => chudnovsky::digits(n, &job),
        Algorithm::Spigot => spigot::digits(n, &job),
    })?;
    Ok(Digits { digits, verification })
}
