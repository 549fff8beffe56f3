//! The words of the JSON API, in Vietnamese and English.
//!
//! Owns titles and details of problem documents, texts of faults and labels; facts go into members of their own, because
//! a program reads those.

use crate::domain::contest::{Field, PredictedQuantity};
use crate::domain::participant::{FieldError, vietnam};
use crate::domain::response::ChoiceError;
use time::{Date, OffsetDateTime};

/// A language of the API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese, unless the client prefers English.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The tag in `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }
}

/// What is wrong with one field of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The value of a registration.
    Field(FieldError),
    /// A choice that the paper does not allow.
    Choice(ChoiceError),
    /// Nothing was given.
    Missing,
    /// No such member.
    Unknown,
    /// A text is needed.
    NotText,
    /// `true` or `false` is needed.
    NotFlag,
    /// A whole number is needed.
    NotWhole,
    /// A list is needed.
    NotList,
    /// An object is needed.
    NotAnObject,
    /// A whole number in this range is needed.
    Range(i64, i64),
    /// At most so many entries.
    TooMany(usize),
    /// The question occurs twice.
    Duplicate,
    /// The round asks for no prediction.
    NoPrediction,
}

impl From<FieldError> for FaultKind {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

/// A day as people write it: 15/06/2023.
fn day(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), u8::from(date.month()), date.year())
}

/// A moment as people write it, in Vietnam's time: 08:00 15/06/2023.
pub fn local(at: OffsetDateTime) -> String {
    let at = at.to_offset(vietnam());
    format!("{:02}:{:02} {}", at.hour(), at.minute(), day(at.date()))
}

/// The text of a fault.
pub fn fault(lang: Lang, kind: FaultKind) -> String {
    match kind {
        FaultKind::Field(error) => field_error(lang, error),
        FaultKind::Choice(error) => choice_error(lang, error).to_owned(),
        FaultKind::Missing => lang.pick("Còn thiếu mục này.", "This is missing.").to_owned(),
        FaultKind::Unknown => lang
            .pick("Không có mục này.", "There is no such member.")
            .to_owned(),
        FaultKind::NotText => lang
            .pick("Cần một chuỗi ký tự.", "A string is needed.")
            .to_owned(),
        FaultKind::NotFlag => lang
            .pick("Cần true hoặc false.", "true or false is needed.")
            .to_owned(),
        FaultKind::NotWhole => lang
            .pick("Cần một số nguyên.", "A whole number is needed.")
            .to_owned(),
        FaultKind::NotList => lang.pick("Cần một danh sách.", "An array is needed.").to_owned(),
        FaultKind::NotAnObject => lang
            .pick("Cần một đối tượng JSON.", "A JSON object is needed.")
            .to_owned(),
        FaultKind::Range(min, max) => lang.pick(
            format!("Cần một số nguyên từ {min} đến {max}."),
            format!("A whole number from {min} to {max} is needed."),
        ),
        FaultKind::TooMany(max) => lang.pick(
            format!("Nhiều nhất {max} mục."),
            format!("At most {max} entries."),
        ),
        FaultKind::Duplicate => lang
            .pick(
                "Câu này có hai lần trong một yêu cầu.",
                "This question occurs twice in one request.",
            )
            .to_owned(),
        FaultKind::NoPrediction => lang
            .pick(
                "Vòng này không hỏi dự đoán.",
                "This round asks for no prediction.",
            )
            .to_owned(),
    }
}

fn choice_error(lang: Lang, error: ChoiceError) -> &'static str {
    match error {
        ChoiceError::UnknownQuestion => lang.pick(
            "Đề thi không có câu này.",
            "There is no such question on the paper.",
        ),
        ChoiceError::UnknownOption => lang.pick(
            "Câu này không có phương án đó.",
            "The question has no such option.",
        ),
        ChoiceError::OnlyOne => lang.pick(
            "Câu này chỉ chọn một phương án.",
            "Only one option may be chosen.",
        ),
    }
}

fn field_error(lang: Lang, error: FieldError) -> String {
    let (vi, en) = match error {
        FieldError::Missing => ("Chưa điền mục này.", "This is missing."),
        FieldError::BadCharacters => (
            "Có ký tự không dùng được ở đây.",
            "It holds characters that cannot be here.",
        ),
        FieldError::BadFormat => ("Chưa đúng dạng.", "It does not have the right form."),
        FieldError::PhonePrefix => (
            "Số điện thoại di động bắt đầu bằng 03, 05, 07, 08 hoặc 09.",
            "A mobile number begins with 03, 05, 07, 08 or 09.",
        ),
        FieldError::InFuture => (
            "Ngày sinh đang ở tương lai.",
            "The birth date lies in the future.",
        ),
        FieldError::IdContradicts(Field::Sex) => (
            "Số định danh cá nhân không khớp với giới tính đã khai.",
            "The identity number contradicts the sex given.",
        ),
        FieldError::IdContradicts(_) => (
            "Số định danh cá nhân không khớp với năm sinh đã khai.",
            "The identity number contradicts the birth date.",
        ),
        FieldError::IdProvince => (
            "Ba chữ số đầu không phải mã của tỉnh, thành phố nào.",
            "The first three digits are the code of no province.",
        ),
        FieldError::NotInList => (
            "Hãy chọn một mục có trong danh sách.",
            "Choose one from the list.",
        ),
        FieldError::AlreadyUsed => ("Đã có người khác dùng.", "Somebody else uses it."),
        FieldError::NotGiven => (
            "Cần đồng ý thì mới đăng ký được.",
            "Registration needs this consent.",
        ),
        FieldError::NotAsked => (
            "Cuộc thi không hỏi mục này.",
            "The contest does not ask for this.",
        ),
        FieldError::TooShort(_)
        | FieldError::TooLong(_)
        | FieldError::DigitCount { .. }
        | FieldError::NoSuchDay(..)
        | FieldError::TooOld(_)
        | FieldError::TooYoung(..) => return counted_error(lang, error),
    };
    lang.pick(vi, en).to_owned()
}

/// The errors that name a number.
fn counted_error(lang: Lang, error: FieldError) -> String {
    match error {
        FieldError::TooShort(n) => lang.pick(
            format!("Cần ít nhất {n} ký tự."),
            format!("At least {n} characters."),
        ),
        FieldError::TooLong(n) => lang.pick(
            format!("Nhiều nhất {n} ký tự."),
            format!("At most {n} characters."),
        ),
        FieldError::DigitCount { given, needed } => lang.pick(
            format!("Cần {needed} chữ số, hiện có {given}."),
            format!("{needed} digits are needed, {given} are given."),
        ),
        FieldError::NoSuchDay(d, m, y) => lang.pick(
            format!("Không có ngày {d}/{m}/{y}."),
            format!("There is no day {d}/{m}/{y} (day/month/year)."),
        ),
        FieldError::TooOld(year) => lang.pick(
            format!("Năm sinh phải từ {year} trở đi."),
            format!("The year of birth is {year} or later."),
        ),
        FieldError::TooYoung(age, on) => lang.pick(
            format!("Người dự thi phải đủ {age} tuổi vào ngày {}.", day(on)),
            format!(
                "Entrants are at least {age} years old on {} (day/month/year).",
                day(on)
            ),
        ),
        FieldError::Missing
        | FieldError::BadCharacters
        | FieldError::BadFormat
        | FieldError::PhonePrefix
        | FieldError::InFuture
        | FieldError::IdContradicts(_)
        | FieldError::IdProvince
        | FieldError::NotInList
        | FieldError::AlreadyUsed
        | FieldError::NotGiven
        | FieldError::NotAsked => String::new(),
    }
}

/// What is to be predicted.
pub fn prediction_label(lang: Lang, asks: PredictedQuantity) -> &'static str {
    match asks {
        PredictedQuantity::AttemptsInRound => lang.pick(
            "Dự đoán số lượt dự thi của vòng này",
            "Predict how many attempts this round will have",
        ),
        PredictedQuantity::PeopleInRound => lang.pick(
            "Dự đoán số người dự thi của vòng này",
            "Predict how many people will take part in this round",
        ),
        PredictedQuantity::PeopleAllCorrect => lang.pick(
            "Dự đoán số người trả lời đúng tất cả các câu trong vòng này",
            "Predict how many people will answer every question right in this round",
        ),
        PredictedQuantity::AttemptsAllCorrect => lang.pick(
            "Dự đoán số lượt trả lời đúng tất cả các câu trong vòng này",
            "Predict how many attempts will be right in every question in this round",
        ),
    }
}

/// Title and detail of a problem by its reason. `fact` is what the detail names, ready to print.
pub fn problem(lang: Lang, reason: &str, fact: &str) -> (&'static str, String) {
    let known = PROBLEMS.iter().find(|(known, ..)| *known == reason);
    let (_, vi, en) = known.copied().unwrap_or(("", INTERNAL.0, INTERNAL.1));
    let (title, detail) = lang.pick(vi, en);
    (title, detail.replace("{}", fact))
}

/// Title and detail.
type Words = (&'static str, &'static str);

const INTERNAL: (Words, Words) = (
    (
        "Hệ thống gặp lỗi",
        "Xin lỗi, hệ thống gặp lỗi. Khi cần hỗ trợ, hãy đọc mã {}.",
    ),
    (
        "Something failed",
        "Sorry, something failed here. When you ask for help, give the reference {}.",
    ),
);

/// Reason, Vietnamese, English.
const PROBLEMS: &[(&str, Words, Words)] = &[
    (
        "no-login",
        ("Chưa đăng nhập", "Hãy đăng nhập cuộc thi này rồi thử lại."),
        ("Not logged in", "Log in to this contest, then try again."),
    ),
    (
        "wrong-login",
        ("Chưa đăng nhập được", "Số điện thoại hoặc mật khẩu chưa đúng."),
        ("Not logged in", "The phone number or the password is not right."),
    ),
    (
        "not-found",
        ("Không tìm thấy", "Không có địa chỉ này, hoặc không phải của bạn."),
        ("Not found", "There is nothing here, or it is not yours."),
    ),
    (
        "not-published",
        ("Chưa công bố", "Kết quả vòng này chưa được công bố."),
        (
            "Not published",
            "The results of this round have not been published yet.",
        ),
    ),
    (
        "round-not-open",
        ("Vòng thi chưa mở", "Vòng thi mở lúc {}."),
        (
            "The round is not open yet",
            "The round opens at {} (Vietnam time, day/month/year).",
        ),
    ),
    (
        "round-ended",
        ("Vòng thi đã kết thúc", "Vòng thi đã kết thúc lúc {}."),
        (
            "The round has ended",
            "The round ended at {} (Vietnam time, day/month/year).",
        ),
    ),
    (
        "attempts-exhausted",
        ("Đã hết lượt thi", "Bạn đã dùng hết {} lượt của vòng này."),
        (
            "No attempts left",
            "You have used all attempts of this round: {}.",
        ),
    ),
    (
        "wait-between-attempts",
        (
            "Chưa đến lúc thi lượt tiếp theo",
            "Lượt tiếp theo có thể bắt đầu từ {}.",
        ),
        (
            "The next attempt must wait",
            "The next attempt may start at {} (Vietnam time, day/month/year).",
        ),
    ),
    (
        "attempt-finished",
        ("Bài thi đã nộp", "Bài đã nộp trước đó được giữ nguyên."),
        (
            "The attempt is finished",
            "What was submitted before stands as it is.",
        ),
    ),
    (
        "deadline-passed",
        (
            "Đã hết giờ",
            "Hệ thống đã nộp những câu bạn lưu trước khi hết giờ.",
        ),
        (
            "Time is up",
            "What you had saved in time has been submitted for you.",
        ),
    ),
    (
        "already-registered",
        (
            "Số điện thoại đã đăng ký",
            "Số điện thoại này đã đăng ký cuộc thi. Hãy đăng nhập.",
        ),
        (
            "Already registered",
            "This phone number is registered in the contest. Log in instead.",
        ),
    ),
    (
        "excluded",
        (
            "Không thuộc đối tượng dự thi",
            "Theo thể lệ, bạn không thuộc đối tượng dự thi: {}",
        ),
        (
            "Not among those who may enter",
            "The rules do not let you enter: {}",
        ),
    ),
    (
        "malformed",
        (
            "Không đọc được yêu cầu",
            "Nội dung gửi lên không phải JSON đúng dạng; chưa có gì được lưu.",
        ),
        (
            "The request cannot be read",
            "The body is not well-formed JSON; nothing was kept.",
        ),
    ),
    (
        "too-large",
        (
            "Nội dung gửi lên quá lớn",
            "Nội dung gửi lên được tối đa {} byte; chưa có gì được lưu.",
        ),
        (
            "The body is too large",
            "A body may have {} bytes at the most; nothing was kept.",
        ),
    ),
    (
        "not-json",
        (
            "Cần nội dung JSON",
            "Hãy gửi nội dung với Content-Type: application/json.",
        ),
        (
            "JSON is needed",
            "Send the body with Content-Type: application/json.",
        ),
    ),
    (
        "wrong-method",
        (
            "Không dùng được phương thức này",
            "Xem tiêu đề Allow để biết phương thức dùng được.",
        ),
        (
            "This method cannot be used here",
            "The header Allow names the methods that can.",
        ),
    ),
    (
        "invalid",
        ("Có mục chưa đúng", "Xem danh sách errors; chưa có gì được lưu."),
        (
            "Something is not right",
            "See the list of errors; nothing was kept.",
        ),
    ),
    (
        "too-many",
        ("Thử quá nhiều lần", "Vì an toàn, hãy thử lại sau {} giây."),
        ("Too many tries", "To be safe, try again in {} seconds."),
    ),
    (
        "busy",
        (
            "Đang có rất nhiều người vào",
            "Hãy thử lại sau {} giây; gửi lại không làm mất gì.",
        ),
        (
            "Very many people are here",
            "Try again in {} seconds; asking again loses nothing.",
        ),
    ),
    (
        "unavailable",
        (
            "Tạm thời chưa phục vụ được",
            "Hãy thử lại sau {} giây; gửi lại không làm mất gì.",
        ),
        (
            "Not available for a moment",
            "Try again in {} seconds; asking again loses nothing.",
        ),
    ),
    (
        "outcome-unknown",
        (
            "Chưa biết đã lưu hay chưa",
            "Hãy gửi lại đúng nội dung này sau {} giây để nhận kết quả.",
        ),
        (
            "It is not known whether this was kept",
            "Send the same again in {} seconds to learn the outcome.",
        ),
    ),
    ("internal", INTERNAL.0, INTERNAL.1),
];

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn moments_are_told_in_vietnams_time() {
        assert_eq!(local(datetime!(2023-04-03 01:05 UTC)), "08:05 03/04/2023");
        let (_, detail) = problem(
            Lang::Vi,
            "round-not-open",
            &local(datetime!(2023-04-03 01:05 UTC)),
        );
        assert_eq!(detail, "Vòng thi mở lúc 08:05 03/04/2023.");
    }

    #[test]
    fn no_problem_is_without_words() {
        for (reason, ..) in PROBLEMS {
            for lang in [Lang::Vi, Lang::En] {
                let (title, detail) = problem(lang, reason, "x");
                assert!(!title.is_empty() && !detail.contains("{}"), "{reason}");
            }
        }
    }
}
