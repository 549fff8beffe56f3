# Pages for citizens. First the words that several pages share.
in-page = On this page
error-word = Error:
error-mark = Error: { $n }
errors-summary = { $n ->
    [one] { $s } thing needs correcting
   *[other] { $s } things need correcting
}
errors-kept = What you typed is still here; only the password must be typed again.
hello = Hello, { $name }.
word-week = week
word-round = round
countdown-forms = {"{d}"} days {"{h}"} h left|{"{h}"} h {"{m}"} min left|{"{m}"} min left
attempts = { $n ->
    [one] { $s } attempt
   *[other] { $s } attempts
}
people = { $n ->
    [one] { $s } person
   *[other] { $s } people
}
awards = { $n ->
    [one] { $s } prize
   *[other] { $s } prizes
}
points = { $n ->
    [one] { $s } point
   *[other] { $s } points
}
tag-soon = ○ to come
tag-open = ● open
tag-closed = ■ closed
tag-published = ✓ published
link-mine = My attempts
link-log-in = Registered? Log in
log-out = Log out
headline = { $round }: { $counted }
published-at = Published at { $at }.
home-contest-page = Page of the contest

# The head of a contest: its state and the one button.
state-open-tag = ● { $title } is open
state-open = until { $at }
state-soon-tag = ○ To come
state-soon = { $title } opens at { $at }
state-closed-tag = ■ Closed
state-waiting = { $title } closed at { $at }. The results are being checked and approved.
state-published-tag = ✓ Published
state-published = Results of { $round } were published at { $at }
state-empty = The calendar has not been published yet.
state-ended = { $title } closed at { $at }.
state-exhausted = All { $attempts } of this { $word } are used.
state-wait = The next attempt can start from { $at }.
state-registered = You are registered; it is not open yet.
button-enter = Enter the quiz
button-resume = { $n ->
    [one] Go on ({ $s } minute left)
   *[other] Go on ({ $s } minutes left)
}
button-register-before = Register in advance
button-rules = Read the rules
button-results = See the results
button-results-later = See how the results stand
button-mine = See my attempts
fact-questions = { $n ->
    [one] question
   *[other] questions
}
fact-minutes = { $n ->
    [one] minute
   *[other] minutes
}
fact-attempts-word = { $n ->
    [one] attempt
   *[other] attempts
}
fact-attempts = { $attempts } per { $word }
fact-entries = { $n ->
    [one] attempt
   *[other] attempts
}
fact-awards = { $n ->
    [one] individual prize
   *[other] individual prizes
}
fact-rounds = { $n ->
    [one] published round
   *[other] published rounds
}

# Front page.
home-title = Contests
home-nothing-open = No contest is open at present.
home-group-0 = Open
home-group-1 = To come
home-group-2 = Finished
home-group-3 = In preparation
home-look-up = Look up

# A contest's page.
contest-rules = Rules
contest-calendar-short = Calendar
contest-prizes-short = Prizes
contest-units-short = Units
contest-results-short = Results
contest-help = Help
contest-news = Latest results
contest-no-results = There are no results yet. They will appear here once the organisers have approved them.
contest-see-results = See the results of { $round }
contest-results-of = Results of { $round }
contest-calendar = Calendar
contest-prizes = Prizes
contest-prizes-round = Individual prizes each { $word }
contest-prizes-people = Individual prizes
contest-prizes-contest = Individual prizes over the contest
contest-prize = Prize
contest-places = Number
contest-value = Each
contest-units = Units
contest-units-count = { $n ->
    [one] { $s } unit at the top. Everyone chooses their own unit when registering.
   *[other] { $s } units at the top. Everyone chooses their own unit when registering.
}
contest-units-all = { $n ->
    [one] { $s } unit
   *[other] All { $s } units
}

# Rules as sentences.
rules-title = Rules of the contest
rules-summary = Summary
rules-own = The organisers' own rules
rules-term-who = Who may enter
rules-term-when = When
rules-term-paper = The paper
rules-term-draw = Questions
rules-term-attempts = Attempts
rules-term-feedback = What you are told
rules-term-prediction = Prediction
rules-term-ranking = Ranking
rules-term-tie = If still equal
rules-term-prizes = Individual prizes
rules-term-collective = Prizes for units
rules-min-age = People aged { $age } or over on { $day }.
rules-any-age = People of any age.
rules-guardian = Entrants under { $age } need the consent of a parent or guardian.
rules-fields = Registration asks for: { $fields }.
rules-fields-optional = Optional: { $fields }.
rules-once = Each phone number registers once.
rules-window = { $opens } to { $closes }
rules-questions = { $n ->
    [one] { $s } question
   *[other] { $s } questions
}
rules-paper = { $questions } in { $limit }.
rules-paper-unlimited = { $questions }, to be finished before the round closes.
rules-points = Each right answer earns { $points } points, { $max } at most. Blank or wrong answers earn nothing.
rules-shuffle-both = Everyone gets questions and options in a different order.
rules-shuffle-questions = Everyone gets the questions in a different order.
rules-shuffle-options = Everyone gets the options in a different order.
rules-shuffle-none = Everyone gets questions and options in the same order.
rules-draw-all = Drawn at random from: { $parts }.
rules-draw = { $title } ({ $questions })
rules-draw-levels = { $title } ({ $questions }: { $levels })
rules-draw-any = { $n ->
    [one] { $s } of any level
   *[other] { $s } of any level
}
rules-draw-easy = { $n ->
    [one] { $s } easy
   *[other] { $s } easy
}
rules-draw-medium = { $n ->
    [one] { $s } medium
   *[other] { $s } medium
}
rules-draw-hard = { $n ->
    [one] { $s } hard
   *[other] { $s } hard
}
rules-attempts = { $n ->
    [one] { $s } attempt
   *[other] { $s } attempts
}
rules-per-round = Everyone has { $attempts } per { $word }.
rules-per-round-unlimited = Any number of attempts per { $word }.
rules-counts-best = The attempt with the highest score counts; among equal scores the one submitted first.
rules-counts-first = The first attempt counts.
rules-counts-last = The last attempt counts.
rules-counts-sum = The counted scores of every { $word } are added up for the ranking over the contest.
rules-wait = After submitting, wait { $wait } before the next attempt.
rules-late = An attempt that has begun keeps its full time even after the { $word } has closed.
rules-not-late = When the { $word } closes, a running attempt is submitted at once with its saved answers.
rules-feedback-none = Scores are not shown on submitting; they appear when the results are published.
rules-feedback-score = On submitting you are told the score and how many answers are right, not which.
rules-asks-attempts = the number of attempts in the { $word }
rules-asks-people = the number of people entering in the { $word }
rules-asks-people-right = the number of people with every answer right in the { $word }
rules-asks-attempts-right = the number of attempts with every answer right in the { $word }
rules-prediction = Entrants predict { $quantity }. “Attempts” are papers submitted, “people” are different persons.
rules-no-prediction = No prediction is asked for.
rules-prediction-counted = The prediction of the counted attempt is the one considered in the { $word }.
rules-prediction-first = The first prediction of the { $word } is considered.
rules-prediction-last = The last prediction of the { $word } is considered.
rules-prediction-locked = The prediction is given once per { $word } and cannot be changed.
rules-prediction-taken = The actual number is taken when the { $word } has closed and every paper is in.
rules-gate = Only { $points } points or more can win a prize.
rules-order = Considered in this order: { $keys }.
rules-key-score-desc = higher score
rules-key-score-asc = lower score
rules-key-prediction_error-asc = closer prediction
rules-key-prediction_error-desc = prediction further off
rules-key-duration-asc = less time used
rules-key-duration-desc = more time used
rules-key-submitted_at-asc = submitted earlier
rules-key-submitted_at-desc = submitted later
rules-key-attempts-asc = fewer attempts
rules-key-attempts-desc = more attempts
rules-key-registered_at-asc = registered earlier
rules-key-registered_at-desc = registered later
rules-cap-round = One person receives at most { $most } in one { $word }.
rules-cap-contest = One person receives at most { $most } in the whole contest.
rules-cap-both = One person receives at most { $round } in one { $word } and { $contest } in the whole contest.
rules-tie-board = The organisers decide and record the reason.
rules-tie-draw = Lots are drawn by machine; the seed is kept so that anybody can check.
rules-scope-round = each { $word }
rules-scope-contest = over the whole contest
rules-places = { $n ->
    [one] { $s } prize
   *[other] { $s } prizes
}
rules-prize = { $scope } { $prize }.
rules-prize-one = { $places } of { $value }
rules-prize-each = { $places } of { $value } each
rules-units = { $n ->
    [one] { $s } unit
   *[other] { $s } units
}
rules-by-people = with the most people
rules-by-attempts = with the most attempts
rules-by-rate = with the highest share of their people entering
rules-by-average = with the highest average score
rules-by-total = with the highest total score
rules-by-right = with the most people right in every question
rules-by-winners = with the most individual prizes
rules-unit-prize = { $units } { $measure }, { $scope }.
rules-unit-level = Units at level { $level } of the list compete.
rules-unit-bloc = Only units of the group { $bloc } compete.
rules-unit-rate = Only units with a share of { $rate } or more compete.
rules-unit-value = Each receives { $value }.

# Fields of registration as words in a list, and what is wrong with them.
field-full_name = full name
field-birth_date = birth date
field-phone = phone number
field-unit = unit
field-national_id = personal identification number
field-sex = sex
field-email = e-mail
field-address = address
field-class = class
field-guardian_name = name of a parent or guardian
field-referral = code of who invited you
wrong-missing = Fill this in.
wrong-too-short = Enter at least { $a } characters.
wrong-too-long = Enter at most { $a } characters.
wrong-bad-characters = Remove the unusual characters here.
wrong-bad-format = Check how this is written.
wrong-digit-count = { $b } digits are needed; this has { $a }.
wrong-phone-prefix = Enter a Vietnamese mobile number beginning with 03, 05, 07, 08 or 09.
wrong-no-such-day = Month { $b } of { $c } has no day { $a }.
wrong-no-such-month = A month is from 1 to 12; this is { $b }.
wrong-in-future = This birth date lies in the future; check the year.
wrong-too-old = Check the year of birth; years from { $a } on are taken.
wrong-too-young = The contest is for people aged { $a } or over on { $b }.
wrong-id-contradicts = This number does not agree with the { $a } you entered; check both.
wrong-id-province = The first three digits are no province code; check the card.
wrong-not-in-list = Choose from the list.
wrong-already-used = Another entrant has registered with this.
wrong-not-given = Tick to agree.
wrong-not-asked = This contest does not ask for this; leave it empty.
wrong-full_name-missing = Enter your full name with accents.
wrong-full_name-too-short = Enter your full name with accents.
wrong-full_name-bad-characters = A name has letters only; remove digits and signs.
wrong-birth_date-missing = Enter day, month and year of birth.
wrong-birth_date-bad-format = Enter day, month and year as numbers, such as 15 / 6 / 1984.
wrong-phone-missing = Enter a phone number.
wrong-phone-digit-count = A phone number has { $b } digits; this has { $a }.
wrong-phone-bad-characters = A phone number has digits only.
wrong-unit-missing = Choose a unit from the list.
wrong-unit-not-in-list = Choose a unit from the list.
wrong-national_id-digit-count = The number has { $b } digits; this has { $a }.
wrong-national_id-bad-characters = The number has digits only.
wrong-national_id-already-used = This number is registered. If that is a mistake, call support.
wrong-email-bad-format = Write the e-mail as name@example.vn.
wrong-guardian_name-missing = For an entrant under 16 a parent or guardian must give their name and tick to agree.
wrong-guardian_name-too-short = Enter the full name of the parent or guardian.
wrong-guardian_name-bad-characters = A name has letters only; remove digits and signs.
wrong-password-missing = Enter a password of at least 8 characters.
wrong-password-too-short = A password needs at least { $a } characters.
wrong-consent-not-given = Tick to agree, in order to register.
wrong-sex-missing = Choose female or male.

# Registration.
register-title = Register
register-lead = About a minute. Registered already?
register-over = The contest ended at { $at }, so registration is closed.
register-logged-in = { $n } is logged in on this device.
register-other-person = Log out to register somebody else
register-known = This number is registered. Log in, or call support if you share a phone.
register-full_name = Full name
register-full_name-hint = In full, with accents, as on your papers.
register-birth_date = Birth date
register-birth_date-hint = For example: 15 / 6 / 1984
register-day = Day
register-month = Month
register-year = Year
register-phone = Phone number
register-phone-hint = For logging in, and for the organisers to call you if you win.
register-unit = Unit
register-unit-hint = Type the name of your commune, ward, school or office, at least 2 letters. Accents are not needed.
register-unit-search = Find a unit
register-unit-find = Find
register-unit-list = Not there? Choose from the list
register-national_id = Personal identification number
register-national_id-hint = 12 digits on the identity card.
register-sex = Sex
register-female = Female
register-male = Male
register-email = E-mail
register-address = Address
register-class = Class
register-class-hint = For pupils and students.
register-referral = Code of who invited you
register-referral-hint = If a person or unit invited you.
register-optional = { $field } (optional)
register-password = Password
register-password-hint = At least 8 characters.
register-guardian_name = Full name of the parent or guardian
register-button = Register and enter
password-show = Show
password-hide = Hide
consent-use = I agree that { $organiser } uses my { $fields } to run the contest, rank entries and award prizes.
consent-until = Data is deleted by { $day } at the latest.
consent-rights = I may see and correct my data and withdraw this consent.
consent-read = Read in full
consent-version = (version { $n })
consent-publish = If I win, my name, unit and prize may be published (optional).
consent-guardian = I am the parent or guardian of the entrant; I have read this and agree.
guardian-legend = Entrants under { $n }
guardian-hint = Fill this in only if the entrant is under { $n }.

# Units.
units-title = Units
units-count = { $n ->
    [one] There is { $s } unit. Choose it to see its figures and the address that invites people.
   *[other] There are { $s } units. Choose one to see its figures and the address that invites people.
}
units-found = { $n ->
    [one] { $s } unit
   *[other] { $s } units
}
units-none = No unit found. Type less, or choose from the list.
units-many = More than 10 units; type more to narrow them down.
units-above = in { $above }
units-whole = the unit as a whole
units-no-data = No unit has an attempt yet.
units-caption-title = Units with the most attempts
units-caption = Attempts and people in { $round }, counted at { $at }
units-caption-contest = Attempts and people over the contest, counted at { $at }
units-rest = The other units
unit-word = Unit
unit-attempts = Attempts
unit-people = People
unit-rate = Share
unit-above = Part of
unit-no-data = There are no figures for this unit yet. They appear when results are published.
unit-as-of = Figures of the published rounds, units below included.
unit-figure-attempts = { $n ->
    [one] attempt
   *[other] attempts
}
unit-figure-winners = { $n ->
    [one] individual prize
   *[other] individual prizes
}
unit-rounds = By round
unit-people-note = “People” are counted for each round; one person may enter several.
unit-below = Units below
unit-invite = Invite your unit
unit-invite-text = Whoever opens this address has the unit filled in:

# Logging in.
log-in-title = Log in
log-in-failed = Not logged in
log-in-wrong = Phone or password not right.
log-in-already = { $n } is logged in on this device. Logging in as somebody else takes their place.
log-in-no-account = Not registered?
log-in-register = Register in about a minute
log-in-forgotten = Forgotten password
password-title = Set a new password
password-failed = The password was not changed
password-how = You need a one-time code from the help desk. Staff ask your name, birth date and unit, then read out the code; it works for 24 hours. Nobody asks for the old password.
password-wrong = The phone or code is not right, or the code has expired. After 5 tries ask the help desk for a new one.
password-code = One-time code
password-code-hint = 8 digits.
password-new = New password
password-button = Set the new password

# My attempts.
mine-running = Attempt { $n } of { $round } is running.
mine-running-until = It ends at { $at }.
mine-caption = Submitted attempts
mine-as-of = { $attempts }, at { $at }
mine-attempt = Attempt
mine-when = Submitted
mine-result = Result
mine-line = { $round }, attempt { $n }
mine-counts = counts
mine-timed-out = submitted by the system
mine-received = received
mine-being-submitted = being submitted
mine-none-open = No attempts yet. { $title } is open.
mine-none = No attempts yet.
mine-data = Your registration
mine-phone = Phone
mine-unit = Unit
mine-publish = Named
mine-publish-yes = In full, if you win
mine-publish-no = By initials, if you win
mine-nobody = Nobody is logged in on this device. Log in to see your attempts.
mine-choose = Choose a contest to log in to

# Results.
results-of = Results of { $round }
results-all = Results of the contest
results-lead = Published at { $at }. Approved by { $organiser }.
results-upcoming = { $title } opens at { $at }. Results follow after { $round } has closed and the organisers have approved them.
results-open = { $title } is open until { $at }. Results follow after { $round } has closed and the organisers have approved them.
results-wait = { $title } closed at { $at }. The results of { $round } are being checked and approved; they will appear on this page.
results-checking = The results of { $round } are being checked and approved.
results-approved = The results were checked and approved by the organisers.
results-actual = Prediction: { $quantity } was { $value }.
results-winners = Winners
results-no-winners = Nobody met the conditions for a prize.
results-fraud = Nobody may ask for money or a password to award a prize. Winners keep their receipt code as proof.
results-charts = Figures
results-by-unit = By unit
results-more = See also
results-rounds = Rounds
results-round = Round
results-awards = Prizes
results-contest-prizes = Prizes over the contest
figure-attempts = { $n ->
    [one] attempt in the { $word }
   *[other] attempts in the { $word }
}
figure-people = { $n ->
    [one] person in the { $word }
   *[other] people in the { $word }
}
figure-right = attempts right in all { $questions }
figure-awards = { $n ->
    [one] individual prize
   *[other] individual prizes
}
figure-attempts-contest = { $n ->
    [one] attempt in the published rounds
   *[other] attempts in the published rounds
}
figure-people-contest = { $n ->
    [one] person over the contest
   *[other] people over the contest
}
figure-rounds = { $n ->
    [one] published round
   *[other] published rounds
}
winner-short = { $points }, prediction off by { $error }
winner-why-title = Why this prize?
winner-why = Rank { $rank }: { $keys }.
winner-prediction = predicted { $given }, off by { $error }
winner-error = predictions off by { $error } in all
winner-no-prediction = no prediction
winner-duration = took { $time }
winner-submitted = submitted at { $at }
winner-registered = registered at { $at }
winner-draw = Equal on every count, so lots were drawn.
winner-board = Equal on every count, so the organisers decided.
chart-table = Table of figures
chart-attempts = Attempts
chart-day = Day
chart-days = Busiest on { $day }: { $attempts }
chart-days-measure = Attempts by day of submission, { $round }, counted at { $at }
chart-days-title = Attempts by day
chart-right = { $share } of attempts are right in all { $total } questions
chart-right-measure = Attempts by number of right answers, { $round }, counted at { $at }
chart-right-title = Attempts by right answers
chart-right-head = Right answers

# Verifying a receipt.
verify-title = Verify a receipt
verify-yes = A submission matches this code:
verify-match = { $round }, submitted at { $at }.
verify-hidden = Name, score and answers are not shown here.
verify-no = No such code. It has 10 characters; check each one.
verify-code = Receipt code
verify-hint = 10 characters, such as K7QF 2M9X 4T. Spaces and small letters do not matter.
verify-button = Check the code
verify-meaning-title = What a match means
verify-meaning = The system received the paper with this code at the time given above. The code does not tell who submitted it or how it scored.

# Help.
help-whom = For help, ask the organisers or the person in charge of the contest in your unit. Below are ten common questions.
help-mat-khau = What if I forget my password?
help-mat-khau-answer = Call or visit the help desk of the contest. Staff ask your name, birth date and unit, then give you a one-time code. On the log-in page choose “Forgotten password” and enter the code to set a new one. Nobody asks for the old password.
help-dung-chung = My number is already registered, or my family shares one
help-dung-chung-answer = Each entrant needs a number of their own to log in. If you registered before, log in. If a relative used this number, use another one of yours or ask the help desk. Sharing a device is fine: one logs out, the next logs in.
help-mat-mang = The network drops, the battery dies, or I close the page
help-mat-mang-answer = If the page is still open, go on: answers kept on your device are sent when the network returns. If it is closed, log in again on this or another device and choose “Go on”; paper and deadline stay the same. The clock does not stop. At the end the system submits what was saved.
help-don-vi = I chose the wrong unit, or mine is not there
help-don-vi-answer = Type part of the name, without accents if you like. If it is not found, open the list and choose the unit above yours. If you registered with the wrong one, tell the help desk before the round closes.
help-ho-ten = My name or birth date is misspelt
help-ho-ten-answer = You can still enter. Tell the help desk before results are published, because papers are checked when prizes are given.
help-doc-to = The text is too small, or I want it read aloud
help-doc-to-answer = Choose “Text size, colours” at the top for larger text or other colours. The button that reads aloud appears in the quiz only if the device has a Vietnamese voice, which can be added in the settings of the phone.
help-goi-trao-giai = Somebody calls to say I have won
help-goi-trao-giai-answer = Look at the results page first: every winner is there. The organisers never ask for money, a password or a bank code. If you are asked, end the call and tell the organisers.
help-duoi-16 = How do people under 16 enter?
help-duoi-16-answer = A parent or guardian gives their name and agrees on the registration page. The rules of each contest say the smallest age.
help-ket-qua = My score or rank is not what I expected
help-ket-qua-answer = See under My attempts which attempt counts. Beside each prize “Why this prize?” lists every criterion. Keep your receipt code and send it with a written complaint to the organisers within the time the rules give.
help-xoa-du-lieu = I want to see, correct or delete my data
help-xoa-du-lieu-answer = My attempts shows what you registered with. To correct or delete it or to withdraw consent, tell the organisers; contacts and periods are on the page Personal data.

# Personal data.
privacy-version = Version { $n }
privacy-why-title = What for
privacy-why-1 = To know who enters, so that nobody takes part for another.
privacy-why-2 = To rank, to count by unit and to award prizes.
privacy-why-3 = To reach you if you win or need help.
privacy-who-title = Who sees it
privacy-who = Only staff appointed by the organisers. Phone and identification numbers are stored encrypted, and every export is recorded. Data is not used for anything else, not sold and not given to advertisers.
privacy-public-title = What is public
privacy-public = A winner is named in full only with their own consent. Otherwise the results show initials and unit. Phone, birth date and identification number are never public.
privacy-young-title = People under 16
privacy-young = A parent or guardian must agree at registration. Their name is kept only to prove that consent.
privacy-device-title = On your device
privacy-device = This site keeps only the cookies it needs: log-in, safety of forms, text size and language, the code of a personal link until you register. There is no tracking, and nothing is loaded from other sites.
privacy-rights-title = Your rights
privacy-rights = You may see, correct and erase your data and withdraw consent at any time. Log in, open My attempts and choose My data: everything that is kept is there, with buttons to take a copy, correct and erase. For birth date, phone number and unit, ask the organisers. Once erased, you cannot win a prize; your attempts remain as counts only, without a name.
privacy-contests = By contest
privacy-organiser = Who is responsible
privacy-what = What is collected
privacy-fields = Required: { $must }.{ $may }
privacy-fields-both = Required: { $must }. Optional: { $may }.
privacy-until-title = Until when
privacy-until = Deleted by { $day } at the latest. After that only totals remain.
privacy-until-unsaid = The organisers have not set a date; please ask them.
privacy-contact = Contact
