//! The coded picture of a JPEG, bit by bit (ITU T.81, annexes B.1.1.5, C and F.2.2).

use super::super::Fault;

/// Bits of a scan from its first byte up to the next marker, which is never passed.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next byte to be taken in.
    at: usize,
    /// Bits taken in and not yet given out, the next one highest.
    held: u32,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, held: 0, count: 0 }
    }

    pub(super) fn bit(&mut self) -> Result<bool, Fault> {
        if self.count == 0 {
            let byte = *self.bytes.get(self.at).ok_or(Fault::CutShort)?;
            if byte == 0xff {
                // A byte of ones is followed by a zero, so that it is no marker.
                match self.bytes.get(self.at + 1) {
                    Some(0) => self.at += 1,
                    Some(_) => return Err(Fault::Damaged),
                    None => return Err(Fault::CutShort),
                }
            }
            self.at += 1;
            (self.held, self.count) = (byte.into(), 8);
        }
        self.count -= 1;
        Ok(self.held >> self.count & 1 == 1)
    }

    /// So many bits as a number, the first one highest.
    pub(super) fn number(&mut self, bits: u8) -> Result<u32, Fault> {
        (0..bits).try_fold(0, |number, _| Ok(number << 1 | u32::from(self.bit()?)))
    }

    /// What is left of the byte begun says nothing. The bytes given out so far.
    pub(super) fn align(&mut self) -> usize {
        self.count = 0;
        self.at
    }

    /// Passes the restart marker that must stand here.
    pub(super) fn restart(&mut self) -> Result<(), Fault> {
        self.align();
        // Markers may be filled up with ones in front.
        while let [0xff, 0xff, ..] = self.rest() {
            self.at += 1;
        }
        match self.rest() {
            [0xff, 0xd0..=0xd7, ..] => self.at += 2,
            [] | [0xff] => return Err(Fault::CutShort),
            _ => return Err(Fault::Damaged),
        }
        Ok(())
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }
}

/// A table of codes: how many there are of each length from 1 to 16, and what they stand for, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct HuffmanTable {
    counts: [u8; 16],
    values: Vec<u8>,
}

impl HuffmanTable {
    /// Takes a table from the front of a segment.
    pub(super) fn take(input: &mut super::PictureBytes) -> Result<Self, Fault> {
        let counts: [u8; 16] = input.array()?;
        let values = input.take(counts.iter().map(|count| usize::from(*count)).sum())?.to_vec();
        Ok(Self { counts, values })
    }

    pub(super) fn decode(&self, bits: &mut Bits) -> Result<u8, Fault> {
        let (mut code, mut first, mut index) = (0u32, 0u32, 0u32);
        for count in self.counts.map(u32::from) {
            code |= u32::from(bits.bit()?);
            if let Some(offset) = code.checked_sub(first).filter(|offset| *offset < count) {
                return self.values.get((index + offset) as usize).copied().ok_or(Fault::Damaged);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Fault::Damaged)
    }
}
