//! Small black-and-white pictures: the squares of a code as PNG, for Word.
//!
//! Owns the few chunks of the format that this takes; the data is stored, not compressed, because codes are tiny.

/// Dots on a side of each square.
const DOTS: usize = 8;

/// A picture of rows in which `#` is black.
pub(super) fn squares(rows: &[String]) -> Vec<u8> {
    let side = u32::try_from(rows.len() * DOTS).unwrap_or(0);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(side.to_be_bytes());
    head.extend(side.to_be_bytes());
    // Eight bits of grey, the only method of compression and filtering, not interlaced.
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &head);
    chunk(&mut out, b"IDAT", &stored(&lines(rows)));
    chunk(&mut out, b"IEND", &[]);
    out
}

/// Every line of dots with its filter, none.
fn lines(rows: &[String]) -> Vec<u8> {
    let mut data = Vec::new();
    for row in rows {
        let mut line = vec![0];
        for c in row.chars() {
            line.extend([if c == '#' { 0 } else { 255 }; DOTS]);
        }
        for _ in 0..DOTS {
            data.extend(&line);
        }
    }
    data
}

/// A zlib stream of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(0);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    out.extend((high << 16 | low).to_be_bytes());
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    out.extend(name);
    out.extend(data);
    let mut crc = u32::MAX;
    for byte in name.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    out.extend((!crc).to_be_bytes());
}
