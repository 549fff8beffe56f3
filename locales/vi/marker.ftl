# Người chỉ chấm bài viết.

console-role-marker = Người chấm
console-role-marker-does = Chỉ chấm bài viết, không biết ai viết; không xem được gì khác của cuộc thi.
marker-title = Chấm bài viết
marker-lead = Bài viết không ghi tên và đơn vị của người viết. Hai người chấm không thấy điểm của nhau.
marker-none = Chưa có bài viết nào cần chấm. Bài viết được chấm từ khi vòng thi đã chốt đến khi kết quả được duyệt.
