# Lỗi khi chọn định dạng tệp, và trong bảng tính Excel, CSV.

## Định dạng

fault-unknown-format = Chưa đọc được loại tệp “.{ $name }”.
    .fix = Lưu lại thành một trong các loại { $allowed } rồi thử lại.
fault-format-not-written = Chưa ghi được bộ câu hỏi ra loại tệp “{ $name }”.
    .fix = Chọn một trong các loại { $allowed }.
fault-key-needed = Chỉ đề in Word (.docx) mới ghi được không kèm đáp án; tệp “{ $name }” luôn kèm đáp án.
    .fix = Ghi ra tệp .docx, hoặc bỏ lựa chọn “không kèm đáp án”.

## Tệp Excel

fault-sheet-other = Tệp này thật ra là { $kind }, không phải tệp Excel .xlsx.
    .fix = Mở bằng Excel hoặc LibreOffice Calc rồi lưu lại (Save As) thành “Excel Workbook (.xlsx)”.
fault-sheet-locked = Tệp Excel có mật khẩu nên không đọc được.
    .fix = Mở tệp bằng mật khẩu, bỏ mật khẩu rồi lưu lại thành .xlsx.
fault-sheet-macro = Tệp Excel có macro; vì an toàn, tệp có macro không được nhận.
    .fix = Lưu lại (Save As) thành “Excel Workbook (.xlsx)”, loại không có macro.
fault-sheet-broken = Tệp Excel bị hỏng hoặc tải lên chưa đủ.
    .fix = Mở tệp bằng Excel hoặc LibreOffice Calc, lưu lại thành .xlsx rồi thử lại.
fault-sheet-bomb = Tệp Excel mở ra lớn bất thường nên không được đọc tiếp.
    .fix = Chép bảng câu hỏi sang một tệp Excel mới rồi lưu lại thành .xlsx.
fault-too-many-sheets = Tệp Excel có hơn { $limit } trang tính.
    .fix = Chỉ giữ lại những trang tính có câu hỏi.
fault-too-many-rows = Bảng có nhiều hàng hơn { $limit } câu hỏi.
    .fix = Chia bảng thành nhiều tệp nhỏ hơn.
fault-cell-too-far = Ô { $cell } có dữ liệu, nhưng nằm quá xa bảng câu hỏi.
    .fix = Xóa ô đó; bảng câu hỏi chỉ dùng 64 cột và 100.000 hàng đầu tiên.

## Hàng tiêu đề, trang tính

fault-no-header = Không thấy hàng tên cột trong { $rows } hàng đầu.
    .fix = Đặt một hàng tên cột ở trên các câu hỏi: Câu hỏi, A, B, C, D, Đáp án. Có thể tải tệp Excel mẫu để điền.
fault-columns-missing = Hàng tên cột còn thiếu: { $names }.
    .fix = Thêm cột còn thiếu, hoặc đổi tên cột cho đúng; thứ tự các cột tùy ý.
fault-header-twice = Cột “{ $name }” trùng ý với một cột đứng trước.
    .fix = Giữ lại một cột, xóa hoặc đổi tên cột kia.
fault-column-ignored = Cột “{ $name }” không thuộc bộ câu hỏi nên không được nạp.
    .fix = Nếu cột chỉ để ghi chú thì không cần làm gì; nếu không, đổi tên cột cho đúng với tệp mẫu.
fault-column-nameless = Cột { $name } có dữ liệu nhưng không có tên nên không được nạp.
    .fix = Đặt tên cho cột, hoặc xóa dữ liệu trong cột.
fault-column-hidden = Cột { $name } đang bị ẩn nhưng vẫn được đọc.
    .fix = Bỏ ẩn cột để xem lại; nếu không dùng thì xóa cột.
fault-rows-hidden = Các hàng { $rows } đang bị ẩn nhưng vẫn được đọc.
    .fix = Bỏ ẩn hoặc bỏ lọc để xem lại; hàng không dùng thì xóa.
fault-row-ignored = Hàng có chữ “{ $value }” nhưng không phải câu hỏi nên không được nạp.
    .fix = Nếu là tiêu đề hay ghi chú thì không cần làm gì; nếu là câu hỏi thì điền vào đúng cột.
fault-sheet-hidden = Trang tính “{ $name }” đang bị ẩn nên không được đọc.
    .fix = Nếu trang có câu hỏi thì bỏ ẩn; nếu không thì không cần làm gì.
fault-sheet-ignored = Trang tính “{ $name }” không có bảng câu hỏi nên không được đọc.
    .fix = Nếu trang có câu hỏi thì thêm hàng tên cột; nếu không thì không cần làm gì.
fault-sheets-differ = Các trang tính { $names } có các cột khác nhau nên không biết ghép thế nào.
    .fix = Cho các trang cùng những cột như nhau, hoặc để mỗi trang vào một tệp riêng.
fault-pictures-ignored = Trang tính có hình đặt trên ô; hình đó không được nạp.
    .fix = Lưu hình thành tệp riêng rồi ghi tên tệp vào cột “Hình ảnh”, ví dụ media/ban-do.jpg.

## Ô

fault-merged-cells = Các ô { $range } bị gộp, nên không biết mỗi hàng có nội dung gì.
    .fix = Bỏ gộp ô (Unmerge) rồi điền đủ từng hàng; hàng chỉ để làm tiêu đề thì xóa.
fault-formula-cell = Ô này là công thức; máy không tính công thức.
    .fix = Sao chép ô rồi dán dưới dạng giá trị (Paste Special → Values).
fault-error-cell = Ô này đang báo lỗi { $value }.
    .fix = Gõ lại nội dung của ô.
fault-boolean-cell = Ô này là giá trị đúng/sai của Excel, được đọc thành chữ “{ $value }”.
    .fix = Nếu muốn hiện chữ khác, ví dụ “Đúng”, hãy định dạng ô là Văn bản (Text) rồi gõ lại.
fault-date-cell = Excel đã đổi nội dung ô này thành ngày tháng.
    .fix = { $has_meant ->
        [0] Định dạng ô là Văn bản (Text) rồi gõ lại nội dung.
       *[other] Có thể ý của bạn là một trong các cách viết: { $meant }. Định dạng ô là Văn bản (Text) rồi gõ lại cho đúng.
    }
fault-date-read = Ô này là ngày tháng của Excel, được đọc là “{ $shown }”.
    .fix = Nếu đúng thì giữ nguyên; nếu không, định dạng ô là Văn bản (Text) rồi gõ lại.
fault-text-date = “{ $value }” có vẻ là do Excel tự đổi sang ngày tháng.
    .fix = Có thể ý của bạn là một trong các cách viết: { $meant }. Nếu đúng như đang có thì giữ nguyên.
fault-number-shown = Ô này là số, được đọc là “{ $shown }”.
    .fix = Nếu đúng thì giữ nguyên; nếu không, định dạng ô là Văn bản (Text) rồi gõ lại.
fault-number-format = Ô này là số { $value } với cách hiển thị riêng, nên không chắc bạn thấy gì.
    .fix = Định dạng ô là Văn bản (Text) rồi gõ lại đúng như bạn muốn hiện ra.

## Hàng câu hỏi

fault-row-without-stem = Hàng này chưa có câu hỏi.
    .fix = Điền câu hỏi, hoặc xóa cả hàng.
fault-option-gap = Phương án { $label } để trống, nhưng sau nó còn phương án khác.
    .fix = Điền phương án { $label }, hoặc dồn các phương án sau lên rồi sửa lại đáp án.
fault-labels-removed = Mọi phương án đều bắt đầu bằng chữ cái của cột (“A.”, “B.” …); các chữ cái đó được bỏ đi.
    .fix = Không cần làm gì: chữ cái được tự thêm khi hiện câu hỏi.
fault-key-unreadable = “{ $value }” không phải đáp án: không phải chữ cái, số thứ tự, cũng không đúng nguyên văn một phương án.
    .fix = Ghi chữ cái của phương án đúng, ví dụ A; nhiều phương án đúng thì ghi A, C.
fault-key-mixed = Đáp án “{ $value }” viết khác cách của các hàng khác.
    .fix = Có phải ý là { $proposal }? Hãy ghi đáp án cả tệp theo một cách, tốt nhất là chữ cái.
fault-key-ambiguous = Đáp án “{ $value }” hiểu được hai cách: phương án thứ mấy ({ $first }), hay nội dung của phương án ({ $second }).
    .fix = Ghi chữ cái của phương án đúng thay cho số.
fault-key-decimal = Đáp án là số thập phân { $value }: Excel đã hiểu dấu phẩy là phần thập phân.
    .fix = Ghi bằng chữ cái, ví dụ A, C; hoặc định dạng ô là Văn bản (Text) rồi gõ lại.
fault-level-unknown = “{ $value }” không phải mức độ.
    .fix = Ghi Dễ, Trung bình hoặc Khó (nhận NB, TH, VD hoặc 1, 2, 3), hay để trống.
fault-pin-unreadable = “{ $value }” không chỉ ra phương án nào cần giữ chỗ.
    .fix = Ghi chữ cái của phương án không được đổi chỗ, ví dụ D; để trống nếu không có.
fault-paper-leaves-out = Đề in không ghi mức độ ({ $levels } câu), nguồn ({ $sources } câu) và chủ đề ({ $topics } câu); hình, âm thanh, phim không in được ({ $media } câu) chỉ ghi tên tệp.
    .fix = Nếu cần giữ đủ, hãy lưu thêm một bản .toml hoặc .xlsx; hình thì chèn vào đề trước khi in.

## Tờ hướng dẫn trong tệp Excel

sheet-key-title = Đáp án
sheet-key-input = Chữ cái của phương án đúng, ví dụ A. Nhiều phương án đúng: A, C.
sheet-key-error = Thường đáp án là một chữ cái. Nếu có nhiều phương án đúng (A, C) thì cứ chọn Có (Yes).
sheet-level-title = Mức độ
sheet-level-input = Dễ, Trung bình hoặc Khó; để trống cũng được.
sheet-level-error = Chỉ ghi Dễ, Trung bình hoặc Khó, hoặc để trống.
sheet-guide = Cách điền bộ câu hỏi
sheet-guide-1 = Mỗi hàng một câu
    .text = Xóa các câu mẫu rồi điền câu của bạn. Hàng trống ở giữa không sao. Đừng gộp ô, đừng dùng công thức.
sheet-guide-2 = Câu hỏi
    .text = Nội dung câu hỏi, nhiều nhất 2.000 ký tự. Chữ đậm, nghiêng, chỉ số trên và dưới được giữ lại khi chỉ một phần của ô được định dạng.
sheet-guide-3 = A, B, C, D …
    .text = Từ 2 đến 8 phương án, không cần ghi lại chữ cái ở đầu. Cần thêm phương án thì thêm cột E, F, G, H.
sheet-guide-4 = Đáp án
    .text = Chữ cái của phương án đúng. Nhiều phương án đúng thì ghi A, C.
sheet-guide-5 = Mức độ
    .text = Dễ, Trung bình hoặc Khó. Để trống nếu không chia mức độ.
sheet-guide-6 = Giải thích, Nguồn, Chủ đề
    .text = Không bắt buộc. Người thi chỉ thấy giải thích và nguồn sau khi công bố kết quả. Chủ đề để người tổ chức tìm và lọc câu, người thi không thấy.
sheet-guide-7 = Hình ảnh
    .text = Đường dẫn tới tệp hình, âm thanh hoặc phim đi kèm, ví dụ media/ban-do.jpg; cột “Mô tả hình” bên cạnh ghi hình vẽ gì cho người không nhìn thấy.
sheet-guide-8 = Giữ chỗ
    .text = Chữ cái của phương án không được đổi chỗ khi xáo trộn, ví dụ “Tất cả các phương án trên”. Để trống thì máy tự nhận ra các phương án như thế; ghi “không” để máy đừng tự giữ.
sheet-guide-9 = Mã câu
    .text = Tên riêng của câu, chỉ gồm chữ thường không dấu, chữ số và gạch nối. Để trống thì máy đặt theo thứ tự. Câu sửa lại thì giữ mã cũ.
