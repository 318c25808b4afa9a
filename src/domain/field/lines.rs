//! Line ends, which nobody types and editors and terminals make their own.

/// `new` with the line ends of `old` where it has the same lines at the beginning and at the end, and in between the first of them.
pub(super) fn with_line_ends_of(old: &str, new: &str) -> String {
    if !old.contains('\r') || new.contains('\r') {
        return new.to_owned();
    }
    let (old, new) = (lines(old), lines(new));
    let equal = |pairs: &mut dyn Iterator<Item = (&(&str, &str), &(&str, &str))>| pairs.take_while(|(old, new)| old.0 == new.0).count();
    let head = equal(&mut old.iter().zip(&new));
    let tail = equal(&mut old.iter().rev().zip(new.iter().rev())).min(new.len() - head);
    let twin = |at: usize| match at {
        at if at < head => old.get(at),
        at if at >= new.len() - tail => old.get(old.len() + at - new.len()),
        _ => None,
    };
    let ended = |(at, (line, own)): (usize, &(&str, &str))| {
        let kept = twin(at).into_iter().chain(old.first()).map(|(_, end)| *end).find(|end| !end.is_empty());
        format!("{line}{}", kept.filter(|_| !own.is_empty()).unwrap_or(own))
    };
    new.iter().enumerate().map(ended).collect()
}

/// The lines of a text and how each ends.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        let end = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        lines.push((&rest[..at], &rest[at..at + end]));
        rest = &rest[at + end..];
    }
    lines.push((rest, ""));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changes_a_word_changes_a_word() {
        for (now, new, kept) in [
            ("a\r\nb\rc\nd\r\n", "a\nx\nc\nd\n", "a\r\nx\r\nc\nd\r\n"),
            ("a\r\nb", "a\nb\nc", "a\r\nb\r\nc"),
            ("a\rb\rc", "b\rc", "b\rc"),
            ("a\r\nb\r\n", "b\n", "b\r\n"),
            ("a\r\n", "", ""),
            ("a\nb", "a\nc", "a\nc"),
            ("a\r\na\r\na", "a\na", "a\r\na"),
        ] {
            assert_eq!(with_line_ends_of(now, new), kept, "{now:?} {new:?}");
        }
    }
}
