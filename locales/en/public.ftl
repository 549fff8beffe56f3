# Results for everybody: charts, key, archive, and what other sites and programs fetch.

chart-hours = Busiest from { $from }:00 to { $to }:00: { $attempts }
chart-hours-measure = Attempts by hour of the day they were submitted, { $round }, counted at { $at }
chart-hours-title = Attempts by hour of the day
chart-hour = Hours
chart-hours-span = { $span } h
map-message = { $unit } is the busiest: { $attempts }, { $share } of all
map-how = The larger a tile, the more attempts. Small tiles show only their place in the table.
map-others = { $n ->
    [one] { $s } other unit
   *[other] { $s } other units
}
map-place = No.
map-share = Share

answers-of = Key of { $round }
answers-back = Results of the round
answers-lead = { $n ->
    [one] { $s } question that could come up in this round, with its key. Each paper holds some, in another order.
   *[other] { $s } questions that could come up in this round, with their key. Each paper holds some, in another order.
}
answers-held = { $n ->
    [one] { $s } question may still be asked in another round, so its key is not shown yet.
   *[other] { $s } questions may still be asked in another round, so their key is not shown yet.
}
answers-after-round = The key is published together with the results of { $round }.
answers-after-contest = The key is published once the results of every round are out.
answers-sign = Right options are marked ✓.
answers-right = Right
answers-source = Source: { $n }
answers-all = All on one page
pages = Pages
page-before = Previous page
page-of = Page { $a } of { $b }
page-next = Next page
results-key = Key of this round

archive-title = Results of all contests
archive-home = Front page
archive-lead = Contests that have published results, the latest first.
archive-empty = No contest has published results yet.
archive-winners = List of winners
winners-all = List of winners
winners-all-title = List of winners – { $title }
winners-none = No results have been published yet.
winners-prize = Prize
winners-who = Winner
winners-result = Result
winners-initials = Those who did not agree to be named appear with initials.

embed-summary = Show this table on another site, follow the news
embed-text = Newspapers and other sites may copy this code to show the list of winners. The table changes by itself when results are corrected.
embed-later = The results are not published yet.
embed-link = See the full results
feed-title = News of the contests
feed-note = Follow openings and results with a feed reader:
feed-link = address of the feed (Atom)
feed-opened = { $title } is open
feed-opened-text = { $title } takes entries until { $at }.
feed-extended = { $title } was extended
feed-extended-text = { $title } takes entries until { $at }.
feed-published = Results of { $round }
picture-open = { $round } is open until { $at }
picture-soon = { $round } opens at { $at }
picture-waiting = Results are being checked
picture-published = Results are out
picture-name = Online quiz contest
picture-below = Online quiz contest
