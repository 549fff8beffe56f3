# Time for complaints and answers.
rules-term-complaints = Complaints
rules-complaints-within = Complaints about a result are sent in writing to the organisers within { $n } days of its publication.
rules-complaints-answer = The organisers answer within { $n } days of receipt; that answer is final.
results-complaints = Complaints about this result are sent in writing to the organisers until the end of { $day }.
paper-complaints-open = Opinions on the results are sent in writing to the organisers before the award ceremony.
rform-group-complaints = Complaints about results
rform-note-complaints = Printed in the rules, the notice of results and the page of results. Leave both boxes empty if the rules name no time.
rform-complaints-within-days = Days after publication in which complaints are taken
rform-complaints-within-days-hint = From 1 to 60 days.
rform-complaints-answer-days = Days after receipt in which they are answered
