# Case sheets of a fair-play review, for the board.
console-act-review = { $actor } reviewed signs { $round }, { $n } sheets
console-act-declare-place = { $actor } declared a place where many sit together
review-no-unit = There is no unit with the code { $code }.
review-declared = Noted: many sit together in { $unit }.
review-title = { $round }: { $n } sheets to look at. They carry no names; a sign is not a finding.
review-end =
    No sheet changes a result. To void an entry, one member of the board proposes it with grounds under "Decisions of the board"
    in the console; another member decides.
review-sheet = Sheet { $n }
review-entry = - Entry { $attempt }, submitted { $at }, took { $time }, guess { $guess }
review-not-examined = Not examined: device, network address, single answers, identity numbers and papers. The entrant has not been asked.
review-quick-facts = Facts: all correct, { $pace } seconds a question on average ({ $unit }).
review-quick-common = In the round: { $n } entries all correct were as quick or quicker; half of those all correct took at most { $median } seconds a question.
review-quick-innocent = May be normal: many attempts before, knows the questions; short questions; a small set.
review-together-facts = Facts: { $people } people of { $unit } all correct, with the guess { $guess }, submitted within 10 minutes of one another.
review-together-common = In the round: { $n } entries all correct have this guess; in those minutes { $unitpeople } people of the unit were all correct.
review-together-innocent = May be normal: a class or office taking part together and talking about the guess; a round number or one in the news.
review-together-declared-facts = Facts: { $people } people of { $unit } all correct, with the guess { $guess }, submitted within 10 minutes of one another.
review-together-declared-common = In the round: { $n } entries all correct have this guess; in those minutes { $unitpeople } people of the unit were all correct.
review-together-declared-innocent = This unit was declared beforehand as a place where many sit together, so taking part at one time is known.
review-ladder-facts = Facts: a person of { $unit } was all correct { $guesses } times, each with another guess.
review-ladder-common = In the round: { $n } people have as many such attempts.
review-ladder-innocent = May be normal: the rules allow several attempts, each with a guess.
review-ladder-even-facts = Facts: a person of { $unit } was all correct { $guesses } times, the guesses rising or falling by { $step }.
review-ladder-even-common = In the round: { $n } people have as many such attempts.
review-ladder-even-innocent = May be normal: the rules allow several attempts, each with a guess.
