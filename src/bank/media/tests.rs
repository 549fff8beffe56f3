//! Claims about media files: what is made of good ones, and why others are refused. The files are made here.

use super::*;
use crate::bank::{Fault, import_question_file_with};
use image::codecs::gif::GifEncoder;
use image::{
    DynamicImage, ExtendedColorType, Frame, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
};
use proptest::prelude::*;
use std::io::Cursor;

/// A drawing: few colours, sharp borders.
pub(in crate::bank) fn drawing(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        if (x / 16 + y / 16) % 2 == 0 {
            Rgb([24, 39, 80])
        } else {
            Rgb([255, 229, 0])
        }
    });
    written(&DynamicImage::ImageRgb8(image), ImageFormat::Png)
}

/// As many colours as a photograph, and no two points alike.
fn photograph(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut state = 1_u32;
    let image = RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [noise, ..] = state.to_be_bytes();
        Rgb([(x / 5) as u8 ^ (noise & 31), (y / 5) as u8, ((x + y) / 7) as u8])
    });
    written(&DynamicImage::ImageRgb8(image), format)
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn ready(path: &str, bytes: &[u8]) -> Result<Ready, FaultCode> {
    prepare(path, bytes.to_vec(), MAX_SET_PIXELS)
}

fn refused(path: &str, bytes: &[u8]) -> &'static str {
    ready(path, bytes).map(|_| ()).unwrap_err().name()
}

/// A PNG that claims a size; its one chunk of pixels is tiny.
fn lying_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = drawing(8, 8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The check of PNG chunks.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                0xEDB8_8320 ^ sum >> 1
            } else {
                sum >> 1
            }
        })
    })
}

/// Frames of silence.
pub(in crate::bank) fn mp3() -> Vec<u8> {
    let mut bytes = b"ID3\x04\0\0\0\0\0\x02ab".to_vec();
    for _ in 0..8 {
        // MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
        bytes.extend([0xff, 0xfb, 0x90, 0x00]);
        bytes.extend([0; 413]);
    }
    bytes
}

fn ogg(head: &[u8]) -> Vec<u8> {
    let page = |flags: u8, number: u8, body: &[u8]| {
        let mut page = b"OggS\0".to_vec();
        page.push(flags);
        page.extend([0; 8]);
        page.extend([7, 0, 0, 0, number, 0, 0, 0, 0, 0, 0, 0, 1, body.len() as u8]);
        page.extend(body);
        page
    };
    [page(2, 0, head), page(0, 1, &[1; 40]), page(4, 2, &[2; 40])].concat()
}

fn boxed(name: &[u8], content: &[u8]) -> Vec<u8> {
    let size = (content.len() + 8) as u32;
    [&size.to_be_bytes()[..], name, content].concat()
}

pub(in crate::bank) fn mp4(handler: &[u8], codec: &[u8]) -> Vec<u8> {
    let mut tkhd = vec![0; 84];
    tkhd[76..78].copy_from_slice(&640_u16.to_be_bytes());
    tkhd[80..82].copy_from_slice(&360_u16.to_be_bytes());
    let hdlr = [&[0; 8][..], handler, &[0; 12]].concat();
    let stsd = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(codec, &[0; 70])].concat();
    let mdia = [
        boxed(b"hdlr", &hdlr),
        boxed(b"minf", &boxed(b"stbl", &boxed(b"stsd", &stsd))),
    ]
    .concat();
    let trak = [boxed(b"tkhd", &tkhd), boxed(b"mdia", &mdia)].concat();
    [
        boxed(b"ftyp", b"isom\0\0\0\0isommp42"),
        boxed(b"moov", &boxed(b"trak", &trak)),
        boxed(b"mdat", &[0; 100]),
    ]
    .concat()
}

fn webm(doc: &[u8], codec: &[u8]) -> Vec<u8> {
    let element = |id: &[u8], content: &[u8]| {
        let size = 0x4000 | content.len() as u16;
        [id, &size.to_be_bytes()[..], content].concat()
    };
    let video = [element(&[0xb0], &[2, 128]), element(&[0xba], &[1, 104])].concat();
    let entry = [element(&[0x86], codec), element(&[0xe0], &video)].concat();
    let tracks = element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &entry));
    [
        element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], doc)),
        element(&[0x18, 0x53, 0x80, 0x67], &tracks),
    ]
    .concat()
}

/// The faults that these tests show, for the test that every fault is shown somewhere.
pub(in crate::bank) fn faults() -> Vec<Fault> {
    let text = |media: &str| {
        format!(
            "[set]\nid = \"de\"\ntitle = \"Đề\"\n[[question]]\nid = \"c1\"\ntext = \"Hỏi gì?\"\noptions = [\"x\", \"y\"]\nkey = \"B\"\n{media}"
        )
    };
    let animated = moving_gif();
    let whole = |path: &str| match path {
        "moves.gif" => Found::Bytes(animated.clone()),
        "cut.png" => Found::Bytes(drawing(40, 40)[..60].to_vec()),
        "large.png" => Found::Bytes(lying_png(9_000, 9_000)),
        "heavy.mp3" => {
            let mut bytes = mp3();
            bytes.resize(usize::try_from(MAX_SOUND_BYTES).unwrap() + 1, 0);
            Found::Bytes(bytes)
        }
        "tiff.png" => Found::Bytes(b"II*\0aaaa".to_vec()),
        "sound.png" => Found::Bytes(mp3()),
        "hevc.mp4" => Found::Bytes(mp4(b"vide", b"hvc1")),
        _ => Found::Missing,
    };
    let one = |file: &str| {
        let media = format!("media = {{ file = \"{file}\", alt = \"Cột cờ\" }}");
        import_question_file_with("de.toml", text(&media).as_bytes(), &whole).faults
    };
    let files = [
        "moves.gif",
        "cut.png",
        "large.png",
        "heavy.mp3",
        "tiff.png",
        "sound.png",
        "hevc.mp4",
        "none.png",
        "a.svg",
    ];
    let mut all: Vec<Fault> = files.iter().flat_map(|file| one(file)).collect();
    let five = "media = [\"a.mp3\", \"b.mp3\", \"c.mp3\", \"d.mp3\", \"e.mp3\"]";
    all.extend(crate::bank::import_question_file("de.toml", text(five).as_bytes()).faults);
    all.extend(crate::bank::import_question_file("de.toml", text("media = \"a.png\"").as_bytes()).faults);
    all.extend(
        crate::bank::import_question_file("de.zip", &crate::bank::bundle::zip_bundle("a.txt.x", b"", &[]))
            .faults,
    );
    let code = prepare("a.png", drawing(40, 40), 100).map(|_| ()).unwrap_err();
    all.push(Fault::of_file("a.png", code));
    all
}

fn moving_gif() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new(&mut out);
    for level in [0, 255] {
        let image = RgbaImage::from_pixel(30, 20, Rgba([level, level, level, 255]));
        encoder.encode_frame(Frame::new(image)).unwrap();
    }
    drop(encoder);
    out
}

#[test]
fn a_drawing_stays_sharp_and_a_photograph_becomes_small() {
    let drawing = ready("a.png", &drawing(800, 600)).unwrap();
    assert_eq!(
        (drawing.format, drawing.width, drawing.height),
        (MediaFormat::Png, 800, 600)
    );
    let photograph = ready("a.jpg", &photograph(2_400, 1_800, ImageFormat::Jpeg)).unwrap();
    assert_eq!(photograph.format, MediaFormat::Jpeg);
    assert!(photograph.width <= 1_200 && photograph.height * 4 == photograph.width * 3);
    assert!(
        photograph.bytes.len() <= 60 * 1024 || photograph.width == 480,
        "{}",
        photograph.bytes.len()
    );
}

#[test]
fn every_kind_of_picture_is_taken_by_its_content() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(64, 48, Rgb([10, 200, 30])));
        // The name says another kind of picture; the bytes are what counts.
        let ready = ready("a.png", &written(&image, format)).unwrap();
        assert_eq!((ready.width, ready.height), (64, 48), "{format:?}");
        assert!(!ready.moved);
    }
}

#[test]
fn nothing_but_pixels_survives() {
    let secret = b"GPS 21.85N 106.76E <script>alert(1)</script>";
    let mut bytes = photograph(300, 200, ImageFormat::Jpeg);
    let comment = [&[0xff, 0xfe, 0, (secret.len() + 2) as u8][..], secret].concat();
    bytes.splice(2..2, comment);
    bytes.extend(b"PK\x03\x04 a second file behind the picture <html>");
    let ready = ready("a.jpg", &bytes).unwrap();
    let has = |part: &[u8]| ready.bytes.windows(part.len()).any(|window| window == part);
    assert!(!has(b"GPS") && !has(b"script") && !has(b"PK\x03\x04") && !has(b"<html>"));
}

#[test]
fn a_picture_stands_as_the_camera_was_held() {
    let mut bytes = photograph(300, 200, ImageFormat::Jpeg);
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let segment = [&[0xff, 0xe1, 0, (exif.len() + 2) as u8][..], exif].concat();
    bytes.splice(2..2, segment);
    let ready = ready("a.jpg", &bytes).unwrap();
    assert_eq!((ready.width, ready.height), (200, 300));
}

#[test]
fn what_is_seen_through_becomes_white() {
    let image = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0]));
    let ready = ready(
        "a.png",
        &written(&DynamicImage::ImageRgba8(image), ImageFormat::Png),
    )
    .unwrap();
    let shown = image::load_from_memory(&ready.bytes).unwrap().into_rgb8();
    assert!(shown.pixels().all(|pixel| *pixel == Rgb([255, 255, 255])));
}

#[test]
fn the_same_picture_always_becomes_the_same_bytes() {
    for bytes in [drawing(500, 400), photograph(1_500, 700, ImageFormat::Png)] {
        let (first, second) = (ready("a.png", &bytes).unwrap(), ready("b.png", &bytes).unwrap());
        assert_eq!(first.bytes, second.bytes);
    }
    let once = ready("a.png", &drawing(500, 400)).unwrap();
    assert_eq!(ready("a.png", &once.bytes).unwrap().bytes, once.bytes);
}

#[test]
fn of_a_moving_picture_the_first_is_taken_and_said() {
    let ready = ready("a.gif", &moving_gif()).unwrap();
    assert!(ready.moved);
    let shown = image::load_from_memory(&ready.bytes).unwrap().into_rgb8();
    assert_eq!(shown.get_pixel(0, 0), &Rgb([0, 0, 0]));
}

#[test]
fn hostile_pictures_are_refused_before_they_cost_anything() {
    assert_eq!(refused("a.png", &lying_png(60_000, 60_000)), "media-pixels");
    assert_eq!(refused("a.png", &lying_png(5_001, 5_000)), "media-pixels");
    assert_eq!(refused("a.png", &lying_png(1, 12_001)), "media-pixels");
    assert_eq!(refused("a.png", &lying_png(0, 8)), "media-broken");
    // It claims more than it holds.
    assert_eq!(refused("a.png", &lying_png(4_000, 4_000)), "media-broken");
    let jpeg = photograph(300, 200, ImageFormat::Jpeg);
    for end in [3, 20, 200, jpeg.len() / 2, jpeg.len() - 2] {
        assert_eq!(refused("a.jpg", &jpeg[..end]), "media-broken", "{end}");
    }
    let png = photograph(300, 200, ImageFormat::Png);
    for end in [8, 30, png.len() / 2] {
        assert_eq!(refused("a.png", &png[..end]), "media-broken", "{end}");
    }
    let webp = written(&DynamicImage::new_rgb8(40, 40), ImageFormat::WebP);
    assert_eq!(refused("a.webp", &webp[..webp.len() / 2]), "media-broken");
    let mut gif = b"GIF89a".to_vec();
    gif.extend([0xff; 7]);
    assert!(["media-broken", "media-pixels"].contains(&refused("a.gif", &gif)));
}

#[test]
fn a_bomb_of_flat_colour_takes_the_memory_of_its_pixels_and_no_more() {
    // 24 million white points in some tens of kilobytes: within the limits, so it is shown, small.
    let mut bytes = Vec::new();
    let rows = vec![255_u8; 24_000_000];
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(&rows, 6_000, 4_000, ExtendedColorType::L8)
        .unwrap();
    let ready = ready("a.png", &bytes).unwrap();
    assert_eq!((ready.width, ready.height), (1_200, 800));
    assert!(ready.bytes.len() < 10_000);
    // All together are bounded too: a few such pictures, and the set is refused.
    assert_eq!(
        prepare("b.png", bytes, 23_999_999)
            .map(|_| ())
            .unwrap_err()
            .name(),
        "media-total"
    );
}

#[test]
fn what_is_no_picture_is_refused_by_name() {
    for (bytes, kind) in [
        (&b"BM\0\0\0\0"[..], "BMP"),
        (b"II*\0\0\0", "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"RIFF\0\0\0\0WAVEfmt ", "WAV"),
        (b"%PDF-1.7", "PDF"),
        (b"<!doctype html><script>", "HTML/XML"),
        (b"hello", "unknown"),
        (b"", "unknown"),
    ] {
        let code = ready("a.png", bytes).map(|_| ()).unwrap_err();
        let expected = FaultCode::MediaFormat {
            path: "a.png".to_owned(),
            kind: kind.to_owned(),
        };
        assert_eq!(code, expected);
    }
    for svg in [
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "\u{feff}<?xml version='1.0'?>\n<SVG onload='x()'>",
    ] {
        assert_eq!(refused("a.png", svg.as_bytes()), "media-svg");
    }
    let gzip_svg = [0x1f, 0x8b, 8, 0];
    assert_eq!(refused("a.png", &gzip_svg), "media-format");
}

#[test]
fn sounds_and_films_are_followed_and_kept_as_they_are() {
    for (path, bytes, format, measures) in [
        ("a.mp3", mp3(), MediaFormat::Mp3, (0, 0)),
        ("a.mp3", mp3()[12..].to_vec(), MediaFormat::Mp3, (0, 0)),
        ("a.ogg", ogg(b"OpusHead\x01\x02"), MediaFormat::Ogg, (0, 0)),
        ("a.opus", ogg(b"\x01vorbis"), MediaFormat::Ogg, (0, 0)),
        ("a.m4a", mp4(b"soun", b"mp4a"), MediaFormat::M4a, (0, 0)),
        ("a.mp4", mp4(b"vide", b"avc1"), MediaFormat::Mp4, (640, 360)),
        ("a.webm", webm(b"webm", b"V_VP9"), MediaFormat::Webm, (640, 360)),
    ] {
        let ready = ready(path, &bytes).unwrap();
        assert_eq!(
            (ready.format, ready.width, ready.height),
            (format, measures.0, measures.1)
        );
        assert_eq!(ready.bytes, bytes, "{path}");
    }
}

#[test]
fn cut_and_foreign_sounds_and_films_are_refused() {
    let (sound, page) = (mp3(), ogg(b"OpusHead\x01\x02"));
    assert_eq!(refused("a.mp3", &sound[..600]), "media-broken");
    assert_eq!(
        refused("a.mp3", b"ID3\x04\0\0\0\0\0\x02ab<html><script>alert(1)</script>"),
        "media-broken"
    );
    assert_eq!(refused("a.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f"), "media-broken");
    assert_eq!(refused("a.ogg", &page[..page.len() - 1]), "media-broken");
    assert_eq!(refused("a.ogg", &page[..page.len() - 68]), "media-broken");
    assert_eq!(refused("a.ogg", &ogg(b"\x80theora")), "media-codec");
    let film = mp4(b"vide", b"avc1");
    assert_eq!(refused("a.mp4", &film[..film.len() - 1]), "media-broken");
    assert_eq!(refused("a.mp4", &mp4(b"vide", b"hvc1")), "media-codec");
    assert_eq!(refused("a.mp4", &mp4(b"text", b"tx3g")), "media-broken");
    assert_eq!(refused("a.webm", &webm(b"matroska", b"V_VP9")), "media-codec");
    assert_eq!(
        refused("a.webm", &webm(b"webm", b"V_MPEGH/ISO/HEVC")),
        "media-codec"
    );
    assert_eq!(refused("a.webm", &webm(b"webm", b"V_VP9")[..40]), "media-broken");
    assert_eq!(refused("a.mp4", &mp4(b"soun", b"mp4a")), "media-other");
    assert_eq!(refused("a.mp3", &drawing(20, 20)), "media-other");
    // A box of boxes of boxes…, and one that says it is longer than the file.
    let deep = (0..100).fold(Vec::new(), |inner, _| boxed(b"trak", &inner));
    let whole = [
        boxed(b"ftyp", b"isom"),
        boxed(b"moov", &deep),
        boxed(b"mdat", b""),
    ]
    .concat();
    assert_eq!(refused("a.mp4", &whole), "media-broken");
    assert_eq!(
        refused("a.mp4", b"\0\0\0\x10ftypisom\0\0\0\0\xff\xff\xff\xffmoov"),
        "media-broken"
    );
}

#[test]
fn a_question_is_shown_with_what_it_names_and_a_content_is_kept_once() {
    let text = "[set]\nid = \"de\"\ntitle = \"Đề\"\n[[question]]\nid = \"c1\"\ntext = \"Hỏi gì?\"\noptions = [\"x\", \"y\"]\nkey = \"B\"\n\
                [[question.media]]\nfile = \"media/a.png\"\nalt = \"Cột cờ  trên\\nnúi Phai Vệ\"\n[[question.media]]\nfile = \"media/b.png\"\nalt = \"Như trên\"\n\
                [[question.media]]\nfile = \"media/c.mp3\"\n";
    let look_for = |path: &str| match path {
        "media/c.mp3" => Found::Bytes(mp3()),
        _ => Found::Bytes(drawing(320, 200)),
    };
    let imported = import_question_file_with("de.toml", text.as_bytes(), &look_for);
    assert_eq!(imported.faults, []);
    let set = imported.loaded.unwrap();
    let media = &set.set.questions[0].media;
    assert_eq!(media[0].alt.as_deref(), Some("Cột cờ trên núi Phai Vệ"));
    let stored: Vec<_> = media.iter().map(|media| media.stored.clone().unwrap()).collect();
    assert_eq!((stored[0].width, stored[0].height), (320, 200));
    assert_eq!(stored[0], stored[1]);
    assert_eq!(media[2].kind(), MediaKind::Audio);
    assert_eq!(imported.contents.len(), 2);
    // Another picture under the same name is another version of the set.
    let other = import_question_file_with("de.toml", text.as_bytes(), &|path| match path {
        "media/c.mp3" => Found::Bytes(mp3()),
        _ => Found::Bytes(drawing(321, 200)),
    });
    assert_ne!(other.loaded.unwrap().version, set.version);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_behind_any_beginning_are_answered(
        begin in prop::sample::select(vec![
            &b""[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"OggS\0\x02",
            b"ID3\x04\0\0", b"\xff\xfb\x90\0", b"\0\0\0\x18ftypisom", b"\x1a\x45\xdf\xa3\x84\x42\x82",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let _ = prepare("a.png", [begin, &rest].concat(), 1_000_000);
    }

    #[test]
    fn a_good_file_with_a_changed_byte_is_answered(which in 0_usize..6, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = match which {
            0 => drawing(24, 24),
            1 => photograph(24, 24, ImageFormat::Jpeg),
            2 => moving_gif(),
            3 => mp4(b"vide", b"avc1"),
            4 => webm(b"webm", b"V_VP8"),
            _ => ogg(b"OpusHead\x01"),
        };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = prepare("a.png", bytes, 1_000_000);
    }
}
