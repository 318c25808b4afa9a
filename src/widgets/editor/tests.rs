use proptest::prelude::*;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

const FAMILY: &str = "👩\u{200d}👩\u{200d}👧";
const WIDE: u16 = 80;

fn typed(mut editor: Editor, text: &str) -> Editor {
    for c in text.chars() {
        editor.apply(EditCommand::Insert(c), WIDE);
    }
    editor
}

fn apply(editor: &mut Editor, edits: &[EditCommand]) {
    for edit in edits {
        editor.apply(*edit, WIDE);
    }
}

/// The rows drawn and the cursor.
fn drawn(editor: &Editor, width: u16, height: u16) -> (Vec<String>, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let cursor = editor.render(area, &mut buf, Style::new(), "…");
    let rows = (0..height).map(|y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned()).collect();
    (rows, cursor.map(|position| (position.x, position.y)))
}

#[test]
fn what_is_typed_is_what_the_text_says() {
    for text in ["plain", "你好，世界", "e\u{301}té", FAMILY, "🇩🇪🇫🇷", "\u{200f}عربي", "क्षि"] {
        assert_eq!(typed(Editor::single_line(), text).text(), text);
        assert_eq!(typed(Editor::multi_line(), &format!("{text}\n{text}")).text(), format!("{text}\n{text}"));
    }
}

#[test]
fn what_is_set_stays_exact_even_where_it_cannot_be_typed() {
    for text in ["a\r\nb", "tab\there", "\u{1b}[31m", "", "\n", "two\nlines"] {
        for editor in [Editor::single_line(), Editor::multi_line()] {
            let mut editor = editor.with_text(text);
            assert_eq!(editor.text(), text);
            editor.apply(EditCommand::Insert('x'), WIDE);
            assert_eq!(editor.text(), format!("{text}x"));
            editor.apply(EditCommand::Backspace, WIDE);
            assert_eq!(editor.text(), text);
        }
    }
}

#[test]
fn deleting_and_moving_go_by_grapheme() {
    let mut editor = Editor::single_line().with_text(&format!("a{FAMILY}e\u{301}"));
    editor.apply(EditCommand::Backspace, WIDE);
    assert_eq!(editor.text(), format!("a{FAMILY}"));
    editor.apply(EditCommand::Left, WIDE);
    assert_eq!(editor.cursor(), 1);
    assert_eq!(editor.apply(EditCommand::Delete, WIDE), EditOutcome::Changed);
    assert_eq!(editor.text(), "a");
    assert_eq!(editor.apply(EditCommand::Delete, WIDE), EditOutcome::Unchanged);
}

#[test]
fn undo_goes_by_words_and_a_paste_is_one_step() {
    let mut editor = typed(Editor::single_line(), "one two");
    editor.paste("three four");
    apply(&mut editor, &[EditCommand::Undo]);
    assert_eq!(editor.text(), "one two");
    apply(&mut editor, &[EditCommand::Undo]);
    assert_eq!(editor.text(), "one ");
    apply(&mut editor, &[EditCommand::Undo]);
    assert_eq!((editor.text().as_str(), editor.apply(EditCommand::Undo, WIDE)), ("", EditOutcome::Unchanged));
    apply(&mut editor, &[EditCommand::Redo, EditCommand::Redo, EditCommand::Redo, EditCommand::Redo]);
    assert_eq!(editor.text(), "one twothree four");
    apply(&mut editor, &[EditCommand::Undo, EditCommand::Insert('x'), EditCommand::Redo]);
    assert_eq!(editor.text(), "one twox");
}

#[test]
fn replacing_the_text_is_one_step_back() {
    let mut editor = Editor::multi_line().with_text("one\ntwo");
    assert_eq!(editor.replace("three\r\nfour"), EditOutcome::Changed);
    assert_eq!(editor.text(), "three\nfour");
    apply(&mut editor, &[EditCommand::Undo]);
    assert_eq!(editor.text(), "one\ntwo");
    assert_eq!(editor.replace(""), EditOutcome::Changed);
    apply(&mut editor, &[EditCommand::Undo]);
    assert_eq!((editor.text().as_str(), editor.replace("one\ntwo")), ("one\ntwo", EditOutcome::Unchanged));
}

#[test]
fn words_and_lines_are_killed_and_yanked() {
    let mut editor = Editor::single_line().with_text("one two-three");
    apply(&mut editor, &[EditCommand::DeleteWord]);
    assert_eq!(editor.text(), "one two-");
    apply(&mut editor, &[EditCommand::WordLeft, EditCommand::KillToEnd, EditCommand::Home, EditCommand::Yank]);
    assert_eq!(editor.text(), "two-one ");
    apply(&mut editor, &[EditCommand::KillToStart, EditCommand::WordRight, EditCommand::Yank]);
    assert_eq!(editor.text(), "onetwo- ");
    let mut lines = Editor::multi_line().with_text("one\ntwo");
    apply(&mut lines, &[EditCommand::Top, EditCommand::KillToEnd, EditCommand::KillToEnd]);
    assert_eq!(lines.text(), "two");
}

#[test]
fn a_paste_loses_its_escapes_and_keeps_its_letters() {
    let mut editor = Editor::single_line();
    editor.paste("My\u{1b}]0;title\u{7} na\u{1b}[31mme\nis\tme\u{1b}[201~q\r\n");
    assert_eq!(editor.text(), "My name is meq ");
    let mut editor = Editor::multi_line();
    editor.paste("one\r\ntwo\rthree \u{9b}1mfour");
    assert_eq!(editor.text(), "one\ntwo\nthree four");
    // Persian needs its joiners; they are no threat where everything invisible is drawn.
    let mut editor = Editor::single_line();
    editor.paste("می\u{200c}خواهم");
    assert_eq!(editor.text(), "می\u{200c}خواهم");
}

#[test]
fn a_huge_paste_is_cut_and_says_by_how_much() {
    let mut editor = Editor::multi_line();
    assert_eq!(editor.paste(&"é".repeat(LONGEST_PASTE)), EditOutcome::Cut(LONGEST_PASTE / 2));
    assert_eq!(editor.text().len(), LONGEST_PASTE);
}

#[test]
fn what_does_not_fit_is_refused_and_accents_always_fit() {
    let mut editor = typed(Editor::single_line().limited(3), "ab");
    assert_eq!(editor.apply(EditCommand::Insert('e'), WIDE), EditOutcome::Changed);
    assert_eq!(editor.apply(EditCommand::Insert('\u{301}'), WIDE), EditOutcome::Changed);
    assert_eq!(editor.apply(EditCommand::Insert('d'), WIDE), EditOutcome::Full);
    assert_eq!(editor.text(), "abe\u{301}");
    apply(&mut editor, &[EditCommand::Backspace]);
    assert_eq!(editor.paste("xyz"), EditOutcome::Cut(2));
    assert_eq!((editor.text().as_str(), editor.paste("z")), ("abx", EditOutcome::Full));
    let mut long = Editor::single_line().limited(3).with_text("already longer");
    assert_eq!(
        (long.apply(EditCommand::Backspace, WIDE), long.apply(EditCommand::Insert('x'), WIDE)),
        (EditOutcome::Changed, EditOutcome::Full)
    );
}

#[test]
fn one_line_never_becomes_two() {
    let mut editor = Editor::single_line();
    assert_eq!(editor.apply(EditCommand::Newline, WIDE), EditOutcome::Unchanged);
    assert_eq!(editor.apply(EditCommand::Up, WIDE), EditOutcome::Unchanged);
    editor.apply(EditCommand::Insert('\t'), WIDE);
    assert_eq!(editor.text(), " ");
}

#[test]
fn up_and_down_go_by_wrapped_row_and_keep_the_column() {
    let mut editor = Editor::multi_line().with_text("a long first line\nx\nlast line");
    let width = 11;
    assert_eq!(editor.height(width), 4);
    editor.apply(EditCommand::Up, width);
    assert_eq!(drawn(&editor, width, 4), (vec!["a long".into(), "first line".into(), "x".into(), "last line".into()], Some((1, 2))));
    editor.apply(EditCommand::Up, width);
    assert_eq!(drawn(&editor, width, 4).1, Some((9, 1)));
    editor.apply(EditCommand::Up, width);
    assert_eq!(drawn(&editor, width, 4).1, Some((6, 0)));
    assert_eq!(editor.apply(EditCommand::Up, width), EditOutcome::Unchanged);
    editor.apply(EditCommand::Down, width);
    assert_eq!(drawn(&editor, width, 4).1, Some((9, 1)));
}

#[test]
fn the_cursor_stands_at_the_display_width_and_stays_in_a_full_row() {
    assert_eq!(drawn(&Editor::single_line().with_text("你好"), 10, 1).1, Some((4, 0)));
    let (rows, cursor) = drawn(&Editor::single_line().with_text(&format!("a{FAMILY}")), 10, 1);
    assert_eq!((rows[0].trim_end(), cursor), (format!("a{FAMILY}").as_str(), Some((3, 0))));
    assert_eq!(drawn(&Editor::multi_line().with_text("abc"), 4, 1).1, Some((3, 0)));
    assert_eq!(drawn(&Editor::multi_line().with_text("abcd"), 4, 2), (vec!["abc".into(), "d".into()], Some((1, 1))));
    assert_eq!(drawn(&Editor::multi_line().with_text("a    "), 3, 1).1, Some((2, 0)));
}

#[test]
fn a_long_line_scrolls_so_that_the_cursor_is_seen() {
    let mut editor = Editor::single_line().with_text("abcdefghijkl");
    assert_eq!(drawn(&editor, 6, 1), (vec!["…ijkl".into()], Some((5, 0))));
    apply(&mut editor, &[EditCommand::Home]);
    assert_eq!(drawn(&editor, 6, 1), (vec!["abcde…".into()], Some((0, 0))));
}

#[test]
fn a_cut_line_says_so_at_either_end_and_never_under_the_cursor() {
    let mut editor = Editor::single_line().with_text("ab中defghi中klmn");
    for width in [4, 5, 6, 9, 15, 17] {
        apply(&mut editor, &[EditCommand::Home]);
        loop {
            let area = Rect::new(0, 0, width, 1);
            let mut buf = Buffer::empty(area);
            let cursor = editor.render(area, &mut buf, Style::new(), "…").unwrap();
            assert_ne!(buf[cursor].symbol(), "…", "{cursor} of {width}: {buf:?}");
            assert_eq!(buf.content().iter().any(|cell| cell.symbol() == "…"), width < 16, "{width}: {buf:?}");
            if editor.apply(EditCommand::Right, WIDE) == EditOutcome::Unchanged {
                break;
            }
        }
    }
    assert_eq!(drawn(&Editor::single_line().with_text("abcdef"), 3, 1).0, ["ef"], "too little room for signs");
}

#[test]
fn a_long_text_fills_its_box_and_says_where_it_goes_on() {
    let mut editor = Editor::multi_line().with_text("a\nb\nc\nd\ne");
    assert_eq!(drawn(&editor, 4, 3).0, ["c  …", "d", "e"]);
    apply(&mut editor, &[EditCommand::Top]);
    assert_eq!(drawn(&editor, 4, 3).0, ["a", "b", "c  …"]);
    apply(&mut editor, &[EditCommand::Down, EditCommand::Down, EditCommand::Down]);
    assert_eq!(drawn(&editor, 4, 3).0, ["b  …", "c", "d  …"]);
    assert_eq!(drawn(&Editor::multi_line().with_text("abc\nd"), 4, 1), (vec!["d  …".into()], Some((1, 0))));
}

#[test]
fn what_would_hide_or_reorder_is_drawn_as_a_symbol() {
    let editor = Editor::single_line().with_text("a\u{1b}[1m\u{202e}b\nc");
    assert_eq!(drawn(&editor, 20, 1).0, ["a␛[1m\u{fffd}b⏎c"]);
}

#[test]
fn a_secret_is_neither_drawn_nor_printed() {
    let editor = Editor::single_line().masked('*').with_text("hünter2");
    assert_eq!(drawn(&editor, 20, 1), (vec!["*******".into()], Some((7, 0))));
    assert!(!format!("{editor:?}").contains("nter2"));
}

#[test]
fn a_click_places_the_cursor_at_the_grapheme_under_it() {
    let area = Rect::new(5, 2, 11, 3);
    let mut editor = Editor::multi_line().with_text("a long first line\n你好");
    for (position, at) in [((5, 2), 0), ((7, 2), 2), ((15, 2), 6), ((8, 3), 10), ((6, 4), 18), ((7, 4), 21), ((15, 4), 24)] {
        assert!(editor.click(area, Position::from(position)));
        assert_eq!(editor.cursor(), at, "{position:?}");
    }
    assert!(!editor.click(area, Position::new(4, 2)));
}

fn any_edit() -> impl Strategy<Value = EditCommand> {
    use EditCommand::*;
    let others = [
        Newline,
        Backspace,
        Delete,
        DeleteWord,
        DeleteWordForward,
        KillToEnd,
        KillToStart,
        Yank,
        Undo,
        Redo,
        Left,
        Right,
        WordLeft,
        WordRight,
    ]
    .into_iter()
    .chain([Home, End, Up, Down, Top])
    .collect::<Vec<_>>();
    prop_oneof![prop::sample::select(others), prop::sample::select(letters()).prop_map(Insert)]
}

fn letters() -> Vec<char> {
    "ab  -你é\u{301}👩\u{200d}🇩\n\t\r\u{1b}क्ष".chars().collect()
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(letters()), 0..12).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn any_edits_keep_the_cursor_between_graphemes_and_inside_the_area(
        multiline in any::<bool>(), start in any_text(), pasted in any_text(), edits in prop::collection::vec(any_edit(), 0..25), width in 1u16..12,
    ) {
        let mut editor = if multiline { Editor::multi_line() } else { Editor::single_line() }.with_text(&start);
        editor.paste(&pasted);
        for edit in edits {
            let (before, at) = (editor.text(), editor.cursor());
            let outcome = editor.apply(edit, width);
            let text = editor.text();
            prop_assert_eq!(text != before, outcome == EditOutcome::Changed, "{:?}", edit);
            prop_assert!(text.grapheme_indices(true).any(|(at, _)| at == editor.cursor()) || editor.cursor() == text.len());
            let expected = match edit {
                EditCommand::Insert(c) if !c.is_control() => Some(format!("{}{c}{}", &before[..at], &before[at..])),
                EditCommand::Backspace => before[..at].graphemes(true).next_back().map(|last| format!("{}{}", &before[..at - last.len()], &before[at..])),
                EditCommand::Delete => before[at..].graphemes(true).next().map(|next| format!("{}{}", &before[..at], &before[at + next.len()..])),
                _ => None,
            };
            if let Some(expected) = expected {
                prop_assert_eq!(&text, &expected, "{:?}", edit);
            }
            let cursor = editor.render(Rect::new(0, 0, width, 3), &mut Buffer::empty(Rect::new(0, 0, width, 3)), Style::new(), "…");
            prop_assert!(cursor.is_some_and(|cursor| cursor.x < width && cursor.y < 3));
        }
    }

    #[test]
    fn undoing_everything_restores_the_start_and_redoing_the_end(start in any_text(), edits in prop::collection::vec(any_edit(), 0..25)) {
        let mut editor = Editor::multi_line().with_text(&start);
        for edit in edits.iter().filter(|edit| !matches!(edit, EditCommand::Undo | EditCommand::Redo)) {
            editor.apply(*edit, 9);
        }
        let end = editor.text();
        while editor.apply(EditCommand::Undo, 9) != EditOutcome::Unchanged {}
        prop_assert_eq!(editor.text(), start);
        while editor.apply(EditCommand::Redo, 9) != EditOutcome::Unchanged {}
        prop_assert_eq!(editor.text(), end);
    }

    #[test]
    fn a_limited_text_never_grows_beyond_its_limit(edits in prop::collection::vec(any_edit(), 0..25), pasted in any_text(), limit in 0usize..6) {
        let mut editor = Editor::multi_line().limited(limit);
        for edit in edits {
            editor.apply(edit, 9);
            editor.paste(&pasted);
            prop_assert!(editor.graphemes() <= limit, "{:?}", editor.text());
        }
    }

    #[test]
    fn it_draws_and_takes_clicks_at_any_size(
        text in any_text(), multiline in any::<bool>(), width in 0u16..120, height in 0u16..40, x in 0u16..130, y in 0u16..50,
    ) {
        let mut editor = if multiline { Editor::multi_line() } else { Editor::single_line() }.with_text(&text);
        let area = Rect::new(0, 0, width, height);
        editor.render(area, &mut Buffer::empty(area), Style::new(), "…");
        prop_assert_eq!(editor.click(area, Position::new(x, y)), x < width && y < height);
        prop_assert!(editor.height(width) >= 1);
    }
}
