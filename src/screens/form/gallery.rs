//! A list of pictures inside the form: put into order by keys or mouse, taken out of, added to.

use super::history::TextHistory;
use crate::widgets::reorder::{EdgeTimer, Keyed, Reorder};

/// Columns at the left where a picture can be picked up.
pub(super) const HANDLE: u16 = 2;

/// The pictures and their earlier orders.
#[derive(Clone, Debug)]
pub(super) struct Gallery {
    list: Reorder<Picture>,
    history: TextHistory,
    /// The text form before a picture was picked up.
    before: Option<String>,
}

/// A picture; the same address twice is two pictures.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    key: (String, usize),
}

impl Picture {
    /// Its address.
    pub(super) fn address(&self) -> &str {
        &self.key.0
    }
}

impl Keyed for Picture {
    type Key = (String, usize);

    fn key(&self) -> &Self::Key {
        &self.key
    }
}

/// One address a line, whatever characters are in it.
fn pictures(text: &str) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for address in text.split('\n').filter(|_| !text.is_empty()) {
        let twin = pictures.iter().filter(|picture| picture.address() == address).count();
        pictures.push(Picture { key: (address.to_owned(), twin) });
    }
    pictures
}

impl Gallery {
    pub(super) fn new(text: &str) -> Self {
        Self { list: Reorder::new(pictures(text)), history: TextHistory::default(), before: None }
    }

    /// The list, for drawing and hit-testing.
    pub(super) fn list(&self) -> &Reorder<Picture> {
        &self.list
    }

    /// The addresses, one a line.
    pub(super) fn text(&self) -> String {
        self.list.items().iter().map(Picture::address).collect::<Vec<_>>().join("\n")
    }

    /// Takes another list as one step.
    pub(super) fn replace(&mut self, text: &str) {
        self.change(|list| list.replace(pictures(text)));
    }

    pub(super) fn undo(&mut self) {
        self.cancel();
        let mut text = self.text();
        self.history.undo(&mut text);
        self.list.replace(pictures(&text));
    }

    pub(super) fn redo(&mut self) {
        self.cancel();
        let mut text = self.text();
        self.history.redo(&mut text);
        self.list.replace(pictures(&text));
    }

    pub(super) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    pub(super) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Tells how many rows are drawn.
    pub(super) fn set_height(&mut self, rows: usize) {
        self.list.set_height(rows);
    }

    /// To another picture, or on with the one picked up. False at the end of the list.
    pub(super) fn go(&mut self, rows: isize) -> bool {
        let cursor = self.list.cursor();
        if rows < 0 {
            self.list.up(rows.unsigned_abs());
        } else {
            self.list.down(rows.unsigned_abs());
        }
        self.list.cursor() != cursor || self.list.is_holding()
    }

    /// Moves the picture under the cursor.
    pub(super) fn shift(&mut self, rows: isize) {
        self.change(|list| drop(list.move_by(rows)));
    }

    /// Whether a picture is on its way to another place.
    pub(super) fn is_carrying(&self) -> bool {
        self.list.is_holding() || self.list.is_dragging()
    }

    /// Where the picture under the cursor is, or would land.
    pub(super) fn place(&self) -> String {
        self.list.place().map(|place| format!("{} of {}", place.position + 1, place.of)).unwrap_or_default()
    }

    /// Picks the picture up, or puts it down.
    pub(super) fn grab(&mut self) {
        if self.list.is_dragging() {
            self.release();
        } else if self.list.is_holding() {
            self.settle();
        } else {
            self.before = Some(self.text());
            self.list.grab();
        }
    }

    /// Puts a picture down that was picked up.
    pub(super) fn settle(&mut self) {
        if self.list.is_dragging() {
            self.list.cancel();
        }
        if let Some(before) = self.before.take() {
            self.list.drop_held();
            self.history.record(before, &self.text());
        }
    }

    /// Puts a picture back that was picked up or is dragged. False if there was none.
    pub(super) fn cancel(&mut self) -> bool {
        self.before = None;
        self.list.cancel()
    }

    /// Takes the picture under the cursor out.
    pub(super) fn remove(&mut self) {
        self.settle();
        let at = self.list.cursor();
        let mut rest = self.list.items().to_vec();
        if at < rest.len() {
            rest.remove(at);
            self.change(|list| list.replace(rest));
        }
    }

    /// Adds a picture below the one under the cursor.
    pub(super) fn add(&mut self, address: &str) {
        self.settle();
        let mut addresses: Vec<String> = self.list.items().iter().map(|picture| picture.address().to_owned()).collect();
        let at = (self.list.cursor() + 1).min(addresses.len());
        addresses.insert(at, address.to_owned());
        self.change(|list| {
            list.replace(pictures(&addresses.join("\n")));
            list.jump(at);
        });
    }

    /// The button goes down on a visible row.
    pub(super) fn press(&mut self, row: usize, on_handle: bool) {
        self.settle();
        self.list.press(row, on_handle);
    }

    /// The pointer moves with the button down.
    pub(super) fn drag(&mut self, row: i32) -> EdgeTimer {
        self.list.drag(row)
    }

    /// The pointer rests at an edge.
    pub(super) fn edge_tick(&mut self) -> EdgeTimer {
        self.list.edge_tick()
    }

    /// The button goes up.
    pub(super) fn release(&mut self) {
        self.change(|list| drop(list.release()));
    }

    fn change(&mut self, change: impl FnOnce(&mut Reorder<Picture>)) {
        let before = self.text();
        change(&mut self.list);
        if !self.list.is_holding() {
            self.history.record(before, &self.text());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_can_be_taken_back_and_made_again() {
        let mut gallery = Gallery::new("a\nb\nc");
        gallery.shift(1);
        gallery.add("d");
        gallery.go(-1);
        gallery.remove();
        assert_eq!(gallery.text(), "b\nd\nc");
        for text in ["b\na\nd\nc", "b\na\nc", "a\nb\nc", "a\nb\nc"] {
            gallery.undo();
            assert_eq!(gallery.text(), text);
        }
        (0..9).for_each(|_| gallery.redo());
        assert_eq!(gallery.text(), "b\nd\nc");
    }

    #[test]
    fn carrying_is_one_step_and_can_be_put_back() {
        let mut gallery = Gallery::new("a\nb\nc");
        gallery.grab();
        assert!(gallery.go(1) && gallery.go(1) && gallery.cancel());
        assert_eq!((gallery.text().as_str(), gallery.can_undo()), ("a\nb\nc", false));
        gallery.grab();
        gallery.go(2);
        gallery.grab();
        assert_eq!(gallery.text(), "b\nc\na");
        gallery.undo();
        assert_eq!(gallery.text(), "a\nb\nc");
    }

    #[test]
    fn the_same_address_twice_is_two_pictures() {
        let mut gallery = Gallery::new("a\na\nb");
        gallery.remove();
        assert_eq!(gallery.text(), "a\nb");
        gallery.add("a");
        assert_eq!(gallery.text(), "a\na\nb");
    }

    #[test]
    fn the_mouse_does_what_the_keys_do() {
        let mut gallery = Gallery::new("a\nb\nc");
        gallery.set_height(3);
        gallery.press(0, true);
        gallery.drag(2);
        gallery.release();
        assert_eq!(gallery.text(), "b\nc\na");
        gallery.undo();
        assert_eq!(gallery.text(), "a\nb\nc");
    }
}
