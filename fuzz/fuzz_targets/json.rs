#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hoithi_fuzz::json(data));
