//! The byte stream beneath a WebSocket: what is to be written waits here in one queue, and is
//! handed to the machine as much at once as it takes.
//!
//! Frames of ours go into the queue as they are, shared by all connections; what the WebSocket
//! library itself says (answers to pings, the closing frame) is put behind them. It also counts:
//! how much was written, so that a slow reader is told from a dead one, and how much a stranger
//! may still send.

use std::{
    collections::VecDeque,
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::tls::Stream;

#[cfg(test)]
mod tests;

/// Frames of one write.
const AT_ONCE: usize = 64;
/// A queue that was longer gives its memory back: there are many connections.
const USUAL: usize = 64;

/// A stream with its queue and its counters.
#[derive(Debug)]
pub(super) struct Pipe {
    stream: Stream,
    /// What was read together with the hand-shake.
    early: Bytes,
    queue: VecDeque<Bytes>,
    /// Bytes of the queue's first that were written.
    n_done: usize,
    may_read: u64,
}

impl Pipe {
    /// Counts `stream`, of which at most `may_read` bytes are read until [`Self::trust`].
    pub(super) fn new(stream: Stream, early: Bytes, may_read: u64) -> Self {
        Self {
            stream,
            early,
            queue: VecDeque::new(),
            n_done: 0,
            may_read,
        }
    }

    /// Bytes that the other side's machine has taken.
    pub(super) fn n_written(&self) -> u64 {
        self.stream.n_sent()
    }

    /// Lets the other side send as much as it likes.
    pub(super) fn trust(&mut self) {
        self.may_read = u64::MAX;
    }

    /// Frames that wait; what is encrypted and not taken yet counts as one.
    pub(super) fn n_waiting(&self) -> usize {
        let held = usize::from(self.stream.holds_back());
        self.queue.len().saturating_add(held)
    }

    /// Puts a frame at the end of the queue.
    pub(super) fn push(&mut self, frame: Bytes) {
        self.queue.push_back(frame);
    }

    /// Writes what the machine takes without waiting.
    pub(super) fn write(&mut self) -> io::Result<()> {
        match self.write_all() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
            written => written,
        }
    }

    fn write_all(&mut self) -> io::Result<()> {
        while !self.queue.is_empty() {
            match self.write_once()? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                n => self.taken(n),
            }
        }
        self.stream.send_held()
    }

    fn write_once(&mut self) -> io::Result<usize> {
        let mut slices = [IoSlice::new(&[]); AT_ONCE];
        let mut skip = self.n_done;
        for (slice, frame) in slices.iter_mut().zip(&self.queue) {
            *slice = IoSlice::new(frame.get(skip..).unwrap_or_default());
            skip = 0;
        }
        let n_filled = self.queue.len().min(AT_ONCE);
        let filled = slices.get(..n_filled).unwrap_or_default();
        self.stream.write_now(filled)
    }

    fn taken(&mut self, n: usize) {
        self.n_done = self.n_done.saturating_add(n);
        while let Some(first) = self.queue.front()
            && first.len() <= self.n_done
        {
            self.n_done = self.n_done.saturating_sub(first.len());
            self.queue.pop_front();
        }
        if self.queue.is_empty() && USUAL < self.queue.capacity() {
            self.queue = VecDeque::new();
        }
    }

    /// Writes until nothing waits any more.
    pub(super) fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            self.write()?;
            if self.n_waiting() == 0 {
                return Poll::Ready(Ok(()));
            }
            ready!(self.stream.poll_writable(cx))?;
        }
    }

    fn poll_early(&mut self, buf: &mut ReadBuf<'_>) -> bool {
        let n = self.early.len().min(buf.remaining());
        buf.put_slice(&self.early.split_to(n));
        0 < n
    }
}

impl AsyncRead for Pipe {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.may_read == 0 {
            let error = io::Error::new(io::ErrorKind::QuotaExceeded, "too much from a stranger");
            return Poll::Ready(Err(error));
        }
        let before = buf.filled().len();
        let polled = if self.poll_early(buf) {
            Poll::Ready(Ok(()))
        } else {
            Pin::new(&mut self.stream).poll_read(cx, buf)
        };
        let n = buf.filled().len().saturating_sub(before);
        self.may_read = self
            .may_read
            .saturating_sub(u64::try_from(n).unwrap_or(u64::MAX));
        polled
    }
}

/// How the WebSocket library writes: behind everything that waits already.
impl AsyncWrite for Pipe {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.push(Bytes::copy_from_slice(buf));
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_drain(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_drain(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
