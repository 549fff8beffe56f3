# Lỗi khi chọn định dạng tệp, và trong bảng tính Excel, CSV.

## Định dạng

fault-unknown-format = Chưa đọc được loại tệp “.{ $name }”.
    .fix = Lưu lại thành một trong các loại { $allowed } rồi thử lại.
fault-format-not-written = Chưa ghi được bộ câu hỏi ra loại tệp “{ $name }”.
    .fix = Chọn một trong các loại { $allowed }.
fault-key-needed = Chỉ đề in Word (.docx) mới ghi được không kèm đáp án; tệp “{ $name }” luôn kèm đáp án.
    .fix = Ghi ra tệp .docx, hoặc bỏ lựa chọn “không kèm đáp án”.
