### Bằng nhau ở ranh giới giải của cả cuộc thi.

overall-ties-title = Quyết định thứ tự khi bằng nhau, cả cuộc thi
overall-tied-answers = { $n } người bằng nhau ở hạng { $rank } cả cuộc thi, ngay ranh giới “{ $prize }”; còn { $places } suất. Thể lệ: Ban Tổ chức quyết định. Giải này và các giải sau chờ quyết định ấy.
overall-tied-newcomers = { $n } người giới thiệu bằng nhau ở hạng { $rank }, ngay ranh giới “{ $prize }”; còn { $places } suất. Thể lệ: Ban Tổ chức quyết định. Giải này và các giải lan tỏa sau chờ quyết định ấy.
overall-block-ties = Còn { $n } chỗ bằng nhau ở ranh giới giải của cả cuộc thi. Công bố vòng cuối cùng là công bố cả các giải ấy, nên cần quyết định thứ tự trước.
console-act-settle-tie = { $actor } ghi quyết định của Ban Tổ chức về thứ tự bằng nhau của cả cuộc thi
blocker-contest-ties = Còn { $count } chỗ bằng nhau ở ranh giới giải của cả cuộc thi; quyết định thứ tự rồi mới công bố vòng cuối cùng.
