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

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_deed_goes_on_when_nobody_waits_for_it_any_more() {
        let (go, going) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let mut caller = Box::pin(to_the_end(async move {
            going.await.unwrap();
            done.send("done").unwrap();
            Ok(())
        }));
        let waited = std::time::Duration::from_millis(20);
        assert!(tokio::time::timeout(waited, &mut caller).await.is_err());
        drop(caller);
        go.send(()).unwrap();
        assert_eq!(is_done.await, Ok("done"));
    }

    #[tokio::test]
    async fn a_deed_that_panics_is_a_fault() {
        let done: Result<(), Problem> = to_the_end(async { panic!("on purpose") }).await;
        assert_eq!(done.unwrap_err().status.as_u16(), 500);
    }
}
