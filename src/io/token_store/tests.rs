//! The order of the places, and what sign-in and sign-out do to each.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::keyring::Secret;
use super::*;
use crate::domain::Shown;
use crate::io::clock::Clock;

/// A keyring in memory.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, String>>);

impl Keyring for Memory {
    fn read(&self, server: &str) -> Result<Option<Secret>, KeyringError> {
        Ok(self.0.lock().unwrap().get(server).cloned().map(Secret::new))
    }

    fn write(&self, server: &str, token: &str) -> Result<(), KeyringError> {
        self.0.lock().unwrap().insert(server.to_owned(), token.to_owned());
        Ok(())
    }

    fn delete(&self, server: &str) -> Result<bool, KeyringError> {
        Ok(self.0.lock().unwrap().remove(server).is_some())
    }
}

/// A keyring that nobody unlocks.
struct Locked;

impl Keyring for Locked {
    fn read(&self, _: &str) -> Result<Option<Secret>, KeyringError> {
        Err(KeyringError::Trouble(Shown::line("is locked")))
    }

    fn write(&self, server: &str, _: &str) -> Result<(), KeyringError> {
        self.read(server).map(drop)
    }

    fn delete(&self, server: &str) -> Result<bool, KeyringError> {
        self.read(server).map(|_| true)
    }
}

struct Home {
    dir: tempfile::TempDir,
    keyring: Arc<dyn Keyring>,
}

fn home(keyring: impl Keyring + 'static) -> Home {
    Home { dir: tempfile::tempdir().unwrap(), keyring: Arc::new(keyring) }
}

impl Home {
    fn store(&self, server: &str, env: Env) -> TokenStore {
        let keyring = Arc::clone(&self.keyring);
        TokenStore { keyring, ..TokenStore::new(&Paths::under(self.dir.path(), Clock::of_tests()), server, env) }
    }

    fn plain(&self) -> TokenStore {
        self.store(GROUPME, Env::default())
    }

    fn file(&self) -> Place {
        Place::File(Paths::under(self.dir.path(), Clock::of_tests()).token_file(GROUPME))
    }
}

fn token(text: &str) -> Token {
    Token::parse(text).unwrap()
}

fn place_of(store: &TokenStore) -> (String, Place) {
    let found = store.find().unwrap().unwrap();
    (found.token.reveal().to_owned(), found.place)
}

#[test]
fn a_token_is_looked_for_in_the_promised_order() {
    let home = home(Memory::default());
    assert_eq!(home.plain().find(), Ok(None));
    // Put into both by hand: `store` would leave only one.
    private_file::write(&home.plain().file, &token("from-file")).unwrap();
    assert_eq!(place_of(&home.plain()), ("from-file".to_owned(), home.file()));
    home.keyring.write(GROUPME, "from-keyring").unwrap();
    assert_eq!(place_of(&home.plain()), ("from-keyring".to_owned(), Place::Keyring));
    let mut env = Env { token: None, token_command: Some("echo from-command".to_owned()) };
    assert_eq!(place_of(&home.store(GROUPME, env.clone())), ("from-command".to_owned(), Place::Command));
    env.token = Some("from-variable\n".to_owned());
    assert_eq!(place_of(&home.store(GROUPME, env.clone())), ("from-variable".to_owned(), Place::Environment));
    env.token = Some(" ".to_owned());
    assert_eq!(place_of(&home.store(GROUPME, env)).1, Place::Command, "an empty variable is no token");
}

#[test]
fn a_stored_token_that_another_place_hides_is_not_called_kept_without_saying_so() {
    let home = home(Memory::default());
    assert_eq!(home.plain().stored_in(&Place::Keyring), "The token is kept in the system keyring");
    let mut env = Env { token: None, token_command: Some("echo x".to_owned()) };
    assert!(home.store(GROUPME, env.clone()).stored_in(&Place::Keyring).contains("token_command comes first"));
    env.token = Some("old".to_owned());
    assert!(home.store(GROUPME, env).stored_in(&Place::Keyring).contains("GROUPME_TOKEN comes first"));
}

#[test]
fn no_server_gets_the_token_of_another() {
    let home = home(Memory::default());
    home.plain().store(&token("real-keyring"), &Place::Keyring).unwrap();
    let env = Env { token: None, token_command: Some("echo real-command".to_owned()) };
    let sandbox = home.store("127.0.0.1:8080", env);
    assert_eq!(sandbox.find(), Ok(None));
    private_file::write(&home.plain().file, &token("real-file")).unwrap();
    assert_eq!(sandbox.find(), Ok(None));
    let file = sandbox.places().pop().unwrap();
    sandbox.store(&token("sandbox"), &file).unwrap();
    assert_eq!(place_of(&home.plain()).0, "real-keyring");
    assert_eq!(sandbox.remove_everywhere().removed, [file]);
    assert_eq!(place_of(&home.plain()).0, "real-keyring");
}

#[test]
fn a_new_token_replaces_the_old_one_wherever_that_was() {
    let home = home(Memory::default());
    let store = home.plain();
    assert_eq!(store.places(), [Place::Keyring, home.file()]);
    for (text, place) in [("one", Place::Keyring), ("two", home.file()), ("three", Place::Keyring), ("four", Place::Keyring)] {
        store.store(&token(text), &place).unwrap();
        assert_eq!(place_of(&store), (text.to_owned(), place.clone()));
        assert_eq!(store.clone().without_keyring().find().unwrap().is_some(), place == home.file());
    }
    assert_eq!(store.store(&token("x"), &Place::Environment), Err(TokenError::ReadOnly(Place::Environment)));
}

#[test]
fn sign_out_names_what_it_removed_and_what_remains() {
    let home = home(Memory::default());
    let env = Env { token: Some("set".to_owned()), token_command: Some("echo x".to_owned()) };
    let store = home.store(GROUPME, env);
    home.keyring.write(GROUPME, "old").unwrap();
    private_file::write(&store.file, &token("older")).unwrap();
    let removal = store.remove_everywhere();
    assert_eq!(removal.removed, [Place::Keyring, home.file()]);
    assert_eq!(removal.remaining, [Place::Environment, Place::Command]);
    assert_eq!(removal.failed, []);
    assert_eq!(home.plain().find(), Ok(None));
    assert_eq!(home.plain().remove_everywhere(), Removal::default());
}

#[test]
fn without_a_keyring_only_the_file_is_offered_and_nothing_complains() {
    let home = home(keyring::Absent);
    let store = home.plain();
    assert_eq!(store.find(), Ok(None));
    assert_eq!(store.places(), [home.file()]);
    assert_eq!(store.store(&token("abc"), &Place::Keyring), Err(TokenError::NoKeyring));
    store.store(&token("abc"), &home.file()).unwrap();
    assert_eq!(store.remove_everywhere(), Removal { removed: vec![home.file()], ..Removal::default() });
}

#[test]
fn a_locked_keyring_is_said_but_does_not_hide_the_file() {
    let home = home(Locked);
    let store = home.plain();
    assert!(store.find().unwrap_err().to_string().starts_with("the system keyring is locked; unlock it"));
    assert_eq!(store.places(), [home.file()]);
    assert_eq!(store.store(&token("abc"), &home.file()), Ok(()));
    assert_eq!(place_of(&store), ("abc".to_owned(), home.file()));
    let removal = store.remove_everywhere();
    assert_eq!((removal.removed, removal.failed.len()), (vec![home.file()], 1));
}

#[test]
fn a_keyring_that_never_answers_is_left_in_time() {
    let (_never, wait) = std::sync::mpsc::channel::<()>();
    let keyring: Arc<dyn Keyring> = Arc::new(Memory::default());
    let answer = within(Duration::from_millis(10), &keyring, move |_| {
        let _ = wait.recv();
        Ok(())
    });
    assert!(matches!(answer, Err(KeyringError::Trouble(why)) if why.as_str().contains("does not answer")));
}

#[test]
fn nothing_that_can_be_printed_holds_the_token() {
    let canary = "canary0123456789012345678901234567890";
    let bad = format!("{canary} {canary}");
    let home = home(Memory::default());
    home.keyring.write(GROUPME, &bad).unwrap();
    let env = Env { token: Some(bad.clone()), token_command: Some(format!("echo {bad}")) };
    let from_command = Env { token: None, ..env.clone() };
    let mut said = format!("{env:?} {:?}", home.plain());
    for store in [home.store(GROUPME, env), home.store(GROUPME, from_command), home.plain()] {
        let error = store.find().unwrap_err();
        said.extend([error.to_string(), format!("{error:?} {store:?}")]);
    }
    assert_eq!(said.matches("is no token").count(), 3);
    assert!(!said.contains(canary), "{said}");
}
