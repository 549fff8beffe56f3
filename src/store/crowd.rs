//! When a batch is full: a lone visitor is served at once, a crowd together.
//!
//! Owns how long a batch waits for company; knows nothing of what is in it.

use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// How long a batch waits for company while there is a crowd. Far below what anybody notices, and enough to make the cost
/// of a statement and of a commit small beside that of its rows.
const WINDOW: Duration = Duration::from_millis(2);

/// Whether many came together of late.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    is_here: bool,
}

impl Crowd {
    /// Waits for the first item, takes those that wait with it and, in a crowd, those of the next moment; at most `most`.
    /// Returns how many there are; 0 when nobody can come any more.
    pub(super) async fn gather<T>(
        &mut self,
        queue: &mut mpsc::Receiver<T>,
        batch: &mut Vec<T>,
        most: usize,
    ) -> usize {
        let mut count = queue.recv_many(batch, most).await;
        if self.is_here && count > 0 {
            let end = Instant::now() + WINDOW;
            while count < most {
                match timeout_at(end, queue.recv_many(batch, most - count)).await {
                    Ok(0) | Err(_) => break,
                    Ok(more) => count += more,
                }
            }
        }
        self.is_here = count > 1;
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_lone_visitor_is_served_at_once_and_a_crowd_together() {
        let (send, mut queue) = mpsc::channel(10);
        let mut crowd = Crowd::default();
        let begun = Instant::now();
        let mut batch = Vec::new();
        send.send(1).await.unwrap();
        assert_eq!(crowd.gather(&mut queue, &mut batch, 4).await, 1);
        send.send(2).await.unwrap();
        send.send(3).await.unwrap();
        assert_eq!(crowd.gather(&mut queue, &mut batch, 4).await, 2);
        assert_eq!(begun.elapsed(), Duration::ZERO);

        batch.clear();
        send.send(4).await.unwrap();
        let late = tokio::spawn(async move {
            tokio::time::sleep(WINDOW / 2).await;
            send.send(5).await.unwrap();
            send
        });
        assert_eq!(crowd.gather(&mut queue, &mut batch, 4).await, 2);
        assert_eq!((batch.clone(), begun.elapsed()), (vec![4, 5], WINDOW));
        drop(late.await.unwrap());
        assert_eq!(crowd.gather(&mut queue, &mut batch, 4).await, 0);
    }
}
