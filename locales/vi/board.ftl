# The live board of a round, for staff.

board-link = Bảng theo dõi trực tiếp
board-title = Theo dõi trực tiếp
board-back = Trang của vòng thi
board-as-of = Số liệu lúc { $at }
board-live = Đang cập nhật liên tục.
board-reloads = Trang tự tải lại sau mỗi 30 giây.
board-still = Vòng thi không nhận bài nữa; số liệu đứng yên.
board-lost = Mất kết nối. Đang tự nối lại; số liệu ở dưới có thể đã cũ.
board-login = Phiên làm việc đã hết. Tải lại trang để đăng nhập.
board-alarms = Cảnh báo
board-quiet = Không có cảnh báo.
board-running = lượt đang làm bài
board-attempts = lượt đã nộp
board-people = người đã nộp bài
board-per-minute = lượt nộp mỗi phút, tính trong 5 phút qua
board-all-right = lượt đúng cả { $questions } câu
board-chart-most = Phút đông nhất lúc { $at }: { $attempts }
board-chart-none = Chưa có lượt nào nộp trong một giờ qua
board-chart-measure = Số lượt nộp mỗi phút, từ { $from } đến { $to }
board-units = Tiến độ các đơn vị
board-units-caption = Lượt và người đã nộp bài, gồm cả các đơn vị bên dưới
board-units-none = Chưa có lượt nào từ đơn vị nào.
board-units-more = { $n ->
   *[other] Còn { $s } đơn vị khác đã có lượt.
}
board-units-silent = { $n ->
   *[other] { $s } đơn vị chưa có lượt nào.
}
board-secret = Những con số này chưa công bố và có thể là điều người dự thi phải dự đoán. Không chụp, không gửi ra ngoài Ban Tổ chức.
board-alarm-postgres = Cơ sở dữ liệu không trả lời từ { $at }. Người dự thi không bắt đầu và không nộp được bài. Gọi người trực máy chủ.
board-alarm-redis = Bộ nhớ phiên (Redis) không trả lời từ { $at }. Câu trả lời chưa được lưu tạm; bài vẫn nộp được. Gọi người trực máy chủ.
board-alarm-late = { $n } lượt đã hết giờ mà hệ thống chưa nộp giúp, sớm nhất từ { $at }. Gọi người trực máy chủ.
board-alarm-faults = { $n } trong { $all } lần trả lời một phút qua của máy chủ này bị lỗi. Xem nhật ký máy chủ.
board-alarm-crowded = { $n } trong { $all } yêu cầu một phút qua của máy chủ này bị từ chối vì quá đông. Thêm máy chủ hoặc xem tải.
board-alarm-keys = { $n } câu hỏi có dấu hiệu sai đáp án. Xem thống kê câu hỏi.
board-alarm-uncounted = Số liệu đang chậm: còn { $n } lượt đã nộp chưa được đếm. Bài đã nộp không mất.
board-alarm-replica = Máy chủ dữ liệu phụ không trả lời. Trang kết quả tạm đọc từ máy chính.
board-alarm-replica-late = Máy chủ dữ liệu phụ chậm { $n } giây. Trang kết quả tạm đọc từ máy chính.
