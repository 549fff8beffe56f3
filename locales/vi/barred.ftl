### Nhóm được dự thi nhưng không xét giải.

rules-barred = Được dự thi nhưng không xét giải: { $reason } ({ $who }).
rules-barred-for = Được dự thi nhưng không xét giải: { $reason } ({ $who }), đối với giải của { $when }.
rules-barred-units = người dự thi của { $units } và các đơn vị trực thuộc
rules-barred-born-from = sinh từ ngày { $from }
rules-barred-born-to = sinh đến hết ngày { $to }
rules-barred-born-between = sinh từ ngày { $from } đến ngày { $to }
rules-barred-when-from = các vòng đóng từ ngày { $from }
rules-barred-when-to = các vòng đóng đến hết ngày { $to }
rules-barred-when-between = các vòng đóng từ ngày { $from } đến ngày { $to }

fault-barred-nobody = Nhóm này chưa chỉ ra ai.
    .fix = Ghi units, hoặc born_from và born_to.
fault-barred-days = Ngày { $last } trước ngày { $first }: không ngày nào nằm giữa.
    .fix = Đổi chỗ hai ngày, hoặc bỏ một ngày.
fault-barred-unit = Không có đơn vị nào mang mã “{ $unit }”.
    .fix = { $has_near ->
        [0] Ghi một mã trong units.csv.
       *[other] Có phải ý là “{ $near }”?
    }

rform-group-no-prize-group = Nhóm được dự thi nhưng không xét giải
rform-note-no-prize-group = Ai thuộc nhóm thì giải bỏ qua, người kế tiếp được nhận. Từng người một thì ghi ở tệp excluded.csv.
rform-no-prize-group-rows = Các nhóm không xét giải
rform-no-prize-group-none = Chưa có nhóm nào.
rform-no-prize-group-add = Thêm nhóm
rform-no-prize-group-row = Nhóm { $n }
rform-no-prize-group-reason = Gọi là
rform-no-prize-group-reason-hint = In trong thể lệ, ví dụ: Cơ quan Ban Tổ chức.
rform-no-prize-group-units = Mã đơn vị
rform-no-prize-group-units-hint = Mỗi dòng một mã; đơn vị trực thuộc cũng tính. Để trống nếu là mọi đơn vị.
rform-no-prize-group-born-from = Sinh từ ngày
rform-no-prize-group-born-to = Sinh đến ngày
rform-no-prize-group-from = Với các vòng đóng từ ngày
rform-no-prize-group-from-hint = Để trống nếu áp dụng cho mọi vòng và cả cuộc thi.
rform-no-prize-group-to = Với các vòng đóng đến ngày
