//! What terminals must not be asked to guess, in the bytes of a session over every screen: no cell is both dim and reversed, and what
//! is reversed is one bar of one colour from edge to edge.

use std::num::NonZero;

use lapel::runtime::backend::DeltaBackend;
use lapel::widgets::theme::Theme;
use ratatui::Terminal;
use ratatui::layout::{Rect, Size};

use crate::flows::TestApp;
use crate::screens::STATES;

const SIZE: (u16, u16) = (100, 30);

/// Shorter than this is no row of a list.
const SHORTEST: usize = 20;

type Screen = Terminal<DeltaBackend<Vec<u8>>>;

/// Draws a frame and returns its bytes.
fn bytes(app: &TestApp, screen: &mut Screen) -> Vec<u8> {
    let frame = app.frame();
    let Ok(_) = screen.draw(|target| target.buffer_mut().clone_from(&frame));
    std::mem::take(screen.backend_mut().writer_mut())
}

fn check(state: &str, shown: &vt100::Screen) {
    for y in 0..SIZE.1 {
        let row: Vec<&vt100::Cell> = (0..SIZE.0).filter_map(|x| shown.cell(y, x)).collect();
        let at = || format!("{state}, row {y}: {}", row.iter().map(|cell| cell.contents()).collect::<String>());
        assert!(row.iter().all(|cell| !(cell.dim() && cell.inverse())), "dim and reversed at {}", at());
        let bar: Vec<usize> = (0..row.len()).filter(|x| row[*x].inverse()).collect();
        let (Some(first), Some(last)) = (bar.first(), bar.last()) else { continue };
        assert!(bar.len() > SHORTEST && bar.len() == last - first + 1, "a bar with holes at {}", at());
        let colours = |x: &usize| (row[*x].fgcolor(), row[*x].bgcolor(), row[*x].bold());
        assert!(bar.iter().all(|x| colours(x) == colours(first)), "a bar of several colours at {}", at());
    }
}

#[tokio::test]
async fn no_cell_is_dim_and_reversed_and_every_bar_is_whole() {
    let Ok(mut screen) = Terminal::new(DeltaBackend::new(Vec::new(), Size::new(SIZE.0, SIZE.1)));
    let Ok(()) = screen.resize(Rect::new(0, 0, SIZE.0, SIZE.1));
    let mut terminal = vt100::Parser::new(NonZero::new(SIZE.1).unwrap(), NonZero::new(SIZE.0).unwrap(), 0);
    for (name, keys) in STATES.iter().chain(&[("range", "4 v j j")]) {
        let mut app = TestApp::on(lapel::sandbox::Options::default(), SIZE).await;
        for key in keys.split_whitespace() {
            app.keys(key).await;
            for theme in [Theme::default_16(), Theme::high_contrast(), Theme::monochrome(), Theme::blue_orange()] {
                app.model.shared.theme = theme;
                terminal.process(&bytes(&app, &mut screen));
                check(name, terminal.screen());
            }
        }
    }
}
