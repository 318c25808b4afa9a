//! What is tried again and what is not.

use super::*;

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
    for call in [Call::Me, Call::Majors(lapel::api::ListHost::Document)] {
        assert_eq!(server.client().call(&call).await, Err(ApiError::LoginPage));
    }
    let written = server.client().call(&Call::SetPins(vec![])).await.unwrap_err();
    assert!(written.may_have_applied() && written.cause() == ApiError::LoginPage.headline(), "{written:?}");
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
