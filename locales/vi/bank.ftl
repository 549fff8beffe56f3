# Ngân hàng câu hỏi: số liệu qua các vòng; thêm và bớt câu hỏi.

bank-showing = Kết quả qua các vòng
bank-any-showing = Bất kể
bank-showing-unmet = Chưa ai gặp
bank-showing-check-key = Cần xem lại đáp án
bank-showing-negative = Độ phân biệt âm
bank-showing-too-hard = Quá khó
bank-showing-too-easy = Quá dễ
bank-showing-weak = Phân biệt yếu
bank-showing-good = Tốt
bank-showing-too-few = Quá ít bài để nhận xét
bank-order = Xếp theo
bank-order-set = Thứ tự trong bộ
bank-order-hardest = Ít người đúng nhất trước
bank-order-easiest = Nhiều người đúng nhất trước
bank-order-least-telling = Phân biệt kém nhất trước
bank-order-most-met = Nhiều bài gặp nhất trước
bank-record = { $n } bài có câu này, { $rounds } vòng · làm đúng { $facility } · phân biệt { $discrimination }
bank-record-title = Kết quả qua các vòng
bank-record-caption = Từng vòng
bank-record-note = chỉ tính vòng đã chốt, với đúng chữ và đáp án như hiện nay
bank-record-round = Vòng
bank-record-none = Chưa có số liệu: chưa vòng nào đã chốt có bài gặp câu này với chữ và đáp án như hiện nay.

bank-part-topic = Chủ đề
bank-topic-hint = Để tìm và lọc câu hỏi. Ví dụ: Khởi nghĩa Bắc Sơn. Người dự thi không thấy.
bank-topic-is = Chủ đề: { $n }
bank-filter-topic = Chủ đề
bank-any-topic = Mọi chủ đề
bank-no-topic = Chưa ghi chủ đề

bank-good-title = Chỉ nạp các câu không có lỗi
bank-good = { $n } câu không có lỗi, { $left } câu có lỗi. Sửa tệp rồi kiểm tra lại thì đủ cả; nếu cần ngay, nạp được { $n } câu kia. Không câu nào bị nạp dở dang.
bank-good-left-out = Bỏ lại các câu thứ: { $places }.
bank-good-differs = So với bản đang có: { $counts }
bank-good-button = Nạp các câu không có lỗi

bank-add = Thêm câu hỏi
bank-add-effect = Câu mới đứng cuối bộ. Lưu xong là một bản mới của bộ câu hỏi. Vòng đã mở giữ bản cũ; vòng chưa mở dùng bản mới.
bank-add-id = Mã câu hỏi (không bắt buộc)
bank-add-id-hint = Chữ thường không dấu, chữ số, gạch nối. Ví dụ: khoi-nghia-bac-son. Để trống thì hệ thống đặt. Mã không đổi được về sau.
bank-add-id-taken = Mã { $id } đã có trong bộ này, kể cả ở bản cũ. Chọn mã khác để lịch sử hai câu không lẫn vào nhau.
bank-remove = Bớt câu này
bank-remove-title = Bớt câu hỏi
bank-remove-effect = Câu này không còn trong bản mới của bộ. Bản cũ, bài thi đã làm và kết quả giữ nguyên. Vòng đã mở giữ bản cũ.
bank-remove-review = Xem trước khi bớt
bank-removed = Đã bớt câu này khỏi bản mới của bộ câu hỏi.
bank-added = Đã thêm câu hỏi vào bản mới của bộ.

desk-origin-add = thêm câu { $id }
desk-origin-remove = bớt câu { $id }
console-act-add-question = { $actor } thêm câu hỏi { $what }
console-act-remove-question = { $actor } bớt câu hỏi { $what }
