//! How long the coded picture behind a start of scan is, found by walking through its codes (ITU T.81, annexes A.2, F.2 and G.1).
//!
//! Only so is it known where a picture ends whose end marker is missing or stands somewhere else, and that nothing hides behind its
//! last code. Pixels are never computed.

use super::super::{Fault, PictureBytes};
use super::bits::{Bits, HuffmanTable};

/// Pictures beyond this many blocks of 64 samples (about 300 million pixels) are refused rather than remembered.
const MOST_BLOCKS: usize = 1 << 23;

/// What the segments before a scan say about it.
#[derive(Debug, Default)]
pub(super) struct Coding {
    frame: Option<JpegFrame>,
    /// Tables for the first number of a block, and for the others.
    dc: [HuffmanTable; 4],
    ac: [HuffmanTable; 4],
    /// Units between two restart markers; none if 0.
    restart: u32,
}

/// The frame header.
#[derive(Debug)]
struct JpegFrame {
    progressive: bool,
    components: Vec<Component>,
    /// Units of all components in a row, and rows of them.
    units: (usize, usize),
}

#[derive(Debug)]
struct Component {
    id: u8,
    /// Blocks across and down in a unit of all components.
    sampling: (usize, usize),
    /// Blocks across and down that hold some of the picture.
    blocks: (usize, usize),
    /// Blocks in a row, with those that only fill units up.
    stride: usize,
    /// For each block of a progressive picture, which of its 64 numbers are known not to be zero.
    set: Vec<u64>,
}

/// What a scan header says.
struct Scan {
    /// Of each component: its place in the frame, and its tables.
    components: Vec<(usize, u8, u8)>,
    /// First and last number of a block in this scan.
    band: (u8, u8),
    /// Whether this scan is the first for its numbers.
    first: bool,
}

impl Coding {
    /// Takes what a segment says about scans to come.
    pub(super) fn learn(&mut self, marker: u8, body: &[u8]) -> Result<(), Fault> {
        let mut input = PictureBytes(body);
        match marker {
            0xc0..=0xc2 => self.frame = Some(JpegFrame::read(&mut input, marker == 0xc2)?),
            0xc4 => {
                while !input.0.is_empty() {
                    let place = input.byte()?;
                    let tables = if place >> 4 == 0 { &mut self.dc } else { &mut self.ac };
                    *tables.get_mut(usize::from(place & 15)).ok_or(Fault::Damaged)? = HuffmanTable::take(&mut input)?;
                }
            }
            0xdd => self.restart = u16::from_be_bytes(input.array()?).into(),
            _ => {}
        }
        Ok(())
    }

    /// Bytes of the coded picture at the front of `bytes`, whose scan header is `header`.
    pub(super) fn length(&mut self, header: &[u8], bytes: &[u8]) -> Result<usize, Fault> {
        let frame = self.frame.as_mut().ok_or(Fault::Damaged)?;
        let scan = frame.scan(header)?;
        let mut walk = ScanWalk { bits: Bits::new(bytes), dc: &self.dc, ac: &self.ac, zero_blocks: 0 };
        let mut units = 0;
        let mut next = |walk: &mut ScanWalk| {
            if self.restart > 0 && units > 0 && units % self.restart == 0 {
                walk.bits.restart()?;
                walk.zero_blocks = 0;
            }
            units += 1;
            Ok(())
        };
        if let [(place, dc, ac)] = scan.components[..] {
            let component = frame.components.get_mut(place).ok_or(Fault::Damaged)?;
            for row in 0..component.blocks.1 {
                for column in 0..component.blocks.0 {
                    next(&mut walk)?;
                    walk.block(frame.progressive, &scan, (dc, ac), component.block(column, row))?;
                }
            }
        } else {
            for unit in 0..frame.units.0 * frame.units.1 {
                next(&mut walk)?;
                let (unit_column, unit_row) = (unit % frame.units.0, unit / frame.units.0);
                for &(place, dc, ac) in &scan.components {
                    let component = frame.components.get_mut(place).ok_or(Fault::Damaged)?;
                    let (across, down) = component.sampling;
                    for block in 0..across * down {
                        let (column, row) = (unit_column * across + block % across, unit_row * down + block / across);
                        walk.block(frame.progressive, &scan, (dc, ac), component.block(column, row))?;
                    }
                }
            }
        }
        Ok(walk.bits.align())
    }
}

impl JpegFrame {
    fn read(input: &mut PictureBytes, progressive: bool) -> Result<Self, Fault> {
        input.byte()?;
        let [height, width] = [input.array()?, input.array()?].map(|pair| usize::from(u16::from_be_bytes(pair)));
        let count = input.byte()?;
        let rows: Vec<[u8; 3]> = (0..count).map(|_| input.array()).collect::<Result<_, _>>()?;
        let of = |sampling: u8| (usize::from(sampling >> 4), usize::from(sampling & 15));
        let across = rows.iter().map(|row| of(row[1]).0).max().unwrap_or(0);
        let down = rows.iter().map(|row| of(row[1]).1).max().unwrap_or(0);
        let legal = rows.iter().all(|row| (1..=4).contains(&of(row[1]).0) && (1..=4).contains(&of(row[1]).1));
        if !legal || rows.len() > 4 || across == 0 || width == 0 || height == 0 {
            return Err(Fault::Damaged);
        }
        let units = (width.div_ceil(8 * across), height.div_ceil(8 * down));
        let component = |[id, sampling, _]: [u8; 3]| {
            let (x, y) = of(sampling);
            let stride = units.0 * x;
            let all = stride * units.1 * y;
            if all > MOST_BLOCKS {
                return Err(Fault::Damaged);
            }
            let blocks = ((width * x).div_ceil(across).div_ceil(8), (height * y).div_ceil(down).div_ceil(8));
            Ok(Component { id, sampling: (x, y), blocks, stride, set: vec![0; if progressive { all } else { 1 }] })
        };
        let components = rows.into_iter().map(component).collect::<Result<_, _>>()?;
        Ok(Self { progressive, components, units })
    }

    fn scan(&self, header: &[u8]) -> Result<Scan, Fault> {
        let mut input = PictureBytes(header);
        let count = input.byte()?;
        let component = |_| {
            let [id, tables] = input.array()?;
            let place = self.components.iter().position(|component| component.id == id).ok_or(Fault::Damaged)?;
            Ok((place, tables >> 4, tables & 15))
        };
        let components: Vec<_> = (0..count).map(component).collect::<Result<_, Fault>>()?;
        let [start, end, precision] = input.array()?;
        let legal = if self.progressive {
            start <= end && end < 64 && (start > 0 || end == 0) && (start == 0 || count == 1)
        } else {
            (start, end) == (0, 63)
        };
        if !legal || !(1..=4).contains(&count) {
            return Err(Fault::Damaged);
        }
        Ok(Scan { components, band: (start, end), first: precision >> 4 == 0 })
    }
}

impl Component {
    /// What is known of a block; a picture that is not progressive needs to know nothing.
    fn block(&mut self, column: usize, row: usize) -> Option<&mut u64> {
        let place = if self.set.len() == 1 { 0 } else { row * self.stride + column };
        self.set.get_mut(place)
    }
}

/// A walk through the codes of a scan.
struct ScanWalk<'a> {
    bits: Bits<'a>,
    dc: &'a [HuffmanTable; 4],
    ac: &'a [HuffmanTable; 4],
    /// So many blocks to come have no further number in this scan.
    zero_blocks: u32,
}

impl ScanWalk<'_> {
    fn block(&mut self, progressive: bool, scan: &Scan, tables: (u8, u8), set: Option<&mut u64>) -> Result<(), Fault> {
        let set = set.ok_or(Fault::Damaged)?;
        match (progressive, scan.band.0, scan.first) {
            (false, ..) => {
                self.first_number(tables.0)?;
                self.numbers(tables.1, (1, 63), &mut 0)
            }
            (true, 0, true) => self.first_number(tables.0),
            (true, 0, false) => self.bits.bit().map(|_| ()),
            (true, _, true) => self.numbers(tables.1, scan.band, set),
            (true, _, false) => self.refine(tables.1, scan.band, set),
        }
    }

    fn first_number(&mut self, table: u8) -> Result<(), Fault> {
        let size = self.dc.get(usize::from(table)).ok_or(Fault::Damaged)?.decode(&mut self.bits)?;
        if size > 16 { Err(Fault::Damaged) } else { self.bits.number(size).map(|_| ()) }
    }

    /// The numbers of a band, where none was known before.
    fn numbers(&mut self, table: u8, band: (u8, u8), set: &mut u64) -> Result<(), Fault> {
        if self.zero_blocks > 0 {
            self.zero_blocks -= 1;
            return Ok(());
        }
        let mut at = band.0;
        while at <= band.1 {
            let (zeros, size) = self.code(table)?;
            if size == 0 && zeros < 15 {
                self.zero_blocks = self.run(zeros)? - 1;
                return Ok(());
            }
            at += zeros;
            // A run past the end of the block is passed over, as decoders do.
            if size > 0 && at <= band.1 {
                *set |= 1 << at;
            }
            self.bits.number(size)?;
            at += 1;
        }
        Ok(())
    }

    /// One more bit for every number of a band that is known, and the numbers that are new.
    fn refine(&mut self, table: u8, band: (u8, u8), set: &mut u64) -> Result<(), Fault> {
        let mut at = band.0;
        while self.zero_blocks == 0 && at <= band.1 {
            let (mut zeros, size) = self.code(table)?;
            if size == 0 && zeros < 15 {
                self.zero_blocks = self.run(zeros)?;
                break;
            }
            // Only ever one step is added.
            if size > 1 {
                return Err(Fault::Damaged);
            }
            self.bits.number(size)?;
            while at <= band.1 {
                if *set >> at & 1 == 1 {
                    self.bits.bit()?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if size > 0 && at <= band.1 {
                *set |= 1 << at;
            }
            at += 1;
        }
        if self.zero_blocks > 0 {
            self.zero_blocks -= 1;
            for _ in (at..=band.1).filter(|place| *set >> place & 1 == 1) {
                self.bits.bit()?;
            }
        }
        Ok(())
    }

    /// How many zeros come first, and how many bits the number behind them has.
    fn code(&mut self, table: u8) -> Result<(u8, u8), Fault> {
        let code = self.ac.get(usize::from(table)).ok_or(Fault::Damaged)?.decode(&mut self.bits)?;
        Ok((code >> 4, code & 15))
    }

    /// Blocks without further numbers, this one included.
    fn run(&mut self, bits: u8) -> Result<u32, Fault> {
        Ok((1 << bits) + self.bits.number(bits)?)
    }
}
