### Lỗi của tài khoản do Ban Tổ chức cấp.

fault-accounts-password = Tài khoản do Ban Tổ chức cấp thì không ai tự đăng ký, nên mật khẩu cuộc thi không dùng vào đâu.
    .fix = Bỏ password, hoặc bỏ accounts = "issued".
fault-accounts-spread = Tài khoản do Ban Tổ chức cấp thì không ai đăng ký qua đường giới thiệu, nên không trao được giải lan tỏa.
    .fix = Bỏ các bảng [[spread_prize]] và [spread], hoặc bỏ accounts = "issued".
fault-accounts-columns = Dòng đầu thiếu cột: { $missing }.
    .fix = Dòng đầu ghi tên cột: code,full_name,birth_date,unit,class,consent_publish (thứ tự tùy ý; class và consent_publish bỏ được).
fault-accounts-code = “{ $value }” không dùng làm mã dự thi được.
    .fix = Mã gồm 3 đến 20 chữ không dấu, chữ số, gạch nối, dấu chấm, bắt đầu bằng chữ hoặc số, ví dụ HS-0012.
fault-accounts-twice = Mã “{ $value }” đã có ở dòng { $line }.
    .fix = Cho mỗi người một mã riêng; chữ hoa, chữ thường coi như nhau.
fault-accounts-name = Đây không phải họ tên.
    .fix = Ghi đủ họ và tên, chỉ gồm chữ cái.
fault-accounts-unit = Không có đơn vị nào đang nhận dự thi mang mã “{ $unit }”.
    .fix = { $has_near ->
        [0] Ghi một mã trong units.csv của cuộc thi đã nạp.
       *[other] Có phải ý là “{ $near }”?
    }
fault-accounts-sheet = Trang tính “{ $name }” không được đọc: danh sách là trang đầu tiên không bị ẩn.
    .fix = Để danh sách ở trang đầu; trang khác không dùng thì xóa.
