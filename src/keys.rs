//! What the server's secret is used for: look-up hashes, sealed fields, signed log-ins, receipts.
//!
//! Owns every key derived from the secret and what is made with them; leaves the letters of codes to `codes` and where values
//! are kept to the stores.

mod codes;

pub use codes::{ballot_code, read_ballot_code, read_certificate, read_receipt, read_share_code};

use self::codes::letters;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use time::{Date, Duration, OffsetDateTime};

type HmacSha256 = Hmac<Sha256>;

/// A citizen's log-in lasts this long: a contest of five weeks and a margin, so that nobody types a password twice.
pub const LOGIN_LIFE: Duration = Duration::days(60);
/// Marks the key that sealed a field, so that keys can be changed later.
const KEY_ID: u8 = 1;
/// Length of a nonce of XChaCha20-Poly1305.
const NONCE: usize = 24;
/// Bytes of a hash that a code is made of.
const CODE: usize = 16;
/// Bytes of a hash that a receipt is made of; receipts are out, so it stays as it is.
const RECEIPT: usize = 8;

/// Keys derived from the server's secret, one per purpose.
#[derive(Clone)]
pub struct Keys {
    lookup: HmacSha256,
    seal: [u8; 32],
    sign: HmacSha256,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(***)")
    }
}

/// A citizen who is logged in, as the token says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// The person.
    pub participant: ParticipantId,
    /// The contest the log-in holds for.
    pub contest: ContestId,
    /// Equal to the stored epoch while the log-in holds.
    pub epoch: i32,
}

impl Keys {
    /// Derives the keys.
    pub fn new(secret: &[u8; 32]) -> Self {
        let secret = ready(secret);
        let derive = |purpose: &str| mac(&secret, &[b"hoithi key", purpose.as_bytes()]);
        Self {
            lookup: ready(&derive("lookup")),
            seal: derive("seal"),
            sign: ready(&derive("sign")),
        }
    }

    /// Hash under which a person is found by phone within a contest.
    pub fn phone_hash(&self, contest: ContestId, phone: &str) -> [u8; 32] {
        mac(
            &self.lookup,
            &[b"phone", &contest.0.to_be_bytes(), phone.as_bytes()],
        )
    }

    /// Hash under which equal identity numbers within a contest are found.
    pub fn national_id_hash(&self, contest: ContestId, number: &str) -> [u8; 32] {
        mac(
            &self.lookup,
            &[b"national id", &contest.0.to_be_bytes(), number.as_bytes()],
        )
    }

    /// Hash under which the one-time code of a delegate is found.
    pub fn ballot_hash(&self, code: &str) -> [u8; 32] {
        mac(&self.lookup, &[b"ballot code", code.as_bytes()])
    }

    /// Hash under which people of one name and birth date within a contest are found; `name` as names are compared.
    pub fn person_hash(&self, contest: ContestId, name: &str, born: Date) -> [u8; 32] {
        let day = born.to_julian_day().to_be_bytes();
        mac(
            &self.lookup,
            &[b"person", &contest.0.to_be_bytes(), name.as_bytes(), &day],
        )
    }

    /// The code of a person's link for bringing newcomers: ten letters that tell nothing, the same each time.
    pub fn share_code(&self, contest: ContestId, person: ParticipantId) -> String {
        let parts: [&[u8]; 3] = [b"share", &contest.0.to_be_bytes(), &person.0.to_be_bytes()];
        letters(mac(&self.sign, &parts).iter().take(CODE), 10)
    }

    /// Name of a counter that must not tell whom it counts.
    pub fn counter_name(&self, kind: &str, what: &str) -> String {
        URL_SAFE_NO_PAD.encode(&mac(&self.lookup, &[b"counter", kind.as_bytes(), what.as_bytes()])[..16])
    }

    /// Encrypts a field; `place` (table, column and owner) is bound to it, so that it cannot be moved elsewhere.
    pub fn seal(&self, place: &str, plain: &str, nonce: [u8; NONCE]) -> Vec<u8> {
        let payload = Payload {
            msg: plain.as_bytes(),
            aad: place.as_bytes(),
        };
        let cipher = XChaCha20Poly1305::new(&Key::from(self.seal));
        // Encryption of a short text in memory has no way to fail; an empty result would not open again.
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        [&[KEY_ID][..], &nonce, &sealed].concat()
    }

    /// Opens a field; `None` if it was changed, moved, or sealed with another key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<String> {
        let (key_id, rest) = sealed.split_first()?;
        let (nonce, cipher) = rest.split_first_chunk::<NONCE>()?;
        if *key_id != KEY_ID {
            return None;
        }
        let payload = Payload {
            msg: cipher,
            aad: place.as_bytes(),
        };
        let plain = XChaCha20Poly1305::new(&Key::from(self.seal))
            .decrypt(&XNonce::from(*nonce), payload)
            .ok()?;
        String::from_utf8(plain).ok()
    }

    /// A log-in token for a citizen: verified without asking any store, so that wiping Redis logs nobody out.
    pub fn login_token(&self, login: Login, now: OffsetDateTime, nonce: [u8; 8]) -> String {
        let expires = (now + LOGIN_LIFE).unix_timestamp();
        let mut body = Vec::with_capacity(64);
        body.extend(login.participant.0.to_be_bytes());
        body.extend(login.contest.0.to_be_bytes());
        body.extend(login.epoch.to_be_bytes());
        body.extend(expires.to_be_bytes());
        body.extend(nonce);
        let signature = mac(&self.sign, &[b"login", &body]);
        body.extend(signature);
        URL_SAFE_NO_PAD.encode(body)
    }

    /// Who a token was made for, unless it is forged or has expired.
    pub fn read_login(&self, token: &str, now: OffsetDateTime) -> Option<Login> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let bytes: [u8; 64] = bytes.try_into().ok()?;
        let (body, signature) = bytes.split_at(32);
        if !bool::from(mac(&self.sign, &[b"login", body]).ct_eq(signature)) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| body.get(range).and_then(|part| part.try_into().ok());
        let short = |range: std::ops::Range<usize>| body.get(range).and_then(|part| part.try_into().ok());
        let expires = i64::from_be_bytes(number(16..24)?);
        (now.unix_timestamp() < expires).then_some(Login {
            participant: ParticipantId(i64::from_be_bytes(number(0..8)?)),
            contest: ContestId(i32::from_be_bytes(short(8..12)?)),
            epoch: i32::from_be_bytes(short(12..16)?),
        })
    }

    /// The token in the quiz form: whoever holds it may submit this attempt even if the log-in is gone.
    pub fn attempt_token(&self, attempt: AttemptId, participant: ParticipantId) -> String {
        URL_SAFE_NO_PAD.encode(mac(
            &self.sign,
            &[b"attempt", attempt.as_bytes(), &participant.0.to_be_bytes()],
        ))
    }

    /// Whether a token is the one of this attempt and person.
    pub fn is_attempt_token(&self, token: &str, attempt: AttemptId, participant: ParticipantId) -> bool {
        self.attempt_token(attempt, participant)
            .as_bytes()
            .ct_eq(token.as_bytes())
            .into()
    }

    /// The token in the forms of one browser session.
    pub fn form_token(&self, session: &str) -> String {
        URL_SAFE_NO_PAD.encode(&mac(&self.sign, &[b"form", session.as_bytes()])[..18])
    }

    /// Whether a form carries the token of its session.
    pub fn is_form_token(&self, token: &str, session: &str) -> bool {
        self.form_token(session).as_bytes().ct_eq(token.as_bytes()).into()
    }

    /// The code of a certificate: sixteen letters that only this server can make, the same each time it is made out.
    /// `round` is `None` for a prize of the whole contest.
    pub fn certificate(
        &self,
        contest: ContestId,
        round: Option<RoundId>,
        person: ParticipantId,
        prize: u16,
    ) -> String {
        let parts: [&[u8]; 5] = [
            b"certificate",
            &contest.0.to_be_bytes(),
            &round.map_or(0, |round| round.0).to_be_bytes(),
            &person.0.to_be_bytes(),
            &prize.to_be_bytes(),
        ];
        letters(mac(&self.sign, &parts).iter().take(CODE), 16)
    }

    /// The code of a certificate for a unit, as [`Keys::certificate`].
    pub fn unit_certificate(
        &self,
        contest: ContestId,
        round: Option<RoundId>,
        unit: UnitId,
        prize: u16,
    ) -> String {
        let parts: [&[u8]; 5] = [
            b"unit-certificate",
            &contest.0.to_be_bytes(),
            &round.map_or(0, |round| round.0).to_be_bytes(),
            &unit.0.to_be_bytes(),
            &prize.to_be_bytes(),
        ];
        letters(mac(&self.sign, &parts).iter().take(CODE), 16)
    }

    /// The receipt of an attempt: ten letters that tell nothing and can be looked up.
    pub fn receipt(&self, attempt: AttemptId) -> String {
        let hash = mac(&self.sign, &[b"receipt", attempt.as_bytes()]);
        letters(hash.iter().take(RECEIPT), 10)
    }
}

/// SHA-256 as hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A key made ready: half of the work of a short message is the key's.
fn ready(key: &[u8; 32]) -> HmacSha256 {
    // HMAC takes a key of a whole block; a shorter one is padded with zeros (RFC 2104).
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(slot, byte)| *slot = *byte);
    <HmacSha256 as hmac::KeyInit>::new(&block.into())
}

/// HMAC over parts, each preceded by its length so that no two lists of parts give the same input.
fn mac(key: &HmacSha256, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = key.clone();
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2023-05-01 00:00 UTC);

    fn keys() -> Keys {
        Keys::new(&[7; 32])
    }

    fn login() -> Login {
        Login {
            participant: ParticipantId(41),
            contest: ContestId(2),
            epoch: 3,
        }
    }

    #[test]
    fn a_login_token_holds_until_it_expires_and_not_a_second_longer() {
        let token = keys().login_token(login(), NOW, [1; 8]);
        assert_eq!(keys().read_login(&token, NOW), Some(login()));
        assert_eq!(
            keys().read_login(&token, NOW + LOGIN_LIFE - Duration::SECOND),
            Some(login())
        );
        assert_eq!(keys().read_login(&token, NOW + LOGIN_LIFE), None);
        assert_eq!(Keys::new(&[8; 32]).read_login(&token, NOW), None);
    }

    #[test]
    fn a_token_with_any_flipped_bit_is_refused() {
        let token = URL_SAFE_NO_PAD
            .decode(keys().login_token(login(), NOW, [1; 8]))
            .unwrap();
        for bit in 0..token.len() * 8 {
            let mut forged = token.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                keys().read_login(&URL_SAFE_NO_PAD.encode(forged), NOW),
                None,
                "bit {bit}"
            );
        }
        for junk in ["", "x", "AAAA", &"A".repeat(200)] {
            assert_eq!(keys().read_login(junk, NOW), None);
        }
    }

    #[test]
    fn a_sealed_field_opens_in_its_own_place_only() {
        let sealed = keys().seal("participants.phone:1", "0912345678", [9; NONCE]);
        assert_eq!(
            keys().open("participants.phone:1", &sealed).as_deref(),
            Some("0912345678")
        );
        assert_eq!(keys().open("participants.phone:2", &sealed), None);
        assert_eq!(keys().open("participants.phone:1", &sealed[..20]), None);
        assert!(!sealed.windows(4).any(|part| part == b"0912"));
    }

    #[test]
    fn a_certificate_has_one_code_and_another_server_or_prize_another() {
        let code =
            |keys: Keys, prize| keys.certificate(ContestId(1), Some(RoundId(2)), ParticipantId(41), prize);
        assert_eq!(code(keys(), 0), code(keys(), 0));
        assert_ne!(code(keys(), 0), code(keys(), 1));
        assert_ne!(code(keys(), 0), code(Keys::new(&[8; 32]), 0));
        assert_eq!(
            read_certificate(&code(keys(), 0).to_lowercase()),
            Some(code(keys(), 0))
        );
        assert_eq!(read_certificate("ABC"), None);
    }

    #[test]
    fn a_link_has_a_code_of_its_own_and_equal_people_have_equal_hashes() {
        let code = keys().share_code(ContestId(1), ParticipantId(41));
        assert_eq!(read_share_code(&code), Some(code.clone()));
        assert_ne!(code, keys().share_code(ContestId(1), ParticipantId(42)));
        assert_ne!(code, keys().share_code(ContestId(2), ParticipantId(41)));
        let hash = |name, born| keys().person_hash(ContestId(1), name, born);
        let born = time::macros::date!(1990 - 06 - 15);
        assert_eq!(hash("nguyễn văn an", born), hash("nguyễn văn an", born));
        assert_ne!(hash("nguyễn văn an", born), hash("nguyễn văn ân", born));
        assert_ne!(
            hash("nguyễn văn an", born),
            hash("nguyễn văn an", time::macros::date!(1990 - 06 - 16))
        );
    }

    #[test]
    fn codes_stay_what_they_were_when_they_were_given_out() {
        let receipt = keys().receipt(AttemptId::new(RoundId(1), [3; 12]));
        assert_eq!(receipt, "NXWFN40TXT");
        let code = keys().certificate(ContestId(1), Some(RoundId(2)), ParticipantId(41), 0);
        assert_eq!(code, "PY38BZVDVNGAH8SP");
    }

    #[test]
    fn a_receipt_is_found_again_however_it_is_typed() {
        let receipt = keys().receipt(AttemptId::new(RoundId(1), [3; 12]));
        assert_eq!(receipt.len(), 10);
        let spoken = format!("{} {}", receipt[..4].to_lowercase(), &receipt[4..])
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(read_receipt(&spoken), Some(receipt));
        assert_eq!(read_receipt("ABCDEFGHJU"), None);
        assert_eq!(read_receipt("ABC"), None);
    }
}
