### Equals at the border of a prize over the whole contest.

overall-ties-title = Settle the order of equals, whole contest
overall-tied-answers = { $n } people share rank { $rank } of the whole contest at the border of “{ $prize }”; { $places } places are left. By the rules the board decides. This prize and those after it wait for that.
overall-tied-newcomers = { $n } introducers share rank { $rank } at the border of “{ $prize }”; { $places } places are left. By the rules the board decides. This prize and the later ones for bringing newcomers wait for that.
overall-block-ties = { $n } ties at the border of prizes of the whole contest are open. Publishing the last round publishes these prizes too, so their order must be settled first.
console-act-settle-tie = { $actor } noted the board's order among equals over the whole contest
blocker-contest-ties = { $count } ties at the border of prizes of the whole contest are open; settle them before the last round is published.
