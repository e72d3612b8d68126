//! A connection that speaks in lines, with bounds on their length and on how long each may take.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

use crate::running::crowd::Place;

/// The longest line in bytes, with its line end.
pub(crate) const LINE_AT_MOST: usize = 64 * 1024;
/// How long a client may take to accept what is written to it, or to shake hands.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a client may take to hand over one message, however steadily it sends.
pub(crate) const WHOLE_PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Bytes in both directions, encrypted or not.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Why nothing more comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The client has gone, or the connection broke.
    Closed,
    /// The client said nothing for too long.
    Silent,
    /// A line is longer than [`LINE_AT_MOST`].
    TooLong,
}

/// A connection.
pub(crate) struct Connection {
    stream: Option<Box<dyn Stream>>,
    buffer: Vec<u8>,
    /// How much of the buffer was searched for a line end already.
    searched: usize,
    /// How many more writes reach the client, when that is bounded.
    writes_left: Option<u32>,
    place: Option<Arc<Place>>,
}

impl Connection {
    /// A connection over these bytes.
    pub(crate) fn new(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        Self {
            stream: Some(Box::new(stream)),
            buffer: Vec::new(),
            searched: 0,
            writes_left: None,
            place: None,
        }
    }

    /// The same connection in its place among the others.
    pub(crate) fn holding(mut self, place: Arc<Place>) -> Self {
        self.place = Some(place);
        self
    }

    /// Keeps the place from now on: somebody has signed in.
    pub(crate) fn stay(&self) {
        if let Some(place) = &self.place {
            place.is_busy();
        }
    }

    async fn fill(&mut self, patience: Duration) -> Result<(), Ended> {
        let stream = self.stream.as_mut().ok_or(Ended::Closed)?;
        let mut chunk = [0; 8 * 1024];
        match tokio::time::timeout(patience, stream.read(&mut chunk)).await {
            Ok(Ok(0) | Err(_)) => Err(Ended::Closed),
            Ok(Ok(read)) => {
                self.buffer.extend_from_slice(&chunk[..read]);
                Ok(())
            }
            Err(_) => Err(Ended::Silent),
        }
    }

    /// The next line with its line end, CRLF or LF alone. Safe to be given up and asked again.
    pub(crate) async fn raw_line(&mut self, patience: Duration) -> Result<Vec<u8>, Ended> {
        loop {
            let unsearched = &self.buffer[self.searched..];
            if let Some(at) = unsearched.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=self.searched + at).collect();
                self.searched = 0;
                if line.len() > LINE_AT_MOST {
                    return Err(Ended::TooLong);
                }
                return Ok(line);
            }
            self.searched = self.buffer.len();
            if self.searched > LINE_AT_MOST {
                return Err(Ended::TooLong);
            }
            self.fill(patience).await?;
        }
    }

    /// The next line without its line end.
    pub(crate) async fn line(&mut self, patience: Duration) -> Result<Vec<u8>, Ended> {
        let mut line = self.raw_line(patience).await?;
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(line)
    }

    /// The next `length` bytes; the caller bounds the length. Each part of them may take as long as `patience`, and all
    /// of them as long as [`WHOLE_PATIENCE`].
    pub(crate) async fn exactly(&mut self, length: usize, patience: Duration) -> Result<Vec<u8>, Ended> {
        self.searched = 0;
        let taking = async {
            let mut bytes = Vec::new();
            while bytes.len() < length {
                if self.buffer.is_empty() {
                    self.fill(patience).await?;
                }
                let take = (length - bytes.len()).min(self.buffer.len());
                bytes.extend(self.buffer.drain(..take));
            }
            Ok(bytes)
        };
        tokio::time::timeout(WHOLE_PATIENCE, taking)
            .await
            .unwrap_or(Err(Ended::Silent))
    }

    /// After so many more writes, nothing that is written reaches the client.
    pub(crate) fn mute_after(&mut self, writes: u32) {
        self.writes_left = Some(writes);
    }

    /// Writes and sends.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), Ended> {
        match &mut self.writes_left {
            None => {}
            Some(0) => return Ok(()),
            Some(left) => *left -= 1,
        }
        let stream = self.stream.as_mut().ok_or(Ended::Closed)?;
        let written = async {
            // In pieces, so that a slow reader of much is not taken for one that has gone.
            for piece in bytes.chunks(256 * 1024) {
                tokio::time::timeout(PATIENCE, stream.write_all(piece))
                    .await
                    .map_err(|_| io::ErrorKind::TimedOut)??;
            }
            tokio::time::timeout(PATIENCE, stream.flush())
                .await
                .map_err(|_| io::ErrorKind::TimedOut)??;
            Ok::<(), io::Error>(())
        };
        written.await.map_err(|_| Ended::Closed)
    }

    /// Encrypts the connection from here on. What came in before in plain text is thrown away, so that nobody can put
    /// commands in front of the handshake.
    pub(crate) async fn start_tls(&mut self, acceptor: &TlsAcceptor) -> Result<(), Ended> {
        let plain = self.stream.take().ok_or(Ended::Closed)?;
        self.buffer.clear();
        self.searched = 0;
        match tokio::time::timeout(PATIENCE, acceptor.accept(plain)).await {
            Ok(Ok(encrypted)) => {
                self.stream = Some(Box::new(encrypted));
                Ok(())
            }
            _ => Err(Ended::Closed),
        }
    }

    /// Ends the connection in good order.
    pub(crate) async fn close(&mut self) {
        if let Some(stream) = self.stream.as_mut() {
            let _ = tokio::time::timeout(Duration::from_secs(2), stream.shutdown()).await;
        }
        self.stream = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENT: Duration = Duration::from_secs(5);

    #[tokio::test]
    async fn lines_and_bytes_come_in_order_whatever_ends_them() {
        let (client, server) = tokio::io::duplex(64);
        let mut connection = Connection::new(server);
        let mut client = client;
        client
            .write_all(b"one\r\ntwo\n\0\xff\r\n12345six")
            .await
            .expect("written");
        drop(client);
        assert_eq!(connection.line(PATIENT).await.expect("a line"), b"one");
        assert_eq!(connection.line(PATIENT).await.expect("a line"), b"two");
        assert_eq!(connection.line(PATIENT).await.expect("a line"), b"\0\xff");
        assert_eq!(connection.exactly(5, PATIENT).await.expect("bytes"), b"12345");
        assert_eq!(connection.line(PATIENT).await, Err(Ended::Closed));
    }

    #[tokio::test]
    async fn endless_lines_and_silence_end() {
        let (mut client, server) = tokio::io::duplex(16 * 1024);
        let mut connection = Connection::new(server);
        let writer = tokio::spawn(async move {
            let _ = client.write_all(&vec![b'a'; LINE_AT_MOST * 2]).await;
            client
        });
        assert_eq!(connection.line(PATIENT).await, Err(Ended::TooLong));
        drop(connection);
        drop(writer.await);
        let (client, server) = tokio::io::duplex(16);
        let mut connection = Connection::new(server);
        assert_eq!(
            connection.line(Duration::from_millis(5)).await,
            Err(Ended::Silent)
        );
        drop(client);
    }
}
