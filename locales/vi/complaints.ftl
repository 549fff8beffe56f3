# Thời hạn khiếu nại và trả lời.
rules-term-complaints = Khiếu nại
rules-complaints-within = Khiếu nại về kết quả gửi bằng văn bản đến Ban Tổ chức trong { $n } ngày kể từ ngày công bố.
rules-complaints-answer = Ban Tổ chức trả lời trong { $n } ngày kể từ ngày nhận; trả lời ấy là cuối cùng.
results-complaints = Khiếu nại về kết quả này gửi bằng văn bản đến Ban Tổ chức đến hết ngày { $day }.
paper-complaints-open = Ý kiến về kết quả gửi bằng văn bản đến Ban Tổ chức trước lễ tổng kết, trao giải.
rform-group-complaints = Khiếu nại về kết quả
rform-note-complaints = In trong thể lệ, thông báo kết quả và trang kết quả. Để trống cả hai ô nếu thể lệ không nêu thời hạn.
rform-complaints-within-days = Nhận khiếu nại trong bao nhiêu ngày kể từ ngày công bố
rform-complaints-within-days-hint = Từ 1 đến 60 ngày.
rform-complaints-answer-days = Trả lời trong bao nhiêu ngày kể từ ngày nhận
