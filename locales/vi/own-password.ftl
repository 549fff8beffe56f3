### Cán bộ tự đổi mật khẩu.

own-password-link = Đổi mật khẩu
own-password-title = Đổi mật khẩu của bạn
own-password-must = Mật khẩu đang dùng do người khác đặt giúp. Mời bạn đặt mật khẩu riêng, chỉ mình bạn biết, rồi làm việc tiếp.
own-password-effect = Sau khi đổi, các máy khác đang đăng nhập tài khoản này phải đăng nhập lại. Việc đổi được ghi vào nhật ký, mật khẩu thì không.
own-password-old = Mật khẩu đang dùng
own-password-new = Mật khẩu mới
own-password-hint = Từ 8 ký tự, khác mật khẩu đang dùng.
own-password-button = Đổi mật khẩu
own-password-wrong = Mật khẩu đang dùng chưa đúng.
own-password-same = Mật khẩu mới phải khác mật khẩu đang dùng.
own-password-done = Đã đổi mật khẩu. Từ nay bạn đăng nhập bằng mật khẩu mới.
own-password-go-on = Làm việc tiếp
console-act-staff-password = { $actor } đổi mật khẩu của mình ({ $what })
