# Bản sao dữ liệu của tôi: những gì không đưa vào, và vì sao.
own-data-left-out-judging = Phiếu rà soát và ghi chú xác minh của vòng này, nếu có: kết quả đang được xét; sau khi công bố, bản sao sẽ có.
own-data-left-out-hearings = Lời giải trình trong phiếu này: nhiều người cùng được hỏi và không ghi lời nào là của ai.
own-data-left-out-names-of-others = Tên người khác trong các ghi chú, đã thay bằng […]: đó là dữ liệu cá nhân của họ.
own-data-left-out-names-of-staff = Tên cán bộ đã ghi, đã xem hoặc đã trả lời: đó là dữ liệu cá nhân của họ. Cần biết, mời bạn hỏi Ban Tổ chức.
own-data-left-out-unsigned = Khiếu nại và thư không ghi số điện thoại bạn đã đăng ký, hoặc có trước khi bạn đăng ký: không chắc là của bạn. Mời bạn hỏi Ban Tổ chức.
own-data-left-out-papers = Nguyên văn đề đã rút cho bạn: Ban Tổ chức giữ làm căn cứ và không phải dữ liệu về bạn; câu trả lời của bạn có đủ trong bản sao.
requests-copy = Tải bản sao để gửi người này
requests-copy-hint = Tệp có đủ dữ liệu của người ấy. Chỉ gửi sau khi đã xác minh đúng người; lần tải được ghi lại.
console-act-request-copy = { $actor } tải bản sao dữ liệu cho yêu cầu số { $what }
