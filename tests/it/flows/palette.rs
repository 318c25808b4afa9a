//! The palette: what it offers where, what finds it, and that nothing in it is cut.

use lapel::base::MouseKind;
use lapel::sandbox::Options;

use super::TestApp;

async fn at(size: (u16, u16), keys: &str) -> TestApp {
    let mut app = TestApp::on(Options::default(), size).await;
    // One at a time, as a person does who looks before pressing the next.
    for key in keys.split_whitespace() {
        app.keys(key).await;
    }
    app
}

#[tokio::test]
async fn in_a_dialog_it_offers_the_dialogs_own_keys_and_no_others() {
    let mut app = at((80, 40), "4 a f1").await;
    let list = app.dialog();
    for offered in ["take it Enter", "back Esc", "This dialog", "page down PgDn"] {
        assert!(list.contains(offered), "no {offered:?} in {list}");
    }
    for other in ["grab", "unpin", "quit", "read again", "Everywhere", "This screen"] {
        assert!(!list.contains(other), "{other:?} in {list}");
    }
    app.keys("f1").await;
    assert!(app.screen().contains("Pin what?"), "the same key closes it: {}", app.screen());
    // What is chosen is done to the dialog below.
    app.keys("f1").await;
    app.types("back").await;
    app.keys("enter").await;
    assert!(!app.screen().contains("Pin what?"), "{}", app.screen());
}

#[tokio::test]
async fn other_words_find_an_action() {
    for (word, found) in [
        ("scan", "QR code"),
        ("undo", "discard all"),
        ("log out", "sign out of this account"),
        ("dark", "theme"),
        ("diagnose", "doctor"),
        ("reload", "read again"),
        ("exit", "quit"),
    ] {
        let mut app = at((80, 40), "4 ctrl-p").await;
        if word == "scan" {
            app.keys("esc 1 ctrl-p").await;
        }
        app.types(word).await;
        assert!(app.dialog().contains(found), "{word}: {}", app.screen());
    }
}

#[tokio::test]
async fn a_reason_is_whole_at_every_size() {
    for size in [(40, 60), (60, 60), (80, 60)] {
        let mut app = at(size, "4 ?").await;
        let list = app.dialog();
        for reason in ["nothing has been changed", "nothing to undo", "nothing to redo"] {
            assert!(list.contains(reason), "{size:?}: {list}");
        }
        assert!(!list.contains('…'), "{size:?}: {list}");
        app.types("undo").await;
        app.keys("enter").await;
        assert!(app.said().1.contains("nothing to undo") && app.screen().contains("type to filter"), "{}", app.screen());
    }
}

#[tokio::test]
async fn a_click_runs_an_action_and_a_click_beside_it_closes_it() {
    let mut app = at((80, 24), "?").await;
    app.mouse(MouseKind::Press, 20, app.row_of("QR code")).await;
    assert!(app.screen().contains('▀') && !app.screen().contains("type to filter"), "{}", app.screen());
    app.keys("esc ?").await;
    app.mouse(MouseKind::Press, 0, 5).await;
    assert!(!app.screen().contains("type to filter"), "{}", app.screen());
}

#[tokio::test]
async fn a_click_beside_a_dialog_is_esc_and_a_click_on_an_answer_is_its_key() {
    let mut app = at((80, 24), "n").await;
    let (row, line) = (app.row_of("Enter new link"), app.line("Enter new link"));
    assert!(line.contains("Esc no"), "{line}");
    app.mouse(MouseKind::Press, 1, 3).await;
    assert!(!app.screen().contains("Make a new link?"), "{}", app.screen());
    assert_eq!(app.writes(), [""; 0]);
    app.keys("n").await;
    let column = app.screen().lines().nth(usize::from(row)).and_then(|line| line.find("Enter new")).unwrap();
    let column = app.screen().lines().nth(usize::from(row)).unwrap()[..column].chars().count();
    app.mouse(MouseKind::Press, column as u16 + 8, row).await;
    assert_eq!(app.writes(), ["POST /v3/users/features/share"; 2]);
}

#[tokio::test]
async fn a_click_on_a_hint_of_the_footer_does_what_its_key_does() {
    let mut app = at((80, 24), "").await;
    let column = |app: &TestApp, hint: &str| {
        let footer = app.screen().lines().last().unwrap().to_owned();
        let at = footer.find(hint).unwrap_or_else(|| panic!("no {hint:?} in {footer}"));
        footer[..at].chars().count() as u16
    };
    app.mouse(MouseKind::Press, column(&app, "messages"), 23).await;
    assert!(app.screen().contains("Nothing has been said yet"), "{}", app.screen());
    app.keys("esc").await;
    app.mouse(MouseKind::Press, column(&app, "all keys"), 23).await;
    assert!(app.screen().contains("type to filter"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_on_screen_can_be_had_as_a_command() {
    let mut app = at((80, 40), "").await;
    for (keys, commands) in
        [("1", "lapel --demo show"), ("4", "lapel --demo pins"), ("J", "lapel --demo pins move "), ("x", "lapel --demo pins remove ")]
    {
        app.keys(keys).await;
        app.keys("f1").await;
        app.types("print this").await;
        app.keys("enter").await;
        assert!(app.dialog().contains(commands), "{keys}: {}", app.screen());
        app.keys("esc").await;
    }
    app.keys("u u 2").await;
    app.keys("enter").await;
    app.types(" N").await;
    app.keys("f1").await;
    app.types("print this").await;
    app.keys("enter").await;
    assert!(app.dialog().contains("lapel --demo set name='Isaac N'"), "{}", app.screen());
    app.keys("c").await;
    assert!(app.clips().contains(&"lapel --demo set name='Isaac N'"), "{:?}", app.asked);
}

#[tokio::test]
async fn a_value_that_begins_with_an_at_sign_is_no_file_on_the_command_line() {
    let mut app = at((80, 40), "2 enter ctrl-u").await;
    app.types("@home").await;
    app.keys("f1").await;
    app.types("print this").await;
    app.keys("enter").await;
    assert!(app.dialog().contains("lapel --demo set name='@@home'"), "{}", app.screen());
}

#[tokio::test]
async fn the_theme_is_chosen_for_this_run_and_how_to_keep_it_is_said() {
    let mut app = at((80, 24), "f1").await;
    app.types("dark").await;
    app.keys("enter").await;
    assert!(app.dialog().contains("default in use"), "{}", app.screen());
    app.types("high").await;
    app.keys("enter").await;
    assert_eq!(app.model.shared.theme, lapel::widgets::theme::Theme::high_contrast());
    assert!(app.said().1.contains("theme = \"high-contrast\" in config.toml"), "{}", app.said().1);
}

#[tokio::test]
async fn the_doctors_report_opens_and_can_be_copied() {
    let mut app = at((80, 24), "f1").await;
    app.types("diagnose").await;
    app.press("enter");
    app.until(|screen| screen.contains("all is well")).await;
    app.keys("c").await;
    assert!(app.clips().contains(&"all is well"), "{:?}", app.asked);
}
