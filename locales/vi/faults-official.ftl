# Lỗi trong mẫu văn bản (thư mục papers/ của cuộc thi).

fault-template-field = Không có trường “{ $name }”.
    .fix = { $has_near ->
        [0] Các trường dùng được: { $allowed }.
       *[other] Có phải ý là “{ $near }”? Các trường dùng được: { $allowed }.
    }
fault-template-part = Không có phần “{ $name }”.
    .fix = { $has_near ->
        [0] Các phần dùng được: { $allowed }.
       *[other] Có phải ý là “{ $near }”? Các phần dùng được: { $allowed }.
    }
fault-template-brace = Dấu ngoặc nhọn đứng một mình.
    .fix = Viết tên trường giữa hai dấu ngoặc, ví dụ {"{"}contest{"}"}; dấu ngoặc nhọn không dùng vào việc khác.
fault-template-too-long = Mẫu dài quá { $limit } dòng.
    .fix = Bỏ bớt dòng; danh sách dài do chương trình điền vào.
fault-template-empty = Mẫu không có dòng nào.
    .fix = Viết nội dung, hoặc xóa tệp để dùng mẫu có sẵn.
fault-stray-paper = Tệp “{ $name }” không phải mẫu văn bản nào.
    .fix = Các tệp được đọc: { $allowed }. Đổi tên hoặc chuyển tệp đi nơi khác.
