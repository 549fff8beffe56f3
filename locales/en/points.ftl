### Points of the lines of a draw.

rules-points-part = { $questions } for { $points } points each
rules-points-parts = Right answers earn: { $parts }; { $max } at most. Blank or wrong answers earn nothing.
rules-draw-points = { $questions } for { $points } points each
quiz-question-points = ({ $n } points)
rform-paper-draw-points = Points each
rform-paper-draw-points-hint = Left empty, each right answer earns the points of the paper.
fault-draw-points-mixed = Two lines may draw the same question of “{ $set }”: the earlier one for { $first } points, this one for { $second }. Of two people with the same right answer one has more.
    .fix = Name a level on both lines so that they draw apart, or give both the same points.
