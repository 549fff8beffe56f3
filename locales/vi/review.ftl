# Case sheets of a fair-play review, for the board.
console-act-review = { $actor } rà soát dấu hiệu { $round }, { $n } phiếu
console-act-declare-place = { $actor } khai báo nơi nhiều người cùng thi
review-no-unit = Không có đơn vị mã { $code }.
review-declared = Đã ghi: { $unit } là nơi nhiều người cùng thi.
review-title = { $round }: { $n } phiếu xem xét. Phiếu không có tên người; dấu hiệu không phải là kết luận.
review-end =
    Không phiếu nào làm thay đổi kết quả. Muốn loại bài nào, một thành viên Ban Tổ chức mở mục "Quyết định của Ban Tổ chức"
    trong trang quản trị, đề nghị kèm căn cứ; một thành viên khác quyết định.
review-sheet = Phiếu số { $n }
review-entry = - Bài { $attempt }, nộp { $at }, làm trong { $time }, dự đoán { $guess }
review-not-examined = Chưa xem xét: thiết bị, địa chỉ mạng, từng câu trả lời, số định danh, giấy tờ. Người dự thi chưa được hỏi.
review-quick-facts = Sự việc: đúng tất cả, trung bình { $pace } giây một câu ({ $unit }).
review-quick-common = So với cả vòng: { $n } bài đúng tất cả nhanh bằng hoặc hơn; một nửa số bài đúng tất cả cần không quá { $median } giây một câu.
review-quick-innocent = Có thể bình thường: đã thi nhiều lượt, thuộc câu hỏi; câu hỏi ngắn; bộ câu hỏi có ít câu.
review-together-facts = Sự việc: { $people } người của { $unit } đúng tất cả, cùng dự đoán { $guess }, nộp cách nhau không quá 10 phút.
review-together-common = So với cả vòng: { $n } bài đúng tất cả có số dự đoán này; trong những phút ấy đơn vị có { $unitpeople } người đúng tất cả.
review-together-innocent = Có thể bình thường: lớp học hoặc cơ quan thi cùng buổi, bàn nhau về số dự đoán; số tròn hoặc số vừa được báo chí nêu.
review-together-declared-facts = Sự việc: { $people } người của { $unit } đúng tất cả, cùng dự đoán { $guess }, nộp cách nhau không quá 10 phút.
review-together-declared-common = So với cả vòng: { $n } bài đúng tất cả có số dự đoán này; trong những phút ấy đơn vị có { $unitpeople } người đúng tất cả.
review-together-declared-innocent = Đơn vị này đã khai báo từ trước là nơi nhiều người cùng thi, nên thi cùng lúc là điều đã biết.
review-ladder-facts = Sự việc: một người của { $unit } đúng tất cả { $guesses } lượt, mỗi lượt một số dự đoán khác.
review-ladder-common = So với cả vòng: { $n } người có từng ấy lượt như vậy.
review-ladder-innocent = Có thể bình thường: thể lệ cho thi nhiều lượt và mỗi lượt được dự đoán.
review-ladder-even-facts = Sự việc: một người của { $unit } đúng tất cả { $guesses } lượt, số dự đoán tăng hoặc giảm đều { $step }.
review-ladder-even-common = So với cả vòng: { $n } người có từng ấy lượt như vậy.
review-ladder-even-innocent = Có thể bình thường: thể lệ cho thi nhiều lượt và mỗi lượt được dự đoán.
