### Tài khoản do Ban Tổ chức cấp.

register-issued = Tài khoản của cuộc thi này do Ban Tổ chức cấp. Hãy đăng nhập bằng mã dự thi và mật khẩu ghi trên giấy đã phát; chưa có thì hỏi đơn vị của bạn.
log-in-issued = Dùng mã dự thi và mật khẩu ghi trên giấy do Ban Tổ chức phát.
log-in-code = Mã dự thi
rules-accounts-issued = Tài khoản do Ban Tổ chức cấp theo danh sách; không tự đăng ký. Đăng nhập bằng mã dự thi và mật khẩu được phát.
api-accounts-issued-title = Không nhận đăng ký
api-accounts-issued-text = Tài khoản của cuộc thi này do Ban Tổ chức cấp.
console-act-accounts = { $actor } cấp { $n } tài khoản theo danh sách
cli-accounts-done = { $n ->
   *[other] Đã cấp { $n } tài khoản.
}
cli-accounts-kept = { $n ->
   *[other] { $n } mã trong danh sách đã có tài khoản, giữ nguyên.
}
cli-accounts-file = Mã và mật khẩu nằm trong { $file }. Mật khẩu chỉ có ở đó; phát xong hãy xóa tệp.
cli-accounts-open = Cuộc thi này để người dự thi tự đăng ký. Ghi accounts = "issued" trong contest.toml rồi nạp lại.
cli-accounts-no-contest = Không có cuộc thi “{ $contest }”.
