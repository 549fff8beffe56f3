## Hình, âm thanh và phim kèm câu hỏi

fault-media-missing = Không tìm thấy tệp “{ $path }”.
    .fix = Chép tệp vào đúng chỗ, hoặc sửa đường dẫn (tính từ thư mục của cuộc thi, ví dụ media/ban-do.jpg). Khi nạp qua trang quản trị, hãy nén tệp câu hỏi cùng thư mục media thành một tệp .zip rồi tải tệp .zip lên.
fault-bad-media = “{ $path }” không phải đường dẫn tới một tệp hình, âm thanh hay phim trong thư mục của cuộc thi.
    .fix = Viết đường dẫn từ thư mục của cuộc thi, ví dụ media/ban-do.jpg; nhận các loại { $allowed }.
fault-picture-no-alt = Hình “{ $path }” chưa có chữ mô tả cho người không nhìn thấy hình.
    .fix = Mô tả hình mà không lộ đáp án. Trên trang quản trị: ô “Chữ mô tả hình”. Trong Word: bấm chuột phải vào hình, chọn Văn bản thay thế (Alt Text). Trong bảng tính: cột “Mô tả hình”. Trong Moodle: ô mô tả khi chèn hình. Trong tệp .toml: thêm dòng alt = "…".
fault-media-many = Câu có { $count } tệp hình, âm thanh hoặc phim; mỗi câu nhận nhiều nhất { $limit } tệp.
    .fix = Ghép các hình thành một, hoặc tách câu.
fault-media-size = Tệp “{ $path }” có { $size } byte; loại này nhận nhiều nhất { $limit } byte.
    .fix = Thu nhỏ hình, giảm chất lượng âm thanh, hoặc cắt ngắn phim: nhiều người dự thi dùng mạng yếu.
fault-media-pixels = Hình “{ $path }” rộng { $width }, cao { $height } điểm ảnh; nhận nhiều nhất { $limit } triệu điểm ảnh và mỗi cạnh 12.000.
    .fix = Thu nhỏ hình rồi lưu lại; bề rộng 1.200 điểm ảnh là đủ nét.
fault-media-total = Tất cả hình, âm thanh và phim cộng lại quá lớn ({ $limit } byte là nhiều nhất).
    .fix = Thu nhỏ các tệp, hoặc chia bộ câu hỏi.
fault-media-format = { $kind ->
        [unknown] Tệp “{ $path }” không phải hình, âm thanh hay phim mà hệ thống biết.
       *[other] Tệp “{ $path }” có định dạng { $kind }, điện thoại thường không hiện được.
    }
    .fix = Đổi hình sang PNG hoặc JPEG, âm thanh sang MP3, phim sang MP4 (H.264), rồi nạp lại. Đổi đuôi tên tệp thì chưa đủ.
fault-media-svg = Hình “{ $path }” là bản vẽ SVG, có thể chứa mã chạy trên máy người xem nên không được nhận.
    .fix = Mở hình, xuất ra PNG với bề rộng khoảng 1.200 điểm ảnh, rồi dùng tệp PNG.
fault-media-other = Tên tệp “{ $path }” nói một loại, nội dung lại là loại khác (.{ $found }).
    .fix = Đặt đúng đuôi tên cho tệp, hoặc thay bằng tệp đúng.
fault-media-broken = Tệp “{ $path }” bị cụt hoặc hỏng, không đọc được.
    .fix = Mở thử tệp trên máy; nếu mở được, lưu lại thành tệp mới rồi nạp tệp mới.
fault-media-codec = Tệp “{ $path }” dùng kiểu mã hóa { $codec }; nhiều điện thoại không phát được.
    .fix = Xuất lại: phim MP4 với H.264 và AAC, âm thanh MP3 hoặc M4A (AAC).
fault-media-moves = Hình “{ $path }” là hình động; câu hỏi chỉ hiện hình đầu tiên.
    .fix = Nếu cần chuyển động, hãy dùng một đoạn phim MP4 ngắn.
fault-bundle-questions = { $count ->
        [0] Tệp .zip không có tệp câu hỏi nào.
       *[other] Tệp .zip có { $count } tệp câu hỏi: { $names }; chỉ nhận một.
    }
    .fix = Nén đúng một tệp câu hỏi (Word, Excel, .csv, .toml …) cùng thư mục media của nó.
