# Lỗi khi đọc tệp câu hỏi: chữ bị gạch, ghi chú bên lề, hình vẽ, đáp án kèm chữ; và phần đứng ngoài các câu.

## Đề thi

fault-text-garbled = Chữ có vẻ là TCVN3, VNI, hoặc tệp đã mở sai bảng mã, nên hiện ra không phải tiếng Việt.
    .fix = Chuyển chữ sang Unicode (UniKey: Ctrl+Shift+F6), hoặc mở tệp gốc rồi lưu lại với bảng mã UTF-8, sau đó nạp lại.
fault-paper-comment = Ghi chú bên lề (Comment) “{ $text }” không được đọc.
    .fix = Nếu ghi chú đòi sửa câu, hãy sửa trong câu; nếu không thì bỏ qua.
fault-paper-struck = Chữ ở đây bị gạch ngang, không rõ là giữ hay bỏ.
    .fix = Nếu bỏ, xóa hẳn chữ đó; nếu giữ, bỏ định dạng gạch ngang (Font > Strikethrough).
fault-paper-shape = Hình vẽ ở đây (vòng khoanh, mũi tên, đường kẻ …) không được đọc.
    .fix = Nếu khoanh tròn để chỉ đáp án, hãy in đậm hoặc gạch chân phương án đúng; nếu là hình minh họa, thay bằng ảnh PNG.
fault-paper-options-before = Phương án A, B … đứng trước câu hỏi đầu tiên nên không được đọc.
    .fix = Thêm số câu (“Câu 1.”) trước câu hỏi của các phương án này; nếu đây là tiêu đề hay thể lệ thì bỏ qua.
fault-paper-key-words = Chữ “{ $value }” ở dòng đáp án không được đọc.
    .fix = Nếu là lời giải thích, viết thành dòng “Giải thích: …”; nếu chỉ một phương án khác, sửa lại chữ cái của đáp án.
fault-paper-key-twice = Câu ghi hai đáp án khác nhau.
    .fix = Chỉ giữ một dòng đáp án.

## Bảng tính

fault-comments-ignored = Trang tính có ghi chú (Comment) trên ô; ghi chú không được đọc.
    .fix = Nếu ghi chú đòi sửa câu, hãy sửa trong ô; nếu không thì bỏ qua.
fault-numbers-removed = Mọi câu hỏi đều bắt đầu bằng số câu (“Câu 1.”, “Câu 2:” …); các số đó được bỏ đi.
    .fix = Không cần làm gì: mỗi người nhận câu hỏi theo thứ tự riêng, số câu được tự thêm khi hiện.

## Trang kiểm tra

reading-outside = Những dòng không thuộc câu nào ({ $n })
reading-outside-note = Tiêu đề, lời dặn, tên phần … ; thí sinh không thấy những dòng này. Nếu có câu hỏi nằm trong đây, hãy thêm số câu (“Câu …”) ở đầu dòng.
reading-outside-more = Chỉ hiện { $n } dòng đầu.
