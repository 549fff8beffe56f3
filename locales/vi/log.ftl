# Nhật ký: lọc theo cuộc thi, tải về để lưu hồ sơ.
log-contest = Cuộc thi
log-all-contests = Mọi cuộc thi và việc chung
log-download = Tải toàn bộ nhật ký của cuộc thi này để lưu hồ sơ. Lần tải cũng được ghi lại.
log-list = Nhật ký
console-list-log = Nhật ký
log-column-at = Lúc
log-column-actor = Ai
log-column-what = Việc
log-column-reason = Lý do
log-note = Cách ghi
log-note-text = Hệ thống chỉ thêm dòng, không sửa và không xóa dòng nào.
