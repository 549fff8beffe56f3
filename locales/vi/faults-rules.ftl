### Lỗi của thể lệ: những quy định trái nhau hoặc thiếu phần đi kèm.

fault-age-reversed = Tuổi cao nhất ({ $max_age }) nhỏ hơn tuổi thấp nhất ({ $min_age }).
    .fix = Sửa min_age hoặc max_age để khoảng tuổi có nghĩa.
fault-password-short = Mật khẩu cuộc thi ngắn hơn 4 ký tự.
    .fix = Chọn mật khẩu từ 4 đến 50 ký tự.
fault-qualifying-round = Vòng { $round } không phải một vòng trước vòng này, hoặc được ghi hai lần.
    .fix = Trong rounds chỉ ghi số của những vòng đứng trước, mỗi vòng một lần.
fault-qualifying-empty = Bảng qualifying chưa nói ai được vào vòng.
    .fix = Ghi rounds và ít nhất một trong top, per_unit, min_score.
fault-qualifying-level = Vòng này chọn người theo đơn vị cấp { $level }, nhưng cây đơn vị chỉ có { $depth } cấp.
    .fix = Chọn level từ 1 đến { $depth }.
fault-phase-split = Các vòng của “{ $phase }” không đứng liền nhau.
    .fix = Xếp các vòng của một đợt liền nhau, hoặc đặt tên đợt khác.
fault-min-rounds-too-many = Phải dự thi { $min_rounds } vòng mới được xét, nhưng cuộc thi chỉ có { $rounds } vòng.
    .fix = Đặt min_rounds từ 1 đến { $rounds }.
fault-overall-above = Xếp hạng cả cuộc thi không dùng được “prediction_above”: mỗi vòng có một con số thật riêng.
    .fix = Bỏ khóa ấy khỏi order của [overall]; nếu cần thì dùng "prediction_error asc", cộng độ lệch của các vòng.
fault-cap-without-phases = Có giới hạn số giải mỗi đợt nhưng không vòng nào thuộc một đợt.
    .fix = Ghi phase cho các vòng, hoặc bỏ phase khỏi per_person.
fault-cap-reversed = Mỗi người được nhiều nhất { $wide } giải trong cả cuộc thi, ít hơn { $narrow } giải trong một vòng hoặc một đợt.
    .fix = Giới hạn của cả cuộc thi phải từ { $narrow } trở lên thì giới hạn hẹp hơn mới có nghĩa.
fault-attempts-reversed = Mỗi người có { $wide } lượt trong cả cuộc thi, ít hơn { $narrow } lượt trong một vòng.
    .fix = Đặt per_contest từ { $narrow } trở lên, hoặc giảm per_round.
fault-parts-missing = Tiêu chí “{ $by }” gộp từ nhiều tiêu chí, nhưng chưa ghi tiêu chí nào.
    .fix = Thêm of, ví dụ of = ["people", "total-score", "attempts"].
fault-parts-unused = “{ $key }” không có nghĩa với tiêu chí “{ $by }”.
    .fix = Bỏ khóa này, hoặc dùng by = "rank-points" (cộng điểm xếp hạng) hay "weighted" (cộng điểm quy đổi).
fault-part-twice = Tiêu chí “{ $key }” có hai lần trong of.
    .fix = Xóa một lần; muốn tính nặng hơn thì ghi weight.
fault-bands-order = Các bậc quy mô không tăng dần.
    .fix = Xếp below từ nhỏ đến lớn; chỉ bậc cuối cùng được bỏ below.
fault-rate-twice = Vừa có một tỷ lệ chung (min_rate) vừa có tỷ lệ theo quy mô (min_rates).
    .fix = Giữ một trong hai.
fault-prize-bloc-unknown = Giải dành cho khối “{ $bloc }”, nhưng không đơn vị nào thuộc khối ấy.
    .fix = { $has_near ->
        [0] Các khối đang có: { $known }.
       *[other] Có phải ý là “{ $near }”? Các khối đang có: { $known }.
    }
fault-unknown-successor = Không có đơn vị nào mang mã “{ $successor }” để tiếp nhận đơn vị này.
    .fix = { $has_near ->
        [0] Ghi mã của một đơn vị trong tệp, hoặc để trống cột successor.
       *[other] Có phải ý là “{ $near }”?
    }
fault-successor-cycle = Đơn vị { $code } tiếp nhận chính mình, trực tiếp hoặc qua đơn vị khác.
    .fix = Ghi ở cột successor đơn vị mới; đơn vị mới không có đơn vị tiếp nhận là đơn vị cũ.
