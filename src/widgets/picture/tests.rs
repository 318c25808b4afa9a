use base64::prelude::{BASE64_STANDARD, Engine};
use proptest::prelude::*;
use ratatui::buffer::CellWidth;
use ratatui::style::Color;

use ratatui::layout::Size;

use super::*;

mod sixel;

const BLOCKS: PictureMethod = PictureMethod { protocol: Protocol::Blocks, colours: Colours::True };
const KITTY: PictureMethod = PictureMethod { protocol: Protocol::Kitty, colours: Colours::True };
const RED: [u8; 4] = [255, 0, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];
const CLEAR: [u8; 4] = [9, 9, 9, 0];

fn picture(width: u32, pixels: &[[u8; 4]]) -> Thumbnail {
    Thumbnail::new(width, pixels.len() as u32 / width, pixels.concat()).unwrap()
}

fn drawn(picture: &Thumbnail, area: Rect, method: PictureMethod) -> Buffer {
    let mut buf = Buffer::empty(area);
    draw(picture, PictureFrame { area, above: 0, below: 0 }, &mut buf, method);
    buf
}

fn rgb([red, green, blue, _]: [u8; 4]) -> Color {
    Color::Rgb(red, green, blue)
}

#[test]
fn a_cell_shows_two_pixels_and_what_is_clear_keeps_the_terminals_background() {
    let buf = drawn(&picture(4, &[RED, RED, CLEAR, CLEAR, BLUE, CLEAR, BLUE, CLEAR]), Rect::new(0, 0, 4, 1), BLOCKS);
    let cell = |x| buf.cell((x, 0)).map(|cell| (cell.symbol(), cell.fg, cell.bg)).unwrap();
    assert_eq!(cell(0), ("▀", rgb(RED), rgb(BLUE)));
    assert_eq!(cell(1), ("▀", rgb(RED), Color::Reset));
    assert_eq!(cell(2), ("▄", rgb(BLUE), Color::Reset));
    assert_eq!(cell(3), (" ", Color::Reset, Color::Reset));
}

#[test]
fn a_colour_over_the_whole_cell_costs_a_space() {
    let buf = drawn(&picture(1, &[RED, RED]), Rect::new(0, 0, 1, 1), BLOCKS);
    assert_eq!(buf.cell((0, 0)).map(|cell| (cell.symbol(), cell.bg)), Some((" ", rgb(RED))));
}

#[test]
fn without_unicode_only_spaces_are_drawn() {
    let method = PictureMethod { protocol: Protocol::Cells, ..BLOCKS };
    let buf = drawn(&picture(2, &[RED, BLUE, RED, BLUE]), Rect::new(0, 0, 4, 2), method);
    let colours: Vec<_> = buf.content().iter().map(|cell| (cell.symbol(), cell.bg)).collect();
    let row = [(" ", rgb(RED)), (" ", rgb(RED)), (" ", rgb(BLUE)), (" ", rgb(BLUE))];
    assert_eq!(colours, [row, row].concat());
}

#[test]
fn shrinking_mixes_light_and_not_numbers() {
    let buf = drawn(&picture(2, &[[0, 0, 0, 255], [255; 4], [255; 4], [0, 0, 0, 255]]), Rect::new(0, 0, 1, 1), BLOCKS);
    // Half the light is a code of about 186, far above the middle of the numbers.
    let Color::Rgb(grey, ..) = buf.cell((0, 0)).unwrap().fg else { panic!("{buf:?}") };
    assert!((175..195).contains(&grey), "{grey}");
}

#[test]
fn a_clear_pixel_s_colour_does_not_bleed_into_its_neighbours() {
    let buf = drawn(&picture(4, &[RED, RED, RED, CLEAR, RED, RED, RED, CLEAR]), Rect::new(0, 0, 2, 1), BLOCKS);
    assert_eq!(buf.cell((1, 0)).unwrap().fg, rgb(RED));
}

#[test]
fn a_picture_scrolled_half_out_is_the_lower_part_of_the_whole() {
    let pixels: Vec<_> = (0..64u8).map(|n| [n * 4, 255 - n, n, 255]).collect();
    let picture = picture(8, &pixels);
    let whole = drawn(&picture, Rect::new(0, 0, 8, 4), BLOCKS);
    let view = Rect::new(0, 0, 8, 10);
    let mut part = Buffer::empty(view);
    let frame = PictureFrame::scrolled(view, 5, 0, 3, Size::new(8, 4)).unwrap();
    assert_eq!(frame, PictureFrame { area: Rect::new(0, 0, 8, 2), above: 2, below: 0 });
    draw(&picture, frame, &mut part, KITTY);
    assert_eq!(part.content()[..16], whole.content()[16..]);
}

#[test]
fn pictures_out_of_view_have_no_frame() {
    let view = Rect::new(3, 2, 20, 5);
    assert_eq!(PictureFrame::scrolled(view, 4, 0, 0, Size::new(4, 4)), None);
    assert_eq!(PictureFrame::scrolled(view, 0, 0, 5, Size::new(4, 4)), None);
    let below = PictureFrame { area: Rect::new(4, 6, 4, 1), above: 0, below: 3 };
    assert_eq!(PictureFrame::scrolled(view, 0, 1, 4, Size::new(4, 4)), Some(below));
    let both = PictureFrame { area: Rect::new(3, 2, 4, 5), above: 1, below: 3 };
    assert_eq!(PictureFrame::scrolled(view, 1, 0, 0, Size::new(4, 9)), Some(both));
}

/// Keys and base64 of every sequence of the protocol in a cell, and what is left of the cell.
fn sequences(symbol: &str) -> (Vec<(String, String)>, String) {
    let mut parts = symbol.split("\x1b_G").map(str::to_owned);
    assert_eq!(parts.next().as_deref(), Some(""));
    let (mut found, mut rest) = (Vec::new(), String::new());
    for part in parts {
        let (sequence, after) = part.split_once("\x1b\\").unwrap();
        let (keys, payload) = sequence.split_once(';').unwrap();
        found.push((keys.to_owned(), payload.to_owned()));
        rest = after.to_owned();
    }
    (found, rest)
}

#[test]
fn kitty_gets_the_whole_file_in_pieces_and_no_leave_to_answer() {
    let file: Vec<u8> = (0..10_000u32).map(|n| (n * 31 % 251) as u8).collect();
    let picture = picture(1, &[RED]).with_png(BASE64_STANDARD.encode(&file));
    let buf = drawn(&picture, Rect::new(0, 0, 6, 3), KITTY);
    let first = buf.cell((0, 0)).unwrap();
    assert_eq!(first.cell_width(), 1);
    let (sequences, rest) = sequences(first.symbol());
    let payload: String = sequences.iter().map(|(_, payload)| payload.as_str()).collect();
    assert_eq!(BASE64_STANDARD.decode(payload).unwrap(), file);
    assert!(sequences.iter().all(|(keys, payload)| keys.split(',').any(|key| key == "q=2") && payload.len() <= 4096));
    let more: Vec<_> = sequences.iter().map(|(keys, _)| keys.ends_with("m=1")).collect();
    assert_eq!(more, [true, true, true, false]);
    assert!(sequences[0].0.contains("U=1") && sequences[0].0.contains("c=6,r=3"), "{}", sequences[0].0);
    assert_eq!(rest, "\u{10eeee}\u{305}\u{305}");
}

#[test]
fn kitty_s_placeholders_name_their_picture_row_and_column_and_are_one_column_wide() {
    let picture = picture(1, &[RED]).with_png("QUJD");
    let buf = drawn(&picture, Rect::new(0, 0, 4, 2), KITTY);
    let id = sequences(buf.cell((0, 0)).unwrap().symbol()).0[0].0.split(',').find_map(|key| key.strip_prefix("i=")?.parse::<u32>().ok());
    for x in 0..4 {
        for y in 0..2 {
            let cell = buf.cell((x, y)).unwrap();
            let Color::Rgb(red, green, blue) = cell.fg else { panic!("{cell:?}") };
            assert_eq!(Some(u32::from_be_bytes([0, red, green, blue])), id);
            assert_eq!(cell.cell_width(), 1);
        }
    }
    assert_eq!(buf.cell((3, 1)).unwrap().symbol(), "\u{10eeee}\u{30d}\u{310}");
}

#[test]
fn without_a_file_for_kitty_blocks_are_drawn() {
    let picture = picture(1, &[RED, BLUE]);
    assert_eq!(drawn(&picture, Rect::new(0, 0, 4, 4), KITTY), drawn(&picture, Rect::new(0, 0, 4, 4), BLOCKS));
}

#[test]
fn a_thumbnail_has_as_many_pixels_as_it_says() {
    assert!(Thumbnail::new(1, 2, vec![0; 8]).is_some());
    for (width, height, bytes) in [(0, 0, 0), (0, 5, 0), (1, 2, 7), (2, 2, 8), (u32::MAX, u32::MAX, 4)] {
        assert_eq!(Thumbnail::new(width, height, vec![0; bytes]), None, "{width}x{height}");
    }
}

#[test]
fn little_room_is_filled_from_few_pixels_and_much_room_from_all() {
    let picture = picture(4, &[RED; 16]).with_smaller(2, 2, [BLUE; 4].concat());
    let colour = |columns, rows| drawn(&picture, Rect::new(0, 0, columns, rows), BLOCKS).cell((0, 0)).unwrap().bg;
    assert_eq!([colour(2, 1), colour(4, 2)], [rgb(BLUE), rgb(RED)]);
}

fn any_picture() -> impl Strategy<Value = Thumbnail> {
    (1..20u32, 1..20u32, any::<u8>()).prop_map(|(width, height, seed)| {
        let bytes: Vec<u8> = (0..width * height * 4).map(|n| (n as u8).wrapping_mul(seed)).collect();
        Thumbnail::new(width, height, bytes).unwrap().with_png("QUJDRA==")
    })
}

fn any_method() -> impl Strategy<Value = PictureMethod> {
    let protocol = prop_oneof![Just(Protocol::Blocks), Just(Protocol::Cells), Just(Protocol::Kitty)];
    let colours = prop_oneof![Just(Colours::Sixteen), Just(Colours::Palette), Just(Colours::True)];
    (protocol, colours).prop_map(|(protocol, colours)| PictureMethod { protocol, colours })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_picture_fits_any_room_and_fills_it_one_way(picture in any_picture(), width in 1..200u16, height in 1..100u16) {
        let size = picture.fit(Size::new(width, height));
        prop_assert!(size.width <= width && size.height <= height && !size.width.eq(&0) && size.height > 0);
        prop_assert!(size.width == width || size.height == height);
    }

    #[test]
    fn nothing_is_drawn_outside_the_view(
        picture in any_picture(),
        method in any_method(),
        (x, y, top) in (0..60u16, 0..60usize, 0..60usize),
        (width, height) in (0..60u16, 0..50u16),
        view in (0..9u16, 0..9u16, 0..60u16, 0..40u16),
    ) {
        let view = Rect::new(view.0, view.1, view.2, view.3);
        let all = Rect::new(0, 0, 70, 50);
        let mut buf = Buffer::filled(all, ratatui::buffer::Cell::new("x"));
        if let Some(frame) = PictureFrame::scrolled(view, top, x, y, Size::new(width, height)) {
            draw(&picture, frame, &mut buf, method);
        }
        for position in all.positions().filter(|position| !view.contains(*position)) {
            prop_assert_eq!(buf.cell(position).unwrap().symbol(), "x");
        }
    }
}
