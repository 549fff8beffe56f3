# Lỗi trong tệp của cuộc thi và tệp câu hỏi: điều gì sai, và (.fix) sửa thế nào.

severity-error = lỗi
severity-warning = cảnh báo
fault-fix-label = cách sửa
faults-counts = { $errors } lỗi, { $warnings } cảnh báo
faults-none = Đạt: { $questions } câu, không có lỗi.
faults-warnings = Nạp được, cần xem lại: { $counts } trong { $questions } câu.
faults-refused = Không nạp được: { $counts } trong { $questions } câu.

place-file = cả tệp
place-line = dòng { $line }, cột { $column }
place-paragraph = đoạn { $paragraph }
place-paragraph-line = đoạn { $paragraph }, dòng { $line }
place-table-cell = bảng { $table }, hàng { $row }, cột { $column }
place-cell = trang tính { $sheet }, ô { $cell }
place-question = câu { $number }
place-round = vòng thứ { $number } trong tệp
place-prize = giải thứ { $number } trong tệp
place-collective-prize = giải tập thể thứ { $number } trong tệp
place-unit = đơn vị { $code }

kind-text = văn bản trong dấu ngoặc kép
kind-integer = số nguyên
kind-decimal = số thập phân
kind-boolean = true hoặc false
kind-moment = ngày giờ
kind-list = danh sách trong ngoặc vuông
kind-table = bảng
kind-tables = các bảng có tiêu đề trong hai ngoặc vuông
kind-nothing = giá trị trống
kind-key = chữ cái của phương án đúng, hoặc danh sách chữ cái
kind-option = văn bản, hoặc bảng gồm text và pin
kind-limit = số nguyên hoặc "unlimited"

## Tệp

fault-missing-file = Thiếu { $name }.
    .fix = Thêm { $name } vào thư mục của cuộc thi; quizzes/README.md có tệp mẫu.
fault-bad-directory = Tên thư mục “{ $name }” không dùng làm địa chỉ trang được.
    .fix = Đổi tên thư mục, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ “lang-son-90-nam”.
fault-stray-file = “{ $name }” nằm trong questions/ nhưng không phải tệp câu hỏi .toml nên không được nạp.
    .fix = Chuyển tệp sang định dạng .toml bằng lệnh hoithi convert, hoặc đưa tệp ra khỏi thư mục questions/.
fault-file-too-large = Tệp có { $size } byte, nhiều nhất được { $limit } byte.
    .fix = Chia tệp thành nhiều tệp nhỏ hơn; hình ảnh để trong media/.
fault-not-utf8 = Từ chỗ này tệp không phải văn bản Unicode (UTF-8).
    .fix = Mở tệp và lưu lại với bảng mã UTF-8; nếu là chữ TCVN3, VNI hay Windows-1258 thì chuyển mã sang Unicode trước.
fault-syntax = { $problem ->
        [unquoted] Văn bản không nằm trong dấu ngoặc kép.
        [curly-quotes] Dấu ngoặc kép cong (“ ”) không dùng để bao văn bản được.
        [unclosed-text] Văn bản thiếu dấu ngoặc kép đóng, hoặc có dấu ngoặc kép thừa ở giữa.
        [unclosed-block] Văn bản nhiều dòng mở ở đây không có dấu đóng.
        [bad-escape] Sau dấu gạch chéo ngược “\” là ký tự không có nghĩa.
        [duplicate] Khóa hoặc bảng này đã được viết ở trên.
        [missing-equals] Thiếu dấu bằng hoặc thiếu giá trị sau tên khóa.
        [missing-comma] Thiếu hoặc thừa dấu phẩy, hoặc dấu ngoặc chưa đóng.
        [unclosed] Danh sách hoặc bảng mở ra mà không có dấu ngoặc đóng.
        [bad-header] Tiêu đề bảng thiếu dấu ngoặc vuông.
        [bad-key] Tên khóa có ký tự không được dùng.
        [bad-number] Số viết sai.
        [bad-date] Ngày giờ viết sai hoặc không có thật.
        [too-deep] Danh sách lồng nhau quá nhiều lớp.
        [bad-character] Có ký tự điều khiển không được dùng ở đây.
        [csv-quote] Dấu ngoặc kép trong ô không đóng, hoặc còn chữ sau dấu đóng.
        [json] Tệp không đúng cú pháp JSON ({ $detail }).
       *[other] Không hiểu được chỗ này ({ $detail }).
    }
    .fix = { $problem ->
        [unquoted] Đặt văn bản trong dấu ngoặc kép thẳng, ví dụ key = "A".
        [curly-quotes] Thay “ và ” ở hai đầu bằng dấu ngoặc kép thẳng (").
        [unclosed-text] Đóng bằng dấu ngoặc kép thẳng (") trên cùng dòng; dấu ngoặc kép bên trong viết là \".
        [unclosed-block] Thêm ba dấu ngoặc kép (""") ở cuối đoạn văn bản.
        [bad-escape] Viết \\ nếu muốn có dấu gạch chéo ngược, \" nếu muốn có dấu ngoặc kép.
        [duplicate] Xóa một trong hai chỗ.
        [missing-equals] Viết theo mẫu tên = giá trị, ví dụ title = "Tuần 1".
        [missing-comma] Đặt một dấu phẩy giữa hai phần tử, đóng đủ ngoặc; mỗi khóa viết trên một dòng riêng.
        [unclosed] Thêm dấu ngoặc đóng ] hoặc {"}"} ở cuối.
        [bad-header] Viết tiêu đề trên một dòng riêng, ví dụ [paper] hoặc [[question]].
        [bad-key] Tên khóa chỉ gồm chữ không dấu, chữ số, dấu gạch dưới và gạch nối.
        [bad-number] Viết số nguyên không có số 0 ở đầu; phân nhóm bằng dấu gạch dưới, ví dụ 2_000_000.
        [bad-date] Viết ngày giờ trong dấu ngoặc kép, ví dụ "2023-04-03T08:00:00+07:00".
        [too-deep] Bỏ bớt dấu ngoặc vuông.
        [bad-character] Xóa ký tự đó rồi gõ lại dòng này.
        [csv-quote] Đóng dấu ngoặc kép; dấu ngoặc kép bên trong ô viết thành hai dấu ("").
        [json] Kiểm tra dấu phẩy, dấu ngoặc và dấu ngoặc kép quanh chỗ này.
       *[other] So với tệp mẫu trong quizzes/README.md và viết lại dòng này.
    }
fault-too-many-faults = Tệp có hơn { $limit } lỗi; phần còn lại không liệt kê.
    .fix = Sửa những lỗi đầu tiên rồi kiểm tra lại; thường chúng có chung một nguyên nhân.

## Hình dạng

fault-unknown-key = Không có khóa “{ $key }” trong { $table }.
    .fix = { $has_near ->
        [0] Xóa dòng này, hoặc dùng một trong các khóa: { $allowed }.
       *[other] Có phải ý là “{ $near }”? Các khóa dùng được: { $allowed }.
    }
fault-wrong-type = “{ $key }” phải là { $expected }, ở đây là { $found }.
    .fix = Viết lại “{ $key }” thành { $expected }.
fault-missing-key = { $table } thiếu “{ $key }”.
    .fix = Thêm, ví dụ: { $example }
fault-unknown-value = “{ $value }” không phải giá trị của “{ $key }”.
    .fix = { $has_near ->
        [0] Dùng một trong các giá trị: { $allowed }.
       *[other] Có phải ý là “{ $near }”? Các giá trị dùng được: { $allowed }.
    }
fault-out-of-range = “{ $key }” là { $value }, phải từ { $min } đến { $max }.
    .fix = Chọn một số từ { $min } đến { $max }.
fault-too-many-entries = “{ $key }” có { $count } mục, nhiều nhất được { $limit }.
    .fix = Bớt xuống còn { $limit } mục.

## Văn bản

fault-empty-text = “{ $key }” để trống.
    .fix = Viết nội dung cho “{ $key }”.
fault-text-too-long = “{ $key }” dài { $chars } ký tự, nhiều nhất được { $limit }.
    .fix = Rút gọn còn { $limit } ký tự.
fault-not-nfc = “{ $key }” viết theo kiểu Unicode tổ hợp (dấu tách khỏi chữ); đã được ghép lại khi đọc.
    .fix = Lưu văn bản ở dạng Unicode dựng sẵn (NFC) để mọi phần mềm hiển thị và tìm kiếm đúng.
fault-hidden-character = “{ $key }” có ký tự ẩn { $character }.
    .fix = Xóa ký tự đó; thường nó theo vào khi dán từ Word hoặc trang web.
fault-odd-space = “{ $key }” có dấu cách đặc biệt { $character }; đã được thay bằng dấu cách thường.
    .fix = Thay bằng dấu cách thường.
fault-bad-slug = “{ $value }” không dùng làm “{ $key }” được: chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, nhiều nhất 64 ký tự.
    .fix = { $has_proposal ->
        [0] Đặt tên ngắn, ví dụ "khoi-nghia-bac-son".
       *[other] Dùng "{ $proposal }".
    }

## Thời gian

fault-bad-date = “{ $value }” không phải ngày có thật cho “{ $key }”.
    .fix = { $has_proposal ->
        [0] Viết theo thứ tự năm-tháng-ngày, ví dụ 2023-04-03.
       *[other] Viết { $proposal } (năm-tháng-ngày).
    }
fault-bad-moment = “{ $value }” không phải ngày giờ có thật cho “{ $key }”.
    .fix = Viết theo mẫu "2023-04-03T08:00:00+07:00".
fault-no-offset = “{ $key }” là “{ $value }”, thiếu múi giờ.
    .fix = Ghi đủ giờ và múi giờ; giờ Việt Nam là +07:00 ở cuối, ví dụ "2023-04-03T08:00:00+07:00".
fault-bad-duration = “{ $value }” không phải khoảng thời gian cho “{ $key }”.
    .fix = Viết như "15m" (phút), "90s" (giây), "1h" hoặc "1h30m" (giờ).
fault-duration-range = “{ $key }” là “{ $value }”, phải từ { $min } đến { $max }.
    .fix = Chọn một khoảng từ { $min } đến { $max }.

## Thông tin đăng ký

fault-field-twice = “{ $field }” vừa là thông tin bắt buộc vừa là thông tin tùy chọn.
    .fix = Xóa “{ $field }” khỏi một trong hai danh sách.
fault-field-repeated = “{ $field }” có hai lần trong cùng danh sách.
    .fix = Xóa một lần.
fault-fields-always = Thông tin bắt buộc thiếu { $fields }; cuộc thi nào cũng cần để đăng nhập và xếp hạng.
    .fix = Thêm { $fields } vào fields.required.

## Vòng thi

fault-no-rounds = Cuộc thi chưa có vòng nào.
    .fix = Thêm ít nhất một bảng [[round]] với number, title, opens và closes.
fault-round-duplicate = Vòng { $number } đã có ở dòng { $line }.
    .fix = Đánh số lại các vòng: 1, 2, 3…
fault-round-gap = Trước vòng { $number } thiếu vòng { $expected }.
    .fix = Đánh số các vòng liên tục từ 1; ở đây là { $expected }.
fault-round-order = Vòng { $number } đứng sau vòng { $after }.
    .fix = Xếp các vòng theo số tăng dần.
fault-round-reversed = Vòng { $number } đóng trước hoặc đúng lúc mở.
    .fix = Sửa closes thành lúc sau opens.
fault-rounds-overlap = Vòng { $number } mở khi vòng { $other } chưa đóng.
    .fix = Cho vòng sau mở đúng lúc vòng trước đóng hoặc muộn hơn.
fault-round-before = Vòng { $number } mở trước vòng { $other }, trái với thứ tự số.
    .fix = Đổi số hoặc đổi lịch để vòng có số nhỏ mở trước.

## Đề thi

fault-draw-empty = Đề thi không rút câu hỏi nào.
    .fix = Thêm ít nhất một dòng, ví dụ {"{"} set = "dang-bo", count = 5 {"}"}.
fault-unknown-set = Không có bộ câu hỏi “{ $set }” trong questions/.
    .fix = { $has_near ->
        [0] Các bộ câu hỏi đang có: { $known }.
       *[other] Có phải ý là “{ $near }”? Các bộ câu hỏi đang có: { $known }.
    }
fault-draw-too-many = Đề thi cần { $asks } câu của bộ “{ $set }”, bộ này chỉ có { $holds } câu.
    .fix = Giảm count hoặc thêm câu hỏi; một đề không có hai lần cùng một câu.
fault-draw-level-too-many = Đề thi cần { $asks } câu mức { $level } của bộ “{ $set }”, bộ này chỉ có { $holds } câu mức đó.
    .fix = Giảm count, bỏ level, hoặc thêm câu hỏi mức { $level }.
fault-paper-too-long = Một đề có { $count } câu, nhiều nhất được { $limit }.
    .fix = Giảm count của các dòng trong draw.
fault-unused-set = Không vòng nào rút câu từ bộ “{ $set }”.
    .fix = Thêm bộ này vào draw, hoặc bỏ tệp nếu không dùng.

## Xếp hạng

fault-gate-above-maximum = Điểm tối thiểu để xét giải là { $min_score }, nhưng bài đúng hết chỉ được { $max } điểm.
    .fix = Đặt min_score nhiều nhất là { $max }, hoặc sửa points và draw.
fault-order-empty = Thứ tự xếp hạng để trống.
    .fix = Viết ít nhất một tiêu chí, ví dụ order = ["score desc", "duration asc"].
fault-order-duplicate = Tiêu chí “{ $key }” có hai lần.
    .fix = Xóa một lần; lần sau không bao giờ được dùng đến.
fault-order-direction = “{ $value }” thiếu chiều xếp.
    .fix = Viết tên tiêu chí rồi asc (nhỏ trước) hoặc desc (lớn trước), ví dụ "score desc".
fault-order-unusual = Chiều xếp này của “{ $key }” đưa người kém nhất lên trước.
    .fix = Thường dùng "{ $key } { $usual }".
fault-order-without-prediction = Xếp hạng theo sai số dự đoán nhưng cuộc thi không hỏi dự đoán.
    .fix = Thêm bảng [prediction], hoặc bỏ "prediction_error asc" khỏi order.
fault-prediction-unused = Có câu dự đoán nhưng xếp hạng không dùng đến.
    .fix = Thêm "prediction_error asc" vào order, hoặc bỏ bảng [prediction].

## Giải thưởng

fault-prize-duplicate = “{ $name }” đã có ở dòng { $line } trong cùng phạm vi.
    .fix = Đổi tên, hoặc gộp hai giải và cộng places.
fault-prize-total = Tổng “{ $key }” công bố là { $declared }, cộng các giải qua mọi vòng được { $computed }.
    .fix = Sửa [prize_total] hoặc sửa places và value của từng giải.
fault-prize-same-ranking = “{ $name }” xét trên cả cuộc thi, nhưng cuộc thi chỉ có một vòng và vòng ấy đã có giải: hai bảng xếp hạng giống hệt nhau.
    .fix = Dùng một phạm vi (scope) cho tất cả các giải.
fault-rate-without-headcount = { $count } đơn vị chưa có tổng số người (headcount) nên không tính được tỷ lệ: { $units }.
    .fix = Điền cột headcount của các đơn vị này trong units.csv.
fault-level-too-deep = Giải cho đơn vị cấp { $level }, nhưng cây đơn vị chỉ có { $depth } cấp.
    .fix = Chọn level từ 1 đến { $depth }.
fault-unknown-bloc = Không đơn vị nào thuộc khối “{ $bloc }”.
    .fix = { $has_near ->
        [0] Các khối trong units.csv: { $known }.
       *[other] Có phải ý là “{ $near }”? Các khối trong units.csv: { $known }.
    }
fault-nobody-competes = Không đơn vị cấp { $level } nào được xét giải này ({ $bloc }).
    .fix = Sửa level hoặc bloc để có đơn vị được xét.
fault-more-places-than-units = Có { $places } giải nhưng chỉ { $units } đơn vị được xét.
    .fix = Giảm places, hoặc mở rộng level và bloc.
fault-bad-rate = “{ $key }” là { $value }, phải là số từ 0 đến 1 với nhiều nhất bốn chữ số thập phân.
    .fix = Viết tỷ lệ như 0.5 (nghĩa là 50 %).

## Đơn vị

fault-missing-column = Dòng đầu thiếu cột “{ $name }”.
    .fix = Dòng đầu của units.csv là tên cột: code,name,parent,bloc,headcount,valid_from,valid_to (thứ tự tùy ý).
fault-unknown-column = Không có cột “{ $name }”.
    .fix = { $has_near ->
        [0] Các cột dùng được: { $allowed }.
       *[other] Có phải ý là “{ $near }”? Các cột dùng được: { $allowed }.
    }
fault-column-duplicate = Cột “{ $name }” có hai lần.
    .fix = Bỏ một cột.
fault-row-length = Dòng có { $found } ô, tiêu đề có { $expected } cột.
    .fix = Cho đủ { $expected } ô; ô có dấu phẩy bên trong phải đặt trong dấu ngoặc kép.
fault-no-units = Chưa có đơn vị nào.
    .fix = Thêm ít nhất một dòng có code và name dưới dòng tiêu đề.
fault-bad-unit-code = “{ $value }” không dùng làm mã đơn vị được.
    .fix = Chỉ dùng chữ không dấu, chữ số, gạch nối, gạch dưới và dấu chấm, nhiều nhất 32 ký tự, ví dụ DB-CHILANG.
fault-unit-duplicate = Mã “{ $code }” đã có ở dòng { $line }.
    .fix = Đặt mã khác, hoặc xóa dòng thừa.
fault-unknown-parent = Không có đơn vị mã “{ $parent }” để làm đơn vị cấp trên.
    .fix = { $has_near ->
        [0] Sửa cột parent thành mã có trong tệp, hoặc để trống.
       *[other] Có phải ý là “{ $near }”?
    }
fault-unit-cycle = Các đơn vị nằm trên nhau thành vòng tròn: { $chain }.
    .fix = Để trống cột parent của đơn vị cao nhất.
fault-unit-too-deep = Đơn vị nằm ở cấp { $level }, cây đơn vị sâu nhất { $limit } cấp.
    .fix = Bỏ bớt cấp trung gian.
fault-validity-reversed = Đơn vị hết hiệu lực ({ $to }) trước khi bắt đầu ({ $from }).
    .fix = Sửa valid_from hoặc valid_to.
fault-bad-headcount = “{ $value }” không phải tổng số người.
    .fix = Viết số nguyên từ 1, không dấu chấm phân nhóm, ví dụ 12500; để trống nếu chưa biết.
fault-no-unit-on-days = Không đơn vị nào có hiệu lực trong những ngày thi ({ $from } đến { $to }).
    .fix = Sửa valid_from, valid_to trong units.csv hoặc lịch các vòng.

## Câu hỏi

fault-set-duplicate = Bộ câu hỏi “{ $id }” đã có trong { $file }.
    .fix = Đặt id khác cho một trong hai bộ.
fault-no-questions = Bộ câu hỏi chưa có câu nào.
    .fix = Thêm ít nhất một bảng [[question]].
fault-too-many-questions = Đến tệp này cuộc thi có { $count } câu, nhiều nhất được { $limit }.
    .fix = Bỏ bớt câu hỏi.
fault-question-duplicate = Mã câu “{ $id }” đã có ở dòng { $line }.
    .fix = Đặt id khác cho một trong hai câu.
fault-option-count = Câu có { $count } phương án, phải có từ 2 đến 8.
    .fix = Thêm hoặc bớt phương án.
fault-option-duplicate = Phương án { $second } giống phương án { $first }.
    .fix = Sửa hoặc bỏ một phương án.
fault-option-similar = Phương án { $second } chỉ khác phương án { $first } ở dấu hoặc dấu câu.
    .fix = Xem lại; nếu đúng ý thì giữ nguyên.
fault-pin-not-last = Phương án { $label } được giữ chỗ (pin) nhưng đứng trước phương án không giữ chỗ.
    .fix = Đưa phương án giữ chỗ xuống cuối.
fault-option-points-to-others = Phương án { $label } nhắc đến phương án khác, nhưng thứ tự sẽ được xáo trộn.
    .fix = Viết lại cho rõ nghĩa mà không nhắc phương án khác, hoặc giữ chỗ bằng pin = true cho nó và các phương án được nhắc.
fault-key-empty = Câu chưa có đáp án.
    .fix = Viết chữ cái của phương án đúng, ví dụ key = "A".
fault-key-not-a-letter = “{ $value }” không phải chữ cái từ A đến H.
    .fix = { $has_proposal ->
        [0] Viết chữ cái của phương án đúng, ví dụ key = "A" hoặc key = ["A", "C"].
       *[other] Viết key = { $proposal }.
    }
fault-key-beyond = Đáp án là { $letter }, nhưng phương án cuối cùng là { $last }.
    .fix = Chọn chữ cái từ A đến { $last }, hoặc thêm phương án.
fault-key-repeated = Đáp án { $letter } viết hai lần.
    .fix = Xóa một lần.
fault-key-all = Mọi phương án đều đúng, nên ai chọn hết cũng được điểm.
    .fix = Xem lại đáp án, hoặc thêm phương án sai.
fault-stem-duplicate = Câu này trùng với câu “{ $other }” ({ $file }, dòng { $line }).
    .fix = Bỏ một câu, hoặc viết rõ hai câu khác nhau ở đâu.
fault-stem-similar = Câu này gần giống câu “{ $other }” ({ $file }, dòng { $line }).
    .fix = Kiểm tra xem có phải cùng một câu hỏi; nếu khác nhau thật thì giữ nguyên.
