//! A byte stream that counts: how much was written, so that a slow reader is told from a dead
//! one, and how much a stranger may still send.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream with its counters.
#[derive(Debug)]
pub(super) struct Counted<S> {
    inner: S,
    n_written: u64,
    may_read: u64,
}

impl<S> Counted<S> {
    /// Counts `inner`, of which at most `may_read` bytes are read until [`Self::trust`].
    pub(super) fn new(inner: S, may_read: u64) -> Self {
        Self {
            inner,
            n_written: 0,
            may_read,
        }
    }

    /// Bytes that the other side's machine has taken.
    pub(super) fn n_written(&self) -> u64 {
        self.n_written
    }

    /// Lets the other side send as much as it likes.
    pub(super) fn trust(&mut self) {
        self.may_read = u64::MAX;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
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
        let polled = Pin::new(&mut self.inner).poll_read(cx, buf);
        let n = buf.filled().len().saturating_sub(before);
        self.may_read = self
            .may_read
            .saturating_sub(u64::try_from(n).unwrap_or(u64::MAX));
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(cx, buf);
        if let Poll::Ready(Ok(n)) = &polled {
            let n = u64::try_from(*n).unwrap_or(u64::MAX);
            self.n_written = self.n_written.wrapping_add(n);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
