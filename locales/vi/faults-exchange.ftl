### Đọc và viết các định dạng trao đổi: GIFT, Aiken, Moodle XML, QTI

fault-question-type = { $kind ->
        [essay] Câu tự luận không nạp được.
        [numerical] Câu nhập số không nạp được.
        [shortanswer] Câu trả lời ngắn không nạp được.
        [matching] Câu ghép đôi không nạp được.
        [match] Câu ghép đôi (matching) không nạp được.
       *[other] Câu thuộc loại “{ $kind }” không nạp được.
    }
    .fix = Cuộc thi chỉ dùng câu chọn phương án và câu đúng/sai. Viết lại thành câu có từ 2 đến 8 phương án, hoặc xóa câu này.
fault-description-skipped = Đoạn này là lời dẫn, không phải câu hỏi, nên không được nạp.
    .fix = Nếu câu hỏi cần lời dẫn, hãy chép lời dẫn vào từng câu.
fault-id-changed = { $has_id ->
        [0] Tên “{ $given }” không dùng làm mã câu được; câu được gọi theo số thứ tự.
       *[other] Tên “{ $given }” không dùng làm mã câu được; mã câu là “{ $id }”.
    }
    .fix = Đặt mã bằng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ khoi-nghia-bac-son.
fault-level-twice = Hai thẻ của câu này chỉ hai mức độ khác nhau; câu được nạp không kèm mức độ.
    .fix = Chỉ để lại một thẻ: dễ, trung bình hoặc khó.
fault-tag-dropped = Thẻ “{ $tag }” ({ $count } câu) không phải mức độ nên không được giữ lại.
    .fix = Không cần làm gì. Mức độ lấy từ các thẻ: dễ, trung bình, khó.
fault-categories-joined = Tệp có { $count } nhóm câu hỏi ({ $names }); tất cả được nạp vào một bộ.
    .fix = Nếu muốn nhiều bộ, hãy xuất mỗi nhóm ra một tệp.
fault-all-or-nothing = { $count } câu có nhiều đáp án đúng chia phần trăm điểm; ở đây thí sinh phải chọn đủ và đúng mới có điểm.
    .fix = Không cần làm gì nếu cách chấm này phù hợp.
fault-partial-credit = { $count } câu cho một phần điểm hoặc trừ điểm với phương án sai; ở đây phương án sai không có điểm và không bị trừ.
    .fix = Không cần làm gì nếu cách chấm này phù hợp.
fault-feedback-dropped = Lời nhắn riêng của { $count } phương án sai không được giữ lại.
    .fix = Nếu cần, hãy đưa nội dung đó vào lời giải thích chung của câu.
fault-points-dropped = { $count } câu có số điểm khác câu đầu; ở đây điểm mỗi câu do cuộc thi quy định.
    .fix = Đặt điểm ở mục points trong contest.toml.
fault-order-kept = { $count } câu yêu cầu giữ nguyên thứ tự phương án nên các phương án được ghim.
    .fix = Nếu muốn xáo trộn, hãy bật xáo trộn phương án trong tệp gốc (shuffle).
fault-setting-dropped = Phần “{ $setting }” ({ $count } chỗ) không được nạp.
    .fix = Không cần làm gì nếu không dùng đến; thời gian, số câu và cách rút đề được đặt trong contest.toml.
fault-html-dropped = Thẻ HTML <{ $tag }> ({ $count } chỗ) không được giữ; phần chữ bên trong vẫn còn, trừ mã lệnh.
    .fix = Xem lại các câu này; chỉ dùng chữ đậm, nghiêng, chỉ số trên, chỉ số dưới và xuống dòng.
fault-html-content = Phần <{ $tag }> (công thức, phim, âm thanh, trang nhúng, đoạn văn ở tệp khác…) không nạp được nên câu không còn nguyên vẹn.
    .fix = Viết lại bằng chữ, hoặc chụp thành hình và chèn vào câu.
fault-style-lost = { $count } đoạn có định dạng chữ không thể hiện được; phần chữ vẫn còn.
    .fix = Xem lại chữ đậm, nghiêng và chỉ số của các đoạn này.
fault-no-full-mark = Không phương án nào được trọn điểm nên không biết đáp án.
    .fix = Cho phương án đúng 100 phần trăm.
fault-several-full-marks = Câu chỉ cho chọn một phương án nhưng có { $count } phương án được trọn điểm.
    .fix = Chỉ để một phương án đúng, hoặc chuyển thành câu nhiều đáp án có tổng 100 phần trăm.
fault-weight-unknown = { $has_near ->
        [0] “{ $weight }” không phải phần trăm điểm hợp lệ.
       *[other] { $weight } phần trăm không phải mức điểm mà Moodle chấp nhận.
    }
    .fix = { $has_near ->
        [0] Viết một số, ví dụ 100, 50 hoặc 33.33333.
       *[other] Có phải ý là { $near }?
    }
fault-weight-sum = Các phương án đúng cộng lại được { $sum } phần trăm, phải là 100.
    .fix = Chia lại phần trăm, ví dụ hai đáp án đúng là 50 và 50.
fault-package-picture-missing = Không tìm thấy hình “{ $src }” trong tệp.
    .fix = Xuất lại tệp có kèm hình, hoặc bỏ hình khỏi câu.
fault-picture-remote = Hình “{ $src }” nằm ở nơi khác, không nằm trong tệp.
    .fix = Tải hình về và chèn vào câu.
fault-package-picture-in-option = Phương án có hình; phương án chỉ được là chữ.
    .fix = Đưa các hình vào một hình chung ở câu hỏi và đánh số, phương án ghi số.

## GIFT

fault-gift-brace = Thiếu dấu {"{"} hoặc {"}"}, hoặc hai dấu đặt ngược nhau.
    .fix = Đặt các phương án giữa {"{"} và {"}"}; dấu ngoặc là chữ thường thì viết \{"{"} và \{"}"}.
fault-gift-second-block = Cụm {"{"}…{"}"} thứ hai được đọc là chữ của câu hỏi.
    .fix = Mỗi câu chỉ có một cụm; thêm một dòng trống giữa hai câu.
fault-gift-category-line = Câu hỏi đứng liền sau $CATEGORY; Moodle sẽ bỏ mất câu này.
    .fix = Thêm một dòng trống sau dòng $CATEGORY.
fault-gift-name-open = Tên câu bắt đầu bằng :: nhưng không có :: kết thúc nên được đọc là chữ của câu hỏi.
    .fix = Viết ::tên:: rồi đến câu hỏi.
fault-gift-format = [{ $name }] không phải định dạng nên được đọc là chữ.
    .fix = Các định dạng là [html], [moodle], [plain] và [markdown].
fault-gift-truth-word = “{ $value }” không được hiểu là đúng/sai mà là câu trả lời ngắn.
    .fix = Viết đúng một trong các chữ hoa: TRUE, FALSE, T, F.
fault-gift-equals-splits = Dấu = trong “{ $part }” mở đầu một phương án mới.
    .fix = Nếu dấu = là chữ thường, hãy viết \=.
fault-gift-weight-text = “{ $text }” không được hiểu là phần trăm điểm mà là chữ của phương án.
    .fix = Viết liền, ví dụ ~%50%Phương án hoặc ~%-25%Phương án.
fault-gift-loose = { $count } câu có dấu “{ $sign }” không kèm \; ở đây và trong Moodle đọc được, vài chương trình khác thì không.
    .fix = Không cần làm gì. Nếu dùng tệp ở nơi khác, hãy viết \:, \= và \n.

## Aiken

fault-aiken-no-stem = Phương án hoặc đáp án đứng trước câu hỏi.
    .fix = Viết câu hỏi trên một dòng, rồi đến A., B. và ANSWER:.
fault-aiken-unfinished = Câu này chưa có dòng ANSWER.
    .fix = Thêm dòng như ANSWER: B sau phương án cuối.
fault-aiken-answer-twice = Câu này đã có đáp án; Aiken chỉ nhận một đáp án.
    .fix = Xóa dòng thừa.
fault-aiken-letter = Dòng này giống một phương án nhưng phương án tiếp theo phải là { $expected }.
    .fix = Đánh lại các chữ A, B, C… theo thứ tự; nếu đây là câu hỏi mới, câu trước còn thiếu ANSWER.
fault-aiken-stem-like-option = “{ $text }” giống một phương án nhưng được đọc là câu hỏi.
    .fix = Không cần làm gì nếu đúng là câu hỏi.
fault-aiken-long-stem = Câu hỏi có nhiều dòng; các dòng được nối lại.
    .fix = Viết câu hỏi trên một dòng để chương trình khác cũng đọc được.
fault-aiken-short-line = Dòng chỉ có một ký tự đã bị bỏ qua.
    .fix = Nếu dòng này thuộc câu hỏi thì viết liền vào dòng của câu; nếu thừa thì xóa đi.
fault-aiken-answer = “{ $value }” không phải một chữ cái in hoa.
    .fix = Viết đúng một chữ, ví dụ ANSWER: B.

## XML

fault-xml-broken = Tệp XML bị hỏng từ đây ({ $detail }).
    .fix = Xuất lại tệp từ chương trình gốc, không sửa bằng tay.
fault-xml-doctype = Tệp có khai báo DOCTYPE; vì an toàn, tệp như vậy không được đọc.
    .fix = Xóa dòng <!DOCTYPE …> hoặc xuất lại tệp.
fault-xml-entity = Ký hiệu &{ $name }; không có trong XML.
    .fix = Viết thẳng ký tự đó; dấu & là chữ thường thì viết &amp;.
fault-xml-encoding = Tệp dùng bảng mã “{ $name }”.
    .fix = Lưu lại tệp bằng UTF-8.
fault-xml-limit = { $what ->
        [depth] Các phần tử lồng nhau quá { $limit } tầng.
        [elements] Tệp có hơn { $limit } phần tử.
       *[tag] Một thẻ dài hơn { $limit } byte.
    }
    .fix = Xuất lại tệp, hoặc chia thành nhiều tệp nhỏ hơn.
fault-xml-root = Đây là tệp XML “{ $root }”, không phải bộ câu hỏi.
    .fix = Chọn tệp Moodle XML (<quiz>) hoặc QTI (assessmentItem, assessmentTest hoặc gói .zip).
fault-truth-answers = Câu đúng/sai phải có đúng hai trả lời true và false.
    .fix = Xuất lại câu này, hoặc viết lại thành câu chọn phương án.

## QTI

fault-qti-scoring = Cách chấm “{ $template }” không hiểu được nên không biết đáp án.
    .fix = Dùng mẫu match_correct hoặc map_response.
fault-qti-interactions = Câu có { $count } phần tương tác; cần đúng một.
    .fix = Tách thành nhiều câu, mỗi câu một phần chọn phương án.
fault-qti-no-key = Câu không nêu đáp án.
    .fix = Thêm correctResponse với mã của phương án đúng.
fault-qti-key-unknown = Đáp án “{ $value }” không phải mã của phương án nào.
    .fix = Dùng mã (identifier) của một phương án.
fault-qti-max-choices = Chỉ được chọn { $max } phương án nhưng có { $right } phương án đúng.
    .fix = Sửa maxChoices hoặc đáp án.
fault-qti-choice-twice = Mã “{ $id }” được dùng cho hai phương án.
    .fix = Đặt cho mỗi phương án một mã.
fault-qti-item-twice = Mã câu “{ $id }” đã có trong { $file }.
    .fix = Đặt cho mỗi câu một mã.
fault-package-missing = Gói nhắc đến “{ $path }” nhưng không có tệp đó.
    .fix = Xuất lại gói.
fault-package-unlisted = Gói có “{ $path }” nhưng danh mục không nhắc đến nên không được nạp.
    .fix = Thêm tệp vào imsmanifest.xml nếu cần.
fault-package-broken = Không mở được gói ({ $detail }).
    .fix = Xuất lại gói .zip có imsmanifest.xml.
fault-package-limit = { $what ->
        [entries] Gói có hơn { $limit } tệp.
        [ratio] Một tệp trong gói được nén quá { $limit } lần.
        [entry] Một tệp trong gói lớn hơn { $limit } byte.
       *[size] Gói lớn hơn { $limit } byte sau khi mở.
    }
    .fix = Chia thành nhiều gói nhỏ hơn.
fault-package-path = Đường dẫn “{ $path }” ra ngoài gói.
    .fix = Xuất lại gói; không sửa đường dẫn bằng tay.
fault-package-locked = Gói được khóa bằng mật khẩu.
    .fix = Lưu lại gói không có mật khẩu.

## Viết ra

fault-export-skipped = { $why ->
        [several] Câu “{ $id }” có nhiều đáp án đúng nên không viết được ở định dạng này.
       *[other] Câu “{ $id }” không viết được ở định dạng này.
    }
    .fix = Dùng định dạng khác, ví dụ Moodle XML hoặc QTI.
fault-export-loses = { $what ->
        [picture] Hình, âm thanh hoặc phim của { $count } câu không được viết ra.
        [media-file] Bảng chỉ ghi tên tệp hình, âm thanh, phim của { $count } câu; bản thân các tệp nằm trong thư mục media.
        [pin] Phương án ghim của { $count } câu không được viết ra.
        [level] Mức độ của { $count } câu không được viết ra.
        [explanation] Lời giải thích của { $count } câu không được viết ra.
        [source] Nguồn của { $count } câu không được viết ra.
        [topic] Chủ đề của { $count } câu không được viết ra.
        [id] Mã của { $count } câu không được viết ra.
        [lines] Chỗ xuống dòng của { $count } câu được thay bằng dấu cách.
       *[style] Chữ đậm, nghiêng và chỉ số của { $count } câu không được viết ra.
    }
    .fix = Dùng định dạng khác, ví dụ Moodle XML hoặc QTI, nếu cần giữ phần này.
