//! How many colours a terminal has, and the nearest of them.

use ratatui::style::Color;

/// The colours of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// The sixteen that every terminal has, each in a shade of its own choice.
    Sixteen,
    /// The fixed palette of 256.
    Palette,
    /// All.
    True,
}

/// The sixteen as most terminals show them, in order of their numbers.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 92, 92]),
    (Color::LightGreen, [92, 255, 92]),
    (Color::LightYellow, [255, 255, 92]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 92, 255]),
    (Color::LightCyan, [92, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The steps of the colour cube in the palette of 256.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Colours {
    /// The nearest colour there is.
    pub fn nearest(self, red: u8, green: u8, blue: u8) -> Color {
        let wanted = [red, green, blue];
        match self {
            Self::True => Color::Rgb(red, green, blue),
            Self::Palette => Color::Indexed(palette(wanted)),
            Self::Sixteen => SIXTEEN.iter().min_by_key(|(_, rgb)| distance(*rgb, wanted)).map_or(Color::Reset, |(colour, _)| *colour),
        }
    }
}

/// A colour of the cube (16 to 231) or a grey (232 to 255). The first sixteen are the user's own and may be anything.
fn palette(wanted: [u8; 3]) -> u8 {
    let step = |value: u8| STEPS.iter().zip(0u8..).min_by_key(|(step, _)| step.abs_diff(value)).map_or((0, 0), |(step, at)| (*step, at));
    let [(red, r), (green, g), (blue, b)] = wanted.map(step);
    let mean = wanted.iter().map(|value| u16::from(*value)).sum::<u16>() / 3;
    let grey = (mean.saturating_sub(3) / 10).min(23) as u8;
    let shade = 8 + 10 * grey;
    if distance([shade; 3], wanted) < distance([red, green, blue], wanted) { 232 + grey } else { 16 + 36 * r + 6 * g + b }
}

/// How different two colours look, roughly: eyes are keenest on green and least keen on blue.
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    let square = |at: usize| one.get(at).zip(other.get(at)).map_or(0, |(a, b)| u32::from(a.abs_diff(*b)).pow(2));
    3 * square(0) + 6 * square(1) + square(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_finds_its_own_colours() {
        for (at, red) in STEPS.into_iter().enumerate() {
            assert_eq!(Colours::Palette.nearest(red, 95, 0), Color::Indexed(16 + 36 * at as u8 + 6), "{red}");
        }
        for grey in 0..24u8 {
            let shade = 8 + 10 * grey;
            assert_eq!(Colours::Palette.nearest(shade, shade, shade), Color::Indexed(232 + grey), "{shade}");
        }
        assert_eq!([Colours::Palette.nearest(0, 0, 0), Colours::Palette.nearest(255, 255, 255)], [Color::Indexed(16), Color::Indexed(231)]);
    }

    #[test]
    fn sixteen_colours_find_themselves() {
        for (colour, [red, green, blue]) in SIXTEEN {
            assert_eq!(Colours::Sixteen.nearest(red, green, blue), colour);
        }
    }
}
