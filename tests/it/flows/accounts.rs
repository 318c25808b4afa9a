//! Another account signs in: nothing of the old one is shown, kept or taken.

use lapel::base::{Draft, DraftKind, Job, Msg, Outcome, Ticket};
use lapel::domain::account::Profile;
use lapel::domain::campus::School;
use lapel::domain::conversation::{Chat, Group, Listing};
use lapel::domain::{Account, Id, Shown};
use serde_json::json;

use super::TestApp;

fn ann() -> Box<Account> {
    let profile = Profile { name: Some("Ann".into()), ..Profile::default() };
    Box::new(Account { profile, ..Account::new("1") })
}

/// Everything about the account that can be on its way, with an answer.
fn reads() -> Vec<(Job, Outcome)> {
    let group = Group { id: "1".into(), name: "Old group".into(), image_url: None, topics: None };
    let chat = Chat { user_id: "2".into(), name: "Old friend".into(), avatar_url: None };
    vec![
        (Job::Me, Outcome::Account(Box::new(Account::new("93645911")))),
        (Job::Schools, Outcome::Schools(vec![School { id: "1".into(), name: "Old school".into(), short_name: None }])),
        (Job::Pins, Outcome::Pins(vec!["1".into()])),
        (Job::Groups, Outcome::Groups(Listing { rows: vec![group.clone()], complete: true })),
        (Job::FormerGroups, Outcome::Groups(Listing { rows: vec![group], complete: true })),
        (Job::Topics(vec!["1".into()]), Outcome::Topics(Listing::default())),
        (Job::MembershipStates, Outcome::MembershipStates(Listing::default())),
        (Job::Chats, Outcome::Chats(Listing { rows: vec![chat], complete: true })),
    ]
}

/// Signed in as Isaac, with everything about him under way, when a sign-in by Ann is accepted.
async fn interrupted_by_ann() -> (TestApp, Vec<(Ticket, Outcome)>) {
    let mut app = TestApp::start().await;
    app.keys("4 j x").await;
    let under_way = reads().into_iter().map(|(job, answer)| (app.model.shared.start(job), answer)).collect();
    app.press("f10");
    app.send(Msg::Input(lapel::base::Input::Paste("1111111111111111111111111111111111111111".to_owned())));
    app.press("enter");
    let desk = &app.model.shared.session.desk;
    let ticket = desk.tickets().find(|ticket| matches!(desk.job(*ticket), Some(Job::SignIn(_)))).unwrap();
    app.send(Msg::Done(ticket, Ok(Outcome::Account(ann()))));
    (app, under_way)
}

#[tokio::test]
async fn an_answer_for_the_old_account_comes_to_nothing() {
    let (mut app, under_way) = interrupted_by_ann().await;
    assert_eq!(under_way.len(), 8);
    for (ticket, answer) in under_way {
        app.send(Msg::Done(ticket, Ok(answer)));
        app.send(Msg::Interrupted(ticket, Shown::line("An old link")));
    }
    let session = &app.model.shared.session;
    assert_eq!(session.account.value().map(|account| account.id.clone()), Some(Id::from("1")));
    assert!(session.schools.value().is_none() && session.pins.value().is_none() && session.groups.value().is_none());
    assert!(session.former_groups.value().is_none() && session.topics.value().is_none() && session.chats.value().is_none());
    assert!(session.membership_states.value().is_none() && session.known.is_empty() && session.pictures.is_empty());
    assert!(session.saved_at.is_none() && session.sent.is_none());
    assert!(session.messages.log().iter().all(|message| !message.text.as_str().contains("An old link")));
    let screen = app.screen();
    assert!(screen.contains("Ann") && !screen.contains("Isaac") && !screen.contains("Family"), "{screen}");
}

#[tokio::test]
async fn edits_of_the_old_account_are_not_offered_to_the_new_one() {
    let (mut app, _) = interrupted_by_ann().await;
    assert!(!app.screen().contains("unsaved"));
    let draft = |name| Draft { kind: DraftKind::Profile, saved_at: 1, reason: None, body: json!({"fields": {"name": {"mine": name}}}) };
    app.send(Msg::DraftFound(Id::from("93645911"), draft("Isaac Newton")));
    app.press("2");
    assert!(!app.screen().contains("Unsaved edits"), "{}", app.screen());
    app.send(Msg::DraftFound(Id::from("1"), draft("Ann Boleyn")));
    assert!(app.screen().contains("Unsaved edits"), "{}", app.screen());
}
