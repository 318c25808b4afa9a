//! Addresses on screens: as links where the terminal takes them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::Shared;
use crate::widgets::link::Link;

/// Makes what stands in an area lead to an address, which may be shortened there.
pub(super) fn link(address: &str, area: Rect, buf: &mut Buffer, shared: &Shared) {
    if let Some(link) = Link::new(address).filter(|_| shared.links) {
        link.mark(area, buf);
    }
}
