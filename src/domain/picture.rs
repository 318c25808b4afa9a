//! Addresses of stored pictures: `https://i.groupme.com/{W}x{H}.{format}.{32 hex digits}`, with a suffix for a smaller copy
//! (documentation of the image service: `.avatar` 60x60, `.preview` 200x200, `.large` 960 pixels wide).

use super::RawText;

/// The copies the service makes.
const SUFFIXES: [&str; 3] = ["avatar", "preview", "large"];

/// Where the picture's small copy is (200 pixels); the picture itself if the address is not one of the service's.
pub fn preview(address: &RawText) -> RawText {
    match original(address.raw()) {
        Some(original) => RawText::new(format!("{original}.preview")),
        None => address.clone(),
    }
}

/// The address without a suffix, if it looks like a stored picture's.
fn original(address: &str) -> Option<&str> {
    let (head, name) = address.rsplit_once('/')?;
    let mut parts = name.split('.');
    let (size, format, key) = (parts.next()?, parts.next()?, parts.next()?);
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let suffix = parts.next();
    let good = number(width)
        && number(height)
        && !format.is_empty()
        && key.len() == 32
        && key.bytes().all(|byte| byte.is_ascii_hexdigit())
        && suffix.is_none_or(|suffix| SUFFIXES.contains(&suffix))
        && parts.next().is_none();
    let length = head.len() + 1 + size.len() + 1 + format.len() + 1 + key.len();
    address.get(..length).filter(|_| good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_picture_s_small_copy_is_asked_for_and_nothing_else_is_touched() {
        let stored = "https://i.groupme.com/200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d";
        let small = RawText::new(format!("{stored}.preview"));
        for address in [stored.to_owned(), format!("{stored}.avatar"), format!("{stored}.large"), format!("{stored}.preview")] {
            assert_eq!(preview(&RawText::new(address)), small);
        }
        for other in
            ["", "x", "https://i.groupme.com/94e0ac5891aa4e6f8ad4bbf961defe4d.jpeg", &format!("{stored}.huge"), &format!("{stored}?x=1")]
        {
            assert_eq!(preview(&other.into()), other.into());
        }
    }
}
