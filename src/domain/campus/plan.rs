//! The order of the writes that turn one campus profile into another.
//!
//! Majors go with one call, year and visibility with another, and the directory checks after each. So the writes are ordered such that
//! every state in between is one it accepts.

use std::collections::HashSet;

use super::super::Id;
use super::super::field::FieldError;
use super::{Campus, Visibility};

/// One write to the directory.
#[derive(Clone, Debug, PartialEq)]
pub enum CampusWrite {
    /// The whole list of majors.
    Majors(Vec<Id>),
    /// Year and visibility, which always go together.
    Membership {
        /// None shows no year.
        year: Option<u16>,
        /// Who sees the profile.
        visibility: Visibility,
    },
}

/// The writes that make `base` into `mine`, in an order in which no state in between is refused; only what changed. Majors are a set:
/// a new order alone writes nothing.
///
/// From a state the directory accepts two writes at most are enough. Should the server itself have told one it would not accept, the
/// profile is hidden first where that helps.
///
/// # Errors
/// What is missing for the visibility chosen. A state that is not allowed but is the server's own is not blamed on the user.
pub fn plan(base: &Campus, mine: &Campus) -> Result<Vec<CampusWrite>, FieldError> {
    let majors = (!same_majors(base, mine)).then(|| CampusWrite::Majors(mine.major_codes.clone().unwrap_or_default()));
    let differs = base.visibility != mine.visibility || base.graduation_year != mine.graduation_year;
    let membership = match (differs, &mine.visibility) {
        (false, _) => None,
        (true, Some(visibility)) => Some(CampusWrite::Membership { year: mine.graduation_year, visibility: visibility.clone() }),
        (true, None) => return Err(FieldError::new("choose who sees your campus profile first: year and visibility are saved together")),
    };
    if let (Err(why), Some(visibility)) = (mine.allowed(), &mine.visibility)
        && (base.allowed().is_ok() || base.visibility != mine.visibility)
    {
        return Err(FieldError::new(format!("\"{}\" {why}", visibility.meaning())));
    }
    let (Some(majors), Some(membership)) = (majors.clone(), membership.clone()) else {
        return Ok(majors.into_iter().chain(membership).collect());
    };
    let hidden = CampusWrite::Membership { year: mine.graduation_year, visibility: Visibility::Hidden };
    let orders = [
        vec![majors.clone(), membership.clone()],
        vec![membership.clone(), majors.clone()],
        vec![hidden, majors.clone(), membership.clone()],
    ];
    let smooth = orders.into_iter().find(|writes| states(base, writes).all(|state| state.allowed().is_ok()));
    Ok(smooth.unwrap_or_else(|| vec![majors, membership]))
}

/// The states the directory goes through.
fn states(base: &Campus, writes: &[CampusWrite]) -> impl Iterator<Item = Campus> {
    writes.iter().scan(base.clone(), |state, write| {
        *state = write.onto(state);
        Some(state.clone())
    })
}

impl CampusWrite {
    /// What the directory holds after this write.
    #[must_use]
    pub fn onto(&self, state: &Campus) -> Campus {
        let mut next = state.clone();
        match self {
            Self::Majors(codes) => next.major_codes = Some(codes.clone()),
            Self::Membership { year, visibility } => {
                next.graduation_year = *year;
                next.visibility = Some(visibility.clone());
            }
        }
        next
    }
}

fn same_majors(one: &Campus, other: &Campus) -> bool {
    let set = |campus: &'_ Campus| campus.major_codes.iter().flatten().cloned().collect::<HashSet<Id>>();
    set(one) == set(other)
}

#[cfg(test)]
mod tests {
    use CampusWrite::{Majors, Membership};
    use Visibility::{GraduationYear, Hidden, Major, Visible};

    use super::*;

    fn campus(majors: &[&str], year: impl Into<Option<u16>>, visibility: Visibility) -> Campus {
        Campus {
            major_codes: Some(majors.iter().map(|code| Id::from(*code)).collect()),
            graduation_year: year.into(),
            visibility: Some(visibility),
        }
    }

    fn membership(year: impl Into<Option<u16>>, visibility: Visibility) -> CampusWrite {
        Membership { year: year.into(), visibility }
    }

    #[test]
    fn going_to_major_writes_the_majors_first_and_leaving_it_the_membership() {
        let none = campus(&[], None, Hidden);
        let some = campus(&["3702"], 2027, Major);
        assert_eq!(plan(&none, &some).unwrap(), [Majors(vec!["3702".into()]), membership(2027, Major)]);
        assert_eq!(plan(&some, &none).unwrap(), [membership(None, Hidden), Majors(vec![])]);
        assert_eq!(
            plan(&campus(&[], 2027, GraduationYear), &campus(&["1"], None, Major)).unwrap(),
            [Majors(vec!["1".into()]), membership(None, Major)]
        );
        assert_eq!(
            plan(&campus(&["1"], None, Major), &campus(&[], 2027, GraduationYear)).unwrap(),
            [membership(2027, GraduationYear), Majors(vec![])]
        );
    }

    #[test]
    fn only_what_changed_is_written() {
        let base = campus(&["1", "2"], 2027, Visible);
        assert_eq!(plan(&base, &base).unwrap(), []);
        assert_eq!(plan(&base, &campus(&["2", "1"], 2027, Visible)).unwrap(), [], "the order of majors means nothing");
        assert_eq!(plan(&base, &campus(&["1"], 2027, Visible)).unwrap(), [Majors(vec!["1".into()])]);
        assert_eq!(plan(&base, &campus(&["1", "2"], None, Visible)).unwrap(), [membership(None, Visible)]);
        let untold = Campus::default();
        assert_eq!(plan(&untold, &Campus { major_codes: Some(vec![]), ..Campus::default() }).unwrap(), []);
    }

    #[test]
    fn what_the_directory_would_refuse_is_refused_before_any_request() {
        let error = |base: &Campus, mine: &Campus| plan(base, mine).unwrap_err().to_string();
        let none = campus(&[], None, Hidden);
        assert!(error(&none, &campus(&[], 2027, Major)).contains("at least one major"));
        assert!(error(&none, &campus(&["1"], None, GraduationYear)).contains("graduation year"));
        assert!(error(&campus(&["1"], None, Major), &campus(&[], None, Major)).contains("people of your major\" needs"));
        assert!(error(&Campus::default(), &Campus { graduation_year: Some(2027), ..Campus::default() }).contains("saved together"));
    }

    #[test]
    fn a_state_of_the_servers_own_does_not_stand_in_the_way() {
        let odd = campus(&["1"], None, GraduationYear);
        assert_eq!(plan(&odd, &campus(&["1", "2"], None, GraduationYear)).unwrap(), [Majors(vec!["1".into(), "2".into()])]);
        let hidden_first = [membership(None, Hidden), Majors(vec!["1".into()]), membership(None, Major)];
        assert_eq!(plan(&campus(&[], None, GraduationYear), &campus(&["1"], None, Major)).unwrap(), hidden_first);
    }

    /// The directory's rule as the specification words it, written a second time on purpose.
    fn directory_accepts(state: &Campus) -> bool {
        match state.visibility.as_ref().map(Visibility::word) {
            Some("graduation_year") => state.graduation_year.is_some(),
            Some("major") => state.major_codes.as_ref().is_some_and(|codes| !codes.is_empty()),
            _ => true,
        }
    }

    #[test]
    fn no_state_on_any_way_is_refused() {
        let mut all = Vec::new();
        for majors in [&[][..], &["1"], &["2"], &["1", "2"]] {
            for year in [None, Some(2026), Some(2027)] {
                all.extend(Visibility::OFFERED.map(|visibility| campus(majors, year, visibility)));
            }
        }
        let mut ways = 0;
        for base in all.iter().filter(|state| directory_accepts(state)) {
            for mine in &all {
                let writes = plan(base, mine);
                assert_eq!(writes.is_ok(), directory_accepts(mine), "{base:?} to {mine:?}");
                let Ok(writes) = writes else { continue };
                let passed: Vec<Campus> = states(base, &writes).collect();
                assert!(passed.iter().all(directory_accepts), "{base:?} to {mine:?}: {passed:?}");
                assert!(writes.len() <= 2, "two are enough");
                let end = passed.last().unwrap_or(base);
                assert_eq!(end, mine, "and lead there");
                ways += 1;
            }
        }
        assert!(ways > 1000);
    }
}
