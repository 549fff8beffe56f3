### Lỗi của giải lan tỏa và của danh sách không xét giải.

fault-spread-without-prize = Có bảng [spread] nhưng không có giải lan tỏa nào.
    .fix = Thêm ít nhất một bảng [[spread_prize]], hoặc bỏ [spread].
fault-spread-beyond-cap = Giải này cần { $min_newcomers } người mới, nhưng mỗi người chỉ được tính nhiều nhất { $cap }: không ai đạt được.
    .fix = Đặt min_newcomers không quá { $cap }, hoặc tăng cap trong [spread].
fault-spread-attempts = Người mới phải nộp { $min_attempts } bài mới được tính, nhưng mỗi người chỉ được thi nhiều nhất { $allowed } lượt.
    .fix = Đặt min_attempts từ 1 đến { $allowed }.
fault-excluded-columns = Dòng đầu của excluded.csv thiếu cột reason.
    .fix = Dòng đầu ghi tên cột: reason,phone,national_id,full_name,birth_date (thứ tự tùy ý, chỉ reason là bắt buộc).
fault-excluded-nobody = Dòng này chưa chỉ ra ai.
    .fix = Ghi phone, hoặc national_id, hoặc cả full_name và birth_date.
fault-excluded-phone = Đây không phải số điện thoại di động.
    .fix = Ghi 10 chữ số, ví dụ 0912345678.
fault-excluded-id = Đây không phải số định danh cá nhân.
    .fix = Ghi 12 chữ số.
