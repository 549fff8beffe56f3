# Official papers: decision, notice, table of units, report, certificates. Papers are always in Vietnamese; these
# sentences stand here so that nobody misses a key, and for those who read along.

paper-party = COMMUNIST PARTY OF VIETNAM
paper-state = SOCIALIST REPUBLIC OF VIETNAM
paper-motto = Independence - Freedom - Happiness
paper-issuer = Organising Committee of the Contest
paper-number-party = No. { $number }
paper-number-state = No.: { $number }
paper-date-open = day …… month …… { $year }
paper-on-behalf = FOR THE ORGANISING COMMITTEE
paper-position = HEAD
paper-recipients = Recipients:
paper-recipients-default = Files of the Organising Committee.
paper-draft = DRAFT – NOT APPROVED
paper-demonstration = DEMONSTRATION DATA – NO VALUE

paper-kind-decision = Decision
paper-kind-notice = Notice of results
paper-kind-winners = List of winners
paper-kind-units = Table of units
paper-kind-report = Final report
paper-kind-certificates = Certificates

paper-approved = on { $day } ({ $by })
paper-busiest = { $day }, with { $n } attempts
paper-asks-attempts = number of attempts
paper-asks-people = number of people
paper-asks-people-right = number of people with everything right
paper-asks-attempts-right = number of attempts with everything right
paper-more = { $share } more than { $round } ({ $n } attempts).
paper-fewer = { $share } fewer than { $round } ({ $n } attempts).
paper-as-many = As many attempts as { $round }.
paper-total = Total

paper-column-place = No.
paper-column-name = Name
paper-column-unit = Unit
paper-column-score = Points
paper-column-prediction = Prediction
paper-column-prediction-error = Off by
paper-column-duration = Time used
paper-column-value = Value (đồng)
paper-column-sum = Sum (đồng)
paper-column-count = Prizes
paper-column-prize = Prize
paper-column-people = People
paper-column-rate = Rate
paper-column-attempts = Attempts
paper-column-headcount = Headcount
paper-column-all-correct = People all right
paper-column-attempts-all-correct = Attempts all right
paper-column-average = Average
paper-column-winners = Prizes
paper-column-round = Round
paper-column-actual = Predicted quantity
paper-no-winners = (No prize was given.)
paper-no-units = (No unit has entrants yet.)
paper-no-rounds = (No round is ranked yet.)

paper-chart-days = Attempts by day
paper-chart-days-head = Day
paper-chart-scores = Attempts by right answers
paper-chart-scores-head = Right answers
paper-chart-rounds = Attempts by round
paper-chart-rounds-head = Round
paper-chart-units = Attempts by unit
paper-chart-units-head = Unit
paper-busiest-chart = Busiest day: { $day }, with { $n } attempts
paper-right-chart = { $share } of the attempts had all { $total } questions right
paper-round-chart = Most attempts: { $round }, with { $n }
paper-unit-chart = The { $n } units with most attempts

paper-check = To check this paper scan the code, or open this page and type it
paper-check-code = Code: { $code }
paper-check-alt = QR code that leads to the check page { $address }

export-paper-done = The paper was written to { $file }.
export-certificates-not-approved = Certificates are made out once the result is approved. Approve it first.
export-no-winners = Nobody won, so there is no certificate.
export-paper-too-long = There are { $count } prizes; a paper holds { $limit } at most. Export round by round, or as xlsx.
export-reason-needed = Personal columns are given out for a stated purpose only. Add --reason "…".
export-no-such-fields = This list has no such personal columns. Only participants and winners have them, and only those that the contest asks for.
