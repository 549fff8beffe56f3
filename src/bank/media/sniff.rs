//! What a file is, by its bytes; names and what senders claim are not asked.
//!
//! Owns telling formats apart, those that are refused by name among them; leaves looking further to the others.

use image::ImageFormat;

/// What a file begins like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sniffed {
    Picture(ImageFormat),
    Mp3,
    Ogg,
    /// MPEG-4, sound or film.
    Mp4,
    Webm,
    /// A drawing that is a program as well.
    Svg,
    /// Something that is not taken, by its name; `unknown` where nobody knows.
    Other(&'static str),
}

/// Beginnings that tell a format by themselves.
const BEGINNINGS: [(&[u8], Sniffed); 22] = [
    (b"\x89PNG\r\n\x1a\n", Sniffed::Picture(ImageFormat::Png)),
    (b"\xff\xd8\xff", Sniffed::Picture(ImageFormat::Jpeg)),
    (b"GIF87a", Sniffed::Picture(ImageFormat::Gif)),
    (b"GIF89a", Sniffed::Picture(ImageFormat::Gif)),
    (b"OggS", Sniffed::Ogg),
    (b"ID3", Sniffed::Mp3),
    (b"\x1a\x45\xdf\xa3", Sniffed::Webm),
    (b"BM", Sniffed::Other("BMP")),
    (b"II*\0", Sniffed::Other("TIFF")),
    (b"MM\0*", Sniffed::Other("TIFF")),
    (b"\0\0\x01\0", Sniffed::Other("ICO")),
    (b"%PDF", Sniffed::Other("PDF")),
    (b"PK\x03\x04", Sniffed::Other("ZIP")),
    (b"fLaC", Sniffed::Other("FLAC")),
    (b"#!AMR", Sniffed::Other("AMR")),
    (b"\x30\x26\xb2\x75", Sniffed::Other("WMA/WMV")),
    (b"FLV\x01", Sniffed::Other("FLV")),
    (b"\0\0\x01\xba", Sniffed::Other("MPEG")),
    (b"MThd", Sniffed::Other("MIDI")),
    (b"\xd7\xcd\xc6\x9a", Sniffed::Other("WMF")),
    (b"8BPS", Sniffed::Other("PSD")),
    (b"\xff\x0a", Sniffed::Other("JPEG XL")),
];

/// Brands of MPEG-4 files that are pictures.
const PICTURE_BRANDS: [(&[u8], &str); 6] = [
    (b"heic", "HEIC"),
    (b"heix", "HEIC"),
    (b"mif1", "HEIC"),
    (b"msf1", "HEIC"),
    (b"avif", "AVIF"),
    (b"avis", "AVIF"),
];

/// What the bytes are.
pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    if let Some((_, found)) = BEGINNINGS.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return *found;
    }
    let at = |from: usize, word: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(word));
    if at(0, b"RIFF") {
        return match () {
            () if at(8, b"WEBP") => Sniffed::Picture(ImageFormat::WebP),
            () if at(8, b"WAVE") => Sniffed::Other("WAV"),
            () if at(8, b"AVI ") => Sniffed::Other("AVI"),
            () => Sniffed::Other("RIFF"),
        };
    }
    if at(4, b"ftyp") {
        let picture = PICTURE_BRANDS.iter().find(|(brand, _)| at(8, brand));
        return picture.map_or(Sniffed::Mp4, |(_, name)| Sniffed::Other(name));
    }
    if at(40, b" EMF") {
        return Sniffed::Other("EMF");
    }
    // Frames of MP3 begin with eleven set bits, MPEG 1 or 2, layer III.
    if let [0xff, second, ..] = bytes
        && second & 0xe6 == 0xe2
    {
        return Sniffed::Mp3;
    }
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(2_000)).unwrap_or_default());
    let begin = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if begin.starts_with('<') {
        let is_svg = begin.contains("<svg");
        return if is_svg {
            Sniffed::Svg
        } else {
            Sniffed::Other("HTML/XML")
        };
    }
    Sniffed::Other("unknown")
}
