# Danh sách từng bài đổi điểm khi chấm lại một câu hỏi.

console-list-score-changes = Bài đổi điểm khi chấm lại
rescore-list = Bài đổi điểm khi chấm lại
rescore-list-before = Điểm cũ
rescore-list-after = Điểm mới
rescore-list-difference = Chênh lệch
rescore-list-question = Câu hỏi
rescore-list-marking = Cách chấm mới
rescore-list-tried = Chấm thử: điểm chưa thay đổi.
rescore-list-made = Đã chấm lại: điểm mới là điểm sau lần chấm lại này.
rescore-list-title = Từng bài đổi điểm
rescore-list-by = Mức thay đổi
rescore-list-attempts = Số bài
rescore-list-differences = Số bài theo mức thay đổi điểm
rescore-list-up = Tăng { $n } điểm
rescore-list-down = Giảm { $n } điểm
rescore-list-same = Giữ nguyên điểm, chỉ đổi số câu đúng hoặc số câu được tính
rescore-list-others = Các mức khác
rescore-list-first = { $n } bài đầu tiên theo thứ tự nộp
rescore-list-all = Tất cả { $n } bài, theo thứ tự nộp
rescore-list-file = Tải danh sách đầy đủ: mã lượt thi, mã người dự thi, đơn vị, điểm cũ, điểm mới. Không có họ tên, số điện thoại. Lần tải được ghi vào nhật ký.
