# The live board of a round, for staff.

board-link = Live board
board-title = Live board
board-back = Page of the round
board-as-of = Figures at { $at }
board-live = Updated all the time.
board-reloads = The page loads itself again every 30 seconds.
board-still = The round takes no more entries; the figures stand still.
board-lost = The connection was lost. Trying again; the figures below may be old.
board-login = Your log-in has ended. Load the page again to log in.
board-alarms = Warnings
board-quiet = No warnings.
board-running = attempts running
board-attempts = attempts submitted
board-people = people who submitted
board-per-minute = submitted a minute, over the last 5 minutes
board-all-right = attempts right in all { $questions } questions
board-chart-most = Busiest minute at { $at }: { $attempts }
board-chart-none = Nothing was submitted in the last hour
board-chart-measure = Attempts submitted a minute, from { $from } to { $to }
board-units = Progress of units
board-units-caption = Attempts and people who submitted, units below included
board-units-none = No unit has an attempt yet.
board-units-more = { $n ->
    [one] { $s } more unit has attempts.
   *[other] { $s } more units have attempts.
}
board-units-silent = { $n ->
    [one] { $s } unit has no attempt yet.
   *[other] { $s } units have no attempt yet.
}
board-secret = These figures are not public and may be what entrants have to predict. Do not photograph them or send them outside the organisers.
board-alarm-postgres = The database has not answered since { $at }. Entrants cannot start or submit. Call the operator.
board-alarm-redis = Redis has not answered since { $at }. Answers are not saved on the way; papers can still be submitted. Call the operator.
board-alarm-late = { $n } attempts are past their time and not yet submitted by the system, the oldest since { $at }. Call the operator.
board-alarm-faults = { $n } of { $all } answers of this server in the last minute were faults. See its log.
board-alarm-crowded = { $n } of { $all } requests to this server in the last minute were sent away as too many. Add a server or look at the load.
board-alarm-keys = The key of { $n } questions looks wrong. See the statistics of questions.
board-alarm-uncounted = The figures are late: { $n } submissions are not counted yet. None is lost.
board-alarm-replica = The replica of the database does not answer. Result pages read the primary meanwhile.
board-alarm-replica-late = The replica of the database is { $n } seconds behind. Result pages read the primary meanwhile.
