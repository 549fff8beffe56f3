# Pages for citizens. First the words that several pages share.
in-page = Trong trang
error-word = Lỗi:
error-mark = Lỗi: { $n }
errors-summary = { $n ->
   *[other] Có { $s } chỗ cần sửa
}
errors-kept = Những gì đã nhập vẫn còn nguyên, riêng mật khẩu cần nhập lại.
hello = Xin chào, { $name }.
word-week = tuần
word-round = vòng
countdown-forms = Còn {"{d}"} ngày {"{h}"} giờ|Còn {"{h}"} giờ {"{m}"} phút|Còn {"{m}"} phút
attempts = { $n ->
   *[other] { $s } lượt
}
people = { $n ->
   *[other] { $s } người
}
awards = { $n ->
   *[other] { $s } giải
}
points = { $n ->
   *[other] { $s } điểm
}
tag-soon = ○ sắp mở
tag-open = ● đang mở
tag-closed = ■ đã đóng
tag-published = ✓ đã công bố
link-mine = Bài thi của tôi
link-log-in = Đã đăng ký? Đăng nhập
log-out = Đăng xuất
headline = { $round }: { $counted }
published-at = Công bố lúc { $at }.
home-contest-page = Trang cuộc thi

# The head of a contest: its state and the one button.
state-open-tag = ● { $title } đang mở
state-open = đến { $at }
state-soon-tag = ○ Sắp mở
state-soon = { $title } mở lúc { $at }
state-closed-tag = ■ Đã đóng
state-waiting = { $title } đã đóng lúc { $at }. Kết quả đang được kiểm tra, phê duyệt.
state-published-tag = ✓ Đã công bố
state-published = Kết quả { $round } công bố lúc { $at }
state-empty = Lịch thi chưa được công bố.
state-ended = { $title } đã đóng lúc { $at }.
state-exhausted = Đã dùng hết { $attempts } của { $word } này.
state-wait = Lượt tiếp theo bắt đầu được từ { $at }.
state-registered = Bạn đã đăng ký; chưa đến giờ mở.
button-enter = Vào thi
button-resume = { $n ->
   *[other] Làm tiếp (còn { $s } phút)
}
button-register-before = Đăng ký trước
button-rules = Xem thể lệ
button-results = Xem kết quả
button-results-later = Xem tình hình kết quả
button-mine = Xem bài thi của tôi
fact-questions = { $n ->
   *[other] câu hỏi
}
fact-minutes = { $n ->
   *[other] phút
}
fact-attempts-word = { $n ->
   *[other] lượt
}
fact-attempts = { $attempts } mỗi { $word }
fact-entries = { $n ->
   *[other] lượt dự thi
}
fact-awards = { $n ->
   *[other] giải cá nhân
}
fact-rounds = { $n ->
   *[other] vòng đã công bố
}

# Front page.
home-title = Các cuộc thi
home-nothing-open = Chưa có cuộc thi nào đang mở.
home-group-0 = Đang mở
home-group-1 = Sắp mở
home-group-2 = Đã kết thúc
home-group-3 = Đang chuẩn bị
home-look-up = Tra cứu

# A contest's page.
contest-rules = Thể lệ
contest-calendar-short = Lịch
contest-prizes-short = Giải
contest-units-short = Đơn vị
contest-results-short = Kết quả
contest-help = Hỗ trợ
contest-news = Kết quả mới nhất
contest-no-results = Chưa có kết quả. Kết quả sẽ có ở trang này sau khi Ban Tổ chức phê duyệt.
contest-see-results = Xem kết quả { $round }
contest-results-of = Kết quả { $round }
contest-calendar = Lịch thi
contest-prizes = Giải thưởng
contest-prizes-round = Giải cá nhân mỗi { $word }
contest-prizes-people = Giải cá nhân
contest-prizes-contest = Giải cá nhân cả cuộc thi
contest-prize = Giải
contest-places = Số giải
contest-value = Mỗi giải
contest-units = Đơn vị dự thi
contest-units-count = { $n ->
   *[other] { $s } đơn vị cấp trên cùng. Mỗi người dự thi chọn đơn vị của mình khi đăng ký.
}
contest-units-all = { $n ->
   *[other] Tất cả { $s } đơn vị
}

# Rules as sentences.
rules-title = Thể lệ cuộc thi
rules-summary = Tóm tắt
rules-own = Thể lệ của Ban Tổ chức
rules-term-who = Ai dự thi
rules-term-when = Khi nào
rules-term-paper = Bài thi
rules-term-draw = Câu hỏi
rules-term-attempts = Số lượt
rules-term-feedback = Biết kết quả
rules-term-prediction = Câu dự đoán
rules-term-ranking = Xếp hạng
rules-term-tie = Nếu vẫn bằng nhau
rules-term-prizes = Giải cá nhân
rules-term-collective = Giải tập thể
rules-min-age = Người đủ { $age } tuổi vào ngày { $day }.
rules-any-age = Mọi lứa tuổi.
rules-guardian = Người dưới { $age } tuổi cần cha, mẹ hoặc người giám hộ đồng ý.
rules-fields = Khi đăng ký cần khai: { $fields }.
rules-fields-optional = Không bắt buộc: { $fields }.
rules-once = Mỗi số điện thoại đăng ký một lần.
rules-window = { $opens } đến { $closes }
rules-questions = { $n ->
   *[other] { $s } câu
}
rules-paper = { $questions } trong { $limit }.
rules-paper-unlimited = { $questions }, làm đến khi vòng đóng.
rules-points = Mỗi câu đúng được { $points } điểm, tối đa { $max } điểm. Câu bỏ trống hoặc chưa đúng không có điểm.
rules-shuffle-both = Thứ tự câu và phương án của mỗi người khác nhau.
rules-shuffle-questions = Thứ tự câu của mỗi người khác nhau.
rules-shuffle-options = Thứ tự phương án của mỗi người khác nhau.
rules-shuffle-none = Thứ tự câu và phương án của mọi người giống nhau.
rules-draw-all = Rút ngẫu nhiên từ: { $parts }.
rules-draw = { $title } ({ $questions })
rules-draw-levels = { $title } ({ $questions }: { $levels })
rules-draw-any = { $n ->
   *[other] { $s } bất kỳ
}
rules-draw-easy = { $n ->
   *[other] { $s } dễ
}
rules-draw-medium = { $n ->
   *[other] { $s } vừa
}
rules-draw-hard = { $n ->
   *[other] { $s } khó
}
rules-attempts = { $n ->
   *[other] { $s } lượt
}
rules-per-round = Mỗi người có { $attempts } mỗi { $word }.
rules-per-round-unlimited = Không giới hạn số lượt mỗi { $word }.
rules-counts-best = Lượt có điểm cao nhất được tính; bằng điểm thì tính lượt nộp trước.
rules-counts-first = Lượt đầu tiên được tính.
rules-counts-last = Lượt cuối cùng được tính.
rules-counts-sum = Điểm được tính của các { $word } cộng lại để xếp hạng cả cuộc thi.
rules-wait = Nộp xong một lượt, đợi { $wait } mới bắt đầu được lượt tiếp theo.
rules-late = Lượt đã bắt đầu được làm hết giờ của mình, kể cả khi { $word } đã đóng.
rules-not-late = Khi { $word } đóng, lượt đang làm được nộp ngay với những câu đã lưu.
rules-feedback-none = Nộp bài xong chưa hiện điểm; điểm có khi kết quả được công bố.
rules-feedback-score = Nộp bài xong biết ngay số câu đúng và điểm, không biết câu nào đúng.
rules-asks-attempts = số lượt dự thi của { $word }
rules-asks-people = số người dự thi của { $word }
rules-asks-people-right = số người có lượt đúng tất cả các câu trong { $word }
rules-asks-attempts-right = số lượt đúng tất cả các câu trong { $word }
rules-prediction = Người dự thi dự đoán { $quantity }. “Lượt” là số bài đã nộp, “người” là số người khác nhau.
rules-no-prediction = Không có câu dự đoán.
rules-prediction-counted = Dự đoán của lượt được tính là dự đoán được xét trong { $word }.
rules-prediction-first = Dự đoán đầu tiên trong { $word } được xét.
rules-prediction-last = Dự đoán cuối cùng trong { $word } được xét.
rules-prediction-locked = Chỉ dự đoán một lần trong { $word }; sau đó không đổi được.
rules-prediction-taken = Số thực tế được chốt khi { $word } đã đóng và mọi bài đã nộp.
rules-gate = Đủ { $points } điểm mới được xét giải.
rules-order = Thứ tự xét lần lượt: { $keys }.
rules-key-score-desc = điểm cao hơn
rules-key-score-asc = điểm thấp hơn
rules-key-prediction_error-asc = dự đoán gần đúng hơn
rules-key-prediction_error-desc = dự đoán lệch nhiều hơn
rules-key-duration-asc = làm bài nhanh hơn
rules-key-duration-desc = làm bài lâu hơn
rules-key-submitted_at-asc = nộp bài sớm hơn
rules-key-submitted_at-desc = nộp bài muộn hơn
rules-key-attempts-asc = ít lượt thi hơn
rules-key-attempts-desc = nhiều lượt thi hơn
rules-key-registered_at-asc = đăng ký sớm hơn
rules-key-registered_at-desc = đăng ký muộn hơn
rules-cap-round = Mỗi người nhận nhiều nhất { $most } trong một { $word }.
rules-cap-contest = Mỗi người nhận nhiều nhất { $most } trong cả cuộc thi.
rules-cap-both = Mỗi người nhận nhiều nhất { $round } trong một { $word } và { $contest } trong cả cuộc thi.
rules-tie-board = Ban Tổ chức quyết định và ghi lý do.
rules-tie-draw = Bốc thăm bằng máy; mã bốc thăm được lưu để ai cũng kiểm tra lại được.
rules-scope-round = mỗi { $word }
rules-scope-contest = cả cuộc thi
rules-places = { $n ->
   *[other] { $s } giải
}
rules-prize = { $scope } { $prize }.
rules-prize-one = { $places }, trị giá { $value }
rules-prize-each = { $places }, mỗi giải { $value }
rules-units = { $n ->
   *[other] { $s } đơn vị
}
rules-by-people = có nhiều người dự thi nhất
rules-by-attempts = có nhiều lượt thi nhất
rules-by-rate = có tỷ lệ người dự thi cao nhất so với số người của đơn vị
rules-by-average = có điểm trung bình cao nhất
rules-by-total = có tổng điểm cao nhất
rules-by-right = có nhiều người đúng tất cả các câu nhất
rules-by-winners = có nhiều giải cá nhân nhất
rules-unit-prize = { $units } { $measure }, tính { $scope }.
rules-unit-level = Xét đơn vị ở cấp { $level } của danh sách đơn vị.
rules-unit-bloc = Chỉ xét đơn vị thuộc khối { $bloc }.
rules-unit-rate = Chỉ xét đơn vị có tỷ lệ từ { $rate } trở lên.
rules-unit-value = Mỗi đơn vị nhận { $value }.

# Fields of registration as words in a list, and what is wrong with them.
field-full_name = họ và tên
field-birth_date = ngày sinh
field-phone = số điện thoại
field-unit = đơn vị
field-national_id = số định danh cá nhân
field-sex = giới tính
field-email = thư điện tử
field-address = địa chỉ
field-class = lớp
field-guardian_name = họ tên cha, mẹ hoặc người giám hộ
field-referral = mã người mời
wrong-missing = Điền mục này.
wrong-too-short = Nhập ít nhất { $a } ký tự.
wrong-too-long = Nhập nhiều nhất { $a } ký tự.
wrong-bad-characters = Bỏ những ký tự lạ trong mục này.
wrong-bad-format = Xem lại cách viết mục này.
wrong-digit-count = Cần đủ { $b } số; đã nhập { $a } số.
wrong-phone-prefix = Nhập số di động Việt Nam, bắt đầu bằng 03, 05, 07, 08 hoặc 09.
wrong-no-such-day = Tháng { $b } năm { $c } không có ngày { $a }.
wrong-no-such-month = Tháng cần từ 1 đến 12; đã nhập { $b }.
wrong-in-future = Ngày sinh này chưa đến; xem lại năm.
wrong-too-old = Xem lại năm sinh; hệ thống nhận từ năm { $a }.
wrong-too-young = Cuộc thi dành cho người đủ { $a } tuổi vào ngày { $b }.
wrong-id-contradicts = Số định danh này không khớp với { $a } đã nhập; xem lại cả hai.
wrong-id-province = Ba số đầu không phải mã tỉnh; xem lại số trên thẻ.
wrong-not-in-list = Chọn một mục trong danh sách.
wrong-already-used = Thông tin này đã có người khác dùng để đăng ký.
wrong-not-given = Đánh dấu đồng ý.
wrong-not-asked = Cuộc thi này không hỏi mục này; để trống.
wrong-full_name-missing = Nhập họ và tên đầy đủ, có dấu.
wrong-full_name-too-short = Nhập họ và tên đầy đủ, có dấu.
wrong-full_name-bad-characters = Họ và tên chỉ gồm chữ cái; bỏ số và ký hiệu.
wrong-birth_date-missing = Nhập ngày, tháng, năm sinh.
wrong-birth_date-bad-format = Nhập đủ ngày, tháng, năm bằng số, ví dụ 15 / 6 / 1984.
wrong-phone-missing = Nhập số điện thoại.
wrong-phone-digit-count = Số điện thoại cần đủ { $b } số; đã nhập { $a } số.
wrong-phone-bad-characters = Số điện thoại chỉ gồm chữ số.
wrong-unit-missing = Chọn đơn vị trong danh sách.
wrong-unit-not-in-list = Chọn đơn vị trong danh sách.
wrong-national_id-digit-count = Số định danh cần đủ { $b } số; đã nhập { $a } số.
wrong-national_id-bad-characters = Số định danh chỉ gồm chữ số.
wrong-national_id-already-used = Số định danh này đã đăng ký. Nếu nhầm, gọi hỗ trợ.
wrong-email-bad-format = Viết thư điện tử theo dạng ten@vidu.vn.
wrong-guardian_name-missing = Người dưới 16 tuổi cần cha, mẹ hoặc người giám hộ ghi họ tên và đánh dấu đồng ý.
wrong-guardian_name-too-short = Nhập họ và tên đầy đủ của cha, mẹ hoặc người giám hộ.
wrong-guardian_name-bad-characters = Họ và tên chỉ gồm chữ cái; bỏ số và ký hiệu.
wrong-password-missing = Nhập mật khẩu, ít nhất 8 ký tự.
wrong-password-too-short = Mật khẩu cần ít nhất { $a } ký tự.
wrong-consent-not-given = Đánh dấu đồng ý để đăng ký dự thi.
wrong-sex-missing = Chọn nam hoặc nữ.

# Registration.
register-title = Đăng ký dự thi
register-lead = Khoảng 1 phút. Đã đăng ký?
register-over = Cuộc thi đã kết thúc lúc { $at } nên không nhận đăng ký nữa.
register-logged-in = Trên máy này { $n } đang đăng nhập.
register-other-person = Đăng xuất để đăng ký cho người khác
register-known = Số này đã đăng ký. Đăng nhập, hoặc gọi hỗ trợ nếu dùng chung điện thoại với người nhà.
register-full_name = Họ và tên
register-full_name-hint = Viết đầy đủ, có dấu, như trên giấy tờ.
register-birth_date = Ngày sinh
register-birth_date-hint = Ví dụ: 15 / 6 / 1984
register-day = Ngày
register-month = Tháng
register-year = Năm
register-phone = Số điện thoại
register-phone-hint = Để đăng nhập và để Ban Tổ chức gọi khi bạn đạt giải.
register-unit = Đơn vị dự thi
register-unit-hint = Gõ tên xã, phường, trường hoặc cơ quan, ít nhất 2 chữ. Không cần dấu.
register-unit-search = Tìm đơn vị
register-unit-find = Tìm
register-unit-list = Không thấy? Chọn theo danh sách
register-national_id = Số định danh cá nhân
register-national_id-hint = 12 số trên thẻ căn cước.
register-sex = Giới tính
register-female = Nữ
register-male = Nam
register-email = Thư điện tử
register-address = Địa chỉ
register-class = Lớp
register-class-hint = Dành cho học sinh, sinh viên.
register-referral = Mã người mời
register-referral-hint = Nếu có người hoặc đơn vị mời bạn.
register-optional = { $field } (không bắt buộc)
register-password = Mật khẩu
register-password-hint = Ít nhất 8 ký tự.
register-guardian_name = Họ và tên cha, mẹ hoặc người giám hộ
register-button = Đăng ký và vào thi
password-show = Hiện
password-hide = Ẩn
consent-use = Tôi đồng ý cho { $organiser } dùng { $fields } của tôi để tổ chức thi, xếp hạng và trao giải.
consent-until = Dữ liệu được xóa chậm nhất ngày { $day }.
consent-rights = Tôi có quyền xem, sửa, rút lại đồng ý.
consent-read = Đọc toàn văn
consent-version = (bản { $n })
consent-publish = Nếu đạt giải, tôi đồng ý công bố họ tên, đơn vị và giải của tôi (không bắt buộc).
consent-guardian = Tôi là cha, mẹ hoặc người giám hộ của người đăng ký; tôi đã đọc và đồng ý.
guardian-legend = Người dưới { $n } tuổi
guardian-hint = Chỉ điền nếu người dự thi dưới { $n } tuổi.

# Units.
units-title = Đơn vị dự thi
units-count = { $n ->
   *[other] Có { $s } đơn vị. Bấm vào một đơn vị để xem số liệu và địa chỉ mời đăng ký.
}
units-found = { $n ->
   *[other] Có { $s } đơn vị
}
units-none = Không tìm thấy đơn vị nào. Gõ ít chữ hơn, hoặc chọn theo danh sách.
units-many = Có hơn 10 đơn vị; gõ thêm chữ để tìm đúng hơn.
units-above = thuộc { $above }
units-whole = cả đơn vị
units-no-data = Chưa có lượt nào từ các đơn vị.
units-caption-title = Các đơn vị có nhiều lượt nhất
units-caption = Lượt và người dự thi { $round }, đếm lúc { $at }
units-caption-contest = Lượt và người dự thi cả cuộc thi, đếm lúc { $at }
units-rest = Các đơn vị còn lại
unit-word = Đơn vị
unit-attempts = Lượt
unit-people = Người
unit-rate = Tỷ lệ
unit-above = Thuộc
unit-no-data = Chưa có số liệu của đơn vị này. Số liệu có sau khi kết quả được công bố.
unit-as-of = Số liệu các vòng đã công bố, gồm cả các đơn vị bên dưới.
unit-figure-attempts = { $n ->
   *[other] lượt dự thi
}
unit-figure-winners = { $n ->
   *[other] giải cá nhân
}
unit-rounds = Theo vòng
unit-people-note = “Người” đếm riêng từng vòng; một người có thể dự nhiều vòng.
unit-below = Các đơn vị bên dưới
unit-invite = Mời cùng đơn vị dự thi
unit-invite-text = Ai mở địa chỉ này sẽ được điền sẵn đơn vị:

# Logging in.
log-in-title = Đăng nhập
log-in-failed = Chưa đăng nhập được
log-in-wrong = Số điện thoại hoặc mật khẩu chưa đúng.
log-in-already = Trên máy này { $n } đang đăng nhập. Đăng nhập người khác sẽ thay người này.
log-in-no-account = Chưa đăng ký?
log-in-register = Đăng ký, khoảng 1 phút
log-in-forgotten = Quên mật khẩu
password-title = Đặt mật khẩu mới
password-failed = Chưa đặt được mật khẩu mới
password-how = Cần mã dùng một lần của bàn hỗ trợ. Cán bộ hỏi họ tên, ngày sinh, đơn vị rồi đọc mã; mã dùng được trong 24 giờ. Không ai hỏi mật khẩu cũ.
password-wrong = Số điện thoại hoặc mã chưa đúng, hoặc mã đã hết hạn. Sau 5 lần nhập, hỏi bàn hỗ trợ mã mới.
password-code = Mã dùng một lần
password-code-hint = 8 chữ số.
password-new = Mật khẩu mới
password-button = Đặt mật khẩu mới

# My attempts.
mine-running = Lượt { $n } { $round } đang làm.
mine-running-until = Kết thúc lúc { $at }.
mine-caption = Các lượt thi đã nộp
mine-as-of = { $attempts }, lúc { $at }
mine-attempt = Lượt
mine-when = Lúc nộp
mine-result = Kết quả
mine-line = { $round }, lượt { $n }
mine-counts = được tính
mine-timed-out = hệ thống nộp giúp
mine-received = đã nhận
mine-being-submitted = đang nộp
mine-none-open = Chưa có lượt thi nào. { $title } đang mở.
mine-none = Chưa có lượt thi nào.
mine-data = Thông tin đã đăng ký
mine-phone = Điện thoại
mine-unit = Đơn vị
mine-publish = Nêu tên
mine-publish-yes = Đồng ý nêu đủ họ tên khi đạt giải
mine-publish-no = Chỉ hiện chữ cái đầu khi đạt giải
mine-nobody = Chưa có ai đăng nhập trên máy này. Đăng nhập để xem các lượt thi của bạn.
mine-choose = Chọn cuộc thi để đăng nhập

# Results.
results-of = Kết quả { $round }
results-all = Kết quả cuộc thi
results-lead = Công bố lúc { $at }. { $organiser } phê duyệt.
results-upcoming = { $title } mở lúc { $at }. Kết quả có sau khi { $round } đóng và Ban Tổ chức phê duyệt.
results-open = { $title } đang mở đến { $at }. Kết quả có sau khi { $round } đóng và Ban Tổ chức phê duyệt.
results-wait = { $title } đã đóng lúc { $at }. Kết quả { $round } đang được kiểm tra, phê duyệt; khi công bố sẽ hiện ở trang này.
results-checking = Kết quả { $round } đang được kiểm tra, phê duyệt.
results-approved = Kết quả do Ban Tổ chức kiểm tra, phê duyệt.
results-actual = Câu dự đoán: { $quantity } là { $value }.
results-winners = Người đạt giải
results-no-winners = Không có ai đủ điều kiện đạt giải.
results-fraud = Không ai được thu tiền hay hỏi mật khẩu để trao giải. Người đạt giải giữ mã xác nhận bài thi để đối chiếu.
results-charts = Số liệu
results-by-unit = Theo đơn vị
results-more = Xem thêm
results-rounds = Các vòng thi
results-round = Vòng
results-awards = Giải
results-contest-prizes = Giải của cả cuộc thi
figure-attempts = { $n ->
   *[other] lượt dự thi trong { $word }
}
figure-people = { $n ->
   *[other] người dự thi trong { $word }
}
figure-right = lượt đúng cả { $questions }
figure-awards = { $n ->
   *[other] giải cá nhân
}
figure-attempts-contest = { $n ->
   *[other] lượt dự thi các vòng đã công bố
}
figure-people-contest = { $n ->
   *[other] người dự thi cả cuộc thi
}
figure-rounds = { $n ->
   *[other] vòng đã công bố
}
winner-short = { $points }, dự đoán lệch { $error }
winner-why-title = Vì sao đạt giải?
winner-why = Hạng { $rank }: { $keys }.
winner-prediction = dự đoán { $given }, lệch { $error }
winner-error = dự đoán lệch tổng cộng { $error }
winner-no-prediction = không dự đoán
winner-duration = làm bài { $time }
winner-submitted = nộp lúc { $at }
winner-registered = đăng ký lúc { $at }
winner-draw = Bằng nhau ở mọi tiêu chí nên bốc thăm.
winner-board = Bằng nhau ở mọi tiêu chí nên Ban Tổ chức quyết định.
chart-table = Bảng số liệu
chart-attempts = Lượt
chart-day = Ngày
chart-days = Đông nhất ngày { $day }: { $attempts }
chart-days-measure = Số lượt dự thi theo ngày nộp, { $round }, đếm lúc { $at }
chart-days-title = Số lượt theo ngày
chart-right = { $share } số lượt đúng cả { $total } câu
chart-right-measure = Số lượt theo số câu đúng, { $round }, đếm lúc { $at }
chart-right-title = Số lượt theo số câu đúng
chart-right-head = Số câu đúng

# Verifying a receipt.
verify-title = Xác minh mã bài thi
verify-yes = Có bài thi khớp với mã này:
verify-match = { $round }, nộp lúc { $at }.
verify-hidden = Trang này không hiện tên, điểm, câu trả lời.
verify-no = Không tìm thấy mã này. Mã có 10 ký tự; xem lại từng ký tự.
verify-code = Mã xác nhận bài thi
verify-hint = 10 ký tự, ví dụ K7QF 2M9X 4T. Viết liền, viết thường đều được.
verify-button = Kiểm tra mã
verify-meaning-title = Khớp nghĩa là gì
verify-meaning = Hệ thống đã nhận bài thi có mã này vào đúng giờ ghi ở trên. Mã không cho biết ai nộp và được bao nhiêu điểm.

# Help.
help-whom = Cần giúp, hãy hỏi Ban Tổ chức hoặc cán bộ phụ trách cuộc thi ở đơn vị của bạn. Dưới đây là mười câu hay được hỏi.
help-mat-khau = Quên mật khẩu thì làm thế nào?
help-mat-khau-answer = Gọi hoặc đến bàn hỗ trợ của cuộc thi. Cán bộ hỏi họ tên, ngày sinh, đơn vị rồi đưa mã dùng một lần. Ở trang Đăng nhập, bấm “Quên mật khẩu” và nhập mã để đặt mật khẩu mới. Không ai hỏi mật khẩu cũ.
help-dung-chung = Số điện thoại báo đã đăng ký, hoặc cả nhà dùng chung một số
help-dung-chung-answer = Mỗi người dự thi cần một số riêng để đăng nhập. Nếu chính bạn đã đăng ký, hãy đăng nhập. Nếu người nhà đã dùng số này, dùng số khác của bạn hoặc hỏi bàn hỗ trợ. Dùng chung một máy thì được: người trước đăng xuất, người sau đăng nhập.
help-mat-mang = Đang thi thì mất mạng, hết pin hoặc lỡ đóng trang
help-mat-mang-answer = Cứ làm tiếp nếu trang còn mở: câu trả lời giữ trên máy sẽ tự gửi khi có mạng. Nếu đã đóng trang, đăng nhập lại trên máy này hoặc máy khác rồi bấm “Làm tiếp”; đề và giờ kết thúc vẫn như cũ. Đồng hồ chạy liên tục. Hết giờ, hệ thống nộp những câu đã lưu.
help-don-vi = Chọn nhầm đơn vị hoặc không thấy đơn vị của mình
help-don-vi-answer = Gõ một phần tên, không cần dấu; tên huyện cũ cũng tìm được nếu có trong danh sách. Vẫn không thấy thì mở danh sách và chọn đơn vị cấp trên. Đã đăng ký nhầm thì báo bàn hỗ trợ trước khi vòng thi đóng.
help-ho-ten = Viết sai họ tên hoặc ngày sinh
help-ho-ten-answer = Bạn vẫn thi được. Báo bàn hỗ trợ để sửa trước khi công bố kết quả, vì giấy tờ được đối chiếu khi trao giải.
help-doc-to = Chữ nhỏ quá, hoặc muốn máy đọc câu hỏi
help-doc-to-answer = Bấm “Cỡ chữ, màu” ở đầu trang để chọn chữ lớn hơn hoặc màu dễ nhìn. Nút “Đọc to” trong bài thi chỉ có khi máy có giọng đọc tiếng Việt; có thể cài thêm giọng này trong phần cài đặt của điện thoại.
help-goi-trao-giai = Có người gọi báo đạt giải
help-goi-trao-giai-answer = Xem trang Kết quả trước: ai đạt giải đều có ở đó. Ban Tổ chức không thu tiền, không hỏi mật khẩu hay mã ngân hàng để trao giải. Nếu bị hỏi, hãy dừng cuộc gọi và báo Ban Tổ chức.
help-duoi-16 = Người dưới 16 tuổi dự thi thế nào?
help-duoi-16-answer = Cha, mẹ hoặc người giám hộ ghi họ tên và đánh dấu đồng ý ngay trong trang đăng ký. Thể lệ của từng cuộc thi ghi rõ tuổi nhỏ nhất được dự thi.
help-ket-qua = Điểm hoặc thứ hạng khác với điều tôi nghĩ
help-ket-qua-answer = Xem ở Bài thi của tôi lượt nào được tính. Cạnh mỗi giải có mục “Vì sao đạt giải?” với từng tiêu chí. Giữ mã xác nhận bài thi; kiến nghị gửi Ban Tổ chức kèm mã này theo thời hạn trong thể lệ.
help-xoa-du-lieu = Muốn xem, sửa hoặc xóa dữ liệu của mình
help-xoa-du-lieu-answer = Trang Bài thi của tôi cho xem thông tin đã đăng ký. Muốn sửa, xóa hoặc rút lại đồng ý, hãy báo Ban Tổ chức; nơi liên hệ và thời hạn lưu ghi ở trang Dữ liệu cá nhân.

# Personal data.
privacy-version = Bản { $n }
privacy-why-title = Để làm gì
privacy-why-1 = Nhận ra người dự thi, để không ai thi thay người khác.
privacy-why-2 = Xếp hạng, tính số liệu theo đơn vị và trao giải.
privacy-why-3 = Liên hệ khi đạt giải hoặc khi bạn cần hỗ trợ.
privacy-who-title = Ai được xem
privacy-who = Chỉ cán bộ được Ban Tổ chức giao việc. Số điện thoại và số định danh được mã hóa khi lưu; mỗi lần xuất danh sách đều được ghi lại. Dữ liệu không dùng vào việc khác, không bán, không gửi cho công ty quảng cáo.
privacy-public-title = Công khai những gì
privacy-public = Tên người đạt giải chỉ hiện đầy đủ khi chính người đó đồng ý. Nếu không, trang kết quả chỉ ghi chữ cái đầu và đơn vị. Số điện thoại, ngày sinh, số định danh không bao giờ công khai.
privacy-young-title = Người dưới 16 tuổi
privacy-young = Cần cha, mẹ hoặc người giám hộ đồng ý khi đăng ký. Họ tên người giám hộ chỉ dùng để chứng minh sự đồng ý đó.
privacy-device-title = Trên máy của bạn
privacy-device = Trang này chỉ giữ cookie cần thiết: đăng nhập, an toàn của biểu mẫu, cỡ chữ và ngôn ngữ, mã đường giới thiệu cho đến khi bạn đăng ký. Không có cookie theo dõi, không tải gì từ trang khác.
privacy-rights-title = Quyền của bạn
privacy-rights = Bạn có quyền xem, sửa, xóa dữ liệu của mình và rút lại đồng ý bất cứ lúc nào. Đăng nhập, mở trang Bài thi của tôi rồi chọn Dữ liệu của tôi: ở đó có đủ những gì đang lưu, nút tải về, nút sửa và nút xóa. Ngày sinh, số điện thoại và đơn vị thì nhờ Ban Tổ chức sửa. Đã xóa thì không được xét giải nữa; các lượt thi chỉ còn là số đếm, không còn tên.
privacy-contests = Theo từng cuộc thi
privacy-organiser = Bên quản lý dữ liệu
privacy-what = Thu thập gì
privacy-fields = Bắt buộc: { $must }.{ $may }
privacy-fields-both = Bắt buộc: { $must }. Không bắt buộc: { $may }.
privacy-until-title = Đến khi nào
privacy-until = Xóa chậm nhất ngày { $day }. Sau đó chỉ còn số liệu tổng hợp.
privacy-until-unsaid = Ban Tổ chức chưa ghi ngày xóa; hãy hỏi Ban Tổ chức.
privacy-contact = Liên hệ
