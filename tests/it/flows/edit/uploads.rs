//! Pictures from files: what is asked before they become public, and when.

use super::*;

/// A picture file, and its path as a terminal types it.
fn cat(app: &TestApp) -> String {
    let file = app.home().join("my cat.png");
    std::fs::write(&file, include_bytes!("../../../../assets/pictures/avatar.jpeg")).unwrap();
    format!("'{}'", file.display())
}

/// Cells that show pixels.
fn painted(app: &TestApp) -> usize {
    let frame = app.frame();
    frame.area.positions().filter(|at| matches!(frame[*at].bg, ratatui::style::Color::Rgb(..))).count()
}

#[tokio::test]
async fn the_question_shows_the_picture_where_there_is_room() {
    for (size, shown) in [((80, 24), true), ((60, 16), true), ((40, 12), false)] {
        let mut app = at(size).await;
        app.field("Avatar").await;
        let before = painted(&app);
        let cat = cat(&app);
        app.paste(&cat).await;
        assert!(app.dialog().contains("upload"), "{size:?}\n{}", app.screen());
        assert_eq!(painted(&app) > before, shown, "{size:?}\n{}", app.screen());
        app.keys("esc").await;
        assert_eq!((painted(&app), app.writes()), (before, Vec::new()));
    }
}

#[tokio::test]
async fn the_question_waits_for_another_dialog_and_is_not_asked_elsewhere() {
    let mut app = form().await;
    app.field("Avatar").await;
    let cat = cat(&app);
    for (meanwhile, then, asked) in [("f8", "esc", true), ("f8", "alt-4", false)] {
        app.send(Msg::Input(lapel::base::Input::Paste(cat.clone())));
        app.press(meanwhile);
        app.settle().await;
        assert!(!app.dialog().contains("Upload"), "over another dialog: {}", app.screen());
        app.keys(then).await;
        assert_eq!(app.dialog().contains("upload"), asked, "{}", app.screen());
        app.keys("esc").await;
    }
}

#[tokio::test]
async fn a_dropped_file_is_uploaded_after_one_question() {
    let mut app = form().await;
    let file = app.home().join("my cat.png");
    std::fs::write(&file, include_bytes!("../../../../assets/pictures/avatar.jpeg")).unwrap();
    app.field("Avatar").await;
    app.paste(&format!("'{}'", file.display())).await;
    assert!(app.dialog().contains("public") && app.dialog().contains("my cat.png: JPEG,"), "{}", app.screen());
    assert_eq!(app.writes(), [""; 0]);
    app.keys("enter").await;
    assert_eq!(app.writes(), ["POST /pictures"]);
    app.keys("home").await;
    assert!(app.line("Avatar").contains("i.groupme.com") && app.screen().contains("1 unsaved change"), "{}", app.screen());
    app.field("Gallery").await;
    app.keys("enter").await;
    app.paste(&file.display().to_string()).await;
    app.keys("enter").await;
    app.keys("enter").await;
    assert!(app.screen().contains("≡ 4") && app.screen().contains("2 unsaved changes"), "{}", app.screen());
    // What is no picture is told at once, without a question.
    std::fs::write(app.home().join("notes.txt"), "not a picture").unwrap();
    for (path, why) in [("/no/such/file.png", "there is no file"), ("/", "is a folder"), ("notes.txt", "is not a picture")] {
        let path = if path.starts_with('/') { path.to_owned() } else { app.home().join(path).display().to_string() };
        app.paste(&path).await;
        assert_eq!((app.said().0, app.dialog().as_str()), (Level::Error, ""), "{}", app.screen());
        assert!(app.said().1.contains(why), "{}", app.said().1);
    }
    app.keys("ctrl-s enter").await;
    assert_eq!(account(&app)["photo_urls"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_path_completes_with_tab() {
    let mut app = form().await;
    let file = app.home().join("kitten on a mat.png");
    std::fs::write(&file, include_bytes!("../../../../assets/pictures/avatar.jpeg")).unwrap();
    app.field("Avatar").await;
    app.keys("ctrl-t").await;
    app.paste(&app.home().join("kit").display().to_string()).await;
    app.press("tab");
    app.until(|screen| screen.contains("on a mat.png")).await;
    app.keys("enter").await;
    app.keys("enter").await;
    assert_eq!(app.writes(), ["POST /pictures"]);
}
