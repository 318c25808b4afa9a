//! The form that the profile and the campus profile share: rows from a table of fields, what the server told, what was typed.
//!
//! It keeps the value editing began with (`base`) and the text of every row. A row is changed when the two differ in meaning; what
//! the server tells anew goes into unchanged rows and never over a changed one. Knows no field by name: what is particular to a form
//! is its [`FormSpec`].

mod choose;
mod draft;
mod gallery;
mod history;
mod input;
mod layout;
mod mouse;
mod on;
mod pictures;
mod preview;
mod reading;
mod save;
#[cfg(test)]
mod tests;
mod unsaved;
mod view;

use std::fmt::Debug;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::edge::EdgeClock;
use super::{Event, Nav, Screen};
use crate::base::job::Save;
use crate::base::{Condition, Conditions, DraftKind, Job, Scope, Shared, ToastTopic};
use crate::domain::field::{FieldError, FieldKind, FieldSpec};
use crate::domain::merge::SaveStatus;
use crate::domain::{Account, Id};
use crate::widgets::scroll::ScrollWindow;
use gallery::Gallery;
use input::FieldInput;

/// What is particular to one form.
pub trait FormSpec: 'static {
    /// What it edits.
    type Value: Clone + Debug + PartialEq + 'static;

    /// Its fields, from top to bottom.
    const ROWS: &'static [FieldSpec<Self::Value>];

    /// What its drafts are called.
    const KIND: DraftKind;

    /// The words of its commands before `set` and `show`.
    const COMMAND: &'static [&'static str] = &[];

    /// The field under which a broken [`FormSpec::rule`] is told.
    const RULED: Option<&'static str> = None;

    /// What the card beside the fields is: how others see it.
    const SEEN_BY: &'static str;

    /// Puts what is edited in place of what the account has.
    fn put_on(account: &mut Account, mine: Self::Value);

    /// What the server told.
    fn values(account: &Account, shared: &Shared) -> Self::Value;

    /// What only a save told, and when, in seconds since 1970: it may have changed since, so nothing is edited from it.
    fn told_earlier(_account: &Account) -> Option<(Self::Value, i64)> {
        None
    }

    /// The job that saves.
    fn job(save: Save<Self::Value>) -> Job;

    /// A rule that concerns several fields at once.
    ///
    /// # Errors
    /// What to do, as a sentence.
    fn rule(_base: &Self::Value, _mine: &Self::Value) -> Result<(), FieldError> {
        Ok(())
    }

    /// Why an option of a choice is not possible along with the other values.
    fn why_not(_kind: FieldKind, _option: &str, _mine: &Self::Value) -> Option<&'static str> {
        None
    }

    /// What stands in place of the form where there is nothing to edit.
    fn instead(_shared: &Shared) -> Option<String> {
        None
    }

    /// Lines above the fields: a label and a text.
    fn heading(_shared: &Shared) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What to know before these changed fields are sent.
    fn warnings(_changed: &[&'static str], _mine: &Self::Value, _shared: &Shared) -> Vec<&'static str> {
        Vec::new()
    }
}

/// State of a form.
#[derive(Debug)]
pub struct Form<S: FormSpec> {
    /// Whose values these are.
    owner: Option<Id>,
    /// Where the user started, field by field; none until the server has told.
    base: Option<S::Value>,
    /// One for each row, none until the server has told.
    fields: Vec<Field>,
    /// The row under the cursor.
    row: usize,
    /// Whether the cursor is in the field of that row, so that keys go there; until then the first letter takes it there.
    typing: bool,
    /// The first visible line.
    window: ScrollWindow,
    /// Whether the wheel turned the row under the cursor out of view.
    turned: bool,
    /// What was handed to the save under way.
    sent: Option<Save<S::Value>>,
    /// The row that waits for an upload.
    upload_for: Option<usize>,
    /// The row that a picture file was named for and is being looked at.
    look_for: Option<usize>,
    /// The row whose text is in the external editor.
    outside: Option<usize>,
    edge: EdgeClock,
    /// Whether this screen is in front.
    in_front: bool,
}

/// State of one row.
#[derive(Clone, Debug)]
struct Field {
    input: FieldInput,
    /// Whether a mistake is shown: not while something is typed for the first time.
    judged: bool,
    /// What became of it in the last save.
    mark: Option<SaveStatus>,
}

impl<S: FormSpec> Default for Form<S> {
    fn default() -> Self {
        Self {
            owner: None,
            base: None,
            fields: Vec::new(),
            row: 0,
            typing: false,
            window: ScrollWindow::new(20),
            turned: false,
            sent: None,
            upload_for: None,
            look_for: None,
            outside: None,
            edge: EdgeClock::default(),
            in_front: false,
        }
    }
}

impl<S: FormSpec> Form<S> {
    fn spec(row: usize) -> Option<&'static FieldSpec<S::Value>> {
        S::ROWS.get(row)
    }

    fn position(key: &str) -> Option<usize> {
        S::ROWS.iter().position(|spec| spec.key == key)
    }

    fn field(&self) -> Option<&Field> {
        self.fields.get(self.row)
    }

    /// The editor under the cursor and its kind.
    fn current(&self) -> Option<(&FieldInput, FieldKind)> {
        Some((&self.field()?.input, Self::spec(self.row)?.kind))
    }

    /// The list of pictures under the cursor.
    fn gallery(&self) -> Option<&Gallery> {
        match &self.field()?.input {
            FieldInput::Gallery(gallery) => Some(gallery),
            _ => None,
        }
    }

    fn input_mut(&mut self) -> Option<&mut FieldInput> {
        self.fields.get_mut(self.row).map(|field| &mut field.input)
    }

    /// The text the user started from; none where the server told nothing.
    fn base_text(&self, row: usize) -> Option<String> {
        Self::spec(row)?.text(self.base.as_ref()?)
    }

    fn text(&self, row: usize) -> Option<String> {
        self.fields.get(row).map(|field| field.input.text())
    }

    /// Whether the row differs in meaning from where the user started.
    fn is_changed(&self, row: usize) -> bool {
        let (Some(spec), Some(base), Some(text)) = (Self::spec(row), &self.base, self.text(row)) else { return false };
        !spec.holds(base, &text)
    }

    /// The changed rows, from top to bottom.
    fn changed(&self) -> Vec<usize> {
        (0..self.fields.len()).filter(|row| self.is_changed(*row)).collect()
    }

    fn has_changes(&self) -> bool {
        (0..self.fields.len()).any(|row| self.is_changed(row))
    }

    /// Whether there are fields to work on.
    fn is_usable(&self, shared: &Shared) -> bool {
        self.base.is_some() && (S::instead(shared).is_none() || self.has_changes())
    }

    /// What the server told last.
    fn told(&self, shared: &Shared) -> Option<S::Value> {
        let account = shared.session.account.value().filter(|account| self.owner.as_ref() == Some(&account.id))?;
        Some(S::values(account, shared))
    }

    /// The text the server told last, where the row is changed and the server's value changed too since.
    fn theirs(&self, row: usize, shared: &Shared) -> Option<String> {
        let (spec, base, told) = (Self::spec(row)?, self.base.as_ref()?, self.told(shared)?);
        (self.is_changed(row) && !spec.same_in(base, &told)).then(|| spec.text(&told).unwrap_or_default())
    }

    /// The base with every change that can be taken as it is.
    fn mine(&self) -> Option<S::Value> {
        let mut mine = self.base.clone()?;
        for row in self.changed() {
            if let (Some(spec), Some(text)) = (Self::spec(row), self.text(row)) {
                // What cannot be taken stays with the base; `fault` says why.
                let _ = spec.set(&mut mine, &text);
            }
        }
        Some(mine)
    }

    /// What is wrong with a row, whether it is shown or not.
    fn fault(&self, row: usize) -> Option<FieldError> {
        let (spec, base) = (Self::spec(row)?, self.base.as_ref()?);
        if self.is_changed(row)
            && let Err(error) = spec.check(base, &self.text(row)?)
        {
            return Some(error);
        }
        if S::RULED == Some(spec.key) && self.has_changes() {
            return S::rule(base, &self.mine()?).err();
        }
        None
    }

    /// What is wrong with a row, if it is time to say so.
    fn problem(&self, row: usize) -> Option<FieldError> {
        self.fields.get(row).filter(|field| field.judged).and_then(|_| self.fault(row))
    }

    /// From now on mistakes in this row are shown, and what became wrong along with it.
    fn judge(&mut self, row: usize) {
        let ruled = S::RULED.and_then(Self::position);
        for row in std::iter::once(row).chain(ruled) {
            if let Some(field) = self.fields.get_mut(row) {
                field.judged = true;
            }
        }
    }

    /// The text of a row changed: what was said about it is over, and a mended mistake is not looked for again until leaving.
    fn touched(&mut self, row: usize) {
        let mended = self.fault(row).is_none();
        if let Some(field) = self.fields.get_mut(row) {
            field.mark = None;
            field.judged &= !mended;
        }
    }

    /// A complaint about a field goes when nothing is wrong with it any more.
    fn mended(&self, shared: &mut Shared) {
        if let Some(ToastTopic::Field(key)) = shared.session.messages.about()
            && Self::position(key).is_some_and(|row| self.fault(row).is_none())
        {
            shared.session.messages.over(&ToastTopic::Field(key));
        }
    }

    /// Takes over what the server told: unchanged rows follow it, changed rows never.
    fn sync(&mut self, shared: &Shared) {
        let Some(account) = shared.session.account.value() else { return };
        let told = S::values(account, shared);
        let another = self.owner.as_ref() != Some(&account.id);
        if another && self.has_changes() {
            return;
        }
        let Some(mut base) = self.base.take().filter(|_| !another) else {
            self.owner = Some(account.id.clone());
            self.fields = S::ROWS
                .iter()
                .map(|spec| Field { input: FieldInput::new(spec.kind, &spec.text(&told).unwrap_or_default()), judged: false, mark: None })
                .collect();
            self.base = Some(told);
            return;
        };
        for (spec, field) in S::ROWS.iter().zip(&mut self.fields) {
            let text = field.input.text();
            let new = spec.text(&told);
            if spec.same_in(&base, &told) {
                spec.copy(&mut base, &told);
            } else if spec.holds(&base, &text) {
                spec.copy(&mut base, &told);
                field.input.set(&new.unwrap_or_default());
                field.mark = None;
            } else if spec.holds(&told, &text) {
                // Both sides made the same change, or a save of unknown outcome had gone through.
                spec.copy(&mut base, &told);
                field.mark = field.mark.take().map(|_| SaveStatus::Saved);
            }
        }
        self.base = Some(base);
    }

    /// Whether what was typed belongs to another account than the one signed in.
    fn is_foreign(&self, shared: &Shared) -> bool {
        shared.session.account.value().is_some_and(|account| self.owner.as_ref() != Some(&account.id))
    }
}

impl<S: FormSpec> Screen for Form<S> {
    fn scopes(&self, shared: &Shared) -> Vec<Scope> {
        if self.base.is_some() && !self.is_usable(shared) {
            // There is nothing to type into.
            return vec![Scope::Screen, Scope::Browse];
        }
        if !self.typing {
            return vec![Scope::Idle, Scope::Screen, Scope::Form];
        }
        let mut scopes = match self.current() {
            Some((FieldInput::Text(_), FieldKind::Block)) => vec![Scope::LongText, Scope::Field, Scope::Text],
            // Whoever types before anything was read must not give commands with it.
            Some((FieldInput::Text(_), _)) | None => vec![Scope::Field, Scope::Text],
            Some((FieldInput::Choice(_), FieldKind::Switch)) => vec![Scope::Switch, Scope::Field],
            Some((FieldInput::Choice(_), _)) => vec![Scope::Choice, Scope::Field],
            Some((FieldInput::Gallery(gallery), _)) if gallery.is_carrying() => vec![Scope::Carry, Scope::Gallery, Scope::Field],
            Some((FieldInput::Gallery(_), _)) => vec![Scope::Gallery, Scope::Field],
        };
        scopes.push(Scope::Form);
        scopes
    }

    fn facts(&self, facts: Conditions, shared: &Shared) -> Conditions {
        let kind = self.current().map(|(_, kind)| kind);
        let gallery = self.gallery().filter(|_| self.typing);
        facts
            .with(Condition::Changed, self.has_changes())
            .with(Condition::FieldChanged, self.is_changed(self.row))
            .with(Condition::TypedField, matches!(self.current(), Some((FieldInput::Text(_), _))))
            .with(Condition::TakesPictures, matches!(kind, Some(FieldKind::Picture | FieldKind::Pictures)))
            .with(Condition::Row, self.is_usable(shared) && gallery.is_none_or(|gallery| !gallery.is_empty()))
            .with(Condition::Undoable, gallery.is_some_and(Gallery::can_undo))
            .with(Condition::Redoable, gallery.is_some_and(Gallery::can_redo))
    }

    fn on(&mut self, event: Event, shared: &mut Shared) -> Option<Nav> {
        self.sync(shared);
        let nav = self.react(event, shared);
        self.mended(shared);
        self.follow(shared);
        self.fetch_picture(shared);
        nav
    }

    fn learned(&mut self, _job: &Job, _well: bool, shared: &mut Shared) -> Option<Nav> {
        self.sync(shared);
        self.mended(shared);
        self.follow(shared);
        self.fetch_picture(shared);
        None
    }

    fn commands(&self, _shared: &Shared) -> Vec<Vec<String>> {
        let assignment = |row: usize| {
            let (spec, text) = (Self::spec(row)?, self.text(row)?);
            // A value that begins with @ would name a file; @@ is the way to write one.
            let at = if text.starts_with('@') { "@" } else { "" };
            Some(format!("{}={at}{}", spec.key, if spec.kind.is_list() { text.replace('\n', ",") } else { text }))
        };
        let assignments: Vec<String> = self.changed().into_iter().filter_map(assignment).collect();
        let verb = if assignments.is_empty() { "show" } else { "set" };
        let words = S::COMMAND.iter().copied().chain([verb]).map(str::to_owned);
        vec![words.chain(assignments).collect()]
    }

    fn view(&self, area: Rect, buf: &mut Buffer, shared: &Shared) -> Option<Position> {
        self.draw(area, buf, shared)
    }

    fn is_carrying(&self) -> bool {
        self.typing && self.gallery().is_some_and(Gallery::is_carrying)
    }
}
