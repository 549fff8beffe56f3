### Cấp tài khoản theo danh sách ở trang quản trị.

accounts-title = Cấp tài khoản theo danh sách
accounts-open = Cuộc thi này để người dự thi tự đăng ký, nên không cấp tài khoản. Muốn cấp, đổi “Tài khoản” trong thể lệ.
accounts-send = Gửi danh sách
accounts-what = Dòng đầu của danh sách ghi tên cột: code, full_name, birth_date (năm-tháng-ngày), unit, và nếu cần class, consent_publish.
accounts-template = Tải tệp mẫu
accounts-limit = Mỗi lần cấp nhiều nhất { $n } tài khoản mới; danh sách dài hơn thì chia ra nhiều tệp.
accounts-file = Chọn tệp danh sách
accounts-file-hint = Tệp Excel .xlsx hoặc CSV, nhiều nhất 2 MB. Gửi lên chỉ để kiểm tra, chưa cấp gì.
accounts-check = Kiểm tra danh sách
accounts-no-file = Chưa chọn tệp nào.
accounts-faulty = Danh sách còn lỗi nên chưa cấp được tài khoản nào. Sửa những chỗ dưới đây rồi gửi lại.
accounts-empty = Danh sách không có người nào.
accounts-gone = Danh sách này đã quá một giờ, đã cấp rồi, hoặc không còn khớp với cuộc thi. Gửi lại tệp để kiểm tra lại.
accounts-review = Danh sách đọc được
accounts-people = Những người đầu danh sách
accounts-more = { $n ->
   *[other] và { $s } người nữa.
}
accounts-to-make = { $n ->
   *[other] Sẽ cấp { $s } tài khoản mới.
}
accounts-made = { $n ->
   *[other] Đã cấp { $s } tài khoản.
}
accounts-kept = { $n ->
   *[other] { $s } mã đã có tài khoản, giữ nguyên cả mật khẩu.
}
accounts-too-many = Nhiều hơn một lần được cấp: chia danh sách ra nhiều tệp.
accounts-issue-note = Cấp xong sẽ tải được tệp mã và mật khẩu, một lần. Ban Tổ chức chịu trách nhiệm đã có sự đồng ý của người trong danh sách.
accounts-issue = Cấp tài khoản
accounts-passwords = Mã và mật khẩu
accounts-passwords-once = Tệp chỉ tải được một lần, trong một giờ; hệ thống không giữ mật khẩu. Phát xong thì xóa tệp. Ai mất mật khẩu thì dùng trang “Cấp mã đặt lại mật khẩu”.
accounts-take-xlsx = Tải tệp Excel
accounts-take-csv = Tải tệp CSV
accounts-file-gone = Tệp mật khẩu này đã tải hoặc đã quá một giờ. Người chưa có mật khẩu thì được cấp mã đặt lại.
accounts-list-title = Tài khoản
accounts-note = Lưu ý
accounts-note-once = Mật khẩu chỉ có trong tệp này. Phát xong thì xóa.
accounts-example-name = Nguyễn Thị Ánh
accounts-column-code = Mã dự thi
accounts-column-full-name = Họ và tên
accounts-column-birth = Ngày sinh
accounts-column-unit = Đơn vị
accounts-column-class = Lớp
accounts-column-password = Mật khẩu
console-act-accounts-file = { $actor } tải tệp mã và mật khẩu
accounts-issuing = Đang cấp tài khoản. Danh sách dài mất vài phút.
