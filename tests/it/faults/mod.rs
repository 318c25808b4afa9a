//! What must survive and what must never leak: the faults that were found by breaking the program on purpose, each by its name.
//!
//! Modules are kinds of trouble. `docs/faults.md` lists all faults with the tests that hold them, which are here only where nothing
//! lower can fail. Slow ones are ignored by a plain `cargo test` and run by `.ci/run`. Where a fault needs what this computer lacks, its
//! test says that it was skipped.

mod answers;
mod ends;
mod files;
mod list;
mod memory;
mod pipes;
mod secrets;
mod stopped;
mod texts;
mod typing;
mod waits;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::Shell;

/// Whether a draft on disk holds this text.
pub(crate) fn is_in_a_draft(shell: &Shell, text: &str) -> bool {
    let folder = shell.home.path().join(".local/state/lapel/drafts");
    let accounts = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = accounts.flat_map(|account| std::fs::read_dir(account.path()).into_iter().flatten().flatten());
    // What is still being written has another name, and is lost with the program.
    let drafts = files.into_iter().map(|file| file.path()).filter(|file| file.extension().is_some_and(|ending| ending == "json"));
    drafts.into_iter().any(|file| std::fs::read_to_string(file).is_ok_and(|draft| draft.contains(text)))
}

/// Waits until one does.
fn wait_for_draft(shell: &Shell, text: &str) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !is_in_a_draft(shell, text) {
        assert!(Instant::now() < deadline, "{text} never reached the disk");
        thread::yield_now();
    }
}

/// A server on loopback that answers each request with the bytes made for it; ends with the tests. Its address.
fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + Clone + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || one(stream, &answer));
        }
    });
    address
}

fn one(mut stream: TcpStream, answer: &impl Fn(&str) -> Vec<u8>) {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let bytes = answer(&String::from_utf8_lossy(&request));
    let _ = stream.write_all(&bytes);
}

/// A JSON answer that closes the connection.
fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}
