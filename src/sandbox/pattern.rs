//! Patterns of paths, for calls and for faults.

/// Whether a path fits a pattern, in which `*` and `{name}` stand for any one segment.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(open), Some(segment)) if (open == "*" || open.starts_with('{')) && !segment.is_empty() => {}
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_segment_stands_for_exactly_one() {
        for pattern in ["/users/*", "/users/{user_id}"] {
            assert!(matches(pattern, "/users/1"));
            for path in ["/users", "/users/", "/users/1/2", "/user/1"] {
                assert!(!matches(pattern, path), "{path}");
            }
        }
    }
}
