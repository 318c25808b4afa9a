//! Sixels, read back as pixels.

use std::collections::BTreeMap;

use super::*;

const SIXEL: PictureMethod = PictureMethod { protocol: Protocol::Sixel(Size::new(4, 8)), colours: Colours::True };

/// The number after a sign, and what follows it.
fn number(text: &str) -> (usize, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].parse().unwrap(), &text[end..])
}

/// The pixels that are set, by column and row, in colours by per cent.
type SetPixels = BTreeMap<(usize, usize), [usize; 3]>;

/// The picture with who makes sixels of it.
fn sixelled(width: u32, pixels: &[[u8; 4]]) -> Thumbnail {
    let picture = picture(width, pixels);
    picture.clone().with_sixels(move |size| picture.to_sixels(size))
}

/// The size that is announced, and what is set.
fn pixels(image: &str) -> ((usize, usize), SetPixels) {
    let body = image.strip_prefix("\x1bP0;1;0q\"1;1;").and_then(|rest| rest.strip_suffix("\x1b\\")).unwrap();
    let (width, body) = number(body);
    let (height, mut rest) = number(&body[1..]);
    let (mut colours, mut set) = (BTreeMap::new(), BTreeMap::new());
    let (mut colour, mut x, mut y, mut times) = (0, 0, 0, 1);
    while let Some(sign) = rest.chars().next() {
        rest = &rest[1..];
        match sign {
            '#' => {
                (colour, rest) = number(rest);
                if let Some(parts) = rest.strip_prefix(";2;") {
                    let (red, parts) = number(parts);
                    let (green, parts) = number(&parts[1..]);
                    let (blue, after) = number(&parts[1..]);
                    colours.insert(colour, [red, green, blue]);
                    rest = after;
                }
            }
            '!' => (times, rest) = number(rest),
            '$' => x = 0,
            '-' => (x, y) = (0, y + 6),
            '?'..='~' => {
                for _ in 0..std::mem::replace(&mut times, 1) {
                    for bit in (0..6).filter(|bit| ((sign as u8 - b'?') >> bit) & 1 == 1) {
                        assert_eq!(set.insert((x, y + bit), colours[&colour]), None, "set twice");
                    }
                    x += 1;
                }
            }
            sign => panic!("{sign:?}"),
        }
    }
    ((width, height), set)
}

#[test]
fn sixels_have_every_pixel_once_in_about_its_colour_and_leave_clear_ones() {
    let picture = sixelled(2, &[RED, BLUE, CLEAR, RED]);
    let buf = drawn(&picture, Rect::new(0, 0, 4, 2), SIXEL);
    let (_, drawing) = part(buf[(0, 0)].symbol()).unwrap();
    let (moves, image) = drawing.split_once("\x1bP").unwrap();
    assert_eq!(moves, "\x1b[m\x1b[1;1H\x1b[4X\x1b[2;1H\x1b[4X\x1b[1;1H");
    let (size, set) = pixels(&format!("\x1bP{image}"));
    assert_eq!(size, (16, 16));
    let near = |at: (usize, usize), [red, green, blue]: [usize; 3]| {
        let colour = set[&at];
        [red, green, blue].iter().zip(colour).all(|(want, have)| want.abs_diff(have) < 8)
    };
    assert!(near((0, 0), [100, 0, 0]) && near((15, 0), [0, 0, 100]) && near((15, 15), [100, 0, 0]), "{set:?}");
    assert_eq!(set.len(), 3 * 64, "a quarter is clear");
    assert!(set.keys().all(|(x, y)| *x < 16 && *y < 16));
}

#[test]
fn all_cells_are_parts_of_one_picture_and_only_the_first_draws_it() {
    let buf = drawn(&sixelled(1, &[RED]), Rect::new(2, 1, 4, 2), SIXEL);
    let parts: Vec<_> = buf.content().iter().map(|cell| part(cell.symbol()).unwrap()).collect();
    assert!(parts.iter().all(|(id, _)| *id == parts[0].0) && buf.content().iter().all(|cell| cell.cell_width() == 1));
    assert_eq!(parts.iter().filter(|(_, drawing)| !drawing.is_empty()).count(), 1);
    assert!(!parts[0].1.is_empty());
    let elsewhere = drawn(&sixelled(1, &[RED]), Rect::new(3, 1, 4, 2), SIXEL);
    assert_ne!(part(elsewhere[(3, 1)].symbol()).unwrap().0, parts[0].0, "another place is another picture");
}

#[test]
fn without_the_size_of_a_cell_and_cut_by_an_edge_it_stands_there_in_blocks() {
    let picture = sixelled(1, &[RED, BLUE]);
    let unknown = SIXEL.with_cell(Size::ZERO);
    let area = Rect::new(0, 0, 4, 4);
    assert_eq!(drawn(&picture, area, unknown), drawn(&picture, area, BLOCKS));
    let frame = PictureFrame { area, above: 0, below: 2 };
    let of = |method| {
        let mut buf = Buffer::empty(area);
        draw(&picture, frame, &mut buf, method);
        buf
    };
    assert_eq!(of(SIXEL), of(BLOCKS));
}
