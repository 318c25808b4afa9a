//! Accepts connections and speaks HTTP on them. What is answered to a request is decided elsewhere.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinSet, unconstrained};
use tokio::time::sleep;

use super::connections::Connection;
use super::exchange::answer;
use super::state::SandboxShared;

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
pub(super) async fn serve(shared: Arc<SandboxShared>, listener: TcpListener) {
    let mut tasks = JoinSet::new();
    let ushered = Arc::clone(&shared);
    tasks.spawn(async move { ushered.connections.usher().await });
    // Whoever knocks is let in before anybody is served: behind a crowd nobody could be told from it.
    unconstrained(accept(&shared, listener, &mut tasks)).await;
}

async fn accept(shared: &Arc<SandboxShared>, listener: TcpListener, tasks: &mut JoinSet<()>) {
    loop {
        shared.connections.room().await;
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    tasks.spawn(connection(Arc::clone(shared), stream));
                } else {
                    // Out of file handles, most likely: they come back when connections end.
                    shared.connections.give_back();
                    sleep(Duration::from_millis(10)).await;
                }
            }
            Some(_) = tasks.join_next() => {}
        }
    }
}

/// One connection, to its end: the client hangs up, a fault does, or it is over for another reason.
async fn connection(shared: Arc<SandboxShared>, stream: TcpStream) {
    let line = shared.connections.add();
    tokio::select! {
        () = speak(&shared, &line, stream) => {}
        () = line.is_over(shared.patience) => {}
    }
    shared.connections.remove(&line);
}

/// Waits for the client to say something, then for a place, and answers what it asks.
async fn speak(shared: &Arc<SandboxShared>, line: &Arc<Connection>, stream: TcpStream) {
    // Answers are small: waiting to fill a packet would only add latency.
    let _ = stream.set_nodelay(true);
    if stream.peek(&mut [0]).await.is_err() {
        return;
    }
    let _place = shared.connections.place(line).await;
    let service = service_fn(|request| answer(Arc::clone(shared), Arc::clone(line), request));
    // In a box, so that a connection that says nothing has no memory for it.
    let serving = Box::pin(http1::Builder::new().max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service));
    // The only errors are the client hanging up and a scripted hang-up.
    let _ = serving.await;
}
