//! The stream beneath a connection, bare or encrypted. Both can be written to without waiting,
//! which is how frames for a thousand stations leave.

use std::{
    io::{self, IoSlice, Write as _},
    pin::Pin,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::server::TlsStream;

/// A stream.
#[derive(Debug)]
pub(crate) struct Stream {
    kind: Kind,
    n_sent: u64,
}

#[derive(Debug)]
enum Kind {
    Bare(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// A stream that everybody on the way can read.
    pub(super) fn bare(tcp: TcpStream) -> Self {
        Self {
            kind: Kind::Bare(tcp),
            n_sent: 0,
        }
    }

    /// A stream after its hand-shake.
    pub(super) fn encrypted(tls: TlsStream<TcpStream>) -> Self {
        Self {
            kind: Kind::Encrypted(Box::new(tls)),
            n_sent: 0,
        }
    }

    /// Bytes that the other side's machine has taken of what was written without waiting.
    pub(crate) fn n_sent(&self) -> u64 {
        self.n_sent
    }

    /// Whether bytes were taken here that the machine has not taken yet.
    pub(crate) fn holds_back(&self) -> bool {
        match &self.kind {
            Kind::Bare(_) => false,
            Kind::Encrypted(tls) => tls.get_ref().1.wants_write(),
        }
    }

    /// Writes what is taken at once, after what is held back.
    ///
    /// # Errors
    ///
    /// `WouldBlock` when nothing is taken now; any other one when the connection is over.
    pub(crate) fn write_now(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.send_held()?;
        match &mut self.kind {
            Kind::Bare(tcp) => {
                let n = match slices {
                    // A plain write costs the machine less than a list of one.
                    [slice] => tcp.try_write(slice)?,
                    slices => tcp.try_write_vectored(slices)?,
                };
                self.count(n);
                Ok(n)
            }
            Kind::Encrypted(tls) => {
                let n = tls.get_mut().1.writer().write_vectored(slices)?;
                match self.send_held() {
                    Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
                    // It is encrypted and waits here.
                    Ok(()) | Err(_) => Ok(n),
                }
            }
        }
    }

    /// Hands on what is held back.
    ///
    /// # Errors
    ///
    /// As [`Self::write_now`].
    pub(crate) fn send_held(&mut self) -> io::Result<()> {
        while self.holds_back() {
            let Kind::Encrypted(tls) = &mut self.kind else {
                return Ok(());
            };
            let (tcp, session) = tls.get_mut();
            let n = session.write_tls(&mut WithoutWaiting(tcp))?;
            if n == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            self.count(n);
        }
        Ok(())
    }

    /// Waits until something will be taken again.
    pub(crate) fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &self.kind {
            Kind::Bare(tcp) => tcp.poll_write_ready(cx),
            Kind::Encrypted(tls) => tls.get_ref().0.poll_write_ready(cx),
        }
    }

    fn count(&mut self, n: usize) {
        let counted = u64::try_from(n).unwrap_or(u64::MAX);
        self.n_sent = self.n_sent.wrapping_add(counted);
    }
}

/// A socket as the TLS library writes to it.
struct WithoutWaiting<'a>(&'a TcpStream);

impl io::Write for WithoutWaiting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_write(bytes)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.0.try_write_vectored(slices)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.kind {
            Kind::Bare(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Kind::Encrypted(tls) => Pin::new(tls).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.kind {
            Kind::Bare(tcp) => Pin::new(tcp).poll_write(cx, buf),
            Kind::Encrypted(tls) => Pin::new(tls).poll_write(cx, buf),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut self.kind {
            Kind::Bare(tcp) => Pin::new(tcp).poll_write_vectored(cx, slices),
            Kind::Encrypted(tls) => Pin::new(tls).poll_write_vectored(cx, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.kind {
            Kind::Bare(tcp) => Pin::new(tcp).poll_flush(cx),
            Kind::Encrypted(tls) => Pin::new(tls).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.kind {
            Kind::Bare(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Kind::Encrypted(tls) => Pin::new(tls).poll_shutdown(cx),
        }
    }
}
