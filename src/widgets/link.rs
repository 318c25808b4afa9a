//! Addresses: how they read where room is short, and cells that lead to the whole of one (OSC 8).
//!
//! A link is part of its cells: whatever is drawn over them ends it, and no list of links beside the frame can be out of date. Each
//! cell opens and closes it, so that a cell alone is whole as well; the backend opens it once for those that follow each other.
//! What an address says is hostile: nothing of it but printable ASCII is ever in a sequence. Must not know what an address is for.

use std::fmt::Write;
use std::num::NonZeroU16;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::Rect;

use super::hash::number_of;
use super::text::{truncate, width};

/// How a link begins and, after its parameters and its address, how this ends; with neither it closes one.
const BEGIN: &str = "\x1b]8;";
const END: &str = "\x1b\\";
/// Ends a link, and does nothing where there is none.
pub const CLOSE: &str = "\x1b]8;;\x1b\\";
/// Bytes of an address at most; terminals take about as many.
const LONGEST: usize = 2000;
/// What no address has in it as it is. A percent sign stays, since it stands for something encoded.
const ENCODED: &AsciiSet = &CONTROLS.add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// An address that cells can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The sequence that begins it.
    open: String,
}

impl Link {
    /// A link to a web address; none to anything else, and to none that is longer than terminals take.
    pub fn new(address: &str) -> Option<Self> {
        if !is_address(address) || address.len() > LONGEST {
            return None;
        }
        let encoded = utf8_percent_encode(address, ENCODED).to_string();
        // The name tells a terminal which cells are one link, also where lines or repainted cells part them.
        let id = number_of(&encoded);
        (encoded.len() <= LONGEST).then(|| Self { open: format!("{BEGIN}id={id:x};{encoded}{END}") })
    }

    /// Makes what stands in an area lead to the address; the blank rest of a line is no part of it.
    pub fn mark(&self, area: Rect, buf: &mut Buffer) {
        for row in area.intersection(buf.area).rows() {
            let written = row.columns().rev().find(|column| buf.cell(column.as_position()).is_some_and(|cell| cell.symbol() != " "));
            let Some(end) = written.map(Rect::right) else { continue };
            let mut x = row.x;
            while let Some(cell) = buf.cell_mut((x, row.y)).filter(|_| x < end) {
                x += self.put_on(cell).get();
            }
        }
    }

    /// Makes a cell lead to the address; returns its columns.
    fn put_on(&self, cell: &mut Cell) -> NonZeroU16 {
        let columns = NonZeroU16::new(cell.cell_width()).unwrap_or(NonZeroU16::MIN);
        let (_, text) = parts(cell.symbol());
        let mut symbol = String::with_capacity(self.open.len() + text.len() + CLOSE.len());
        // Writing into a string cannot fail.
        let _ = write!(symbol, "{}{text}{CLOSE}", self.open);
        cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(columns));
        columns
    }
}

/// The sequence that begins the link of a cell, if it has one, and its text.
pub fn parts(symbol: &str) -> (Option<&str>, &str) {
    let whole = symbol.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(CLOSE));
    match whole.and_then(|rest| rest.split_once(END)) {
        Some((address, text)) => (symbol.get(..BEGIN.len() + address.len() + END.len()), text),
        None => (None, symbol),
    }
}

/// Leaves of a cell what there is to read.
pub fn unmark(cell: &mut Cell) {
    if let (Some(_), text) = parts(cell.symbol()) {
        let text = text.to_owned();
        cell.set_symbol(&text).set_diff_option(CellDiffOption::None);
    }
}

/// Whether a text is a web address, and nothing besides.
pub fn is_address(text: &str) -> bool {
    let begins = |scheme: &&str| text.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme));
    ["https://", "http://"].iter().any(begins) && !text.contains(char::is_whitespace)
}

/// An address in so many columns: whole if it fits, else without what tells a reader least, and cut if that is still too long. Nobody
/// reads an address to its end; a link leads to all of it, and copying takes all of it.
pub fn shortened(address: &str, columns: usize, ellipsis: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let place = bare.split_once(['?', '#']).map_or(bare, |(place, _)| place);
    let fitting = [address, bare, place].into_iter().find(|text| width(text) <= columns);
    truncate(fitting.unwrap_or(place), columns, ellipsis).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn an_address_loses_what_tells_nothing_before_it_is_cut() {
        let song = "https://open.example.com/track/55?si=teTgTqVq";
        assert_eq!(shortened(song, 60, "…"), song);
        assert_eq!(shortened(song, 37, "…"), "open.example.com/track/55?si=teTgTqVq");
        assert_eq!(shortened(song, 30, "…"), "open.example.com/track/55");
        assert_eq!(shortened(song, 12, "…"), "open.exampl…");
        assert_eq!(shortened("https://x.test/?a", 0, "…"), "");
    }

    #[test]
    fn only_web_addresses_of_a_length_that_terminals_take_are_links() {
        for good in ["https://x.test", "HTTP://X.test/a?b=c;d#e", "https://x.test/ü"] {
            assert!(Link::new(good).is_some(), "{good}");
        }
        for bad in ["", "x.test", "javascript:alert(1)", "file:///etc/passwd", "ssh://x", " https://x.test", "https://x.test and more"] {
            assert_eq!(Link::new(bad), None, "{bad}");
        }
        let long = |rest: &str, count| Link::new(&format!("https://x.test/{}", rest.repeat(count)));
        assert!(long("a", 1900).is_some() && long("a", 2000).is_none() && long("\u{7}", 900).is_none());
    }

    #[test]
    fn what_is_written_leads_there_and_what_is_blank_does_not() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 2));
        buf.set_string(2, 0, "a漢 b", Style::new());
        let link = Link::new("https://x.test/a\"é").unwrap();
        link.mark(Rect::new(2, 0, 20, 2), &mut buf);
        let of = |x: u16| parts(buf[(x, 0)].symbol());
        let open = Some(link.open.as_str());
        assert!(link.open.starts_with("\x1b]8;id=") && link.open.ends_with(";https://x.test/a%22%C3%A9\x1b\\"), "{link:?}");
        assert_eq!([of(2), of(3), of(5), of(6)], [(open, "a"), (open, "漢"), (open, " "), (open, "b")]);
        assert_eq!([of(1), of(4), of(7)], [(None, " "); 3]);
        assert_eq!(buf[(3, 0)].cell_width(), 2);
        let before = buf.clone();
        link.mark(Rect::new(2, 0, 20, 2), &mut buf);
        assert_eq!(buf, before, "a link in a link is none");
        let mut cell = buf[(3, 0)].clone();
        unmark(&mut cell);
        assert_eq!((cell.symbol(), cell.diff_option), ("漢", CellDiffOption::None));
    }

    proptest! {
        #[test]
        fn nothing_in_an_address_ends_the_sequence(rest in "(?s).{0,60}") {
            let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
            buf.set_string(0, 0, "abc", Style::new());
            if let Some(link) = Link::new(&format!("https://{rest}")) {
                link.mark(buf.area, &mut buf);
                let inner = link.open.strip_prefix("\x1b]8;id=").and_then(|rest| rest.strip_suffix("\x1b\\")).unwrap();
                prop_assert!(inner.bytes().all(|byte| byte.is_ascii_graphic()), "{inner:?}");
                prop_assert_eq!(parts(buf[(1, 0)].symbol()), (Some(link.open.as_str()), "b"));
            }
        }
    }
}
