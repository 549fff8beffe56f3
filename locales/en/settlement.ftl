### People keep only the highest prize over several rounds.

rules-keep-highest = Whoever wins in several rounds keeps the highest prize; a lower one goes to the next of that { $word }. Prizes of the whole contest stand apart.

fault-keep-without-cap = The highest prize is kept, but nothing limits the prizes of a person in a phase or in the contest: nobody has to give one back.
    .fix = Add contest = 1 (or phase = 1) to per_person, or leave keep out.

rform-ranking-per-person-keep = Beyond the prizes of a phase or the contest
rform-ranking-per-person-keep-hint = The highest: when a later round gives a higher prize, the lower one is given back and the next moves up. The board corrects published rounds once every round is ranked.
rform-is-keep-first = Keep what was won first, later rounds pass over
rform-is-keep-highest = Keep the highest prize

highest-title = The highest prize only
highest-link = The highest prize only
highest-lead = By the rules, whoever wins in several rounds keeps the highest prize. This page compares the prizes in force with what all ranked rounds give together. Nothing changes by itself.
highest-settled = Every round is ranked, and the prizes are as the rules want them.
highest-settled-so-far = So far the prizes are as the rules want them. Not every round is ranked yet.
highest-final = Every round is ranked. These rounds must be put right before the last round is published.
highest-so-far = Not every round is ranked yet, so these changes are not final. Correct published rounds once every round is ranked.
highest-line = { $prize }: { $after } in place of { $before }.
highest-line-gone = { $prize }: { $before } gives it back, and nobody is next.
highest-line-new = { $prize }: { $after } is added.
highest-ties = { $n } ties are open; note the decision of the board, then rank again.
highest-step-correct = The round is published: one person proposes a correction, another approves it. The published version is kept.
highest-step-rank = The round is not published: when the organiser ranks it again the prizes are right, and the board approves.
highest-to-decisions = Decisions about the round
highest-to-ranking = Rank again
highest-reason = Everybody keeps only the highest prize over the rounds; lower prizes are given back and go to the next.
highest-block = The prizes of { $n } rounds are not yet as the rule of the highest prize wants them.
highest-block-link = See who gives back what
blocker-unsettled = The prizes of { $count } rounds are not as the rule of the highest prize wants them; rank again or correct before publishing.
