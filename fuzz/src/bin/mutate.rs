//! Fuzzing on a stable toolchain: mutates seeds at random for a given time and keeps what breaks a target.
//!
//! `cargo run --release --bin mutate -- TARGET SECONDS [SEED]`; seeds are `seeds/TARGET/*` and `../tests/papers/*`.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};
use std::path::Path;
use std::time::{Duration, Instant};

/// An input that takes longer is kept like one that panics.
const SLOW: Duration = Duration::from_secs(5);
/// Pieces that papers and documents are made of.
const WORDS: [&str; 30] = [
    "Câu 1. ",
    "Câu 12: ",
    "1. ",
    "2) ",
    "A. ",
    "B. ",
    "C) ",
    "*D. ",
    "\n",
    "\t",
    "   ",
    "Đáp án: B",
    "HẾT\n",
    "BẢNG ĐÁP ÁN\n",
    "1-A 2-B",
    "Lời giải: ",
    "(đúng)",
    "Mức độ: NB",
    "<w:p>",
    "</w:p>",
    "<w:r><w:rPr><w:b/></w:rPr><w:t>",
    "</w:t></w:r>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:br/>",
    "<w:ins>",
    "</w:ins>",
    "\u{301}",
    "\u{200b}",
    "&amp;",
];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let name = args.get(1).map_or("paper_text", String::as_str);
    let seconds = args.get(2).and_then(|text| text.parse().ok()).unwrap_or(60);
    let seed = args.get(3).and_then(|text| text.parse().ok()).unwrap_or(1);
    let Some((_, target)) = hoithi_fuzz::TARGETS.iter().find(|(known, _)| *known == name) else {
        eprintln!(
            "targets: {:?}",
            hoithi_fuzz::TARGETS
                .iter()
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
        );
        std::process::exit(2);
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = files(&root.join("seeds").join(name));
    seeds.extend(files(&root.join("../tests/papers")));
    seeds.push(WORDS.concat().into_bytes());
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let begun = Instant::now();
    let (mut runs, mut failures) = (0_u64, 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let input = mutated(&mut rng, &seeds);
        let one = Instant::now();
        let failed = std::panic::catch_unwind(|| target(&input)).is_err();
        runs += 1;
        if failed || one.elapsed() > SLOW {
            failures += 1;
            let folder = root.join("artifacts").join(name);
            let path = folder.join(format!("{seed}-{runs}"));
            let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, &input));
            eprintln!("failed: {} ({kept:?})", path.display());
        }
        // What was survived may be mutated again.
        if seeds.len() < 2_000 && runs.is_multiple_of(50) {
            seeds.push(input);
        }
    }
    println!(
        "{name}: {runs} inputs in {:?}, {failures} failures",
        begun.elapsed()
    );
    std::process::exit(i32::from(failures > 0));
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| std::fs::read(entry.path()).ok())
        .collect()
}

fn mutated(rng: &mut impl Rng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let pick = |rng: &mut dyn Rng| {
        seeds
            .get(rng.random_range(0..seeds.len()))
            .cloned()
            .unwrap_or_default()
    };
    let mut input = pick(rng);
    input.truncate(64 * 1024);
    for _ in 0..rng.random_range(1..12) {
        let at = rng.random_range(0..=input.len());
        let end = (at + rng.random_range(0..200)).min(input.len());
        match rng.random_range(0..6) {
            0 => drop(input.drain(at..end)),
            1 => {
                let piece: Vec<u8> = input.get(at..end).unwrap_or_default().to_vec();
                let times = rng.random_range(1..20);
                input.splice(at..at, piece.repeat(times));
            }
            2 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << rng.random_range(0..8);
                }
            }
            3 | 4 => {
                let word = WORDS
                    .get(rng.random_range(0..WORDS.len()))
                    .copied()
                    .unwrap_or_default();
                input.splice(at..at, word.bytes());
            }
            _ => {
                let other = pick(rng);
                let from = rng.random_range(0..=other.len());
                let to = (from + rng.random_range(0..400)).min(other.len());
                input.splice(at..at, other.get(from..to).unwrap_or_default().iter().copied());
            }
        }
    }
    input
}
