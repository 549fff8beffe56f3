### Lỗi của phần tự luận trong contest.toml.

fault-essay-lengths = Bài viết phải có ít nhất { $min_chars } ký tự nhưng chỉ được viết nhiều nhất { $max_chars } ký tự.
    .fix = Đặt min_chars không quá { $max_chars }, hoặc tăng max_chars.
fault-essay-gate = Muốn được xét giải, bài viết phải đạt { $min_points } điểm, nhưng điểm cao nhất của bài viết là { $points }: không ai đạt được.
    .fix = Đặt min_points không quá { $points }, hoặc tăng points.
fault-essay-one-marker = Chỉ có một người chấm thì không có hai điểm để so độ lệch.
    .fix = Đặt markers = 2, hoặc bỏ max_difference.
fault-essay-difference = Hai người chấm không thể lệch nhau quá { $max_difference } điểm, vì điểm cao nhất là { $points }: sẽ không bao giờ có người chấm thứ ba.
    .fix = Đặt max_difference nhỏ hơn { $points }, hoặc bỏ dòng này.
fault-essay-unranked = Điểm bài viết cộng vào điểm thi, nhưng thứ tự xếp hạng không xét điểm: bài viết sẽ không có tác dụng gì.
    .fix = Thêm "score desc" vào order, hoặc đặt min_points để bài viết là điều kiện xét giải.
