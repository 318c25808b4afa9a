//! Memory: bounded by the program, whatever a server sends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lapel::api::{ApiError, Call, ListHost, MOST_ROWS, Reply, Service};
use lapel::domain::Id;
use lapel::jobs::read;

/// A service that answers listings with bodies made for the number of the request.
struct Lists<F> {
    asked: AtomicUsize,
    body: F,
}

impl<F: Fn(usize) -> String + Send + Sync> Lists<F> {
    fn new(body: F) -> Self {
        Self { asked: AtomicUsize::new(0), body }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl<F: Fn(usize) -> String + Send + Sync> Service for Lists<F> {
    async fn call(&self, call: &Call) -> Result<Reply, ApiError> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        Reply::decode(call, 200, None, (self.body)(number).as_bytes())
    }
}

/// A page of rows with these ids, each with a member of so many bytes that nobody reads.
fn page(ids: impl Iterator<Item = usize>, padding: usize) -> String {
    let padding = "x".repeat(padding);
    let rows: Vec<String> = ids.map(|id| format!(r#"{{"id":{id},"name":"{id}","last":{{"text":"{padding}"}}}}"#)).collect();
    format!(r#"{{"response":[{}],"meta":{{"code":200}}}}"#, rows.join(","))
}

fn reason<T: std::fmt::Debug>(read: Result<T, ApiError>) -> String {
    read.unwrap_err().headline()
}

#[tokio::test]
async fn a_listing_of_pages_without_end_stops_with_a_word() {
    let endless = Lists::new(|number| page(number * 100..(number + 1) * 100, 0));
    let said = reason(read::groups(&endless).await);
    assert!(said.contains("never ends"), "{said}");
    assert!((MOST_ROWS / 100 + 1..MOST_ROWS / 100 + 5).contains(&endless.asked()), "{}", endless.asked());
    let large = Lists::new(|number| page(number * 100..(number + 1) * 100, 40_000));
    let said = reason(read::chats(&large).await);
    assert!(said.contains("never ends"), "{said}");
    assert!((5..9).contains(&large.asked()), "4 MiB each, {}", large.asked());
}

#[tokio::test]
async fn a_listing_that_repeats_its_page_stops_with_a_word() {
    let same = Lists::new(|_| page(0..100, 0));
    let said = reason(read::groups(&same).await);
    assert!(said.contains("the same page") && (2..4).contains(&same.asked()), "{said}");
}

#[tokio::test]
async fn pages_are_asked_for_side_by_side_and_stay_in_order() {
    let pages = 12;
    let list = Lists::new(move |number| page(number * 100..(number * 100 + if number < pages { 100 } else { 7 }), 0));
    let read = read::groups(&list).await.unwrap();
    let ids: Vec<Id> = (0..pages as u64 * 100 + 7).map(Id::from).collect();
    assert!(read.complete && read.rows.iter().map(|group| &group.id).eq(&ids));
    assert!(list.asked() <= pages + 4, "{}", list.asked());
}

#[tokio::test]
async fn a_short_list_is_asked_for_once_and_what_comes_behind_the_end_is_not_looked_at() {
    let short = Lists::new(|_| page(0..99, 0));
    assert_eq!((read::groups(&short).await.unwrap().rows.len(), short.asked()), (99, 1));
    let broken = Lists::new(|number| match number {
        0 => page(0..100, 0),
        1 => page(100..101, 0),
        _ => "not JSON".to_owned(),
    });
    assert_eq!(read::groups(&broken).await.unwrap().rows.len(), 101);
    let hole = Lists::new(|number| if number == 2 { "not JSON".to_owned() } else { page(number * 100..(number + 1) * 100, 0) });
    assert!(read::groups(&hole).await.is_err(), "half a listing is none");
}

#[tokio::test]
async fn the_topics_of_all_groups_share_one_budget() {
    let groups: Vec<Id> = (0..99_u64).map(Id::from).collect();
    let many = Lists::new(|number| page(number * 99..(number + 1) * 99, 0));
    let said = reason(read::topics(&many, &groups).await);
    assert!(said.contains("never ends") && many.asked() > MOST_ROWS / 99 && many.asked() <= MOST_ROWS / 99 + 4, "{said}");
}

#[test]
fn one_answer_holds_no_more_rows_than_a_listing_and_names_are_cut() {
    let flood = page(0..=MOST_ROWS, 0);
    assert!(matches!(Reply::decode(&Call::FormerGroups, 200, None, flood.as_bytes()), Err(ApiError::Garbled { .. })));
    let long = "ä".repeat(1 << 20);
    let body = format!(r#"[{{"id":1,"name":"{long}","image_url":"{long}"}},{{"id":"{long}","name":""}}]"#);
    let Ok(Reply::Groups(page)) = Reply::decode(&Call::Groups(1), 200, None, body.as_bytes()) else { panic!() };
    assert_eq!((page.rows.len(), page.is_complete()), (1, false), "half an id is another one");
    assert!(long.starts_with(page.rows[0].name.raw()) && page.rows[0].name.raw().len() == 256);
    assert_eq!(page.rows[0].image_url, None);
}

#[test]
fn an_answer_of_many_small_values_is_refused_before_it_grows() {
    let values = vec![r#"{"a":0}"#; 100_000].join(",");
    for call in [Call::Me, Call::Schools, Call::Pins, Call::Majors(ListHost::Document)] {
        let body = format!(r#"{{"response":{{"id":1,"x":[{values}]}}}}"#);
        let refused = Reply::decode(&call, 200, None, body.as_bytes());
        assert!(matches!(&refused, Err(ApiError::Garbled { reason }) if reason.as_str().contains("too many")), "{call:?} {refused:?}");
    }
    // In a row of a listing they cost their bytes only, and the row.
    let row = format!(r#"[{{"id":1,"name":"a"}},{{"id":2,"name":"b","x":[{values}]}}]"#);
    let Ok(Reply::Groups(page)) = Reply::decode(&Call::Groups(1), 200, None, row.as_bytes()) else { panic!() };
    assert_eq!((page.rows.len(), page.sent), (1, Some(2)));
}

/// The real program against a real server that sends four megabytes a page for ever.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "slow: four megabytes a page, until the program has had enough"]
fn the_program_stays_below_64_mib_while_a_server_sends_without_end() {
    use std::sync::OnceLock;

    use super::{ok, serve};
    use crate::cli::program;

    let (pid, most) = (Arc::new(OnceLock::<u32>::new()), Arc::new(AtomicUsize::new(0)));
    let (asked_pid, peak) = (Arc::clone(&pid), Arc::clone(&most));
    let pages = Arc::new(AtomicUsize::new(0));
    let address = serve(move |request| {
        if let Some(pid) = asked_pid.get() {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            let kib = status.lines().find_map(|line| line.strip_prefix("RssAnon:")?.trim().strip_suffix(" kB")?.parse().ok());
            peak.fetch_max(kib.unwrap_or_default(), Ordering::Relaxed);
        }
        let number = pages.fetch_add(1, Ordering::Relaxed);
        match request.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default() {
            "/v3/users/me" => ok(r#"{"response":{"id":"1","name":"Isaac"}}"#),
            "/v4/pinned_conversations" => ok(r#"{"response":{"pinned_conversation_ids":["1"]}}"#),
            _ => ok(&page(number * 100..(number + 1) * 100, 40_000)),
        }
    });
    let home = tempfile::tempdir().unwrap();
    let child = program(&["pins"])
        .envs([("LAPEL_SERVER", address.as_str()), ("GROUPME_TOKEN", "CANARYabcdefghijklmnopqrstuvwxyz")])
        .env("HOME", home.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    pid.set(child.id()).unwrap();
    let output = child.wait_with_output().unwrap();
    let most = most.load(Ordering::Relaxed);
    assert!(most > 0 && most < 64 << 10, "{most} KiB; {output:?}");
}
