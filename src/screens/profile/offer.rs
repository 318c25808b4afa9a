//! What Enter offers for a row: its field in a form, or a menu of what else can be done about it. No row is without an answer.

use super::rows::RowSubject;
use crate::base::job::{SmsChange, SmsDuration};
use crate::base::{Action, Level, Scope, Shared};
use crate::domain::detail::EditTarget;
use crate::domain::{Id, RegistrationId, SafeText};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::screens::{Nav, Tab};
use crate::widgets::picker::Choice;

/// The picker for the length of SMS mode.
pub(super) const SMS_PICKER: &str = "sms";

/// The entry for the registration of a device, and what is picked to come to it.
pub(super) const DEVICE: &str = "device";

/// What is picked to end SMS mode.
const OFF: &str = "off";

/// Answers Enter on a row.
pub(super) fn offer(subject: RowSubject, has_value: bool, device: Option<&RegistrationId>, shared: &mut Shared) -> Option<Nav> {
    let copy = (Action::Copy, "copy it");
    match subject.edit() {
        EditTarget::Profile(field) => Some(Nav::EditField(Tab::Edit, field)),
        EditTarget::Campus(field) => Some(Nav::EditField(Tab::Campus, field)),
        EditTarget::Sharing if has_value => {
            let items = [
                copy,
                (Action::Qr, "show the QR code"),
                (Action::Reveal, "show or hide the link"),
                (Action::ShareNew, "make a new link: the old one stops working"),
                (Action::ShareOff, "turn sharing off: the link stops working"),
            ];
            Some(menu("Sharing", &items, "Whoever has the link can contact you.", shared))
        }
        EditTarget::Sharing => {
            let items = [(Action::ShareOn, "turn sharing on: make a link")];
            Some(menu("Sharing", &items, "Sharing is off: there is no link.", shared))
        }
        EditTarget::Sms => Some(sms(device, shared)),
        EditTarget::Settings if !has_value => Some(Nav::Run(Action::AskSettings)),
        EditTarget::Settings => {
            let items = [copy, (Action::AskSettings, "read them anew")];
            let note = "GroupMe tells them only in reply to a save; nobody can say whether they changed since.";
            Some(menu("Account settings", &items, note, shared))
        }
        EditTarget::Elsewhere(why) if has_value => Some(menu(subject.label(), &[copy], why, shared)),
        EditTarget::Elsewhere(why) => {
            shared.say(Level::Info, format!("{} is not set. {why}", subject.label()));
            None
        }
    }
}

/// What the footer calls the answer to Enter.
pub(super) fn word(edit: EditTarget) -> &'static str {
    match edit {
        EditTarget::Profile(_) | EditTarget::Campus(_) => "edit",
        EditTarget::Sharing | EditTarget::Sms | EditTarget::Settings | EditTarget::Elsewhere(_) => "options",
    }
}

fn menu(title: &'static str, actions: &[(Action, &str)], note: &'static str, shared: &Shared) -> Nav {
    Overlay::menu(title, Scope::Profile, actions, note, shared)
}

/// How long SMS mode is to last, or that it ends.
///
/// With the registration of a device its push notifications are held back; giving one is another question, which nobody has to answer.
pub(super) fn sms(device: Option<&RegistrationId>, shared: &Shared) -> Nav {
    let lengths =
        [("1", "1 hour"), ("4", "4 hours"), ("8", "8 hours"), ("24", "24 hours"), ("48", "48 hours"), ("always", "until turned off")];
    let is_on = shared.session.account.value().is_some_and(|account| account.sms.on == Some(true));
    let off = is_on.then_some((OFF, "turn it off"));
    let item = |(key, label): (&str, &str)| Choice::new(Id::from(key), SafeText::line(label));
    let (of_device, note) = match device {
        Some(_) => ("hold back another device", "Or type any number of hours up to 48."),
        None => ("hold push notifications back", "Or type any number of hours up to 48. Push notifications arrive as well."),
    };
    let choose = Choose::one(SMS_PICKER, "SMS mode", off.into_iter().chain(lengths).chain([(DEVICE, of_device)]).map(item).collect(), true);
    Nav::Open(Box::new(Overlay::Choose(choose.checking(note, |text| text.parse::<SmsDuration>().map(drop)))))
}

/// Asks for the registration of a device.
pub(super) fn ask_for_device(device: Option<&RegistrationId>) -> Nav {
    let help =
        "The registration id that the push service gave your device; empty for none. The setting registration_id says it once and for all.";
    let typed = device.map_or("", RegistrationId::as_str);
    Nav::Open(Box::new(Overlay::entry(DEVICE, "Device", help, typed)))
}

/// What was picked or typed for SMS mode.
///
/// # Errors
/// What is allowed.
pub(super) fn sms_change(picked: &str, registration_id: Option<RegistrationId>) -> Result<SmsChange, &'static str> {
    if picked == OFF { Ok(SmsChange::Off) } else { Ok(SmsChange::On(picked.parse()?, registration_id)) }
}
