//! Patterns of paths, for calls and for faults.

/// Whether a path fits a pattern, in which `*` stands for any one segment.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("*"), Some(segment)) if !segment.is_empty() => {}
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_exactly_one_segment() {
        assert!(matches("/users/*", "/users/1"));
        assert!(matches("/*", "/1x1.jpeg.0"));
        for path in ["/users", "/users/", "/users/1/2", "/v3/users/1"] {
            assert!(!matches("/users/*", path), "{path}");
        }
    }
}
