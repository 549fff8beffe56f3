//! Reading and writing numbers of a record as PostgreSQL's send functions write them: most significant byte first.
//!
//! Owns nothing but that; which fields a record has is said by `page` and `pack`.

/// Microseconds from 1970 to 2000, from where PostgreSQL counts.
const EPOCH_US: i64 = 946_684_800_000_000;

/// Takes numbers from the front of bytes; `None` when they end too early.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl Fields<'_> {
    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk()?;
        self.0 = tail;
        Some(*head)
    }

    pub(super) fn i64(&mut self) -> Option<i64> {
        self.bytes().map(i64::from_be_bytes)
    }

    pub(super) fn i32(&mut self) -> Option<i32> {
        self.bytes().map(i32::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        u32::try_from(self.i32()?).ok()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        u16::try_from(self.bytes().map(i16::from_be_bytes)?).ok()
    }

    /// A number of which a negative one means none.
    pub(super) fn natural(&mut self) -> Option<Option<i64>> {
        self.i64().map(|number| (number >= 0).then_some(number))
    }

    /// A moment as microseconds since 1970.
    pub(super) fn moment_us(&mut self) -> Option<i64> {
        self.i64()?.checked_add(EPOCH_US)
    }
}

/// A moment as stored, from microseconds since 1970.
pub(super) fn moment(us: i64) -> [u8; 8] {
    us.saturating_sub(EPOCH_US).to_be_bytes()
}
