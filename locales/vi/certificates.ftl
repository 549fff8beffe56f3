# Giấy chứng nhận trong danh sách người đạt giải.
export-column-certificate = Mã giấy chứng nhận
export-column-certificate-address = Trang kiểm tra giấy chứng nhận
