//! A list to choose from by typing: one item or several, and where allowed a text of one's own.
//!
//! The rows are the items that match, best first; with nothing typed all of them under their headings, what is checked first. Labels
//! come in sanitised. What cannot be taken now is a row all the same, with the reason.

mod lines;
#[cfg(test)]
mod tests;
mod view;

use ratatui::layout::Rect;

use super::editor::{EditCommand, EditOutcome, Editor};
use super::scroll::ScrollWindow;
use crate::domain::text::SafeText;
use crate::widgets::rank::{self, Match};
pub use view::{PickerAreas, PickerHit};

/// Graphemes a query may have; more would only slow the matching down.
const LONGEST_QUERY: usize = 200;
/// Rows assumed until [`Picker::set_area`] says otherwise.
const UNKNOWN_HEIGHT: usize = 10;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<K> {
    /// What it is chosen by.
    pub key: K,
    /// Its name, which the query is matched with.
    pub label: SafeText,
    /// A word more, shown dim: its kind, its number.
    pub detail: SafeText,
    /// Other words that find it; not shown.
    pub also: SafeText,
    /// What it stands under while nothing is typed; neighbours with the same heading share it.
    pub heading: &'static str,
    /// Why it cannot be taken now.
    pub why_not: Option<SafeText>,
}

impl<K> Choice<K> {
    /// A choice that is nothing but its name.
    pub fn new(key: K, label: SafeText) -> Self {
        Self { key, label, detail: SafeText::default(), also: SafeText::default(), heading: "", why_not: None }
    }

    /// With a word more.
    #[must_use]
    pub fn detailed(self, detail: SafeText) -> Self {
        Self { detail, ..self }
    }
}

/// What the row under the cursor stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick<'a, K> {
    /// One of the items.
    Item(&'a K),
    /// An item that cannot be taken now, and why.
    NotNow(&'a SafeText),
    /// What was typed, taken as it is.
    Typed(String),
}

/// The query, the items and what is chosen.
#[derive(Clone, Debug)]
pub struct Picker<K> {
    query: Editor,
    items: Vec<Choice<K>>,
    matches: Vec<Match>,
    checked: Vec<K>,
    multiple: bool,
    /// What of one's own may be entered, if anything.
    free: Option<fn(&str) -> bool>,
    /// Whether what was typed has a row of its own below the matches.
    typed_row: bool,
    cursor: usize,
    /// Of lines, of which a row can take several.
    window: ScrollWindow,
    columns: u16,
}

impl<K: Clone + Eq> Picker<K> {
    /// Chooses one of `items`.
    pub fn single(items: Vec<Choice<K>>) -> Self {
        Self::new(items, Vec::new(), false)
    }

    /// Chooses any number of `items`, starting with those in `checked`. Keys without an item stay checked.
    pub fn multiple(items: Vec<Choice<K>>, checked: Vec<K>) -> Self {
        Self::new(items, checked, true)
    }

    fn new(items: Vec<Choice<K>>, checked: Vec<K>, multiple: bool) -> Self {
        let query = Editor::single_line().limited(LONGEST_QUERY);
        let window = ScrollWindow::new(UNKNOWN_HEIGHT);
        let mut picker = Self {
            query,
            items,
            matches: Vec::new(),
            checked,
            multiple,
            free: None,
            typed_row: false,
            cursor: 0,
            window,
            columns: u16::MAX,
        };
        picker.rank();
        picker
    }

    /// Offers what was typed as a row of its own, for numbers and names that are not in the list.
    #[must_use]
    pub fn with_free_entry(self) -> Self {
        self.with_entries(|_| true)
    }

    /// As [`Picker::with_free_entry`], for what is `valid`.
    #[must_use]
    pub fn with_entries(mut self, valid: fn(&str) -> bool) -> Self {
        self.free = Some(valid);
        self
    }

    /// Takes a refreshed list; the query stays, the cursor stays on its item, what is checked stays checked.
    pub fn set_items(&mut self, items: Vec<Choice<K>>) {
        let key = self.current().map(|choice| choice.key.clone());
        self.items = items;
        self.rank();
        if !key.is_some_and(|key| self.go_to(&key)) {
            self.go(self.cursor);
        }
    }

    /// Tells where it is drawn, so that pages and scrolling fit.
    pub fn set_area(&mut self, area: Rect) {
        let list = PickerAreas::of(area).list;
        self.columns = list.width;
        let lines = self.lines(self.columns);
        let (_, end) = lines::of_row(&lines, self.cursor);
        self.window.set_height(usize::from(list.height), end, lines.len());
    }

    /// What was typed.
    pub fn query(&self) -> String {
        self.query.text()
    }

    /// Edits the query; a change ranks anew and puts the cursor on the best match.
    pub fn edit(&mut self, edit: EditCommand) -> EditOutcome {
        let outcome = self.query.apply(edit, 0);
        self.after(outcome)
    }

    /// Pastes into the query.
    pub fn paste(&mut self, text: &str) -> EditOutcome {
        let outcome = self.query.paste(text);
        self.after(outcome)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.matches.len() + usize::from(self.typed_row)
    }

    /// Whether there is no row at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item under the cursor.
    pub fn current(&self) -> Option<&Choice<K>> {
        self.matches.get(self.cursor).and_then(|found| self.items.get(found.index))
    }

    /// What the row under the cursor stands for; `None` if there is no row.
    pub fn pick(&self) -> Option<Pick<'_, K>> {
        match self.current() {
            Some(choice) => Some(choice.why_not.as_ref().map_or(Pick::Item(&choice.key), Pick::NotNow)),
            None if self.typed_row => Some(Pick::Typed(self.typed())),
            None => None,
        }
    }

    /// Cursor up.
    pub fn up(&mut self, rows: usize) {
        self.go(self.cursor.saturating_sub(rows));
    }

    /// Cursor down.
    pub fn down(&mut self, rows: usize) {
        self.go(self.cursor.saturating_add(rows));
    }

    /// A page up.
    pub fn page_up(&mut self) {
        self.page(-1);
    }

    /// A page down.
    pub fn page_down(&mut self) {
        self.page(1);
    }

    fn page(&mut self, pages: isize) {
        let lines = self.lines(self.columns);
        let (_, last) = lines::of_row(&lines, self.cursor);
        let height = isize::try_from(self.window.height()).unwrap_or(isize::MAX);
        let to = last.saturating_add_signed(pages.saturating_mul(height)).min(lines.len().saturating_sub(1));
        self.go(lines::row_near(&lines, to).unwrap_or_default());
    }

    /// To a row, or as near as there are rows.
    pub fn go(&mut self, row: usize) {
        self.cursor = row.min(self.len().saturating_sub(1));
        let lines = self.lines(self.columns);
        let (first, last) = lines::of_row(&lines, self.cursor);
        self.window.follow(last, lines.len());
        self.window.follow(first, lines.len());
    }

    /// To the row of an item. False if it has none.
    pub fn go_to(&mut self, key: &K) -> bool {
        let row = self.matches.iter().position(|found| self.items.get(found.index).is_some_and(|item| item.key == *key));
        if let Some(row) = row {
            self.go(row);
        }
        row.is_some()
    }

    /// Scrolls by some lines, down if positive, taking the cursor along.
    pub fn scroll(&mut self, by: isize) {
        let lines = self.lines(self.columns);
        self.window.scroll(by, lines.len());
        let (top, bottom) = (self.window.top(), self.window.top() + self.window.height() - 1);
        let rows = (lines::row_near(&lines, top).unwrap_or_default(), lines::row_near(&lines, bottom).unwrap_or_default());
        self.cursor = self.cursor.clamp(rows.0, rows.1.max(rows.0));
    }

    /// Checks or unchecks the item under the cursor. False where only one can be chosen or there is no item.
    pub fn toggle(&mut self) -> bool {
        let free = |choice: &&Choice<K>| self.multiple && choice.why_not.is_none();
        let Some(key) = self.current().filter(free).map(|choice| choice.key.clone()) else { return false };
        match self.checked.iter().position(|checked| *checked == key) {
            Some(at) => drop(self.checked.remove(at)),
            None => self.checked.push(key),
        }
        true
    }

    /// Checks a key that need not be in the list, as for a typed one.
    pub fn check(&mut self, key: K) {
        if !self.checked.contains(&key) {
            self.checked.push(key);
        }
    }

    /// What is checked, in the order it was checked.
    pub fn checked(&self) -> &[K] {
        &self.checked
    }

    /// Whether several can be chosen.
    pub fn is_multiple(&self) -> bool {
        self.multiple
    }

    fn after(&mut self, outcome: EditOutcome) -> EditOutcome {
        if matches!(outcome, EditOutcome::Changed | EditOutcome::Cut(_)) {
            self.rank();
            self.go(0);
        }
        outcome
    }

    fn rank(&mut self) {
        let checked_first = |index: &usize| {
            let place = self.items.get(*index).and_then(|item| self.checked.iter().position(|checked| *checked == item.key));
            place.unwrap_or(usize::MAX)
        };
        self.matches = rank::matches(&self.query(), self.items.iter().map(|item| (item.label.as_str(), item.also.as_str())));
        let typed = self.typed();
        if typed.is_empty() {
            self.matches.sort_by_cached_key(|found| checked_first(&found.index));
        }
        let mut found = self.matches.iter().filter_map(|found| self.items.get(found.index));
        self.typed_row =
            self.free.is_some_and(|valid| !typed.is_empty() && valid(&typed)) && !found.any(|item| item.label.as_str() == typed);
    }

    fn typed(&self) -> String {
        self.query().trim().to_owned()
    }
}
