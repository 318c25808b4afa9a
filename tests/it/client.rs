//! The client against servers that misbehave on purpose: small scripts on loopback sockets.
#![cfg(test)]

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lapel::api::{ApiError, Call, Notice, Reply, WaitReason};
use lapel::domain::Token;
use lapel::io::client::{Client, Patience, Server, TokenForm};
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
    /// Sends the first bytes, then one byte every few milliseconds.
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
            let mut pace = tokio::time::interval(Duration::from_millis(5));
            while stream.write_all(b" ").await.is_ok() {
                pace.tick().await;
            }
        }
    }
}

fn client(address: &str, patience: Patience) -> Client {
    Client::with_patience(Server::parse(address).unwrap(), Token::parse(CANARY).ok(), patience)
}

/// No pauses between tries; the limits stay, so that a busy machine does not look like a fault.
fn quick() -> Patience {
    Patience { backoff: Duration::ZERO, ..Patience::default() }
}

/// So little time that a fault that lasts is over at once.
fn hasty() -> Patience {
    let short = Duration::from_millis(200);
    Patience { call: short, upload_idle: short, error_body: short, ..quick() }
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

#[tokio::test]
async fn the_token_travels_in_the_header_and_nowhere_else() {
    let server = Scripted::saying(ok(ME)).await;
    let client = server.client();
    assert_eq!(account_name(client.call(&Call::Me).await), "Isaac");
    assert_eq!(client.token_form(), TokenForm::Header);
    let requests = server.requests();
    assert!(requests[0].to_ascii_lowercase().contains(&format!("x-access-token: {}\r\n", CANARY.to_ascii_lowercase())), "{requests:?}");
    assert_eq!((server.lines(), requests[0].matches(CANARY).count()), (vec!["GET /v3/users/me".to_owned()], 1));
    assert!(!requests[0].to_ascii_lowercase().contains("referer"));
    assert!(!format!("{client:?}").contains(CANARY));
}

#[tokio::test]
async fn a_server_that_knows_only_the_query_is_asked_once_each_way_and_then_its_way() {
    let server = Scripted::start(|_, request| {
        Act::Send(if request.contains(&format!("?token={CANARY}")) { ok(ME) } else { answer("401 Unauthorized", "", "") })
    })
    .await;
    let client = server.client();
    assert_eq!(account_name(client.call(&Call::Me).await), "Isaac");
    assert_eq!(client.token_form(), TokenForm::Query);
    client.clone().call(&Call::SetPins(vec![])).await.unwrap();
    let query = format!("?token={CANARY}");
    let expected = ["GET /v3/users/me".to_owned(), format!("GET /v3/users/me{query}"), format!("PUT /v4/pinned_conversations{query}")];
    assert_eq!(server.lines(), expected);
    assert!(!server.requests()[2].to_ascii_lowercase().contains("x-access-token"));
}

#[tokio::test]
async fn first_calls_that_go_out_together_all_find_the_form() {
    let server =
        Scripted::start(|_, request| Act::Send(if request.contains("token=") { ok("[]") } else { answer("401 Unauthorized", "", "") }))
            .await;
    let client = server.client();
    let replies = tokio::join!(
        client.call(&Call::Schools),
        client.call(&Call::Groups(1)),
        client.call(&Call::FormerGroups),
        client.call(&Call::MembershipStates)
    );
    assert!(replies.0.is_ok() && replies.1.is_ok() && replies.2.is_ok() && replies.3.is_ok(), "{replies:?}");
}

#[tokio::test]
async fn a_dead_token_is_tried_in_both_forms_once_and_a_new_one_afresh() {
    let server = Scripted::start(|_, request| {
        Act::Send(if request.contains("newtoken") { ok(ME) } else { answer("401 Unauthorized", "", r#"{"meta":{"code":401}}"#) })
    })
    .await;
    let client = server.client();
    assert_eq!(client.call(&Call::Me).await, Err(ApiError::SignedOut));
    assert_eq!(server.lines().len(), 2);
    assert_eq!(client.call(&Call::Me).await, Err(ApiError::SignedOut));
    assert_eq!(server.lines().len(), 3);
    client.set_token(Some(Token::parse("newtoken").unwrap()));
    assert_eq!(account_name(client.call(&Call::Me).await), "Isaac");
    client.set_token(None);
    assert_eq!(client.call(&Call::Me).await, Err(ApiError::SignedOut));
    assert_eq!(server.lines().len(), 4);
}

#[tokio::test]
async fn a_401_on_one_resource_is_checked_against_the_account() {
    let refused = r#"{"meta":{"code":40100,"errors":["not here"]}}"#;
    let server = Scripted::start(move |_, request| {
        Act::Send(if request.starts_with("GET /v3/users/me") { ok(ME) } else { answer("401 Unauthorized", "", refused) })
    })
    .await;
    let client = server.client();
    client.call(&Call::Me).await.unwrap();
    let Err(ApiError::Forbidden { status: 401, messages }) = client.call(&Call::SetPins(vec![])).await else { panic!() };
    assert_eq!(messages[0].as_str(), "not here");
    assert_eq!(server.lines(), ["GET /v3/users/me", "PUT /v4/pinned_conversations", "GET /v3/users/me"]);

    let server = Scripted::start(move |n, _| Act::Send(if n == 0 { ok(ME) } else { answer("401 Unauthorized", "", refused) })).await;
    let client = server.client();
    client.call(&Call::Me).await.unwrap();
    assert_eq!(client.call(&Call::Share(true)).await, Err(ApiError::SignedOut));
}

#[tokio::test]
async fn public_lists_and_pictures_are_fetched_without_the_token() {
    let server = Scripted::start(|_, request| {
        Act::Send(ok(if request.contains("/assets/") { r#"[{"id":3702,"name":"Statistics"}]"# } else { "PNG" }))
    })
    .await;
    let client = server.client();
    client.call(&Call::Majors).await.unwrap();
    client.call(&Call::Interests).await.unwrap();
    for address in ["https://i.groupme.com/1x1.png.00".to_owned(), format!("http://{}/own.png", server.address)] {
        assert_eq!(client.call(&Call::Picture(address.as_str().into())).await, Ok(Reply::Picture("PNG".into())));
    }
    let elsewhere = client.call(&Call::Picture("http://127.0.0.1:1/x".into())).await;
    assert!(matches!(elsewhere, Err(ApiError::ForeignPicture { .. })), "{elsewhere:?}");
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for request in requests {
        assert!(!request.contains(CANARY) && !request.to_ascii_lowercase().contains("token"), "{request}");
    }
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    let other = Scripted::saying(ok(ME)).await;
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("Location: http://{}/login?token=x#y\r\n", other.address);
        let server = Scripted::saying(answer(status, &location, "")).await;
        for call in [Call::Me, Call::Share(true)] {
            let Err(ApiError::Redirected { to }) = server.client().call(&call).await else { panic!("{call:?}") };
            assert_eq!(to.as_str(), "127.0.0.1");
        }
    }
    assert_eq!(other.requests(), Vec::<String>::new());
}

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
    let client = client(&format!("http://{}", server.address), hasty());
    assert!(matches!(client.call(&Call::Me).await, Err(ApiError::Offline { .. })));
    assert_eq!(server.requests().len(), 1);
    assert!(matches!(client.call(&Call::Share(true)).await, Err(ApiError::Unknown { .. })));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_refusal_whose_words_never_end_is_still_a_refusal() {
    let head = b"HTTP/1.1 422 No\r\nConnection: close\r\n\r\n".to_vec();
    let server = Scripted::start(move |_, _| Act::Drip(head.clone())).await;
    let client = client(&format!("http://{}", server.address), Patience { call: quick().call, ..hasty() });
    assert_eq!(client.call(&Call::SetPins(vec![])).await, Err(ApiError::Rejected { status: 422, messages: vec![] }));
}

#[tokio::test]
async fn a_read_is_tried_three_times_and_can_recover() {
    for broken in
        [answer("503 No", "Content-Type: text/html\r\n", "<html>"), b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{".to_vec(), vec![]]
    {
        let down = Scripted::saying(broken.clone()).await;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let notices = Arc::clone(&heard);
        let client = down.client().listening(move |notice| notices.lock().unwrap().push(notice));
        let failed = client.call(&Call::Me).await;
        assert!(matches!(failed, Err(ApiError::Failing { status: 503 } | ApiError::Offline { .. })), "{failed:?}");
        assert_eq!(down.requests().len(), 3);
        assert_eq!(*heard.lock().unwrap(), [Notice::Waiting { seconds: 0, why: WaitReason::Retrying }; 2]);

        let back = Scripted::start(move |n, _| Act::Send(if n < 2 { broken.clone() } else { ok(ME) })).await;
        assert_eq!(account_name(back.client().call(&Call::Me).await), "Isaac");
    }
}

#[tokio::test]
async fn a_write_is_never_sent_twice_whatever_became_of_it() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{".to_vec();
    for broken in [answer("500 No", "", ""), answer("502 No", "", "<html>"), cut, vec![]] {
        for call in [Call::Share(true), Call::SetPins(vec![]), Call::UpdateProfile("1".into(), lapel::domain::Profile::default())] {
            let server = Scripted::saying(broken.clone()).await;
            let outcome = server.client().call(&call).await;
            assert!(matches!(outcome, Err(ApiError::Unknown { .. })), "{outcome:?}");
            assert_eq!(server.requests().len(), 1, "{call:?}");
        }
    }
}

#[tokio::test]
async fn nobody_listening_means_offline_even_for_a_write() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = client(&format!("http://{address}"), quick());
    for call in [Call::Me, Call::Share(true), Call::Upload(vec![0; 9].into())] {
        let Err(ApiError::Offline { reason }) = client.call(&call).await else { panic!("{call:?}") };
        assert!(reason.as_str().contains("refused"), "{reason}");
    }
}

#[tokio::test]
async fn a_rate_limit_without_a_long_pause_is_waited_for() {
    for header in ["Retry-After: 0\r\n", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "Retry-After: soonish\r\n", ""] {
        for status in ["429 Too Many Requests", "420 Enhance Your Calm"] {
            for call in [Call::Me, Call::SetPins(vec![])] {
                let server = Scripted::start(move |n, _| Act::Send(if n == 0 { answer(status, header, "") } else { ok(ME) })).await;
                let outcome = server.client().call(&call).await;
                assert!(!matches!(outcome, Err(ApiError::Busy { .. })), "{outcome:?}");
                assert_eq!(server.requests().len(), 2);
            }
        }
    }
}

#[tokio::test]
async fn a_rate_limit_for_a_day_is_told_and_not_waited_for() {
    let server = Scripted::saying(answer("429 Too Many Requests", "Retry-After: 86400\r\n", "")).await;
    let busy = ApiError::Busy { retry_after: Some(Duration::from_secs(86_400)) };
    assert_eq!(server.client().call(&Call::Me).await, Err(busy));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_pause_is_announced_and_can_be_given_up() {
    let server = Scripted::saying(answer("429 Too Many Requests", "Retry-After: 7\r\n", "")).await;
    let (tell, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let client = server.client().listening(move |notice| tell.send(notice).unwrap_or_default());
    tokio::select! {
        outcome = client.call(&Call::Me) => panic!("{outcome:?}"),
        notice = heard.recv() => assert_eq!(notice, Some(Notice::Waiting { seconds: 7, why: WaitReason::RateLimited })),
    }
}

#[tokio::test]
async fn a_web_page_is_called_a_login_page() {
    let server = Scripted::saying(answer("200 OK", "Content-Type: text/html\r\n", "<html><form>Hotel Wi-Fi</form></html>")).await;
    for call in [Call::Me, Call::SetPins(vec![]), Call::Majors] {
        assert_eq!(server.client().call(&call).await, Err(ApiError::LoginPage));
    }
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
    let client = client(&format!("http://{address}"), hasty());
    // Connected by the kernel, never read.
    let outcome = client.call(&Call::Upload(vec![0; 20 << 20].into())).await;
    assert!(matches!(outcome, Err(ApiError::Offline { .. })), "{outcome:?}");
}

#[tokio::test]
async fn what_does_not_speak_tls_is_not_trusted() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let client = client(&format!("https://{address}"), quick());
    for call in [Call::Me, Call::Share(true)] {
        let outcome = client.call(&call).await;
        assert!(matches!(&outcome, Err(ApiError::Tls { host, .. }) if host.as_str() == "127.0.0.1"), "{outcome:?}");
    }
}

#[tokio::test]
async fn no_error_of_any_fault_holds_the_token() {
    let echo = format!(r#"{{"meta":{{"errors":["bad token {CANARY} at /v3/users/me?token={CANARY}"]}}}}"#);
    let faults: Vec<Vec<u8>> = vec![
        vec![],
        b"garbage\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec(),
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n\r\nnot gzip".to_vec(),
        ok("{"),
        ok("[[["),
        answer("302 Found", &format!("Location: http://{CANARY}.example.org/?token={CANARY}\r\n"), ""),
        answer("302 Found", "", ""),
        answer("400 No", "", &echo),
        answer("401 No", "", &echo),
        answer("403 No", "", &echo),
        answer("403 No", "", &format!(r#"{{"message":"\u0043{}"}}"#, &CANARY[1..])),
        answer("429 No", "Retry-After: 999\r\n", &echo),
        answer("500 No", "", &echo),
        answer("511 No", "", &echo),
        answer("999 No", "", &echo),
    ];
    let mut seen = 0;
    for fault in faults {
        // In the header, and in the query of a server that only knows that.
        for query in [false, true] {
            let fault = fault.clone();
            let server = Scripted::start(move |n, request| {
                let refuse = query && !request.contains("token=");
                Act::Send(if refuse {
                    answer("401 No", "", "")
                } else if query && n == 1 {
                    ok(ME)
                } else {
                    fault.clone()
                })
            })
            .await;
            let client = server.client();
            if query {
                client.call(&Call::Me).await.unwrap();
            }
            for call in [Call::Me, Call::SetPins(vec![]), Call::Chats(1), Call::Upload(vec![1].into())] {
                let Err(error) = client.call(&call).await else { panic!("{call:?}") };
                let printed = printed(&error);
                assert!(!printed.to_ascii_lowercase().contains(&CANARY.to_ascii_lowercase()), "{printed}");
                assert!(!printed.contains("token=") || printed.contains("<token>"), "{printed}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 16 * 2 * 4);
}

#[tokio::test]
async fn the_client_can_be_sent_between_tasks_and_used_through_the_trait() {
    fn through<S: lapel::api::Service + Sync>(service: &S) -> impl Future<Output = Result<Reply, ApiError>> + Send {
        service.call(&Call::Me)
    }
    let server = Scripted::start(|_, _| Act::Hang(ok(ME))).await;
    let client = server.client();
    let name = tokio::spawn(async move { account_name(through(&client).await) }).await.unwrap();
    assert_eq!(name, "Isaac");
}
