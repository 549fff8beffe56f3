//! Any bytes as a file of this format: reading ends, without a panic, in a set or in faults.
#![no_main]

use hoithi::bank::import_question_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = import_question_file("file.gift", bytes);
    assert!(read.loaded.is_some() || !read.faults.is_empty());
});
