### Faults of the essay in contest.toml.

fault-essay-lengths = An essay must have at least { $min_chars } characters but may have no more than { $max_chars }.
    .fix = Set min_chars to { $max_chars } or less, or raise max_chars.
fault-essay-gate = An essay needs { $min_points } points to win a prize, but the best mark is { $points }: nobody can win.
    .fix = Set min_points to { $points } or less, or raise points.
fault-essay-one-marker = One marker alone has no second mark to differ from.
    .fix = Set markers = 2, or leave out max_difference.
fault-essay-difference = Two marks can never differ by more than { $max_difference } points, because the best mark is { $points }: there will never be a third marker.
    .fix = Set max_difference below { $points }, or leave the line out.
fault-essay-unranked = The mark of the essay is added to the points, but the order does not use the points: the essay would decide nothing.
    .fix = Add "score desc" to order, or set min_points to make the essay a condition for prizes.
