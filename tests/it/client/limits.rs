//! Bounds of size and time.

use super::*;

#[tokio::test]
async fn endless_and_bombed_answers_are_cut_at_the_cap() {
    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[".to_vec();
    let endless = Scripted::start(move |_, _| Act::Repeat(head.clone(), b"0,".repeat(8192))).await;
    let refused = endless.client().call(&Call::Schools).await;
    assert!(matches!(&refused, Err(ApiError::Garbled { reason }) if reason.as_str().contains("1 MiB")), "{refused:?}");
    assert!(matches!(endless.client().call(&Call::SetPins(vec![])).await, Err(ApiError::Unknown { .. })));

    let bomb = gzip_of_spaces(16 << 20);
    assert!(bomb.len() < 1 << 20);
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len());
    let server = Scripted::saying([head.into_bytes(), bomb].concat()).await;
    let refused = server.client().call(&Call::Groups(1)).await;
    assert!(matches!(&refused, Err(ApiError::Garbled { reason }) if reason.as_str().contains("4 MiB")), "{refused:?}");
}

/// A gzip file of `size` spaces, written by hand: fixed blocks of one literal and matches of the longest length.
fn gzip_of_spaces(size: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(0b011, 3); // last block, fixed codes
    bits.push_code(0x30 + 0x20, 8); // the literal space
    for _ in 0..size / 258 {
        bits.push_code(0b1100_0101, 8); // length 258
        bits.push_code(0, 5); // distance 1
    }
    bits.push_code(0, 7); // end of block
    let mut file = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    file.extend_from_slice(&bits.bytes);
    file
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for n in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= (((value >> n) & 1) as u8) << (self.used % 8);
            self.used += 1;
        }
    }

    fn push_code(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }
}

#[tokio::test]
async fn a_dripped_answer_ends_with_the_time_of_the_whole_call() {
    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    let server = Scripted::start(move |_, _| Act::Drip(head.clone())).await;
    let client = server.client();
    assert!(matches!(client.call(&Call::Me).await, Err(ApiError::Offline { .. })));
    assert_eq!(server.requests().len(), 1);
    tokio::time::resume();
    assert!(matches!(client.call(&Call::Share(true)).await, Err(ApiError::Unknown { .. })));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_refusal_whose_words_never_end_is_still_a_refusal() {
    let head = b"HTTP/1.1 422 No\r\nConnection: close\r\n\r\n".to_vec();
    let server = Scripted::start(move |_, _| Act::Drip(head.clone())).await;
    assert_eq!(server.client().call(&Call::SetPins(vec![])).await, Err(ApiError::Rejected { status: 422, messages: vec![] }));
}

#[tokio::test]
async fn an_upload_has_its_length_its_type_and_its_progress() {
    let server = Scripted::saying(ok(r#"{"payload":{"url":"https://i.groupme.com/1"}}"#)).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notices = Arc::clone(&heard);
    let client = server.client().listening(move |notice| notices.lock().unwrap().push(notice));
    let total = 100_000;
    let reply = client.call(&Call::Upload(vec![b'j'; total].into())).await;
    assert_eq!(reply, Ok(Reply::Uploaded("https://i.groupme.com/1".into())));
    let request = server.requests().remove(0);
    let fields = request.split_once("\r\n\r\n").unwrap().0.to_ascii_lowercase();
    assert!(fields.starts_with("post /pictures http/1.1"), "{fields}");
    assert!(fields.contains("content-length: 100000") && fields.contains("content-type: image/jpeg"), "{fields}");
    assert!(!fields.contains("chunked") && fields.contains("x-access-token"), "{fields}");
    let sent: Vec<u64> =
        heard.lock().unwrap().iter().map(|notice| if let Notice::Uploading { sent, .. } = notice { *sent } else { 0 }).collect();
    assert_eq!(sent, [32_768, 65_536, 98_304, 100_000]);
}

#[tokio::test]
async fn an_upload_nobody_takes_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let begun = std::sync::Once::new();
    let client = client(&format!("http://{address}"), quick()).listening(move |_| begun.call_once(let_time_fly));
    // Connected by the kernel, never read.
    let outcome = client.call(&Call::Upload(vec![0; 20 << 20].into())).await;
    assert!(matches!(outcome, Err(ApiError::Offline { .. })), "{outcome:?}");
}
