//! What the account holds is never a change, whatever it is: opening and leaving a field is looking at it.

use super::*;
use crate::domain::campus::CampusForm;
use crate::domain::field::odd;

/// Opens and leaves every field that holds something, by the keys and by the external editor, and says which rows are changed then.
fn opened<S: FormSpec>(mut form: Form<S>, shared: &mut Shared) -> Vec<usize> {
    for (row, spec) in S::ROWS.iter().enumerate() {
        if form.base_text(row).is_none() {
            continue;
        }
        form.on(Event::EditField(spec.key), shared);
        for action in [Action::LineEnd, Action::CursorLeft, Action::Leave, Action::Leave] {
            form.on(Event::Action(action), shared);
        }
        // A switch has no inside: opening it turns it.
        if spec.kind != FieldKind::Switch {
            let text = form.text(form.row).unwrap();
            form.on(Event::Action(Action::OpenEditor), shared);
            form.on(Event::Edited(text), shared);
        }
    }
    form.changed()
}

#[test]
fn opening_and_leaving_every_field_changes_none() {
    for profile in odd::profiles() {
        let mut shared = shared(Account { profile: profile.clone(), ..account() });
        let edit: EditScreen = form(&mut shared);
        assert_eq!(opened(edit, &mut shared), [0; 0], "{profile:?}");
    }
    for CampusForm { campus, .. } in odd::campuses() {
        let mut shared = shared(Account { campus: campus.clone(), ..account() });
        let screen: CampusScreen = form(&mut shared);
        assert_eq!(opened(screen, &mut shared), [0; 0], "{campus:?}");
    }
}
