//! Where the token goes, and where never.

use super::*;

#[tokio::test]
async fn the_token_travels_in_the_header_and_nowhere_else() {
    let server = Scripted::saying(ok(ME)).await;
    let client = server.client();
    assert_eq!(account_name(client.call(&Call::Me).await), "Isaac");
    assert_eq!(client.token_form(), AuthForm::Header);
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
    assert_eq!(client.token_form(), AuthForm::Query);
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
    client.call(&Call::Majors(lapel::api::ListHost::Document)).await.unwrap();
    client.call(&Call::Interests(lapel::api::ListHost::Document)).await.unwrap();
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
