//! Deeds that move money are finished even if the caller hangs up in the middle.

use base::Fault;

use crate::problem::Problem;

/// Runs the deed as a task of its own, which nobody's hanging up can cut short.
///
/// # Errors
/// What the deed answers; a fault if it panicked.
pub async fn to_the_end<T: Send + 'static>(
    deed: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::spawn(deed).await {
        Ok(done) => done,
        Err(error) => Err(Fault::of("finish a deed that moves money", error).into()),
    }
}
