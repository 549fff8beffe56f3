### Groups that take turns, and ages at the start.

access-open-tag = ● It is your group's turn
access-soon-tag = ○ Your group's turn comes
access-now = until { $at }
access-later = at { $from }
access-calendar-groups = Groups take turns; their times are in the rules.
access-calendar-own = Your group: { $times }
access-calendar-time = { $from } – { $to }
access-calendar-none = Your group has no turn in this round.
access-start-closes = Your group's turn ends
access-start-short = Your group's turn ends at { $a }, so this attempt has only { $b }. Going back now costs no attempt.
access-refused-later = { $title }: your group enters from { $from } to { $to }. See you then.
access-refused-over = { $title }: your group's turn ended at { $at }. If you could not come for a good reason, please tell your unit or the organisers.
access-refused-never = { $title } is shared out among groups, and none of them takes you in yet. The times are in the rules; if this is a mistake, please tell your unit or the organisers.
access-refused-too-young = The contest is for people who are { $age } or older on { $day }. If your birth date is wrong, please have your unit or the organisers correct it.
access-refused-past-age = The contest is for people no older than { $age } on { $day }. If your birth date is wrong, please have your unit or the organisers correct it.

api-turn-not-come-title = The group's turn has not come
api-turn-not-come-text = Groups take turns; this person's group enters from { $n }.
api-turn-over-title = The group's turn is over
api-turn-over-text = The turn of the group ended at { $n }.
api-no-turn-title = No group takes this person in
api-no-turn-text = This round is shared out among groups, and none of them takes this person in.
api-too-young-title = Too young to enter
api-too-young-text = The contest is for people who are { $n } or older on the day on which its first round opens.
api-past-age-title = Too old to enter
api-past-age-text = The contest is for people no older than { $n } on the day on which its first round opens.

rules-access = Groups take turns as follows; nobody enters outside the times of their group.
rules-access-line = from { $from } to { $to }, { $who }
rules-access-everybody = for everybody
rules-access-bloc = people of the bloc { $bloc }
rules-access-late = Whoever starts before the group's turn ends may use the whole time of the paper.
rules-access-cut = An attempt that runs ends with the group's turn.

fault-access-reversed = The turn of the group ends before it begins, or at once.
    .fix = Mend from and to.
fault-access-outside = The turn of the group does not lie within one round.
    .fix = Put from and to between opens and closes of a round; a group that enters in two rounds needs two tables [[access]].
fault-access-twice = The group “{ $group }” and that on line { $line } both take in the people of “{ $unit }” in one round: they may enter at both times.
    .fix = If that is not meant, take “{ $unit }” out of one of them.
fault-access-nobody = Round { $round } is shared out among groups, but none takes in the people of { $count } units: { $units }. They cannot enter.
    .fix = Add these units to a group, or add a table [[access]] without units, bloc, born_from and born_to for everybody else.
fault-access-bloc = No unit belongs to the bloc “{ $bloc }”.
    .fix = { $has_near ->
        [0] Name a bloc of the column bloc of units.csv.
       *[other] Is “{ $near }” meant?
    }
fault-accounts-young = This person is { $age } on { $day }; the contest is for people who are { $least } or older.
    .fix = Correct the birth date if it is wrong; otherwise take the person off the list.
fault-accounts-old = This person is { $age } on { $day }; the contest is for people no older than { $most }.
    .fix = Correct the birth date if it is wrong; otherwise take the person off the list.
fault-accounts-birth = This birth date is still to come, or before 1900.
    .fix = Write year-month-day, for example 2008-01-02.

rform-group-access = Groups that take turns
rform-note-access = A round with at least one group here takes these groups alone, each at its time. A round without any takes everybody while it is open.
rform-access-rows = Turns of groups
rform-access-none = No groups: everybody may enter while the round is open.
rform-access-add = Add the turn of a group
rform-access-row = Turn { $n }
rform-access-group = Called
rform-access-group-hint = Printed in the rules, for example: Schools.
rform-access-units = Codes of units
rform-access-units-hint = One code a line; units below count too. Empty for every unit.
rform-access-bloc = Bloc
rform-access-born-from = Born from
rform-access-born-to = Born up to
rform-access-from = Begins
rform-access-from-hint = Time, then date, for example: 08:00 3/4/2027. It must lie within a round.
rform-access-to = Ends
