//! What of the notes of staff may be given to the person they are about: without the names of others, and not before a
//! result that is being judged is published.
//!
//! Owns telling whose a contact is, taking names out of a text, and what is held back and why.

use super::participant::tidy;

/// Stands where the name of somebody else stood.
pub const SOMEBODY: &str = "[…]";

/// What a copy leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Case sheets and notes of checks of this round, if there are any: it is being judged.
    Judging(u16),
    /// What entrants answered about this case of a round: several were asked, and whose answer it is, is not kept.
    Hearings(u16, u16),
    /// The names of other people in texts.
    NamesOfOthers,
    /// The names of staff.
    NamesOfStaff,
    /// Complaints and letters that do not bear the phone number that was registered, or were there before the account.
    Unsigned,
    /// The questions as they were drawn.
    Papers,
}

impl Withheld {
    /// The word in the copy and in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Judging(_) => "judging",
            Self::Hearings(..) => "hearings",
            Self::NamesOfOthers => "names-of-others",
            Self::NamesOfStaff => "names-of-staff",
            Self::Unsigned => "unsigned",
            Self::Papers => "papers",
        }
    }

    /// Number of the round concerned.
    pub const fn round(self) -> Option<u16> {
        match self {
            Self::Judging(round) | Self::Hearings(round, _) => Some(round),
            Self::NamesOfOthers | Self::NamesOfStaff | Self::Unsigned | Self::Papers => None,
        }
    }
}

/// Whether a contact that somebody wrote down is this person's: it has the phone number itself, not only a part of another one.
/// An e-mail address proves nothing: everybody may register that of somebody else, and change it at any time.
pub fn is_contact_of(contact: &str, phone: Option<&str>) -> bool {
    phone.is_some_and(|phone| has_phone(contact, phone))
}

/// Whether one of the numbers in a text is that of the form 0912345678.
fn has_phone(contact: &str, phone: &str) -> bool {
    let wanted = national(phone);
    wanted.len() >= 9
        && contact
            .split(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')')))
            .any(|run| national(run) == wanted)
}

/// Digits of a number without the prefix of the country or of the trunk.
fn national(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let rest = digits
        .strip_prefix("0084")
        .or_else(|| digits.strip_prefix("84").filter(|rest| rest.len() == 9))
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or(&digits);
    rest.to_owned()
}

/// A text without these names, in whatever letters they are written; and whether there was one.
pub fn without_names(text: &str, names: &[String]) -> (String, bool) {
    let text: Vec<char> = tidy(text).chars().collect();
    let mut names: Vec<Vec<char>> = names.iter().map(|name| tidy(name).chars().collect()).collect();
    names.retain(|name| !name.is_empty());
    // The longer first, so that no part of a name is left beside the mark.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut out = String::new();
    let mut found = false;
    let mut rest = text.as_slice();
    let mut before: Option<char> = None;
    while let Some((first, tail)) = rest.split_first() {
        let starts_word = before.is_none_or(|c| !c.is_alphanumeric());
        let name = names
            .iter()
            .find(|name| starts_word && begins_with_word(rest, name));
        match name {
            Some(name) => {
                out.push_str(SOMEBODY);
                found = true;
                before = name.last().copied();
                rest = rest.get(name.len()..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                before = Some(*first);
                rest = tail;
            }
        }
    }
    (out, found)
}

/// Whether a text begins with these words and no letter follows.
fn begins_with_word(text: &[char], word: &[char]) -> bool {
    let same = |(a, b): (&char, &char)| a == b || a.to_lowercase().eq(b.to_lowercase());
    text.len() >= word.len()
        && text.iter().zip(word).all(same)
        && text.get(word.len()).is_none_or(|next| !next.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_somebodys_by_the_whole_number_alone() {
        let own = |contact| is_contact_of(contact, Some("0912345678"));
        for contact in [
            "0912345678",
            "Gọi +84 912 345 678",
            "84912345678",
            "0987 654 321 / 0912.345.678",
        ] {
            assert!(own(contact), "{contact}");
        }
        for contact in [
            "",
            "0912345679",
            "10912345678",
            "an@vidu.vn",
            "Nguyễn Văn An",
            "12345678",
        ] {
            assert!(!own(contact), "{contact}");
        }
        assert!(!is_contact_of("0912345678", None));
        assert!(
            !is_contact_of("A-17", Some("A-17")),
            "a code that was issued is no number"
        );
    }

    #[test]
    fn names_go_whole_whatever_their_letters_and_other_words_stay() {
        let names = ["Trần An".to_owned(), "Trần An Bình".to_owned(), "An".to_owned()];
        let (text, found) = without_names(
            "Trùng với TRẦN AN BÌNH, ngồi cạnh Trần  An; Hoàng An. Anh ấy an toàn?",
            &names,
        );
        assert_eq!(text, "Trùng với […], ngồi cạnh […]; Hoàng […]. Anh ấy […] toàn?");
        assert!(found);
        assert_eq!(
            without_names("Đã xem thẻ", &names),
            ("Đã xem thẻ".to_owned(), false)
        );
        assert_eq!(without_names("An", &[]), ("An".to_owned(), false));
    }
}
