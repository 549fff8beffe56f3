### Phần tự luận: viết, chấm, thể lệ.

essay-title = Bài viết
essay-start = Có, tối đa { $n } điểm; chấm sau khi vòng thi đóng
essay-size = Viết nhiều nhất { $n } ký tự.
essay-size-from = Viết từ { $a } đến { $b } ký tự; bài ngắn hơn không được chấm.
essay-marked = Ban Tổ chức chấm sau khi vòng thi đóng, tối đa { $n } điểm. Bài viết tự lưu trong khi bạn viết và được nộp cùng bài thi.
essay-too-long = Bài viết có { $a } ký tự, nhiều hơn mức { $b } ký tự. Hãy bớt lại rồi lưu.
essay-former = Lấy lại bản viết trên máy này chưa kịp lưu
essay-own = Bài viết, { $round }
privacy-essay = Bài viết trong bài thi: người chấm đọc mà không biết tên và đơn vị của bạn; bài viết không được công bố.

## Words of the script; { $n } stays for it to fill.
essay-js-count = { $n } ký tự
essay-js-short = { $n } ký tự, chưa đủ để được chấm
essay-js-over = Dài quá { $n } ký tự
essay-js-none = chưa viết
essay-js-saving = Đang lưu bài viết…
essay-js-saved = ✓ Đã lưu bài viết
essay-js-unsaved = Bài viết chưa lưu được; bản trên máy này vẫn còn
essay-js-login = Hãy đăng nhập lại ở trang khác rồi quay về đây; bài viết trên máy này vẫn còn

## After handing in
essay-result-none = Bạn chưa viết bài nào trong vòng này.
essay-result-short = Bài viết chưa đủ { $n } ký tự nên không được chấm.
essay-result-later-score = Trên đây là điểm trắc nghiệm. Bài viết đã nhận và được chấm sau khi vòng thi đóng; điểm bài viết có khi công bố kết quả.
essay-result-later = Bài viết đã nhận và được chấm sau khi vòng thi đóng; điểm bài viết có khi công bố kết quả.
essay-result-points = Bài viết được { $a }/{ $b } điểm, đã cộng vào điểm xếp hạng.
essay-result-unmarked = Bài viết không thuộc diện chấm theo thể lệ.

## Rules
rules-term-essay = Phần tự luận
rules-essay-none = Không có phần tự luận.
rules-essay-size = Mỗi bài thi có một bài viết, nhiều nhất { $most } ký tự.
rules-essay-size-from = Mỗi bài thi có một bài viết, từ { $least } đến { $most } ký tự; bài ngắn hơn không được chấm.
rules-essay-once = Mỗi người có một bài viết trong mỗi vòng: thi thêm lượt thì viết tiếp bài ấy, và bản lưu sau cùng được chấm.
rules-essay-points = Bài viết được tối đa { $points } điểm, cộng vào điểm trắc nghiệm.
rules-essay-one-marker = Một người chấm, không biết tên và đơn vị của người viết.
rules-essay-two-markers = Mỗi bài do hai người chấm độc lập, không biết tên và đơn vị của người viết; điểm là trung bình cộng, nửa điểm làm tròn lên.
rules-essay-third = Hai điểm lệch nhau quá { $n } điểm thì người thứ ba chấm và điểm của người ấy được lấy.
rules-essay-gate = Bài viết phải được ít nhất { $n } điểm mới được xét giải.
rules-essay-who = Chỉ chấm bài viết của người có điểm trắc nghiệm đủ để xét giải.
rules-essay-who-predicting = Chỉ chấm bài viết của người có điểm trắc nghiệm đủ để xét giải, hoặc sẽ đủ khi cộng điểm dự đoán cao nhất.
rules-essay-feedback = Điểm báo ngay khi nộp là điểm trắc nghiệm; bài viết được chấm sau và có điểm khi công bố kết quả.

## Marking
essay-do-mark = Chấm bài viết
essay-desk-title = Chấm bài viết, { $round }
essay-desk-prompt = Đề bài
essay-desk-points = Chấm theo điểm nguyên, từ 0 đến { $points }.
essay-desk-one-marker = Mỗi bài một người chấm.
essay-desk-two-markers = Mỗi bài hai người chấm, không ai thấy điểm của người kia; điểm là trung bình cộng.
essay-desk-third = Mỗi bài hai người chấm, không ai thấy điểm của người kia; lệch nhau quá { $n } điểm thì người thứ ba chấm.
essay-desk-closed = Bài viết được chấm từ khi vòng thi đã chốt đến khi kết quả được duyệt.
essay-desk-enough = Bài này đã đủ người chấm.
essay-desk-progress = Đã có điểm: { $done }/{ $all } bài
essay-desk-mine = Chờ bạn chấm: { $waiting } bài. Bạn đã chấm: { $done } bài.
essay-desk-next = Chấm bài tiếp theo
essay-desk-none = Không có bài nào chờ bạn chấm.
essay-desk-one = Bài { $n }
essay-desk-one-of = Bài { $n } trong { $all }
essay-desk-chars = { $n } ký tự
essay-desk-mark = Điểm, từ 0 đến { $n }
essay-desk-points-wrong = Ghi một số nguyên từ 0 đến { $n }.
essay-desk-note = Nhận xét
essay-desk-note-hint = Cho Ban Tổ chức, người viết không thấy. Để trống cũng được.
essay-desk-note-long = Nhận xét dài quá { $n } ký tự.
essay-desk-reason = Lý do sửa điểm
essay-desk-save = Lưu điểm và sang bài tiếp
essay-desk-change = Sửa điểm
blocker-essays-unmarked = Còn { $count } bài viết chưa có điểm.
blocker-essays-changed = Điểm bài viết đã đổi sau khi xếp hạng: cần xếp hạng lại.
console-act-essay-mark = { $actor } chấm một bài viết của { $round }
console-act-essay-remark = { $actor } sửa điểm một bài viết của { $round }
export-column-essay = Điểm bài viết

## Form of the rules
rform-group-essay = Phần tự luận
rform-note-essay = Để trống tất cả nếu vòng thi không có bài viết. Điểm bài viết cộng vào điểm trắc nghiệm.
rform-essay-prompt = Đề bài
rform-essay-prompt-hint = Chỉ hiện trong bài thi. Vòng nào không có phần tự luận thì ghi: không có bài viết.
rform-no-essay = không có bài viết
rform-essay-points = Điểm tối đa của bài viết
rform-essay-min-chars = Số ký tự ít nhất
rform-essay-min-chars-hint = Bài ngắn hơn không được chấm. Để trống nếu không giới hạn.
rform-essay-max-chars = Số ký tự nhiều nhất
rform-essay-min-points = Điểm bài viết ít nhất để được xét giải
rform-essay-min-points-hint = Để trống nếu không đặt điều kiện này.
rform-essay-markers = Số người chấm mỗi bài
rform-essay-markers-hint = 1 hoặc 2.
rform-essay-max-difference = Độ lệch lớn nhất giữa hai người chấm
rform-essay-max-difference-hint = Lệch nhiều hơn thì người thứ ba chấm. Để trống nếu luôn lấy trung bình.
