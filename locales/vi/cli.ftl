# Lời của dòng lệnh.
cli-serve-ready = Đang phục vụ tại { $address } (dừng: Ctrl-C)
cli-serve-stopping = Đang dừng, xin đợi giây lát…
cli-stores-starting = Đang khởi động PostgreSQL và Redis…
cli-shift-form = không đọc được { $value }; hãy viết N=now, N là số của vòng, ví dụ 3=now
cli-load-done = Đã nạp cuộc thi { $contest }.
cli-load-unchanged = Cuộc thi { $contest } không có gì thay đổi.
cli-load-new-sets = Bộ câu hỏi có phiên bản mới: { $sets }.
cli-load-kept-rounds = Vòng đã mở nên giữ nguyên như cũ: { $rounds }.
cli-load-kept-units = Đơn vị không còn trong tệp nhưng đã có người dự thi nên được giữ lại: { $units }.
cli-load-shift = Lịch được dời { $days } ngày.
cli-load-no-round = Cuộc thi không có vòng { $round }.
cli-load-already-open = Không dời được lịch nữa: vòng { $round } đã mở.
cli-convert-done = Đã ghi { $file }: { $questions } câu.
cli-convert-template = Đã ghi tệp mẫu { $file }: mở ra, điền câu hỏi rồi kiểm tra lại bằng hoithi check.
cli-round-none = Không có cuộc thi { $contest } hoặc cuộc thi không có vòng { $round }. Đã nạp: { $known }.
cli-round-done =
    { $step ->
        [open] Đã mở { $round }.
        [pause] Đã tạm dừng { $round }: không ai bắt đầu được lượt mới.
        [resume] Đã tiếp tục { $round }.
        [close] Đã đóng và niêm phong { $round }.
        [rank] Đã xếp hạng { $round }: { $people } người, { $awards } giải.
        [approve] Đã phê duyệt kết quả { $round }.
        [publish] Đã công bố kết quả { $round }.
        [extend] Đã kéo dài { $round } đến { $until }.
       *[reopen] Đã mở lại { $round }.
    }
cli-round-refused = Chưa làm được, vì:
cli-round-ties = Còn { $ties } chỗ bằng nhau ở ranh giới giải; Ban Tổ chức quyết định thứ tự bằng --prefer, kèm --reason.
cli-round-tie = { $prize }: hạng { $rank }, còn { $places } giải cho { $count } lượt bằng nhau: { $attempts }
cli-phase-upcoming = chưa mở
cli-phase-open = đang mở
cli-phase-ended = đã hết giờ, chưa niêm phong
cli-phase-sealed = đã niêm phong
cli-phase-ranked = đã xếp hạng
cli-phase-approved = đã phê duyệt
cli-phase-published = đã công bố
cli-staff-added = Đã tạo tài khoản { $login } ({ $role }).
cli-staff-reset = Đã đặt mật khẩu mới cho { $login }.
cli-staff-disabled = Tài khoản { $login } không đăng nhập được nữa.
cli-staff-password = Mật khẩu (chỉ hiện một lần): { $password }
cli-staff-bad-login = Tên đăng nhập gồm 3 đến 32 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.
cli-staff-bad-name = Họ tên cần có 2 đến 100 ký tự là chữ.
cli-staff-bad-password = Mật khẩu quá ngắn, quá dài hoặc có ký tự không dùng được.
cli-staff-taken = Tên đăng nhập { $login } đã có người dùng.
cli-staff-none = Không có tài khoản { $login }.
cli-staff-active = hoạt động
cli-staff-off = đã khóa
cli-staff-never = chưa đăng nhập
cli-simulate-done = { $people } người dự thi (mới đăng ký: { $registered }), { $attempts } lượt đã nộp, { $running } lượt đang làm.
cli-simulate-people = Đăng ký { $done }/{ $all } người…
cli-simulate-attempts = Ghi { $done }/{ $all } lượt thi…
cli-simulate-not-open = Vòng chưa mở; giờ mở là { $moment }.
cli-simulate-sealed = Vòng đã niêm phong nên không thêm được lượt thi.
cli-simulate-nothing-runs = Vòng không mở nên không thể có lượt đang làm bài.
cli-simulate-too-many-running = Số lượt đang làm bài nhiều hơn số người.
cli-simulate-too-many = Nhiều nhất { $limit } người.
cli-simulate-too-short = Vòng mở chưa đủ lâu để có lượt thi nào.
cli-simulate-no-turn = Chưa có nhóm nào của các đơn vị đến lượt thi đủ lâu để có lượt thi.
cli-simulate-no-units = Cuộc thi chưa có đơn vị nào.
cli-simulate-real-people = Cuộc thi đã có { $people } người dự thi thật nên không được thêm người giả lập.
cli-simulate-bad-password = Mật khẩu trong tệp { $file } phải có từ 8 đến 128 ký tự.

# Bộ trình diễn của bin/run.
cli-demo-loading = Nạp cuộc thi { $contest }…
cli-demo-crowd = { $contest }, { $round }: tạo { $entrants } người dự thi giả lập…
cli-demo-results = { $contest }, { $round }: đóng, xếp hạng, phê duyệt, công bố…
cli-demo-done = Dữ liệu trình diễn đã sẵn sàng.
cli-demo-site = Trang người dự thi: { $address }
cli-demo-console = Trang quản trị: { $address }
cli-demo-accounts = Tài khoản quản trị (ghi trong { $file }):
cli-demo-tie = Ban Tổ chức thống nhất thứ tự giữa các lượt bằng nhau (dữ liệu trình diễn).

# Điều còn vướng khi đóng, xếp hạng, phê duyệt, công bố một vòng.
blocker-not-opened = Vòng chưa mở; giờ mở là { $moment }.
blocker-reason-needed = Việc này cần ghi rõ lý do. Theo lịch, vòng đóng lúc { $moment }.
blocker-running = Còn { $count } lượt đang làm bài.
blocker-running-until = Còn { $count } lượt đang làm bài; hệ thống thu bài cuối cùng lúc { $moment }. Muốn thu ngay thì ghi rõ lý do.
blocker-wrong-phase = Bước này không làm được khi vòng ở tình trạng: { $phase }.
blocker-same-person = { $name } đã xếp hạng vòng này nên không phê duyệt được; cần một người khác.
blocker-ties = Còn { $count } chỗ bằng nhau ở ranh giới giải, chờ Ban Tổ chức quyết định.
blocker-bad-moment = Không đặt được giờ { $moment }: giờ mới phải sau lúc này, sau giờ đóng cũ và không lấn sang vòng sau.
