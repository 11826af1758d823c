//! The work: it knows of no JavaScript.

use neon_boundary::Job;

use crate::failure::Failure;

// The code of `blake3` for arm64 is in C and calls back into Rust by a name, which a binary has to keep to itself.
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
#[allow(unsafe_code, reason = "it says how a name is linked, and is no code")]
mod link {
    std::arch::global_asm!(".hidden blake3_compress_in_place_portable");
}

/// Bytes between two looks at the job: a fraction of a millisecond.
const BLOCK: usize = 1 << 20;

/// The BLAKE3 digest of `bytes`.
pub fn digest(bytes: &[u8], job: &Job) -> Result<[u8; 32], Failure> {
    let mut hasher = blake3::Hasher::new();
    job.begin(bytes.len() as u64);
    for block in bytes.chunks(BLOCK) {
        if job.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        hasher.update(block);
        job.advance(block.len() as u64);
    }
    Ok(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_make_the_digest_of_the_whole() {
        let bytes: Vec<u8> = (0..3 * BLOCK + 7).map(|at| at as u8).collect();
        let job = Job::default();
        assert_eq!(digest(&bytes, &job).unwrap(), *blake3::hash(&bytes).as_bytes());
        assert_eq!(job.fraction(), 1.0);
    }

    #[test]
    fn a_cancelled_job_ends() {
        let job = Job::default();
        job.cancel();
        assert_eq!(digest(&[0], &job), Err(Failure::Cancelled));
    }
}
