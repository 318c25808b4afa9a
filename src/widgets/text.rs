//! Measuring and cutting text by display width.
