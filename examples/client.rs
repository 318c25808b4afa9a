//! A program on Lapel's client: it reads an account, moves a pin, changes the bio and learns why a change is refused.
//!
//! It runs against a sandbox of its own. For the service itself take `Server::groupme()` and a token from dev.groupme.com.

use std::error::Error;

use lapel::api::{ApiError, Call, Page};
use lapel::domain::conversation::Group;
use lapel::domain::{Account, Id, Profile, RawText, Token};
use lapel::io::client::{Client, Server};
use lapel::sandbox::{Options, Sandbox};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start(Options::default()).await?;
    let client = Client::new(Server::parse(&sandbox.url())?, Some(Token::parse(sandbox.token())?));

    // Each call has one kind of reply; what it holds is taken out of it by type.
    let account: Box<Account> = client.call(&Call::Me).await?.try_into()?;
    assert_eq!(account.profile.name, Some(RawText::new("Isaac")));

    // Listings come in pages.
    let mut groups = Vec::new();
    for number in 1.. {
        let page: Page<Group> = client.call(&Call::Groups(number)).await?.try_into()?;
        let more = page.has_next();
        groups.extend(page.rows);
        if !more {
            break;
        }
    }
    assert_eq!(groups.len(), 27);

    // Pins are replaced as a whole: what is missing is unpinned.
    let mut pins: Vec<Id> = client.call(&Call::Pins).await?.try_into()?;
    pins.rotate_left(1);
    client.call(&Call::SetPins(pins.clone())).await?;
    assert_eq!(sandbox.pins(), pins.iter().map(Id::as_str).collect::<Vec<_>>());

    // Only what is told is sent. A write is never sent twice: where its answer was lost, reading shows what became of it.
    let changes = Profile { bio: Some(RawText::new("Hello from another program")), ..Profile::default() };
    match client.call(&Call::UpdateProfile(account.id.clone(), changes.clone())).await {
        Ok(_) | Err(ApiError::Unknown { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let account: Box<Account> = client.call(&Call::Me).await?.try_into()?;
    assert_eq!(account.profile.bio, changes.bio);

    // What goes wrong is a meaning to act on, with a headline and a hint for people.
    let two_photos = Profile { photo_urls: Some(vec![RawText::new("https://i.groupme.com/1"); 2]), ..Profile::default() };
    let Err(error) = client.call(&Call::UpdateProfile(account.id, two_photos)).await else { return Err("two photos were taken".into()) };
    assert!(matches!(error, ApiError::Rejected { status: 400, .. }));
    assert_eq!(error.to_string(), "refused by the service: photo_urls must have at least 3 photos");
    assert_eq!(error.hint(), "change the value and save again");
    Ok(())
}
