# The organisers' desk: checking files, the question bank, editing questions.

report-sheet = Report
report-severity = Severity
report-place = Place
report-excerpt = Excerpt
report-message = Problem
report-fix = How to mend it
