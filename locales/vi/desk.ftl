# Bàn câu hỏi của người tổ chức: kiểm tra tệp, ngân hàng câu hỏi, sửa câu hỏi.

report-sheet = Kết quả kiểm tra
report-severity = Mức
report-place = Chỗ
report-excerpt = Trích
report-message = Vấn đề
report-fix = Cách sửa
