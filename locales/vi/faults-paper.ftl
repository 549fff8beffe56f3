# Lỗi trong đề thi viết bằng Word hoặc dán vào: điều gì sai, và (.fix) sửa thế nào.

## Phương án gộp

fault-pin-names-letters = Phương án { $label } nhắc tới chữ cái của phương án khác; khi trộn phương án, chữ cái ấy sẽ chỉ phương án khác.
    .fix = Phương án này đã được giữ ở chỗ của nó. Nên viết lại cho không còn chữ cái, ví dụ “Tất cả các phương án còn lại”, hoặc đặt cuộc thi không trộn phương án.
fault-pin-keeps-order = Phương án { $label } nhắc tới chữ cái của vài phương án khác; khi trộn phương án, chữ cái ấy sẽ chỉ phương án khác.
    .fix = Các phương án của câu này đã được giữ nguyên thứ tự, không trộn. Nếu muốn trộn, hãy viết lại cho không còn chữ cái.
fault-pin-names-place = Phương án { $label } nói tới các phương án “trên”, nên chỉ đúng khi đứng cuối.
    .fix = Phương án này đã được giữ ở chỗ của nó; bạn xem lại nó có đứng cuối không.

## Cách đánh dấu đáp án

paper-key-answer-table = bảng đáp án
paper-key-answer-line = dòng “Đáp án: …”
paper-key-word = chữ “(đúng)” sau phương án
paper-key-asterisk = dấu sao
paper-key-tick = dấu tích
paper-key-highlight = tô nền
paper-key-underline = gạch chân
paper-key-colour = chữ màu
paper-key-bold = chữ đậm
paper-key-italic = chữ nghiêng

## Tệp Word

fault-docx-old = Đây là tệp Word kiểu cũ (.doc), chưa đọc được.
    .fix = Mở tệp bằng Word hoặc LibreOffice, chọn Lưu thành (Save As), kiểu “Word Document (.docx)”, rồi nạp tệp mới.
fault-docx-locked = Tệp Word có đặt mật khẩu nên không mở được.
    .fix = Mở tệp bằng Word, vào Tệp > Thông tin > Bảo vệ tài liệu, bỏ mật khẩu, lưu lại rồi nạp.
fault-docx-macro = Tệp Word có chứa macro nên không được nhận.
    .fix = Lưu thành “Word Document (.docx)” (không macro) rồi nạp tệp mới.
fault-docx-other = Tệp này không phải tệp Word .docx mà là { $kind }.
    .fix = Nạp đúng tệp .docx; nếu là Excel thì nạp ở mục Excel, nếu là dạng khác thì mở bằng Word và lưu thành .docx.
fault-docx-broken = Tệp Word bị hỏng, không đọc được.
    .fix = Mở tệp bằng Word hoặc LibreOffice, lưu thành một tệp .docx mới rồi nạp; hoặc chép nội dung và dán vào ô văn bản.
fault-docx-bomb = Tệp quá lớn khi giải nén hoặc có cấu tạo bất thường nên không được nhận.
    .fix = Chép riêng phần câu hỏi sang một tài liệu mới, giảm cỡ ảnh, lưu thành .docx rồi nạp.
fault-docx-chunk = Chỗ này nhúng cả một tài liệu khác; chữ của nó không nằm trong tệp này nên chưa đọc được.
    .fix = Mở tệp bằng Word, lưu lại thành .docx mới (Word sẽ chép phần nhúng vào tài liệu), rồi nạp.
fault-picture-outside = Ảnh nằm ngoài tệp Word (ảnh liên kết), không đọc được.
    .fix = Trong Word, chèn ảnh vào tài liệu (Insert > Pictures), không dùng liên kết.
fault-picture-missing = Không tìm thấy ảnh trong tệp Word.
    .fix = Chèn lại ảnh rồi lưu tệp.
fault-picture-kind = Ảnh kiểu .{ $kind } chưa hiển thị được trên trang web.
    .fix = Thay bằng ảnh PNG hoặc JPEG: trong Word, bấm chuột phải vào ảnh, chọn Lưu dưới dạng ảnh (Save as Picture), rồi chèn lại.
fault-picture-in-option = Phương án { $label } có ảnh; phương án chỉ được là chữ.
    .fix = Ghép các ảnh thành một ảnh có ghi chữ A, B, C, D, đặt ở phần hỏi, và để phương án là chữ.

## Đề thi

fault-paper-decomposed = Chữ có dấu trong tệp được lưu tách rời (Unicode tổ hợp); hệ thống đã ghép lại thành chữ thường dùng.
    .fix = Không phải làm gì. Nếu soạn tiếp, nên đặt bộ gõ ở bảng mã “Unicode” (dựng sẵn).
fault-paper-unseen = { $count } ký tự không nhìn thấy (thường đến khi chép từ trang web) đã được bỏ đi.
    .fix = Không phải làm gì; chỉ cần xem lại câu hỏi hiện đúng.
fault-paper-tracked = Tệp còn { $count } chỗ sửa đang theo dõi (Track Changes); đã đọc như thể mọi chỗ sửa được chấp nhận.
    .fix = Nên mở Word, vào Xem lại (Review) > Chấp nhận (Accept) tất cả, rồi lưu và nạp lại cho chắc.
fault-paper-legacy-font = Chữ dùng phông cũ “{ $font }” (TCVN3 hoặc VNI), không phải Unicode nên đọc ra sai chữ.
    .fix = Đổi sang Unicode bằng công cụ của UniKey (Ctrl+Shift+F6), đặt phông Times New Roman, rồi nạp lại.
fault-paper-margin = Đầu trang hoặc chân trang có câu hỏi “{ $text }”, phần ấy không được đọc.
    .fix = Chuyển câu hỏi vào phần thân của tài liệu.
fault-paper-text-box = Chữ trong khung “{ $text }” không được đọc.
    .fix = Nếu là nội dung câu hỏi, chép chữ ra khỏi khung (text box); nếu chỉ để trang trí thì bỏ qua.
fault-paper-hidden = Chữ ẩn “{ $text }” không được đọc.
    .fix = Nếu cần, bỏ định dạng ẩn (Font > Hidden); nếu không, xóa đi.
fault-paper-footnote = Chú thích cuối trang “{ $text }” không được đọc.
    .fix = Nếu thí sinh cần, đưa vào phần hỏi; nếu là nguồn, viết thành dòng “Nguồn: …” dưới câu.
fault-paper-equation = Câu có công thức “{ $text }” chưa hiển thị được.
    .fix = Viết công thức bằng chữ thường (kể cả chỉ số trên, dưới), hoặc thay bằng ảnh.
fault-paper-object = Câu có đối tượng nhúng ({ $kind }) chưa hiển thị được.
    .fix = Thay bằng ảnh PNG hoặc JPEG, hoặc viết thành chữ.
fault-paper-no-questions = Không thấy câu hỏi nào trong tệp.
    .fix = Mỗi câu bắt đầu bằng “Câu 1.”, “Câu 2.” … (hoặc đánh số tự động), phương án bắt đầu bằng A. B. C. D.
fault-paper-no-stem = Câu không có phần hỏi.
    .fix = Viết nội dung hỏi ngay sau số câu.
fault-paper-no-options = { $count ->
        [0] Câu không có phương án nào bắt đầu bằng A. B. C. D.
       *[other] Câu chỉ có một phương án, hoặc các chữ cái không theo thứ tự A. B. C. D.
    }
    .fix = Đặt các phương án dưới câu hỏi, mỗi phương án bắt đầu bằng một chữ cái theo thứ tự từ A, ví dụ “A. 1930”.
fault-paper-empty-option = Phương án { $label } không có chữ.
    .fix = Viết nội dung phương án, hoặc xóa phương án ấy.
fault-paper-option-order = Đến đây phải là phương án { $expected } nhưng lại thấy “{ $found }”.
    .fix = Sửa chữ cái của phương án cho liền nhau; nếu đây là câu mới thì thêm số câu (“Câu …”) ở trước.
fault-paper-label-as-text = Dòng bắt đầu bằng “{ $label }” được hiểu là một phần của câu hỏi, không phải phương án.
    .fix = Xem câu hiện ra đã đúng chưa; nếu đây là phương án, sửa chữ cái cho đúng thứ tự.
fault-paper-stray = Dòng này không thuộc câu nào nên không được đọc.
    .fix = Nếu thuộc câu hỏi, đặt nó vào phần hỏi, trước các phương án; nếu là tiêu đề phần, viết “Phần I”, “Phần II” ở đầu dòng.
fault-paper-number = Số câu nhảy: đến đây phải là câu { $expected }, trong tệp ghi câu { $found }.
    .fix = Đánh lại số câu cho liền nhau, và xem có thiếu câu nào không.
fault-paper-after-end = Sau chữ “HẾT” vẫn còn câu hỏi; các câu ấy không được đọc.
    .fix = Xóa chữ “HẾT” ở giữa, hoặc tách phần sau thành tệp riêng.
fault-paper-level = “{ $value }” không phải mức độ.
    .fix = Dùng một trong các từ: Nhận biết, Thông hiểu, Vận dụng, Vận dụng cao; hoặc Dễ, Trung bình, Khó.
fault-paper-no-key = { $has_found ->
        [0] Không thấy đáp án của { $total } câu được đánh dấu bằng cách nào.
       *[other] Không có cách đánh dấu nào chỉ ra đáp án của quá nửa trong { $total } câu; tìm thấy: { $found }.
    }
    .fix = Đánh dấu phương án đúng bằng một cách cho cả tệp, ví dụ chữ đậm, gạch chân, dấu * trước chữ cái, hoặc bảng đáp án “1-A 2-B” ở cuối.
fault-paper-key-unclear = Tệp có hai cách đánh dấu đáp án khác nhau: { $first } và { $second }, và hai cách không khớp nhau.
    .fix = Chọn một trong hai cách ở trang kiểm tra, hoặc bỏ cách kia trong tệp.
fault-paper-key-none = Câu không có phương án nào được đánh dấu là đúng (cách đánh dấu của tệp: { $how }).
    .fix = Đánh dấu phương án đúng như ở các câu khác.
fault-paper-key-all = Mọi phương án của câu đều được đánh dấu (cách đánh dấu của tệp: { $how }).
    .fix = Chỉ để dấu ở phương án đúng.
fault-paper-key-several = Câu có nhiều phương án được đánh dấu: { $labels } (cách đánh dấu của tệp: { $how }).
    .fix = Nếu câu có nhiều đáp án đúng thì không phải sửa; nếu không, chỉ để dấu ở một phương án.
fault-paper-key-disagrees = Đáp án không khớp: { $how } chỉ { $labels }, còn { $other } chỉ { $other_labels }.
    .fix = Xem đáp án nào đúng rồi sửa chỗ kia.
fault-paper-key-unread = Dòng “{ $value }” không ghi chữ cái của phương án.
    .fix = Viết chữ cái, ví dụ “Đáp án: B” hoặc “Đáp án: A, C”.
fault-paper-answer-extra = Bảng đáp án có câu { $number }, nhưng trong đề không có câu ấy.
    .fix = Xem lại số câu trong bảng và trong đề.
fault-paper-answer-twice = Bảng đáp án ghi câu { $number } hai lần với hai đáp án khác nhau.
    .fix = Chỉ giữ một dòng cho mỗi câu.
fault-paper-explanation-extra = Lời giải của câu { $number } không ghép được: trong đề không có câu ấy, hoặc câu ấy đã có lời giải.
    .fix = Xem lại số câu của lời giải.
