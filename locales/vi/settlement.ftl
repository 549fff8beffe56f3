### Mỗi người chỉ giữ giải cao nhất qua các vòng.

rules-keep-highest = Ai đạt giải ở nhiều { $word } thì giữ giải cao nhất; giải thấp hơn chuyển cho người kế tiếp của { $word } ấy. Giải của cả cuộc thi xét riêng.

fault-keep-without-cap = Ghi giữ giải cao nhất, nhưng không giới hạn số giải của một người trong đợt hay trong cả cuộc thi: không ai phải trả lại giải nào.
    .fix = Ghi thêm contest = 1 (hoặc phase = 1) trong per_person, hoặc bỏ keep.

rform-ranking-per-person-keep = Ai vượt số giải của đợt, của cuộc thi
rform-ranking-per-person-keep-hint = Giữ giải cao nhất: vòng sau có giải cao hơn thì giải thấp được trả lại, người kế tiếp được nhận. Vòng đã công bố thì Ban Tổ chức đính chính khi mọi vòng đã xếp hạng.
rform-is-keep-first = Giữ giải đạt trước, vòng sau bỏ qua
rform-is-keep-highest = Giữ giải cao nhất

highest-title = Giữ giải cao nhất
highest-link = Giữ giải cao nhất
highest-lead = Theo thể lệ, ai đạt giải ở nhiều vòng thì giữ giải cao nhất. Trang này so các giải đang có với kết quả xét mọi vòng đã xếp hạng cùng một lúc. Không có gì tự thay đổi.
highest-settled = Mọi vòng đã xếp hạng, và các giải đều khớp với thể lệ.
highest-settled-so-far = Đến lúc này các giải đều khớp với thể lệ. Còn vòng chưa xếp hạng.
highest-final = Mọi vòng đã xếp hạng. Các vòng sau đây cần sửa cho khớp trước khi công bố vòng cuối cùng.
highest-so-far = Còn vòng chưa xếp hạng, nên những thay đổi sau đây chưa phải là cuối cùng. Đính chính khi mọi vòng đã xếp hạng.
highest-line = { $prize }: thay { $before } bằng { $after }.
highest-line-gone = { $prize }: { $before } trả lại, chưa có người kế tiếp.
highest-line-new = { $prize }: thêm { $after }.
highest-ties = Còn { $n } chỗ bằng nhau; ghi quyết định của Ban Tổ chức rồi xếp hạng lại.
highest-step-correct = Vòng đã công bố: một người đề nghị đính chính, người khác thông qua. Bản đã công bố vẫn được giữ.
highest-step-rank = Vòng chưa công bố: người tổ chức xếp hạng lại là các giải khớp, rồi Ban Tổ chức duyệt.
highest-to-decisions = Các quyết định của vòng
highest-to-ranking = Xếp hạng lại
highest-reason = Mỗi người chỉ giữ giải cao nhất qua các vòng; giải thấp hơn được trả lại và chuyển cho người kế tiếp.
highest-block = Giải của { $n } vòng chưa khớp với thể lệ giữ giải cao nhất.
highest-block-link = Xem ai trả lại giải nào
blocker-unsettled = Giải của { $count } vòng chưa khớp với thể lệ giữ giải cao nhất; xếp hạng lại hoặc đính chính rồi mới công bố.
