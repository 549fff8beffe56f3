# Words of the command line.
cli-serve-ready = Serving at { $address } (stop: Ctrl-C)
cli-serve-stopping = Stopping, one moment…
cli-stores-starting = Starting PostgreSQL and Redis…
cli-shift-form = { $value } cannot be read; write N=now with the number of a round, such as 3=now
cli-load-done = Contest { $contest } is loaded.
cli-load-unchanged = Nothing has changed in contest { $contest }.
cli-load-new-sets = Question sets with a new version: { $sets }.
cli-load-kept-rounds = Rounds that have opened and stay as they were: { $rounds }.
cli-load-kept-units = Units that left the file but have entrants, and stay: { $units }.
cli-load-shift = The calendar was moved by { $days } days.
cli-load-no-round = The contest has no round { $round }.
cli-load-already-open = The calendar cannot be moved any more: round { $round } has opened.
cli-convert-done = { $file } written: { $questions } questions.
cli-convert-template = Template { $file } written: open it, fill in your questions, then run hoithi check.
cli-round-none = There is no contest { $contest }, or it has no round { $round }. Loaded: { $known }.
cli-round-done =
    { $step ->
        [open] { $round } is open.
        [pause] { $round } is paused: nobody may start.
        [resume] { $round } goes on.
        [close] { $round } is closed and sealed.
        [rank] { $round } is ranked: { $people } people, { $awards } prizes.
        [approve] The results of { $round } are approved.
        [publish] The results of { $round } are published.
        [extend] { $round } is extended until { $until }.
       *[reopen] { $round } is open again.
    }
cli-round-refused = Not done, because:
cli-round-ties = { $ties } ties at the border of a prize are left; the board decides the order with --prefer and --reason.
cli-round-tie = { $prize }: rank { $rank }, { $places } prizes left for { $count } equal attempts: { $attempts }
cli-phase-upcoming = not open yet
cli-phase-open = open
cli-phase-ended = over, not sealed
cli-phase-sealed = sealed
cli-phase-ranked = ranked
cli-phase-approved = approved
cli-phase-published = published
cli-staff-added = Account { $login } ({ $role }) is made.
cli-staff-reset = { $login } has a new password.
cli-staff-disabled = { $login } cannot log in any more.
cli-staff-password = Password (shown only once): { $password }
cli-staff-bad-login = A log-in name has 3 to 32 lower-case letters, digits, dots or hyphens.
cli-staff-bad-name = A name has 2 to 100 letters.
cli-staff-bad-password = The password is too short, too long, or has characters that cannot be used.
cli-staff-taken = The log-in name { $login } is taken.
cli-staff-none = There is no account { $login }.
cli-staff-active = active
cli-staff-off = disabled
cli-staff-never = never logged in
cli-simulate-done = { $people } entrants (newly registered: { $registered }), { $attempts } attempts submitted, { $running } running.
cli-simulate-people = { $done } of { $all } people registered…
cli-simulate-attempts = { $done } of { $all } attempts written…
cli-simulate-not-open = The round has not opened; it opens at { $moment }.
cli-simulate-sealed = The round is sealed and takes no more attempts.
cli-simulate-nothing-runs = The round is not open, so no attempt can be running.
cli-simulate-too-many-running = There are more running attempts than people.
cli-simulate-too-many = At most { $limit } people.
cli-simulate-too-short = The round has not been open long enough for an attempt.
cli-simulate-no-turn = No group of the units has had a turn long enough for an attempt.
cli-simulate-no-units = The contest has no units.
cli-simulate-real-people = { $people } real people have entered the contest, so no made-up ones may be added.
cli-simulate-bad-password = The password in { $file } must have 8 to 128 characters.

# The demonstration of bin/run.
cli-demo-loading = Loading contest { $contest }…
cli-demo-crowd = { $contest }, { $round }: making { $entrants } entrants…
cli-demo-results = { $contest }, { $round }: closing, ranking, approving, publishing…
cli-demo-done = The demonstration is ready.
cli-demo-site = Site for entrants: { $address }
cli-demo-console = Console: { $address }
cli-demo-accounts = Staff accounts (kept in { $file }):
cli-demo-tie = The board agreed on the order among equal attempts (demonstration data).

# What stands in the way of closing, ranking, approving, publishing a round.
blocker-not-opened = The round has not opened; it opens at { $moment }.
blocker-reason-needed = This needs a reason. The round closes at { $moment }.
blocker-running = { $count } attempts still run.
blocker-running-until = { $count } attempts still run; the system collects the last at { $moment }. To collect them now, give a reason.
blocker-wrong-phase = This step does not follow the state of the round: { $phase }.
blocker-same-person = { $name } made the ranking and may not approve it; another person is needed.
blocker-ties = { $count } ties at the border of a prize wait for a decision of the board.
blocker-bad-moment = { $moment } cannot be set: it must be after now, after the old close, and not within the next round.
