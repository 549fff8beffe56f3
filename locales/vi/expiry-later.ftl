# Sau khi dữ liệu cá nhân của cuộc thi đã hết hạn giữ.
cli-load-expired = Dữ liệu cá nhân của cuộc thi này đã hết hạn giữ và được xóa, nên không nạp lại được nữa. Muốn thi tiếp, hãy lập một cuộc thi mới.
rform-not-loaded-expired = Dữ liệu cá nhân của cuộc thi này đã hết hạn giữ và được xóa, nên thể lệ không đổi được nữa. Muốn thi tiếp, hãy lập một cuộc thi mới.
accounts-expired = Dữ liệu cá nhân của cuộc thi này đã hết hạn giữ và được xóa, nên không cấp thêm tài khoản được nữa.
