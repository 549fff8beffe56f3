# Results for everybody: charts, key, archive, and what other sites and programs fetch.

chart-hours = Đông nhất từ { $from } đến { $to } giờ: { $attempts }
chart-hours-measure = Số lượt dự thi theo giờ nộp trong ngày, { $round }, đếm lúc { $at }
chart-hours-title = Số lượt theo giờ trong ngày
chart-hour = Giờ
chart-hours-span = { $span } giờ
map-message = { $unit } đông nhất: { $attempts }, bằng { $share } tổng số
map-how = Ô càng lớn, số lượt càng nhiều. Ô nhỏ chỉ ghi thứ tự trong bảng số liệu.
map-others = { $n ->
   *[other] { $s } đơn vị khác
}
map-place = TT
map-share = Phần trăm

answers-of = Đáp án { $round }
answers-back = Kết quả của vòng
answers-lead = { $n ->
   *[other] { $s } câu hỏi có thể gặp trong vòng này, kèm đáp án. Mỗi bài thi được rút một phần và xáo trộn thứ tự.
}
answers-held = { $n ->
   *[other] { $s } câu còn có thể được hỏi ở vòng khác nên chưa công bố đáp án.
}
answers-after-round = Đáp án được công bố cùng lúc với kết quả { $round }.
answers-after-contest = Đáp án được công bố sau khi có kết quả của tất cả các vòng.
answers-sign = Phương án đúng được đánh dấu ✓.
answers-right = Đúng
answers-source = Nguồn: { $n }
answers-all = Xem tất cả trên một trang
pages = Các trang
page-before = Trang trước
page-of = Trang { $a }/{ $b }
page-next = Trang sau
results-key = Đáp án của vòng này

archive-title = Kết quả các cuộc thi
archive-home = Trang đầu
archive-lead = Những cuộc thi đã công bố kết quả, mới nhất ở trên.
archive-empty = Chưa có cuộc thi nào công bố kết quả.
archive-winners = Danh sách người đạt giải
winners-all = Danh sách người đạt giải
winners-all-title = Danh sách người đạt giải – { $title }
winners-none = Chưa có kết quả nào được công bố.
winners-prize = Giải
winners-who = Người đạt giải
winners-result = Kết quả
winners-initials = Người không đồng ý công bố họ tên được ghi bằng chữ cái đầu.

embed-summary = Đưa bảng này lên trang khác, nhận tin mới
embed-text = Báo và trang thông tin có thể chép đoạn mã sau để hiện danh sách người đạt giải. Bảng tự cập nhật nếu kết quả được đính chính.
embed-later = Kết quả chưa được công bố.
embed-link = Xem kết quả đầy đủ
feed-title = Tin các cuộc thi
feed-note = Nhận tin mở vòng thi và kết quả bằng trình đọc tin:
feed-link = địa chỉ tin (Atom)
feed-opened = { $title } đã mở
feed-opened-text = { $title } nhận bài đến { $at }.
feed-extended = { $title } được kéo dài
feed-extended-text = { $title } nhận bài đến { $at }.
feed-published = Kết quả { $round }
picture-open = { $round } mở đến { $at }
picture-soon = { $round } mở lúc { $at }
picture-waiting = Đang kiểm tra kết quả
picture-published = Đã công bố kết quả
picture-name = Thi trắc nghiệm trên Internet
picture-below = Thi trắc nghiệm trên Internet
