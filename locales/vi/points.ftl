### Điểm của từng dòng rút câu hỏi.

rules-points-part = { $questions } mỗi câu { $points } điểm
rules-points-parts = Trả lời đúng được: { $parts }; tối đa { $max } điểm. Câu bỏ trống hoặc chưa đúng không có điểm.
rules-draw-points = { $questions } mỗi câu { $points } điểm
quiz-question-points = ({ $n } điểm)
rform-paper-draw-points = Điểm mỗi câu
rform-paper-draw-points-hint = Để trống thì mỗi câu đúng được điểm chung của bài thi.
fault-draw-points-mixed = Một câu của bộ “{ $set }” có thể do hai dòng rút: dòng trước cho { $first } điểm, dòng này { $second } điểm. Cùng một câu đúng, người này được nhiều điểm hơn người kia.
    .fix = Ghi mức độ (level) cho cả hai dòng để không rút trùng, hoặc cho hai dòng cùng điểm.
