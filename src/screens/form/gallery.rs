//! A list of pictures inside the form: put into order by keys or mouse, taken out of, added to.

use super::history::TextHistory;
use crate::widgets::reorder::{EdgeTimer, Reorder, View};

/// Columns at the left where a picture can be picked up.
pub(super) const HANDLE: u16 = 2;

/// The pictures and their earlier orders.
#[derive(Clone, Debug)]
pub(super) struct Gallery {
    pictures: Vec<Picture>,
    /// What is done to them on screen.
    rows: Reorder,
    history: TextHistory,
}

/// A picture; the same address twice is two pictures.
#[derive(Clone, Debug, PartialEq)]
struct Picture {
    address: String,
    twin: usize,
}

/// One address a line, whatever characters are in it.
fn pictures(text: &str) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for address in text.split('\n').filter(|_| !text.is_empty()) {
        let twin = pictures.iter().filter(|picture| picture.address == address).count();
        pictures.push(Picture { address: address.to_owned(), twin });
    }
    pictures
}

impl Gallery {
    pub(super) fn new(text: &str) -> Self {
        Self { pictures: pictures(text), rows: Reorder::default(), history: TextHistory::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.pictures.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// The rows to draw into so many lines.
    pub(super) fn view(&self, height: usize) -> View {
        self.rows.view(height, self.len())
    }

    /// The address of the picture at an index of the order.
    pub(super) fn address(&self, index: usize) -> &str {
        self.pictures.get(index).map_or("", |picture| &picture.address)
    }

    /// The row under the cursor.
    pub(super) fn cursor(&self) -> usize {
        self.rows.cursor()
    }

    /// The address of the picture there.
    pub(super) fn current(&self) -> Option<&str> {
        self.addresses().nth(self.cursor())
    }

    /// The addresses in the order they are shown in: what is carried counts where it is.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.address(self.rows.index(position, self.len())))
    }

    /// The same, one a line.
    pub(super) fn text(&self) -> String {
        self.addresses().collect::<Vec<_>>().join("\n")
    }

    /// Takes another list as one step.
    pub(super) fn replace(&mut self, text: &str) {
        self.change(|gallery| gallery.put(pictures(text)));
    }

    pub(super) fn undo(&mut self) {
        self.travel(TextHistory::undo);
    }

    pub(super) fn redo(&mut self) {
        self.travel(TextHistory::redo);
    }

    fn travel(&mut self, step: impl Fn(&mut TextHistory, &mut String)) {
        self.cancel();
        let mut text = self.text();
        step(&mut self.history, &mut text);
        self.put(pictures(&text));
    }

    /// Puts others in place of the pictures; the cursor stays on its picture.
    fn put(&mut self, pictures: Vec<Picture>) {
        let anchor = self.rows.anchor(self.len(), |index| self.pictures.get(index).cloned());
        self.pictures = pictures;
        self.rows.restore(&anchor, self.pictures.len(), |index, picture| self.pictures.get(index) == Some(picture));
    }

    pub(super) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    pub(super) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Tells how many rows are drawn.
    pub(super) fn set_height(&mut self, rows: usize) {
        self.rows.set_height(rows, self.len());
    }

    /// To another picture, or on with the one picked up. False at the end of the list.
    pub(super) fn go(&mut self, rows: isize) -> bool {
        let (cursor, len) = (self.rows.cursor(), self.len());
        if rows < 0 {
            self.rows.up(rows.unsigned_abs(), len);
        } else {
            self.rows.down(rows.unsigned_abs(), len);
        }
        self.rows.cursor() != cursor || self.rows.is_holding()
    }

    /// Moves the picture under the cursor.
    pub(super) fn shift(&mut self, rows: isize) {
        self.change(|gallery| gallery.rows.move_by(rows, &mut gallery.pictures));
    }

    /// Whether a picture is picked up.
    pub(super) fn is_holding(&self) -> bool {
        self.rows.is_holding()
    }

    /// Whether a picture is on its way to another place.
    pub(super) fn is_carrying(&self) -> bool {
        self.rows.is_holding() || self.rows.is_dragging()
    }

    /// Where the picture under the cursor is, or would land.
    pub(super) fn place(&self) -> String {
        self.rows.place(self.len()).map(|place| format!("{} of {}", place.position + 1, self.len())).unwrap_or_default()
    }

    /// Picks the picture up, or puts it down.
    pub(super) fn grab(&mut self) {
        if self.rows.is_dragging() {
            self.release();
        } else if self.rows.is_holding() {
            self.settle();
        } else {
            self.rows.grab(self.len());
        }
    }

    /// Puts a picture down that was picked up.
    pub(super) fn settle(&mut self) {
        if self.rows.is_dragging() {
            self.cancel();
        }
        self.change(|gallery| gallery.rows.drop_held(&mut gallery.pictures));
    }

    /// Puts a picture back that was picked up or is dragged. False if there was none.
    pub(super) fn cancel(&mut self) -> bool {
        self.rows.cancel(self.len())
    }

    /// Takes the picture under the cursor out.
    pub(super) fn remove(&mut self) {
        self.settle();
        let at = self.rows.cursor();
        let mut rest = self.pictures.clone();
        if at < rest.len() {
            rest.remove(at);
            self.change(|gallery| gallery.put(rest));
        }
    }

    /// Adds a picture below the one under the cursor.
    pub(super) fn add(&mut self, address: &str) {
        self.settle();
        let mut addresses: Vec<&str> = self.pictures.iter().map(|picture| picture.address.as_str()).collect();
        let at = (self.rows.cursor() + 1).min(addresses.len());
        addresses.insert(at, address);
        let pictures = pictures(&addresses.join("\n"));
        self.change(|gallery| {
            gallery.put(pictures);
            gallery.rows.jump(at, gallery.len());
        });
    }

    /// Whether there is a picture in a visible row.
    pub(super) fn has_row(&self, row: usize) -> bool {
        self.rows.row_at(row, self.len()).is_some()
    }

    /// The button goes down on a visible row.
    pub(super) fn press(&mut self, row: usize, on_handle: bool) {
        self.settle();
        self.rows.press(row, on_handle, self.len());
    }

    /// The pointer moves with the button down.
    pub(super) fn drag(&mut self, row: i32) -> EdgeTimer {
        self.rows.drag(row, self.len())
    }

    /// The pointer rests at an edge.
    pub(super) fn edge_tick(&mut self) -> EdgeTimer {
        self.rows.edge_tick(self.len())
    }

    /// The button goes up.
    pub(super) fn release(&mut self) {
        self.change(|gallery| gallery.rows.release(&mut gallery.pictures));
    }

    /// Changes the pictures as one step that can be taken back.
    fn change<R>(&mut self, change: impl FnOnce(&mut Self) -> R) {
        let text = |gallery: &Self| gallery.pictures.iter().map(|picture| picture.address.as_str()).collect::<Vec<_>>().join("\n");
        let before = text(self);
        change(self);
        self.history.record(before, &text(self));
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
