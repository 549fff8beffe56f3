### Points for the prediction.

rules-prediction-points = When the round is ranked and the actual number is known, the prediction adds to the score: { $bands }. The gate for prizes is held against that sum.
rules-prediction-hit = { $points } points for the very number
rules-prediction-near = { $points } points if off by { $within } at most
winner-score = { $points } (prediction { $near })
console-chain-score-near = { $n } points, { $near } of them for the prediction
quiz-result-prediction-points = { $n } (its points are added with the ranking)
rform-prediction-points-rows = Points for a near prediction
rform-prediction-points-none = Predictions earn no points, they only rank.
rform-prediction-points-add = Add a band of points
rform-prediction-points-row = Band { $n }
rform-prediction-points-within = Off by at most
rform-prediction-points-within-hint = 0 means the very number. Nearer bands come first and give more.
rform-prediction-points-points = Points
fault-prediction-twice = The prediction adds to the score, and the order looks at its distance again.
    .fix = Keep it if that is meant; otherwise take "prediction_error asc" out of order, or points out of [prediction].
fault-prediction-bands = The bands of points do not go from near to far: each must be wider than the one before and give less.
    .fix = For example points = [ {"{"} within = 0, points = 50 {"}"}, {"{"} within = 10, points = 20 {"}"} ].
fault-prediction-points-best = The attempt with the most points counts, and the points of the prediction are those of that attempt: whoever does better may lose them and fall back.
    .fix = Set counted = "first", "last" or "locked-once", or one attempt for everybody (per_round = 1).
fault-gate-by-prediction = The gate of { $min_score } is a paper without mistake, but points for the prediction can make up for mistakes.
    .fix = If only papers without mistake are meant, take points out of [prediction] and rank by "prediction_error asc".
