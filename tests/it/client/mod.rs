//! The client against servers that misbehave on purpose: small scripts on loopback sockets.
#![cfg(test)]

mod limits;
mod token;
mod tries;

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lapel::api::{ApiError, Call, Notice, Reply, WaitReason};
use lapel::domain::Token;
use lapel::io::client::{AuthForm, Client, Server, Timeouts};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const CANARY: &str = "CANARYabcdefghijklmnopqrstuvwxyz0123456789";

const ME: &str = r#"{"response":{"id":"1","name":"Isaac"},"meta":{"code":200}}"#;

/// What a server does with one request.
enum Act {
    /// Sends these bytes and closes.
    Send(Vec<u8>),
    /// Sends these bytes, then nothing, and keeps the connection.
    Hang(Vec<u8>),
    /// Sends the first bytes, then the second again and again.
    Repeat(Vec<u8>, Vec<u8>),
    /// Sends the first bytes, then one byte a second, and lets time fly.
    Drip(Vec<u8>),
}

/// A server on loopback that records every request and acts by a script.
struct Scripted {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// `script` sees the number of the request, from 0, and its text.
    async fn start(script: impl Fn(usize, &str) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, script) = (Arc::clone(&requests), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, script) = (Arc::clone(&seen), Arc::clone(&script));
                tokio::spawn(serve(stream, move |request| {
                    let mut seen = seen.lock().unwrap();
                    seen.push(request.to_owned());
                    script(seen.len() - 1, request)
                }));
            }
        });
        Self { address, requests }
    }

    /// The same answer to every request.
    async fn saying(answer: Vec<u8>) -> Self {
        Self::start(move |_, _| Act::Send(answer.clone())).await
    }

    fn client(&self) -> Client {
        client(&format!("http://{}", self.address), quick())
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Method and target of every request.
    fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.split(" HTTP/").next().unwrap().to_owned()).collect()
    }
}

/// Reads one request with its body and acts on it; the connection is closed afterwards.
async fn serve(mut stream: TcpStream, script: impl Fn(&str) -> Act) {
    let mut request = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_ascii_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0_usize) {
                break;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(read @ 1..) => request.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    match script(&String::from_utf8_lossy(&request)) {
        Act::Send(bytes) => drop(stream.write_all(&bytes).await),
        Act::Hang(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.read(&mut buffer).await;
        }
        Act::Repeat(first, again) => {
            let _ = stream.write_all(&first).await;
            while stream.write_all(&again).await.is_ok() {}
        }
        Act::Drip(first) => {
            let _ = stream.write_all(&first).await;
            let_time_fly();
            let mut pace = tokio::time::interval(Duration::from_secs(1));
            while stream.write_all(b" ").await.is_ok() {
                pace.tick().await;
            }
        }
    }
}

fn client(address: &str, patience: Timeouts) -> Client {
    Client::with_patience(Server::parse(address).unwrap(), Token::parse(CANARY).ok(), patience)
}

/// No pauses between tries; the limits stay, so that a busy machine does not look like a fault.
fn quick() -> Timeouts {
    Timeouts { backoff: Duration::ZERO, most_per_second: usize::MAX, ..Timeouts::default() }
}

/// Lets time fly while nothing happens: who waits for it waits no longer. Until the request is there a busy machine needs its time.
fn let_time_fly() {
    tokio::time::pause();
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

fn ok(body: &str) -> Vec<u8> {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

fn account_name(reply: Result<Reply, ApiError>) -> String {
    let Ok(Reply::Account(account)) = reply else { panic!("{reply:?}") };
    account.profile.name.unwrap().raw().to_owned()
}

/// Every way an error can be printed.
fn printed(error: &ApiError) -> String {
    format!("{error:?} {error:#?} {} {}", error.headline(), error.hint())
}
