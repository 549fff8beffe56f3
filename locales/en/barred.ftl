### Groups who may enter but never win.

rules-barred = May enter but are not considered for prizes: { $reason } ({ $who }).
rules-barred-for = May enter but are not considered for prizes of { $when }: { $reason } ({ $who }).
rules-barred-units = entrants of { $units } and of the units below
rules-barred-born-from = born on or after { $from }
rules-barred-born-to = born on or before { $to }
rules-barred-born-between = born from { $from } to { $to }
rules-barred-when-from = rounds that close on or after { $from }
rules-barred-when-to = rounds that close on or before { $to }
rules-barred-when-between = rounds that close from { $from } to { $to }

fault-barred-nobody = This group names nobody.
    .fix = Write units, or born_from and born_to.
fault-barred-days = The day { $last } is before { $first }: no day lies between.
    .fix = Exchange the two days, or leave one out.
fault-barred-unit = No unit has the code “{ $unit }”.
    .fix = { $has_near ->
        [0] Write a code of units.csv.
       *[other] Did you mean “{ $near }”?
    }

rform-group-no-prize-group = Groups who may enter but never win
rform-note-no-prize-group = Prizes pass over the people of a group, and the next one receives them. Single people are in the file excluded.csv.
rform-no-prize-group-rows = Groups without prizes
rform-no-prize-group-none = No group yet.
rform-no-prize-group-add = Add a group
rform-no-prize-group-row = Group { $n }
rform-no-prize-group-reason = Called
rform-no-prize-group-reason-hint = Printed in the rules, for example: the organisers' office.
rform-no-prize-group-units = Codes of units
rform-no-prize-group-units-hint = One code a line; units below them belong too. Empty for every unit.
rform-no-prize-group-born-from = Born from
rform-no-prize-group-born-to = Born until
rform-no-prize-group-from = For rounds that close from
rform-no-prize-group-from-hint = Empty for every round and the whole contest.
rform-no-prize-group-to = For rounds that close until
