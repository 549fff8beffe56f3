//! Codes that people read aloud and type: of receipts, certificates, personal links and ballots.
//!
//! Owns their letters and how forgiving reading is; which hash a code is made of is said by whoever makes it.

/// The letters of receipts: no I, L, O, U, so that a code can be read aloud (Crockford's base 32).
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many letters of the bytes of a hash, at most sixteen, five bits each from the end.
pub(super) fn letters<'a>(bytes: impl Iterator<Item = &'a u8>, count: usize) -> String {
    let mut bits = bytes.fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let mut code = String::with_capacity(count);
    for _ in 0..count {
        // The mask keeps the index below 32, the length of the alphabet.
        code.push(char::from(CROCKFORD[(bits & 31) as usize]));
        bits >>= 5;
    }
    code
}

/// The code of a certificate as people type it or a camera reads it. `None` if it cannot be one.
pub fn read_certificate(typed: &str) -> Option<String> {
    read_letters(typed, 16)
}

/// A receipt as people type it: spaces and case do not matter, O is 0, I and L are 1. `None` if it cannot be one.
pub fn read_receipt(typed: &str) -> Option<String> {
    read_letters(typed, 10)
}

/// The one-time code of a delegate, from random bytes: twelve letters, 60 bits.
pub fn ballot_code(random: &[u8; 32]) -> String {
    letters(random.iter().take(16), 12)
}

/// Such a code as people type it. `None` if it cannot be one.
pub fn read_ballot_code(typed: &str) -> Option<String> {
    read_letters(typed, 12)
}

/// The code of a link for bringing newcomers as people type it. `None` if it cannot be one.
pub fn read_share_code(typed: &str) -> Option<String> {
    read_letters(typed, 10)
}

fn read_letters(typed: &str, count: usize) -> Option<String> {
    let letters = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
    let code: String = letters.collect();
    let fits = code.len() == count && code.bytes().all(|b| CROCKFORD.contains(&b));
    fits.then_some(code)
}
