### Điểm cho câu dự đoán.

rules-prediction-points = Khi xếp hạng, lúc đã có số thực tế, dự đoán được cộng vào điểm: { $bands }. Điểm sàn xét giải tính trên tổng điểm ấy.
rules-prediction-hit = đúng số thì { $points } điểm
rules-prediction-near = lệch không quá { $within } thì { $points } điểm
winner-score = { $points } (dự đoán { $near })
console-chain-score-near = { $n } điểm, trong đó dự đoán { $near } điểm
quiz-result-prediction-points = { $n } (điểm dự đoán cộng khi xếp hạng)
rform-prediction-points-rows = Điểm cho dự đoán gần đúng
rform-prediction-points-none = Dự đoán không có điểm, chỉ dùng để xếp hạng.
rform-prediction-points-add = Thêm mức điểm dự đoán
rform-prediction-points-row = Mức { $n }
rform-prediction-points-within = Lệch không quá
rform-prediction-points-within-hint = 0 là phải đúng số. Mức gần hơn ghi trước và được nhiều điểm hơn.
rform-prediction-points-points = Điểm
fault-prediction-twice = Dự đoán đã được cộng vào điểm, mà xếp hạng còn xét độ lệch dự đoán lần nữa.
    .fix = Nếu đúng ý thì giữ nguyên; nếu không, bỏ "prediction_error asc" trong order hoặc bỏ points trong [prediction].
fault-prediction-bands = Các mức điểm dự đoán chưa theo thứ tự từ gần đến xa: mức sau phải rộng hơn và ít điểm hơn.
    .fix = Ghi chẳng hạn points = [ {"{"} within = 0, points = 50 {"}"}, {"{"} within = 10, points = 20 {"}"} ].
fault-prediction-points-best = Lượt cao điểm nhất được tính, và điểm dự đoán lại lấy theo lượt ấy: thi lại được nhiều điểm hơn có thể mất điểm dự đoán và tụt hạng.
    .fix = Đặt counted = "first", "last" hoặc "locked-once", hoặc mỗi người một lượt (per_round = 1).
fault-gate-by-prediction = Điểm sàn { $min_score } bằng điểm bài thi đúng hết, nhưng người chưa đúng hết cũng đạt được nhờ điểm dự đoán.
    .fix = Nếu chỉ xét người đúng hết, bỏ points trong [prediction] và xếp hạng bằng "prediction_error asc".
