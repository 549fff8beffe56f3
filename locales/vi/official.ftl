# Văn bản: quyết định, thông báo, biểu tổng hợp, báo cáo, giấy chứng nhận. Lời văn chính ở templates/papers/.

paper-party = ĐẢNG CỘNG SẢN VIỆT NAM
paper-state = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
paper-motto = Độc lập - Tự do - Hạnh phúc
paper-issuer = Ban Tổ chức Cuộc thi
paper-number-party = Số { $number }
paper-number-state = Số: { $number }
paper-date-open = ngày …… tháng …… năm { $year }
paper-on-behalf = TM. BAN TỔ CHỨC
paper-position = TRƯỞNG BAN
paper-recipients = Nơi nhận:
paper-recipients-default = Lưu Ban Tổ chức.
paper-draft = DỰ THẢO – CHƯA PHÊ DUYỆT
paper-demonstration = DỮ LIỆU TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ

paper-kind-decision = Quyết định
paper-kind-notice = Thông báo kết quả
paper-kind-winners = Danh sách đạt giải
paper-kind-units = Biểu tổng hợp theo đơn vị
paper-kind-report = Báo cáo tổng kết
paper-kind-certificates = Giấy chứng nhận

paper-approved = ngày { $day } ({ $by })
paper-busiest = { $day }, có { $n } lượt
paper-asks-attempts = tổng số lượt dự thi
paper-asks-people = tổng số người dự thi
paper-asks-people-right = số người trả lời đúng tất cả câu hỏi
paper-asks-attempts-right = số lượt trả lời đúng tất cả câu hỏi
paper-more = So với { $round } ({ $n } lượt) tăng { $share }.
paper-fewer = So với { $round } ({ $n } lượt) giảm { $share }.
paper-as-many = Bằng số lượt của { $round }.
paper-total = Cộng

paper-column-place = TT
paper-column-name = Họ và tên
paper-column-unit = Đơn vị
paper-column-score = Điểm
paper-column-prediction = Dự đoán
paper-column-prediction-error = Lệch
paper-column-duration = Thời gian làm bài
paper-column-value = Giá trị (đồng)
paper-column-sum = Thành tiền (đồng)
paper-column-count = Số giải
paper-column-prize = Giải
paper-column-people = Số người dự thi
paper-column-rate = Tỷ lệ dự thi
paper-column-attempts = Số lượt dự thi
paper-column-headcount = Số người thuộc diện
paper-column-all-correct = Số người đúng hết
paper-column-attempts-all-correct = Số lượt đúng hết
paper-column-average = Điểm trung bình
paper-column-winners = Số giải
paper-column-round = Vòng thi
paper-column-actual = Đáp số dự đoán
paper-no-winners = (Không có giải nào được trao.)
paper-no-units = (Chưa có đơn vị nào có người dự thi.)
paper-no-rounds = (Chưa có vòng nào được xếp hạng.)

paper-chart-days = Số lượt dự thi theo ngày
paper-chart-days-head = Ngày
paper-chart-scores = Số lượt dự thi theo số câu trả lời đúng
paper-chart-scores-head = Số câu đúng
paper-chart-rounds = Số lượt dự thi theo vòng thi
paper-chart-rounds-head = Vòng thi
paper-chart-units = Số lượt dự thi theo đơn vị
paper-chart-units-head = Đơn vị
paper-busiest-chart = Ngày đông nhất: { $day }, có { $n } lượt
paper-right-chart = { $share } số lượt đúng cả { $total } câu
paper-round-chart = Nhiều lượt nhất: { $round }, có { $n } lượt
paper-unit-chart = { $n } đơn vị có nhiều lượt dự thi nhất

paper-check = Kiểm tra giấy này: quét mã, hoặc mở trang dưới đây rồi nhập mã
paper-check-code = Mã: { $code }
paper-check-alt = Mã QR dẫn tới trang kiểm tra { $address }

export-paper-done = Đã ghi văn bản vào { $file }.
export-certificates-not-approved = Giấy chứng nhận được lập sau khi kết quả được duyệt. Hãy duyệt kết quả trước.
export-no-winners = Không có người hay đơn vị nào đạt giải nên không có giấy chứng nhận nào.
export-paper-too-long = Có { $count } giải, một tệp văn bản chứa nhiều nhất { $limit }. Hãy xuất từng vòng, hoặc xuất dạng xlsx.
export-reason-needed = Cột dữ liệu cá nhân chỉ được xuất khi nêu rõ mục đích. Hãy thêm --reason "…".
export-no-such-fields = Danh sách này không có các cột dữ liệu cá nhân đó. Cột cá nhân chỉ có ở danh sách participants và winners, và chỉ gồm những mục mà cuộc thi hỏi.
