//! Where keys count, and which of those places are active at the same time.

/// Where a binding counts. Several scopes are active at once, the most particular first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Scope {
    /// Everywhere, also while typing and in overlays.
    Always,
    /// On every screen while no text is being typed. Its printable keys are digits, `?` and `q` and no others: they count on a form
    /// too, where any other letter means text.
    Screen,
    /// Where no text can be meant, so that letters are commands.
    Browse,
    /// The profile.
    Profile,
    /// The form of the profile or the campus, in a field or not.
    Form,
    /// A form before any of its fields has the cursor: the next letter types into the one that is pointed at.
    Idle,
    /// Inside a field of a form.
    Field,
    /// Where text is typed.
    Text,
    /// Where text has several lines.
    LongText,
    /// In a field whose value is chosen from a list.
    Choice,
    /// In a field that is on or off.
    Switch,
    /// A list of pictures inside the form.
    Gallery,
    /// The pins.
    Pins,
    /// Pins or a picture being carried to another place.
    Carry,
    /// The filter line of the pins.
    Filter,
    /// Typing the position a pin is moved to.
    Position,
    /// Signing in.
    SignIn,
    /// A list to choose from by typing.
    Picker,
    /// A list to choose several from by typing.
    Checklist,
    /// A line of text for something that is no field.
    Entry,
    /// A question.
    Confirm,
    /// The review before a save.
    Review,
    /// Edits of an earlier run.
    Earlier,
    /// The states kept before saves.
    History,
    /// Something to look at.
    Viewer,
}

/// The scopes that are active at the same time, each row most particular first. What a screen or overlay answers to
/// `scopes` is always part of a row, in its order; the clash check and the rule that printable keys type rest on that.
pub const TOGETHER: &[&[Scope]] = {
    use Scope::{
        Always, Browse, Carry, Checklist, Choice, Confirm, Earlier, Entry, Field, Filter, Form, Gallery, History, Idle, LongText, Picker,
        Pins, Position, Profile, Review, Screen, SignIn, Switch, Text, Viewer,
    };
    &[
        &[Profile, Screen, Browse, Always],
        &[Idle, Screen, Form, Always],
        &[LongText, Field, Text, Form, Always],
        &[Choice, Field, Form, Always],
        &[Switch, Field, Form, Always],
        &[Gallery, Field, Form, Always],
        &[Carry, Gallery, Field, Form, Always],
        &[Carry, Pins, Screen, Browse, Always],
        &[Position, Text, Always],
        &[Filter, Text, Always],
        &[SignIn, Text, Always],
        &[Checklist, Picker, Text, Always],
        &[Entry, Text, Always],
        &[Confirm, Always],
        &[Review, Always],
        &[Earlier, Always],
        &[History, Always],
        &[Viewer, Always],
    ]
};

/// Scopes of which the first takes keys away from the second on purpose: Enter and the arrows belong to what the field holds, and
/// what ends carrying means something else otherwise.
const TAKES_FROM: &[(Scope, Scope)] = &[
    (Scope::LongText, Scope::Field),
    (Scope::Choice, Scope::Field),
    (Scope::Gallery, Scope::Field),
    (Scope::Carry, Scope::Gallery),
    (Scope::Carry, Scope::Field),
    (Scope::Carry, Scope::Pins),
    (Scope::Carry, Scope::Screen),
    (Scope::Carry, Scope::Browse),
    (Scope::Picker, Scope::Always),
];

impl Scope {
    /// The heading of the scope in help and documentation.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Everywhere",
            Self::Screen => "On every screen",
            Self::Browse => "On Profile and Pins",
            Self::Profile => "Profile",
            Self::Form => "Edit and Campus",
            Self::Idle => "Edit and Campus, before typing",
            Self::Field => "In a field",
            Self::Text => "While typing",
            Self::LongText => "In the bio",
            Self::Choice => "In a field with a list",
            Self::Switch => "In a field that is on or off",
            Self::Gallery => "In the gallery",
            Self::Pins => "Pins",
            Self::Carry => "Carrying a pin or a picture",
            Self::Filter => "While filtering",
            Self::Position => "Typing a position",
            Self::SignIn => "Signing in",
            Self::Picker => "Choosing",
            Self::Checklist => "Choosing several",
            Self::Entry => "Typing a path",
            Self::Confirm => "Questions",
            Self::Review => "Reviewing a save",
            Self::Earlier => "Edits of an earlier run",
            Self::History => "History",
            Self::Viewer => "Messages and QR code",
        }
    }

    /// The scope's name in the configuration file.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether a character that is bound to nothing is text: it is typed, begins the typing, or is looked for in a list.
    pub fn take_text(scopes: &[Self]) -> bool {
        !scopes.contains(&Self::Carry) && scopes.iter().any(|scope| matches!(scope, Self::Text | Self::Idle | Self::Choice | Self::Gallery))
    }

    /// Whether printable keys type while this scope is active, so that none of them can be a command.
    pub fn types(self) -> bool {
        self.meets(Self::Text)
    }

    /// Whether a character may be text while this scope is active, so that only what the table gives a printable key can have one.
    pub fn may_type(self) -> bool {
        TOGETHER.iter().any(|row| row.contains(&self) && Self::take_text(row))
    }

    /// Whether both scopes can be active at once.
    fn meets(self, other: Self) -> bool {
        TOGETHER.iter().any(|row| row.contains(&self) && row.contains(&other))
    }

    /// Whether one key cannot mean two things in these scopes.
    pub fn disputes(self, other: Self) -> bool {
        self.meets(other) && !TAKES_FROM.contains(&(self, other)) && !TAKES_FROM.contains(&(other, self))
    }

    /// Whether `scopes` is part of a row of [`TOGETHER`], in its order.
    pub fn are_possible(scopes: &[Self]) -> bool {
        TOGETHER.iter().any(|row| {
            let mut rest = row.iter();
            scopes.iter().all(|scope| rest.any(|other| other == scope))
        })
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_scope_is_active_somewhere_and_its_name_reads_back() {
        for scope in Scope::iter() {
            assert!(TOGETHER.iter().any(|row| row.contains(&scope)), "{scope:?}");
            assert_eq!(scope.name().parse::<Scope>(), Ok(scope));
        }
    }

    #[test]
    fn what_is_active_at_once_keeps_the_order_of_a_row() {
        assert!(Scope::are_possible(&[Scope::Idle, Scope::Screen, Scope::Form, Scope::Always]));
        assert!(!Scope::are_possible(&[Scope::Form, Scope::Idle, Scope::Always]));
        assert!(!Scope::are_possible(&[Scope::Pins, Scope::Form, Scope::Always]));
    }
}
