//! The tasks of the console: each has a name, all hear the same stop, and one that dies is told
//! of instead of being missed hours later.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long tasks may take to end after they were told to.
const PATIENCE: Duration = Duration::from_secs(5);

/// A task that ended although nobody had asked it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Its name.
    pub name: &'static str,
}

/// All tasks of one console.
#[derive(Debug, Clone)]
pub struct Tasks {
    stop: CancellationToken,
    tracker: TaskTracker,
    dead: mpsc::UnboundedSender<Dead>,
}

impl Tasks {
    /// No tasks yet, and where the news of dead ones comes out.
    pub fn new() -> (Self, mpsc::UnboundedReceiver<Dead>) {
        let (dead, deaths) = mpsc::unbounded_channel();
        let tasks = Self {
            stop: CancellationToken::new(),
            tracker: TaskTracker::new(),
            dead,
        };
        (tasks, deaths)
    }

    /// Is cancelled when all tasks shall end.
    pub fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// Starts a task that shall run until the stop; ending earlier is told as its death.
    pub fn lasting(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        self.watched(name, true, work);
    }

    /// Starts a task that ends by itself, and that is given up at the stop: whatever it waits for
    /// then, a silent server or a long history, does not hold up the end. Only a panic is told.
    pub fn passing(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.watched(name, false, async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = work => {}
            }
        });
    }

    /// Starts a task that ends by itself and is waited for at the stop: half of it would be worse
    /// than none. Only a panic is told.
    pub fn finishing(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        self.watched(name, false, work);
    }

    fn watched(
        &self,
        name: &'static str,
        lasting: bool,
        work: impl Future<Output = ()> + Send + 'static,
    ) {
        let running = tokio::spawn(work);
        let (stop, dead) = (self.stop.clone(), self.dead.clone());
        self.tracker.spawn(async move {
            let failed = running.await.is_err();
            if failed || (lasting && !stop.is_cancelled()) {
                tracing::error!(task = name, failed, "a task has ended too early");
                // Nobody listens any more when the console is gone itself.
                drop(dead.send(Dead { name }));
            }
        });
    }

    /// Tells all tasks to end and waits for them, at most five seconds.
    pub async fn end(&self) {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(PATIENCE, self.tracker.wait())
            .await
            .is_err()
        {
            tracing::warn!(left = self.tracker.len(), "tasks did not end in time");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_ends_too_early_is_told_of_by_name() {
        let (tasks, mut deaths) = Tasks::new();
        tasks.passing("letter", async {});
        tasks.lasting("watch", async {});
        assert_eq!(deaths.recv().await, Some(Dead { name: "watch" }));
        tasks.end().await;
        assert!(deaths.try_recv().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_console_that_is_closed_waits_for_no_silent_server() {
        let (tasks, mut deaths) = Tasks::new();
        let began = tokio::time::Instant::now();
        tasks.passing("history", std::future::pending());
        tasks.end().await;
        assert_eq!(began.elapsed(), Duration::ZERO);
        assert!(deaths.try_recv().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn what_must_not_be_left_half_done_is_waited_for() {
        let (tasks, _deaths) = Tasks::new();
        let (done, is_done) = tokio::sync::oneshot::channel();
        tasks.finishing("renewal", async move {
            tokio::time::sleep(Duration::from_secs(2)).await;
            done.send(()).unwrap();
        });
        tasks.end().await;
        assert_eq!(is_done.await, Ok(()));
    }

    #[tokio::test]
    async fn a_task_that_ends_when_told_to_is_not_dead() {
        let (tasks, mut deaths) = Tasks::new();
        let stop = tasks.stop().clone();
        tasks.lasting("watch", async move { stop.cancelled().await });
        tasks.end().await;
        assert!(deaths.try_recv().is_err());
    }
}
