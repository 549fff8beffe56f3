# The attempts whose score changes when a question is re-scored, one by one.

console-list-score-changes = Scores changed by re-scoring
rescore-list = Scores changed by re-scoring
rescore-list-before = Old points
rescore-list-after = New points
rescore-list-difference = Difference
rescore-list-question = Question
rescore-list-marking = New marking
rescore-list-tried = A trial: no score has changed yet.
rescore-list-made = Re-scored: the new points are those after this re-scoring.
rescore-list-title = Every attempt whose score changes
rescore-list-by = Change
rescore-list-attempts = Attempts
rescore-list-differences = Attempts by change of points
rescore-list-up = { $n } points more
rescore-list-down = { $n } points fewer
rescore-list-same = Same points; only right answers or questions counted change
rescore-list-others = Other changes
rescore-list-first = The first { $n } attempts in order of submission
rescore-list-all = All { $n } attempts, in order of submission
rescore-list-file = Download the whole list: attempt, number of the entrant, unit, old and new points. No names or telephone numbers. The download is noted in the log.
