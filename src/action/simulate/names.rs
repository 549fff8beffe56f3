//! Names for simulated people, as common in the north of Vietnam, peoples of the highlands among them.
//!
//! Owns the lists; a name put together from them is nobody's in particular.

use super::dice::Die;
use crate::domain::participant::Sex;

/// Surnames with their weights.
const SURNAMES: [(&str, u64); 36] = [
    ("Nguyễn", 220),
    ("Hoàng", 130),
    ("Nông", 90),
    ("Lý", 70),
    ("Vi", 65),
    ("Trần", 60),
    ("Triệu", 55),
    ("Lương", 50),
    ("Dương", 50),
    ("Hà", 45),
    ("Lê", 42),
    ("Phạm", 40),
    ("Lộc", 40),
    ("Chu", 38),
    ("Hứa", 36),
    ("La", 34),
    ("Đặng", 32),
    ("Vy", 30),
    ("Bế", 28),
    ("Đinh", 26),
    ("Mã", 26),
    ("Phùng", 24),
    ("Vũ", 24),
    ("Bùi", 22),
    ("Lâm", 22),
    ("Lành", 20),
    ("Linh", 18),
    ("Đàm", 18),
    ("Liễu", 16),
    ("Tạ", 14),
    ("Chung", 14),
    ("Bàn", 14),
    ("Tô", 12),
    ("Đỗ", 12),
    ("Lăng", 12),
    ("Nình", 6),
];

const MIDDLE_FEMALE: [&str; 24] = [
    "Thị", "Thị", "Thị", "Thị", "Thị", "Thị", "Thu", "Thanh", "Ngọc", "Minh", "Hồng", "Bích", "Kim", "Mai", "Phương",
    "Thùy", "Diệu", "Khánh", "Thảo", "Lan", "Thị Thu", "Thị Thanh", "Thị Ngọc", "Thị Hồng",
];
const MIDDLE_MALE: [&str; 24] = [
    "Văn", "Văn", "Văn", "Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Ngọc", "Công", "Đình", "Thanh", "Anh",
    "Trung", "Mạnh", "Quốc", "Tiến", "Việt", "Duy", "Gia", "Hoàng", "Thế",
];
const GIVEN_FEMALE: [&str; 60] = [
    "Hương", "Hoa", "Lan", "Hà", "Linh", "Trang", "Thảo", "Hằng", "Nga", "Yến", "Mai", "Huyền", "Thủy", "Nhung",
    "Phượng", "Hiền", "Ngọc", "Anh", "Vân", "Dung", "Loan", "Oanh", "Quỳnh", "Thu", "Hạnh", "Tuyết", "Chi", "Ánh",
    "Liên", "Nguyệt", "Duyên", "My", "Ly", "Hậu", "Thơm", "Tâm", "Thương", "Bích", "Giang", "Xuân", "Hồng", "Diệp",
    "Trà", "Vy", "Uyên", "Thư", "Như", "Nhi", "Khuyên", "Luyến", "Sen", "Mùi", "Mỹ", "Thắm", "Then", "Phương", "Hòa",
    "Hoài", "Dịu", "Đào",
];
const GIVEN_MALE: [&str; 60] = [
    "Hùng", "Dũng", "Tuấn", "Cường", "Nam", "Hải", "Sơn", "Long", "Thắng", "Quân", "Đức", "Kiên", "Trung", "Thành",
    "Hiếu", "Huy", "Khánh", "Minh", "Phong", "Tùng", "Việt", "Bình", "Chiến", "Đạt", "Duy", "Giang", "Hà", "Hòa",
    "Hoàng", "Hưng", "Khoa", "Lâm", "Linh", "Lộc", "Lợi", "Mạnh", "Nghĩa", "Nhân", "Phúc", "Phương", "Quang", "Quý",
    "Quyết", "Tài", "Tân", "Thái", "Thanh", "Thiện", "Thịnh", "Tiến", "Toàn", "Trường", "Tú", "Vinh", "Vũ", "Xuân",
    "Đông", "Ánh", "Ước", "Ngọc",
];

/// A surname, to be shared with a parent.
pub(super) fn surname(die: &mut Die) -> &'static str {
    let mut drawn = die.below(SURNAMES.iter().map(|(_, weight)| weight).sum());
    for (name, weight) in SURNAMES {
        if drawn < weight {
            return name;
        }
        drawn -= weight;
    }
    "Nguyễn"
}

/// A full name with that surname.
pub(super) fn full_name(die: &mut Die, surname: &str, sex: Sex) -> String {
    let (middle, given) = match sex {
        Sex::Female => (die.pick(&MIDDLE_FEMALE), die.pick(&GIVEN_FEMALE)),
        Sex::Male => (die.pick(&MIDDLE_MALE), die.pick(&GIVEN_MALE)),
    };
    let mut words = vec![surname];
    words.extend(middle);
    words.extend(given);
    words.join(" ")
}
