//! The fields of a form, asked for one by one, whichever form it is. What is typed is the value, whatever it begins with.
//!
//! Must not judge a value: the field tables do.

use super::ask;
use crate::cli::assign::Assignment;
use crate::cli::exit::Failure;
use crate::cli::{output, review};
use crate::domain::SafeText;
use crate::domain::detail::TagNames;
use crate::domain::field::{FieldKind, FieldSpec, by_key};
use crate::domain::text::capitalised;

/// Asks for fields and their new values until there is nothing more to change. `stage` takes a value over the others; `changed` hears
/// of each one that was taken.
///
/// # Errors
/// When nothing can be printed any more.
pub(super) async fn edit<T>(
    rows: &'static [FieldSpec<T>],
    values: &mut T,
    names: &TagNames<'_>,
    stage: impl AsyncFn(&mut T, Assignment<T>) -> Result<(), Failure>,
    mut changed: impl FnMut(&T),
) -> Result<(), Failure>
where
    T: Clone,
{
    list(rows, values)?;
    while let Some(row) = which(rows, values)? {
        describe(row, values, names)?;
        while let Some(text) = new_value(row)? {
            let before = values.clone();
            if ask::told(stage(values, (row, text)).await)?.is_none() {
                continue;
            }
            if row.same_in(&before, values) {
                output::line("It is so already.")?;
            } else {
                changed(values);
                output::line("Noted; it is not saved yet.")?;
            }
            break;
        }
    }
    Ok(())
}

/// Says every field with its number and value.
fn list<T>(rows: &[FieldSpec<T>], values: &T) -> Result<(), Failure> {
    let mut rows = (1..).zip(rows);
    rows.try_for_each(|(number, row)| output::line(format!("{number} {}: {}", row.label, review::value(row, values))))
}

/// Asks which field is to change; none to go back.
fn which<T>(rows: &'static [FieldSpec<T>], values: &T) -> Result<Option<&'static FieldSpec<T>>, Failure> {
    loop {
        let Some(typed) = ask::line("Which field is to change? (its number or name; list says all)")? else { return Ok(None) };
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        if typed.eq_ignore_ascii_case("list") {
            list(rows, values)?;
            continue;
        }
        let by_number = typed.parse::<usize>().ok().and_then(|number| rows.get(number.checked_sub(1)?));
        let by_label = || rows.iter().find(|row| row.label.eq_ignore_ascii_case(typed));
        match by_number.or_else(by_label).map_or_else(|| by_key(rows, typed), Ok) {
            Ok(row) => return Ok(Some(row)),
            Err(why) => output::line(SafeText::line(why.to_string()))?,
        }
    }
}

/// Says the whole value, and what belongs there.
fn describe<T>(row: &FieldSpec<T>, values: &T, names: &TagNames<'_>) -> Result<(), Failure> {
    match review::whole(row, values, names).as_slice() {
        [] => output::line(format!("{} is now empty.", row.label))?,
        [one] => output::line(format!("{} is now: {one}", row.label))?,
        lines => {
            output::line(format!("{} is now, line by line:", row.label))?;
            lines.iter().try_for_each(output::line)?;
        }
    }
    output::line(format!("{}.", capitalised(row.help)))
}

/// Asks for a value; none to leave the one that is there.
fn new_value<T>(row: &FieldSpec<T>) -> Result<Option<String>, Failure> {
    let label = row.label;
    let text = if row.kind == FieldKind::Block {
        ask::block(&format!("The new text of {label}, to a line with nothing but a full stop; a minus alone empties it."))?
    } else {
        let list = if row.kind.is_list() { ", the whole list with commas in between" } else { "" };
        ask::line(&format!("The new value of {label}{list}; an empty line leaves it, a minus alone empties it."))?
    };
    Ok(text.filter(|text| !text.is_empty()).map(|text| if text == "-" { String::new() } else { text }))
}
