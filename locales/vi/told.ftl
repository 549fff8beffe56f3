# What the public is told of corrections and of the key; the alarm of a disk that is getting full.
feed-corrected = Đính chính kết quả { $round }
feed-corrected-text = { $told }. Lý do đính chính: { $why }
feed-former-text = Bản công bố lần { $version }, đã được đính chính.
rules-term-key = Đáp án
rules-key-never = Đáp án không được công bố.
rules-key-after-round = Đáp án của mỗi { $word } được công bố cùng lúc với kết quả { $word } đó.
rules-key-after-contest = Đáp án được công bố sau khi có kết quả của mọi { $word }.
rules-key-held = Câu hỏi còn có thể được hỏi ở { $word } khác thì chưa công bố đáp án.
answers-share = { $share } số lượt gặp câu này trả lời đúng ({ $met } lượt).
board-alarm-disk = Ổ đĩa của máy chủ chỉ còn trống { $n } MB. Hết chỗ thì không nộp được bài. Gọi người trực máy chủ.
