### Câu dự đoán hỏi sau khi nộp bài.

rules-prediction-after = Câu dự đoán được hỏi sau khi nộp bài, ở trang báo đã nộp, cho đến khi { $word } đóng; ai nộp bài đúng lúc đóng còn 2 phút để dự đoán.
rules-prediction-turns = Nhóm thi theo lượt riêng thì dự đoán đến khi hết lượt của nhóm.
quiz-start-later-prediction = { $n }, dự đoán sau khi nộp bài
quiz-after-title = Dự đoán
quiz-after-once = Chỉ gửi một lần, sau đó không đổi được. Gửi trước { $n }.
quiz-after-until = Đã ghi dự đoán của bạn: { $a }. Đổi được đến { $b }.
quiz-after-last = Đổi được đến { $n }; dự đoán gửi sau cùng được tính.
quiz-after-give = Gửi dự đoán
quiz-after-change = Đổi dự đoán
quiz-after-over = Đã hết giờ gửi dự đoán. Lượt này không có dự đoán.
quiz-after-stands = Bạn đã dự đoán { $a } ở lượt thứ { $b }; dự đoán ấy được tính.
quiz-fault-after-empty = Ghi một số vào ô dự đoán.
api-attempt-running-title = Bài chưa nộp
api-attempt-running-text = Nộp bài xong mới gửi dự đoán.
api-prediction-stands-title = Đã có dự đoán
api-prediction-stands-text = Dự đoán { $n } đã ghi và không đổi được nữa.
api-prediction-over-title = Hết giờ dự đoán
api-prediction-over-text = Dự đoán chỉ nhận trước { $n }.
rform-prediction-asked = Hỏi dự đoán khi nào
rform-prediction-asked-hint = Hỏi sau khi nộp thì trang báo đã nộp có ô dự đoán, nhận đến khi vòng đóng.
rform-is-asked-paper = Trong bài thi
rform-is-asked-after = Sau khi nộp bài
