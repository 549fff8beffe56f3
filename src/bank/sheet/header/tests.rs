//! Claims about names of columns.

use super::*;

fn texts(names: &[&str]) -> Texts {
    (1..)
        .zip(names.iter().map(|name| (*name).to_owned()))
        .filter(|(_, name)| !name.is_empty())
        .collect()
}

#[test]
fn names_are_known_with_and_without_diacritics_in_both_languages() {
    for (name, field) in [
        ("Câu hỏi", Field::Stem),
        ("NỘI DUNG CÂU HỎI", Field::Stem),
        ("cau hoi (*)", Field::Stem),
        ("Question", Field::Stem),
        ("A", Field::Option(0)),
        ("h", Field::Option(7)),
        ("Phương án B", Field::Option(1)),
        ("Đáp án C", Field::Option(2)),
        ("Dap an 4", Field::Option(3)),
        ("Lựa chọn 1", Field::Option(0)),
        ("Option D:", Field::Option(3)),
        ("Answer 2", Field::Option(1)),
        ("option3", Field::Option(2)),
        ("PA. A", Field::Option(0)),
        ("Đáp án", Field::Key),
        ("Đáp án đúng", Field::Key),
        ("Dap an dung", Field::Key),
        ("KEY", Field::Key),
        ("Answer", Field::Key),
        ("Mức độ", Field::Level),
        ("Độ khó", Field::Level),
        ("Lời giải", Field::Explanation),
        ("Nguồn", Field::Source),
        ("Chủ đề", Field::Topic),
        ("Lĩnh vực", Field::Topic),
        ("Mã câu hỏi", Field::Id),
        ("Hình ảnh/Media", Field::Media),
        ("STT", Field::Number),
        ("#", Field::Number),
        ("Giữ chỗ", Field::Pin),
    ] {
        assert_eq!(field_of(name), Some(field), "{name}");
    }
    for name in [
        "",
        "1",
        "Ghi chú",
        "Điểm",
        "Phương án",
        "I",
        "Đáp án I",
        "Đáp án 12",
    ] {
        assert_eq!(field_of(name), None, "{name}");
    }
}

#[test]
fn the_header_is_found_under_titles_in_any_order_and_on_two_rows() {
    let rows = [
        texts(&["SỞ VĂN HÓA"]),
        texts(&["", "Câu hỏi về tỉnh"]),
        texts(&["Đáp án", "D", "C", "B", "A", "Câu hỏi", "Ghi chú"]),
    ];
    let header = find(&rows).unwrap();
    assert_eq!(
        (
            header.ends,
            header.column(Field::Key),
            header.column(Field::Option(0))
        ),
        (3, Some(1), Some(5))
    );
    assert_eq!(header.ignored, [(7, "Ghi chú".to_owned())]);
    let two = [
        texts(&["STT", "Câu hỏi", "Phương án", "", "", "Đáp án"]),
        texts(&["", "", "A", "B", "C"]),
        texts(&["1", "Hỏi gì?", "x", "y", "z", "A"]),
    ];
    let header = find(&two).unwrap();
    assert_eq!(
        (header.ends, header.fields.len(), header.is_complete()),
        (2, 6, true)
    );
}

#[test]
fn what_a_header_lacks_and_has_twice_is_known() {
    let header = find(&[texts(&["Câu hỏi", "A", "B", "Mức độ", "B"])]).unwrap();
    assert_eq!(
        (header.missing(), header.twice),
        (vec!["Đáp án".to_owned()], vec![5])
    );
    assert_eq!(find(&[texts(&["Họ và tên", "Lớp", "Điểm"])]), None);
}
