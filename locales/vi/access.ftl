### Các nhóm thi theo lịch, và độ tuổi khi bắt đầu.

access-open-tag = ● Đang đến lượt nhóm của bạn
access-soon-tag = ○ Sắp đến lượt nhóm của bạn
access-now = đến { $at }
access-later = từ { $from }
access-calendar-groups = Các nhóm thi theo lịch riêng, xem trong thể lệ.
access-calendar-own = Nhóm của bạn: { $times }
access-calendar-time = { $from } – { $to }
access-calendar-none = Nhóm của bạn không có lượt trong vòng này.
access-start-closes = Hết lượt của nhóm bạn
access-start-short = Lượt của nhóm bạn hết lúc { $a } nên lượt thi này chỉ còn { $b }. Quay lại bây giờ thì chưa mất lượt nào.
access-refused-later = { $title }: nhóm của bạn thi từ { $from } đến { $to }. Hẹn gặp bạn vào lúc ấy.
access-refused-over = { $title }: lượt thi của nhóm bạn đã hết lúc { $at }. Nếu có lý do chính đáng, xin báo đơn vị hoặc Ban Tổ chức.
access-refused-never = { $title } được chia cho từng nhóm theo lịch, và chưa có nhóm nào nhận bạn. Xem lịch trong thể lệ; nếu thấy nhầm, xin báo đơn vị hoặc Ban Tổ chức.
access-refused-too-young = Cuộc thi dành cho người từ đủ { $age } tuổi vào ngày { $day }. Nếu ngày sinh của bạn ghi nhầm, xin báo đơn vị hoặc Ban Tổ chức để sửa.
access-refused-past-age = Cuộc thi dành cho người không quá { $age } tuổi vào ngày { $day }. Nếu ngày sinh của bạn ghi nhầm, xin báo đơn vị hoặc Ban Tổ chức để sửa.

api-turn-not-come-title = Chưa đến lượt của nhóm
api-turn-not-come-text = Các nhóm thi theo lịch; nhóm của người này thi từ { $n }.
api-turn-over-title = Đã hết lượt của nhóm
api-turn-over-text = Lượt thi của nhóm đã hết lúc { $n }.
api-no-turn-title = Không nhóm nào nhận người này
api-no-turn-text = Vòng này chia cho từng nhóm theo lịch, và không nhóm nào nhận người này.
api-too-young-title = Chưa đủ tuổi dự thi
api-too-young-text = Cuộc thi dành cho người từ đủ { $n } tuổi vào ngày vòng đầu tiên mở.
api-past-age-title = Quá tuổi dự thi
api-past-age-text = Cuộc thi dành cho người không quá { $n } tuổi vào ngày vòng đầu tiên mở.

rules-access = Các nhóm thi theo lịch sau; ngoài lịch của nhóm mình thì chưa vào thi được.
rules-access-line = từ { $from } đến { $to }, { $who }
rules-access-everybody = dành cho mọi người
rules-access-bloc = người thuộc khối { $bloc }
rules-access-late = Ai bắt đầu trước khi lượt của nhóm hết thì được làm hết giờ của bài.
rules-access-cut = Bài đang làm dừng khi lượt của nhóm hết.

fault-access-reversed = Lượt của nhóm kết thúc trước hoặc đúng lúc bắt đầu.
    .fix = Đổi lại from và to.
fault-access-outside = Lượt của nhóm không nằm trọn trong một vòng thi nào.
    .fix = Đặt from và to trong khoảng opens đến closes của một vòng; nhóm thi ở hai vòng thì ghi hai bảng [[access]].
fault-access-twice = Nhóm “{ $group }” và nhóm ở dòng { $line } cùng nhận người của “{ $unit }” trong một vòng: họ được thi trong cả hai khoảng thời gian.
    .fix = Nếu không định thế thì bỏ “{ $unit }” ở một trong hai nhóm.
fault-access-nobody = Vòng { $round } chia cho từng nhóm, nhưng không nhóm nào nhận người của { $count } đơn vị: { $units }. Họ không vào thi được.
    .fix = Thêm các đơn vị ấy vào một nhóm, hoặc thêm một bảng [[access]] không ghi units, bloc, born_from, born_to cho những người còn lại.
fault-access-bloc = Không có đơn vị nào thuộc khối “{ $bloc }”.
    .fix = { $has_near ->
        [0] Ghi một khối trong cột bloc của units.csv.
       *[other] Có phải ý là “{ $near }”?
    }
fault-accounts-young = Người này { $age } tuổi vào ngày { $day }; cuộc thi dành cho người từ đủ { $least } tuổi.
    .fix = Sửa ngày sinh nếu ghi nhầm; không thì bỏ người này khỏi danh sách.
fault-accounts-old = Người này { $age } tuổi vào ngày { $day }; cuộc thi dành cho người không quá { $most } tuổi.
    .fix = Sửa ngày sinh nếu ghi nhầm; không thì bỏ người này khỏi danh sách.
fault-accounts-birth = Ngày sinh này chưa đến, hoặc trước năm 1900.
    .fix = Ghi năm-tháng-ngày, ví dụ 2008-01-02.

rform-group-access = Các nhóm thi theo lịch
rform-note-access = Vòng nào có ít nhất một nhóm ở đây thì chỉ nhận các nhóm ấy, mỗi nhóm trong khoảng thời gian của mình. Vòng không có nhóm nào thì nhận mọi người suốt vòng.
rform-access-rows = Lượt của các nhóm
rform-access-none = Không chia nhóm: ai cũng thi được suốt vòng.
rform-access-add = Thêm lượt của một nhóm
rform-access-row = Lượt { $n }
rform-access-group = Gọi là
rform-access-group-hint = In trong thể lệ, ví dụ: Khối trường học.
rform-access-units = Mã đơn vị
rform-access-units-hint = Mỗi dòng một mã; đơn vị trực thuộc cũng tính. Để trống nếu là mọi đơn vị.
rform-access-bloc = Khối
rform-access-born-from = Sinh từ ngày
rform-access-born-to = Sinh đến ngày
rform-access-from = Bắt đầu
rform-access-from-hint = Giờ rồi ngày, ví dụ: 08:00 3/4/2027. Phải nằm trong một vòng.
rform-access-to = Kết thúc
