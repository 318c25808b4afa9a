//! Accepts connections and speaks HTTP on them. What is answered to a request is decided elsewhere.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::sleep;

use super::connections::{Connections, Line};
use super::exchange::answer;
use super::state::Shared;

/// Most bytes of a head, and of what is read or written in one go: every connection has a buffer of this size.
const BUFFER: usize = 16 * 1024;

/// Clients that may wait to be accepted.
const BACKLOG: u32 = 4096;

/// Listens at an address.
pub(super) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As everywhere: a port is free again as soon as its last user has gone.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Accepts connections until it is dropped, which ends them all.
pub(super) async fn serve(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = Connections::default();
    loop {
        connections.room().await;
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    let shared = Arc::clone(&shared);
                    connections.add(move |line| connection(shared, line, stream));
                } else {
                    // Out of file handles, most likely: they come back when connections end.
                    connections.end_one();
                    sleep(Duration::from_millis(10)).await;
                }
            }
            () = connections.ended() => {}
        }
    }
}

/// One connection, to its end: the client hangs up, a fault does, or the client kept the server waiting for too long.
async fn connection(shared: Arc<Shared>, line: Arc<Line>, stream: TcpStream) {
    // Answers are small: waiting to fill a packet would only add latency.
    let _ = stream.set_nodelay(true);
    let patience = shared.patience;
    let service = {
        let line = Arc::clone(&line);
        service_fn(move |request| answer(Arc::clone(&shared), Arc::clone(&line), request))
    };
    let mut http = http1::Builder::new();
    let serving = http.max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = serving => {}
        () = line.overdue(patience) => {}
    }
}
