//! The bench of the exam hall: real servers, real stations, and a wire between them that can be
//! cut, delayed and garbled.

pub mod attacks;
pub mod desk;
pub mod fanout;
pub mod fuzz;
pub mod morning;
pub mod process;
pub mod proxy;
pub mod rest;
pub mod station;
pub mod window;

/// Polls `fact` until it holds or `limit` is over; tests wait for facts, not for time.
///
/// # Errors
///
/// Names `what` when it did not become true in time.
pub async fn until(
    what: &str,
    limit: std::time::Duration,
    mut fact: impl AsyncFnMut() -> bool,
) -> anyhow::Result<()> {
    let deadline = tokio::time::Instant::now() + limit;
    loop {
        if fact().await {
            return Ok(());
        }
        anyhow::ensure!(
            tokio::time::Instant::now() < deadline,
            "did not happen: {what}"
        );
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}
