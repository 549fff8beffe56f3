# Which prize of which round is kept by whoever gives one back.
highest-kept-prize = { $prize } ({ $round })
highest-keeps = { $name } keeps { $prizes }.
meeting-kept = Rank { $rank }: { $name } keeps { $prizes }, which is higher, so the prize of this round went on to the next.
