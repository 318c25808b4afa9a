//! QR codes in half blocks.
