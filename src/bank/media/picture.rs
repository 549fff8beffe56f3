//! Pictures: decoded within limits, turned upright, made small, and written anew.
//!
//! Owns everything that happens to pixels; nothing else of the file survives: no place where it was taken, no name of a
//! camera, no hidden second file. What a file says of its size is believed only to refuse it.

use super::{Ready, broken};
use crate::bank::code::FaultCode;
use crate::domain::media::MediaFormat;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType as Scaling;
use image::{
    AnimationDecoder, DynamicImage, ExtendedColorType, GrayImage, ImageDecoder, ImageEncoder, ImageFormat,
    ImageResult, Limits, RgbImage,
};
use std::collections::HashSet;
use std::io::Cursor;

/// Longest side that is decoded, pixels.
const MAX_SIDE: u32 = 12_000;
/// Most pixels that are decoded: the photograph of a good telephone has 12 million.
const MAX_PIXELS: u64 = 25_000_000;
/// Bytes that decoding may take.
const MAX_MEMORY: u64 = 128 * 1024 * 1024;
/// Width and height that are served: sharp on every telephone, and enough on a desk.
const BOX: (u32, u32) = (1_200, 1_600);
/// A picture is made smaller until it has no more bytes than this…
const WISHED_BYTES: usize = 60 * 1024;
/// …or is no wider than this.
const LEAST_WIDTH: u32 = 480;
/// Qualities of JPEG, tried in turn.
const QUALITIES: [u8; 3] = [82, 72, 62];
/// More colours than a drawing has; a photograph is never smaller as PNG.
const DRAWING_COLOURS: usize = 4_096;

/// A decoded picture.
struct Decoded {
    image: DynamicImage,
    moved: bool,
}

pub(super) fn prepare(path: &str, bytes: &[u8], format: ImageFormat, left: u64) -> Result<Ready, FaultCode> {
    let (width, height) = measure(bytes, format).ok_or_else(|| broken(path))?;
    let pixels = u64::from(width) * u64::from(height);
    if width == 0 || height == 0 {
        return Err(broken(path));
    }
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        let limit = MAX_PIXELS / 1_000_000;
        return Err(FaultCode::MediaPixels {
            path: path.to_owned(),
            width: u64::from(width),
            height: u64::from(height),
            limit,
        });
    }
    if pixels > left {
        let limit = super::MAX_SET_BYTES;
        return Err(FaultCode::MediaTotal { limit });
    }
    if format == ImageFormat::Jpeg && !ends(bytes) {
        return Err(broken(path));
    }
    let decoded = decode(bytes, format).map_err(|_| broken(path))?;
    let (format, bytes, width, height) = encode(flat(decoded.image)).ok_or_else(|| broken(path))?;
    Ok(Ready {
        format,
        bytes,
        width,
        height,
        moved: decoded.moved,
        pixels,
    })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

/// Width and height as the file says, before anything is decoded.
fn measure(bytes: &[u8], format: ImageFormat) -> Option<(u32, u32)> {
    image::ImageReader::with_format(Cursor::new(bytes), format)
        .into_dimensions()
        .ok()
}

/// Whether a JPEG has the mark of its end after its picture; a decoder fills what is missing with grey.
fn ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    // The segments before the picture may hold small pictures with ends of their own.
    while let Some([0xff, kind, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match kind {
            0xff => at += 1,
            0xda => {
                let rest = bytes.get(at + 2 + length..).unwrap_or_default();
                return rest.windows(2).any(|pair| pair == [0xff, 0xd9]);
            }
            _ => at += 2 + length.max(2),
        }
    }
    false
}

fn decode(bytes: &[u8], format: ImageFormat) -> ImageResult<Decoded> {
    let source = Cursor::new(bytes);
    match format {
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(source, limits())?;
            let moved = decoder.is_apng()?;
            upright(decoder, moved)
        }
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(source)?;
            decoder.set_limits(limits())?;
            let mut frames = decoder.into_frames();
            let first = frames.next().transpose()?;
            let first =
                first.ok_or_else(|| image::ImageError::IoError(std::io::Error::other("no picture")))?;
            Ok(Decoded {
                image: DynamicImage::ImageRgba8(first.into_buffer()),
                moved: frames.next().is_some(),
            })
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(source)?;
            let moved = decoder.has_animation();
            upright(decoder, moved)
        }
        _ => upright(JpegDecoder::new(source)?, false),
    }
}

/// Decodes and turns the picture the way the camera was held.
fn upright(mut decoder: impl ImageDecoder, moved: bool) -> ImageResult<Decoded> {
    decoder.set_limits(limits())?;
    // Metadata that cannot be read turns nothing.
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder)?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Ok(Decoded { image, moved })
}

/// Small enough to be served, eight bits a colour, on white: dark lines without a ground would vanish on a dark page.
fn flat(image: DynamicImage) -> RgbImage {
    let (width, height) = BOX;
    let small = if image.width() <= width && image.height() <= height {
        image
    } else {
        // Averaging first costs little and leaves the careful scaling little to do.
        let rough = if image.width() > 2 * width || image.height() > 2 * height {
            image.thumbnail(2 * width, 2 * height)
        } else {
            image
        };
        rough.resize(width, height, Scaling::Lanczos3)
    };
    if !small.color().has_alpha() {
        return small.into_rgb8();
    }
    let rgba = small.into_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0.map(u32::from);
        let on_white = |colour: u32| ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        image::Rgb([on_white(red), on_white(green), on_white(blue)])
    })
}

/// The smallest good form: drawings keep every line, photographs give up what the eye misses least.
fn encode(image: RgbImage) -> Option<(MediaFormat, Vec<u8>, u32, u32)> {
    let gray = image.pixels().all(|pixel| {
        let [red, green, blue] = pixel.0;
        red == green && green == blue
    });
    if is_drawing(&image) {
        let bytes = png(&image, gray)?;
        if bytes.len() <= WISHED_BYTES {
            return Some((MediaFormat::Png, bytes, image.width(), image.height()));
        }
    }
    let mut image = image;
    loop {
        let mut smallest = Vec::new();
        for quality in QUALITIES {
            smallest = jpeg(&image, gray, quality)?;
            if smallest.len() <= WISHED_BYTES {
                break;
            }
        }
        if smallest.len() <= WISHED_BYTES || image.width() <= LEAST_WIDTH {
            return Some((MediaFormat::Jpeg, smallest, image.width(), image.height()));
        }
        let width = (image.width() * 4 / 5).max(LEAST_WIDTH);
        let height = (u64::from(image.height()) * u64::from(width) / u64::from(image.width())).max(1);
        let height = u32::try_from(height).ok()?;
        image = image::imageops::resize(&image, width, height, Scaling::Triangle);
    }
}

/// Few colours; counting ends where they are many.
fn is_drawing(image: &RgbImage) -> bool {
    let mut colours = HashSet::new();
    for pixel in image.pixels() {
        colours.insert(pixel.0);
        if colours.len() > DRAWING_COLOURS {
            return false;
        }
    }
    true
}

fn gray_of(image: &RgbImage) -> GrayImage {
    GrayImage::from_fn(image.width(), image.height(), |x, y| {
        let [level, ..] = image.get_pixel(x, y).0;
        image::Luma([level])
    })
}

fn png(image: &RgbImage, gray: bool) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
    let (width, height) = image.dimensions();
    let written = match gray {
        true => encoder.write_image(&gray_of(image), width, height, ExtendedColorType::L8),
        false => encoder.write_image(image, width, height, ExtendedColorType::Rgb8),
    };
    written.ok().map(|()| out)
}

fn jpeg(image: &RgbImage, gray: bool, quality: u8) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, quality);
    let (width, height) = image.dimensions();
    let written = match gray {
        true => encoder.write_image(&gray_of(image), width, height, ExtendedColorType::L8),
        false => encoder.write_image(image, width, height, ExtendedColorType::Rgb8),
    };
    written.ok().map(|()| out)
}
