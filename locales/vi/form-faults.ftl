# Chỗ chưa đúng trong các biểu mẫu của trang quản trị, ghi ngay tại ô.
form-line-long = Viết ngắn lại, không quá 200 ký tự.
form-text-long = Viết ngắn lại, không quá 2.000 ký tự.
requests-day-name-missing = Ghi nghỉ dịp gì.
requests-day-gone = Ngày nghỉ này không có trong sổ, hoặc đã được bỏ rồi.
keeping-later-texts = Dữ liệu cá nhân của cuộc thi này đã hết hạn giữ. Ai gửi thêm thì vẫn ghi vào đây; tên và nội dung tự xóa { $n } ngày sau khi trả lời.
award-received-missing = Chọn ngày nhận.
award-due-missing = Chọn hạn trả lời.
award-finding-missing = Chọn một kết luận.
award-answer-missing = Ghi trả lời và căn cứ.
emulation-vote-title-missing = Nhập nội dung bỏ phiếu.
emulation-vote-line-long = Viết ngắn lại, không quá 300 ký tự.
