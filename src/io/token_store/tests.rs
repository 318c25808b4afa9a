//! The order of the places, and what sign-in and sign-out do to each.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use super::keyring::Secret;
use super::*;
use crate::domain::SafeText;
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
        Err(KeyringError::Trouble(SafeText::line("is locked")))
    }

    fn write(&self, server: &str, _: &str) -> Result<(), KeyringError> {
        self.read(server).map(drop)
    }

    fn delete(&self, server: &str) -> Result<bool, KeyringError> {
        self.read(server).map(|_| true)
    }
}

struct TokenHome {
    dir: tempfile::TempDir,
    keyring: Arc<dyn Keyring>,
}

fn home(keyring: impl Keyring + 'static) -> TokenHome {
    TokenHome { dir: tempfile::tempdir().unwrap(), keyring: Arc::new(keyring) }
}

impl TokenHome {
    fn store(&self, server: &str, env: Env) -> TokenStore {
        let keyring = Arc::clone(&self.keyring);
        TokenStore { keyring, ..TokenStore::new(&Paths::under(self.dir.path(), Clock::of_tests()), server, env) }
    }

    fn plain(&self) -> TokenStore {
        self.store(GROUPME, Env::default())
    }

    /// Where the token was when there was one a server.
    fn old_file(&self) -> PathBuf {
        Paths::under(self.dir.path(), Clock::of_tests()).token_file(GROUPME)
    }

    fn file(&self, who: &str) -> TokenLocation {
        self.plain().file_of(&Id::from(who))
    }
}

fn token(text: &str) -> Token {
    Token::parse(text).unwrap()
}

fn keep(store: &TokenStore, text: &str, who: &str, place: &TokenLocation) -> Result<(), TokenError> {
    store.store(&token(text), &Id::from(who), &RawText::new(format!("Name of {who}")), place)
}

fn ids(store: &TokenStore) -> Vec<String> {
    store.accounts().unwrap().iter().map(|account| account.id.as_str().to_owned()).collect()
}

fn of(store: &TokenStore, who: &str) -> SignedIn {
    store.accounts().unwrap().into_iter().find(|account| account.id.as_str() == who).unwrap()
}

fn place_of(store: &TokenStore) -> (String, TokenLocation) {
    let found = store.find().unwrap().unwrap();
    (found.token.reveal().to_owned(), found.place)
}

#[test]
fn a_token_is_looked_for_in_the_promised_order() {
    let home = home(Memory::default());
    assert_eq!(home.plain().find(), Ok(None));
    keep(&home.plain(), "from-file", "1", &home.file("1")).unwrap();
    assert_eq!(place_of(&home.plain()), ("from-file".to_owned(), home.file("1")));
    keep(&home.plain(), "from-keyring", "2", &TokenLocation::Keyring).unwrap();
    assert_eq!(place_of(&home.plain()), ("from-keyring".to_owned(), TokenLocation::Keyring));
    let mut env = Env { token: None, token_command: Some("echo from-command".to_owned()), ..Env::default() };
    assert_eq!(place_of(&home.store(GROUPME, env.clone())), ("from-command".to_owned(), TokenLocation::Command));
    env.token = Some("from-variable\n".to_owned());
    let with_variable = home.store(GROUPME, env.clone());
    assert_eq!(place_of(&with_variable), ("from-variable".to_owned(), TokenLocation::Environment));
    assert_eq!(with_variable.find_of(&of(&with_variable, "1")).unwrap().token, token("from-file"), "one that is named comes first");
    env.token = Some(" ".to_owned());
    assert_eq!(place_of(&home.store(GROUPME, env)).1, TokenLocation::Command, "an empty variable is no token");
}

#[test]
fn a_stored_token_that_another_place_hides_is_not_called_kept_without_saying_so() {
    let home = home(Memory::default());
    assert_eq!(home.plain().stored_in(&TokenLocation::Keyring), "The token is kept in the system keyring");
    let mut env = Env { token: None, token_command: Some("echo x".to_owned()), ..Env::default() };
    assert!(home.store(GROUPME, env.clone()).stored_in(&TokenLocation::Keyring).contains("token_command comes first"));
    env.token = Some("old".to_owned());
    assert!(home.store(GROUPME, env).stored_in(&TokenLocation::Keyring).contains("GROUPME_TOKEN comes first"));
}

#[test]
fn no_server_gets_the_token_of_another() {
    let home = home(Memory::default());
    keep(&home.plain(), "real-keyring", "1", &TokenLocation::Keyring).unwrap();
    let env = Env { token: None, token_command: Some("echo real-command".to_owned()), ..Env::default() };
    let sandbox = home.store("127.0.0.1:8080", env);
    assert_eq!(sandbox.find(), Ok(None));
    let file = sandbox.file_of(&Id::from("1"));
    assert_ne!(file, home.file("1"));
    keep(&sandbox, "sandbox", "1", &file).unwrap();
    assert_eq!(place_of(&home.plain()).0, "real-keyring");
    assert_eq!(sandbox.remove_everywhere().removed, [(SafeText::line("Name of 1"), file)]);
    assert_eq!(place_of(&home.plain()).0, "real-keyring");
}

#[test]
fn a_new_token_replaces_the_old_one_of_the_same_account_wherever_that_was() {
    let home = home(Memory::default());
    let store = home.plain();
    for (text, place) in
        [("one", TokenLocation::Keyring), ("two", home.file("1")), ("three", TokenLocation::Keyring), ("four", TokenLocation::Keyring)]
    {
        keep(&store, text, "1", &place).unwrap();
        assert_eq!(place_of(&store), (text.to_owned(), place.clone()));
        assert_eq!(ids(&store), ["1"]);
        let TokenLocation::File(file) = home.file("1") else { panic!() };
        assert_eq!(file.exists(), place == home.file("1"));
        assert_eq!(home.keyring.read("1@groupme").unwrap().is_some(), place == TokenLocation::Keyring);
    }
    assert_eq!(keep(&store, "x", "1", &TokenLocation::Environment), Err(TokenError::ReadOnly(TokenLocation::Environment)));
}

#[test]
fn several_accounts_have_a_token_each_and_the_one_used_last_is_used() {
    let home = home(Memory::default());
    let store = home.plain();
    for (text, who, place) in [("one", "1", TokenLocation::Keyring), ("two", "2", home.file("2")), ("three", "3", TokenLocation::Keyring)] {
        keep(&store, text, who, &place).unwrap();
        assert_eq!(place_of(&store).0, text);
    }
    assert_eq!(ids(&store), ["3", "2", "1"]);
    store.choose(&Id::from("1")).unwrap();
    store.choose(&Id::from("nobody")).unwrap();
    assert_eq!((place_of(&store).0.as_str(), ids(&store)), ("one", ["1", "3", "2"].map(str::to_owned).to_vec()));
    assert_eq!(store.find_of(&of(&store, "2")).unwrap().token, token("two"));
    store.told(&token("one"), &Id::from("1"), &RawText::from("Ann")).unwrap();
    assert_eq!(of(&store, "1").name, RawText::from("Ann"));

    let removal = store.remove(&of(&store, "1"));
    assert_eq!(removal.removed, [(SafeText::line("Ann"), TokenLocation::Keyring)]);
    assert_eq!((place_of(&store).0.as_str(), ids(&store)), ("three", ["3", "2"].map(str::to_owned).to_vec()));
    assert_eq!(store.remove_everywhere().removed.len(), 2);
    assert_eq!(store.find(), Ok(None));
}

#[test]
fn the_list_of_accounts_holds_no_secret_and_is_private() {
    let home = home(Memory::default());
    keep(&home.plain(), "canary0123456789", "1", &TokenLocation::Keyring).unwrap();
    let path = Paths::under(home.dir.path(), Clock::of_tests()).accounts_file(GROUPME);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("canary"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_damaged_list_is_said_once_and_signing_in_goes_on() {
    let home = home(Memory::default());
    keep(&home.plain(), "one", "1", &TokenLocation::Keyring).unwrap();
    std::fs::write(Paths::under(home.dir.path(), Clock::of_tests()).accounts_file(GROUPME), "{").unwrap();
    let error = home.plain().find().unwrap_err().to_string();
    assert!(error.contains("is damaged") && error.contains("lapel login"), "{error}");
    keep(&home.plain(), "two", "1", &TokenLocation::Keyring).unwrap();
    assert_eq!(place_of(&home.plain()).0, "two");
}

#[test]
fn a_token_of_the_time_when_there_was_one_a_server_goes_on_and_becomes_its_accounts() {
    for keyring in [true, false] {
        let home = home(Memory::default());
        let store = home.plain();
        let place = if keyring { TokenLocation::Keyring } else { TokenLocation::File(home.old_file()) };
        if keyring {
            home.keyring.write(GROUPME, "old").unwrap();
        } else {
            private_file::write(&home.old_file(), &token("old")).unwrap();
        }
        assert_eq!(store.find(), Ok(Some(FoundToken { token: token("old"), place: place.clone(), account: None })));
        store.told(&token("of-this-run-only"), &Id::from("8"), &RawText::from("Ann")).unwrap();
        store.told(&token("old"), &Id::from("7"), &RawText::from("Isaac")).unwrap();
        assert_eq!(ids(&store), ["7"]);
        assert_eq!(store.find(), Ok(Some(FoundToken { token: token("old"), place: place.clone(), account: Some(Id::from("7")) })));

        keep(&store, "another", "8", &home.file("8")).unwrap();
        assert_eq!(store.find_of(&of(&store, "7")).unwrap().token, token("old"), "a second account leaves it");
        keep(&store, "newer", "7", &home.file("7")).unwrap();
        assert!(home.keyring.read(GROUPME).unwrap().is_none() && !home.old_file().exists(), "a newer one replaces it");
        assert_eq!(place_of(&store).0, "newer");
    }
}

#[test]
fn a_token_of_that_time_that_nobody_was_told_of_is_replaced_by_the_next_and_removed_by_a_sign_out() {
    let home = home(Memory::default());
    let store = home.plain();
    home.keyring.write(GROUPME, "old").unwrap();
    private_file::write(&home.old_file(), &token("older")).unwrap();
    keep(&store, "new", "1", &TokenLocation::Keyring).unwrap();
    assert!(home.keyring.read(GROUPME).unwrap().is_none() && !home.old_file().exists());
    home.keyring.write(GROUPME, "left").unwrap();
    assert_eq!(
        store.remove_everywhere().removed,
        [(SafeText::line("Name of 1"), TokenLocation::Keyring), (SafeText::default(), TokenLocation::Keyring)]
    );
}

#[test]
fn sign_out_names_what_it_removed_and_what_remains() {
    let home = home(Memory::default());
    let env = Env { token: Some("set".to_owned()), token_command: Some("echo x".to_owned()), ..Env::default() };
    let store = home.store(GROUPME, env);
    keep(&store, "one", "1", &TokenLocation::Keyring).unwrap();
    // Left when a locked keyring kept it from being removed.
    let TokenLocation::File(file) = home.file("1") else { panic!() };
    private_file::write(&file, &token("older")).unwrap();
    let removal = store.remove_everywhere();
    let whose = SafeText::line("Name of 1");
    assert_eq!(removal.removed, [(whose.clone(), TokenLocation::Keyring), (whose, home.file("1"))]);
    assert_eq!(removal.remaining, [TokenLocation::Environment, TokenLocation::Command]);
    assert_eq!(removal.failed, []);
    assert_eq!(home.plain().find(), Ok(None));
    assert_eq!(home.plain().remove_everywhere(), Removal::default());
}

#[test]
fn without_a_keyring_only_the_file_works_and_nothing_complains() {
    let home = home(keyring::NoKeyring);
    let store = home.plain();
    assert_eq!(store.find(), Ok(None));
    assert!(!store.has_keyring());
    assert_eq!(keep(&store, "abc", "1", &TokenLocation::Keyring), Err(TokenError::NoKeyring));
    assert_eq!(ids(&store), [""; 0], "an account without a token is none");
    keep(&store, "abc", "1", &home.file("1")).unwrap();
    assert_eq!(store.remove_everywhere(), Removal { removed: vec![(SafeText::line("Name of 1"), home.file("1"))], ..Removal::default() });
}

#[test]
fn a_token_that_is_not_where_it_was_put_is_missed_and_nothing_else_used_instead() {
    let home = home(Memory::default());
    keep(&home.plain(), "one", "1", &home.file("1")).unwrap();
    keep(&home.plain(), "two", "2", &TokenLocation::Keyring).unwrap();
    home.keyring.delete("2@groupme").unwrap();
    let error = home.plain().find().unwrap_err().to_string();
    assert_eq!(error, "the token of Name of 2 is no longer in the system keyring; run `lapel login`");
    // The same home on a computer without that keyring.
    let elsewhere = home.plain().without_keyring();
    let error = elsewhere.find().unwrap_err().to_string();
    assert!(error.starts_with("the token of Name of 2 is in a system keyring that is not to be had here"), "{error}");
    assert_eq!(elsewhere.remove(&of(&elsewhere, "2")).failed.len(), 1);
    assert_eq!(ids(&elsewhere), ["2", "1"]);
}

#[test]
fn a_locked_keyring_is_said_but_does_not_hide_the_file() {
    let home = home(Locked);
    let store = home.plain();
    assert!(store.find().unwrap_err().to_string().starts_with("the system keyring is locked; unlock it"));
    assert!(!store.has_keyring());
    assert_eq!(keep(&store, "abc", "1", &home.file("1")), Ok(()));
    assert_eq!(place_of(&store), ("abc".to_owned(), home.file("1")));
    let removal = store.remove(&of(&store, "1"));
    assert_eq!((removal.removed, removal.failed.len()), (vec![(SafeText::line("Name of 1"), home.file("1"))], 1));
    assert_eq!(ids(&store), ["1"], "what may still hold its token stays listed");
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
    let env = Env { token: Some(bad.clone()), token_command: Some(format!("echo {bad}")), ..Env::default() };
    let from_command = Env { token: None, ..env.clone() };
    let mut said = format!("{env:?} {:?}", home.plain());
    for store in [home.store(GROUPME, env), home.store(GROUPME, from_command), home.plain()] {
        let error = store.find().unwrap_err();
        said.extend([error.to_string(), format!("{error:?} {store:?}")]);
    }
    assert_eq!(said.matches("is no token").count(), 3);
    assert!(!said.contains(canary), "{said}");
}
