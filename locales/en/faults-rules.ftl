### Faults of the rules: settings that contradict each other or lack what belongs to them.

fault-age-reversed = The largest age ({ $max_age }) is below the smallest ({ $min_age }).
    .fix = Change min_age or max_age so that the range means something.
fault-password-short = The contest password has fewer than 4 characters.
    .fix = Choose one of 4 to 50 characters.
fault-qualifying-round = Round { $round } is not a round before this one, or is named twice.
    .fix = Name only rounds that come before, each once.
fault-qualifying-empty = The table qualifying does not say who may enter.
    .fix = Give rounds and at least one of top, per_unit, min_score.
fault-qualifying-level = This round chooses people by units of level { $level }, but the tree of units has { $depth } levels.
    .fix = Choose a level from 1 to { $depth }.
fault-phase-split = The rounds of “{ $phase }” do not follow one another.
    .fix = Put the rounds of a phase next to each other, or give another name.
fault-min-rounds-too-many = { $min_rounds } rounds are needed to win, but the contest has only { $rounds }.
    .fix = Set min_rounds from 1 to { $rounds }.
fault-overall-above = The ranking over the contest cannot use “prediction_above”: every round has a figure of its own.
    .fix = Take that key out of the order of [overall]; "prediction_error asc" adds up the errors of the rounds.
fault-cap-without-phases = There is a cap of prizes per phase, but no round belongs to a phase.
    .fix = Give the rounds a phase, or take phase out of per_person.
fault-cap-reversed = One person may win { $wide } prizes in the contest, fewer than { $narrow } in a round or phase.
    .fix = The cap of the contest must be { $narrow } or more for the narrower one to mean anything.
fault-attempts-reversed = Everyone has { $wide } attempts in the contest, fewer than { $narrow } in one round.
    .fix = Set per_contest to { $narrow } or more, or lower per_round.
fault-parts-missing = The measure “{ $by }” is made of several others, and none are named.
    .fix = Add of, for example of = ["people", "total-score", "attempts"].
fault-parts-unused = “{ $key }” says nothing about the measure “{ $by }”.
    .fix = Take the key out, or use by = "rank-points" or "weighted".
fault-part-twice = The measure “{ $key }” occurs twice in of.
    .fix = Delete one; to make it count more, give it a weight.
fault-bands-order = The bands of size do not ascend.
    .fix = Order below from small to large; only the last band may lack it.
fault-rate-twice = There are both one rate for all (min_rate) and rates by size (min_rates).
    .fix = Keep one of them.
fault-prize-bloc-unknown = The prize is for the bloc “{ $bloc }”, but no unit belongs to it.
    .fix = { $has_near ->
        [0] There are these blocs: { $known }.
       *[other] Did you mean “{ $near }”? There are these blocs: { $known }.
    }
fault-unknown-successor = No unit has the code “{ $successor }” to take this one over.
    .fix = { $has_near ->
        [0] Give the code of a unit in the file, or leave the column successor empty.
       *[other] Did you mean “{ $near }”?
    }
fault-successor-cycle = The unit { $code } takes itself over, at once or by way of others.
    .fix = Name the new unit in the column successor; the new unit must not be taken over by the old one.
