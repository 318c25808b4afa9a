//! Two texts side by side: which words only one of them has. Pure; what is compared is what is shown, so its size is bounded by the
//! screen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Bytes of one line that stand out.
pub type Marks = Vec<Range<usize>>;

/// What stands out in each line of the two.
pub fn marks(old: &[String], new: &[String]) -> (Vec<Marks>, Vec<Marks>) {
    let (old_words, new_words) = (words(old), words(new));
    let texts = |lines: &[String], words: &[(usize, Range<usize>)]| -> Vec<String> {
        words.iter().map(|(line, range)| lines.get(*line).and_then(|line| line.get(range.clone())).unwrap_or_default().to_owned()).collect()
    };
    let (mut in_old, mut in_new) = (vec![Marks::new(); old.len()], vec![Marks::new(); new.len()]);
    for op in capture_diff_slices(Algorithm::Myers, &texts(old, &old_words), &texts(new, &new_words)) {
        if !matches!(op, DiffOp::Equal { .. }) {
            mark(&old_words, op.old_range(), &mut in_old);
            mark(&new_words, op.new_range(), &mut in_new);
        }
    }
    (in_old, in_new)
}

/// The words of the lines: line and bytes.
fn words(lines: &[String]) -> Vec<(usize, Range<usize>)> {
    let of_line = |(number, line): (usize, &String)| {
        let start = line.as_ptr().addr();
        let range = move |word: &str| word.as_ptr().addr() - start..word.as_ptr().addr() - start + word.len();
        line.split_whitespace().map(|word| (number, range(word))).collect::<Vec<_>>()
    };
    lines.iter().enumerate().flat_map(of_line).collect()
}

/// Marks words that follow each other as one piece.
fn mark(words: &[(usize, Range<usize>)], which: Range<usize>, marks: &mut [Marks]) {
    let mut before = None;
    for (line, range) in words.get(which).into_iter().flatten() {
        let Some(marks) = marks.get_mut(*line) else { continue };
        match marks.last_mut() {
            Some(last) if before == Some(*line) => last.end = range.end,
            _ => marks.push(range.clone()),
        }
        before = Some(*line);
    }
}

/// Draws a line with what stands out in its own style.
pub fn draw(text: &str, marks: &[Range<usize>], area: Rect, buf: &mut Buffer, (style, marked): (Style, Style)) {
    let (mut x, mut at) = (area.x, 0);
    let ends = marks.iter().flat_map(|mark| [(mark.start, style), (mark.end, marked)]).chain([(text.len(), style)]);
    for (end, style) in ends {
        let room = usize::from(area.right().saturating_sub(x));
        x = buf.set_stringn(x, area.y, text.get(at..end).unwrap_or_default(), room, style).0;
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &[&str], new: &[&str]) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
        let [old, new] = [old, new].map(|lines| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        let (in_old, in_new) = marks(&old, &new);
        let texts = |lines: &[String], marks: Vec<Marks>| {
            lines.iter().zip(marks).map(|(line, marks)| marks.into_iter().map(|mark| line[mark].to_owned()).collect()).collect()
        };
        (texts(&old, in_old), texts(&new, in_new))
    }

    #[test]
    fn words_that_differ_stand_out_wherever_lines_break() {
        let (old, new) = marked(&["walk a mile", "in their shoes"], &["walk a whole long", "mile in their boots"]);
        assert_eq!(old, [vec![""; 0], vec!["shoes"]]);
        assert_eq!(new, [vec!["whole long"], vec!["boots"]]);
    }

    #[test]
    fn nothing_stands_out_in_what_is_the_same_and_everything_in_what_is_new() {
        assert_eq!(marked(&["a b"], &["a b"]), (vec![vec![]], vec![vec![]]));
        assert_eq!(marked(&[], &["é b"]).1, [["é b"]]);
    }

    #[test]
    fn a_line_is_drawn_whole() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 1));
        let bold = Style::new().bold();
        draw("one two x", &[4..7, 8..9], buf.area, &mut buf, (Style::new(), bold));
        let row: String = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(row, "one two x");
        assert_eq!(buf[(4, 0)].style().add_modifier, bold.add_modifier);
        assert!(buf[(3, 0)].modifier.is_empty() && !buf[(8, 0)].modifier.is_empty());
    }
}
