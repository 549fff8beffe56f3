### Giải lan tỏa theo đường giới thiệu, danh sách không xét giải.

rules-term-spread = Giải lan tỏa
rules-spread-link = Mỗi người dự thi có một đường giới thiệu riêng ở trang “Bài thi của tôi”; ai đăng ký qua đường ấy là người mới của người giới thiệu.
rules-spread-counts = Một người mới được tính khi đã nộp { $papers }. Người giới thiệu cũng phải có bài dự thi.
rules-spread-once = Mỗi người mới chỉ được tính một lần, cho đúng người đã giới thiệu lúc đăng ký; tài khoản thứ hai của cùng một người không được tính.
rules-spread-cap = Mỗi người giới thiệu được tính nhiều nhất { $n } người mới.
rules-spread-order = Xếp theo số người mới được tính; bằng nhau thì người đạt số ấy trước xếp trên, rồi đến người đăng ký trước.
rules-spread-apart = Giải lan tỏa trao một lần cho cả cuộc thi, mỗi người nhiều nhất một giải, và không tính vào giới hạn số giải cá nhân.
rules-spread-prize = { $prize }, cho người giới thiệu từ { $n } người mới trở lên.
rules-no-prize = Được dự thi nhưng không xét giải: { $kinds }.

spread-own-title = Đường giới thiệu của bạn
spread-own-label = Sao chép và gửi cho người quen
spread-own-rule = Người đăng ký qua đường này được tính cho bạn khi đã nộp { $papers }.
spread-own-so-far = Đến nay: { $registered } người đã đăng ký, trong đó { $entered } người đã nộp đủ bài. Ban Tổ chức còn rà soát trước khi xếp hạng.
spread-own-rules = Thể lệ giải lan tỏa
spread-came-by-link = Bạn đến từ đường giới thiệu { $code }. Khi bạn nộp bài, người mời bạn được tính thêm một người mới; người ấy không thấy thông tin nào của bạn.
spread-newcomers = { $n ->
   *[other] { $s } người mới
}
spread-brought = tất cả { $n } người
spread-reached = đạt số ấy lúc { $at }
spread-why = Hạng { $rank } về giới thiệu: { $keys }.

console-spread-link = Giải lan tỏa
console-spread-title = Giải lan tỏa: người giới thiệu
console-spread-none = Cuộc thi này không có giải lan tỏa.
console-spread-wait = Người giới thiệu được xếp hạng cùng với cả cuộc thi, khi mọi vòng đã xếp hạng.
console-spread-empty = Chưa người giới thiệu nào có người mới được tính.
console-spread-caption = Xếp hạng người giới thiệu
console-spread-note = { $n ->
   *[other] { $s } người đứng đầu
}
console-spread-person = Người giới thiệu
console-spread-count = Người mới được tính
console-spread-all = Tất cả
console-spread-reached = Đạt lúc

award-concern-listed = Có trong danh sách không xét giải: { $why }. Giải bỏ qua người này.
cli-load-listed = Danh sách không xét giải có { $n } người đã đăng ký; giải sẽ bỏ qua họ.

state-held = { $title } sẽ bắt đầu khi Ban Tổ chức bấm mở
state-not-before = { $title } không mở sớm hơn { $at }, khi Ban Tổ chức bấm mở
picture-held = { $round } chờ Ban Tổ chức bấm mở
picture-not-before = { $round } mở sau { $at }, khi Ban Tổ chức bấm mở
results-held = { $title } bắt đầu khi Ban Tổ chức bấm mở. Kết quả có sau khi { $round } đóng và Ban Tổ chức phê duyệt.
window-held = Chờ Ban Tổ chức bấm mở; đóng { $closes }
console-next-by-hand = Mở bằng tay { $round }, không sớm hơn { $n }
spread-papers = { $n ->
   *[other] { $s } bài
}
export-column-newcomers = Số người mới được tính
paper-column-newcomers = Số người mới
