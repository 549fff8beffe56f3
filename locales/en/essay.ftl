### The essay: writing, marking, rules.

essay-title = Essay
essay-start = Yes, up to { $n } points; marked after the round has closed
essay-size = Write { $n } characters at most.
essay-size-from = Write { $a } to { $b } characters; a shorter text is not marked.
essay-marked = The organisers mark it after the round has closed, up to { $n } points. Your text is saved while you write and handed in with the paper.
essay-too-long = The essay has { $a } characters, more than the { $b } allowed. Please shorten it, then save.
essay-former = Bring back the text of this device that was not saved
essay-own = Essay, { $round }
privacy-essay = Essays written in papers: markers read them without knowing your name and unit; essays are not published.

## Words of the script; { $n } stays for it to fill.
essay-js-count = { $n } characters
essay-js-short = { $n } characters, too few to be marked
essay-js-over = { $n } characters too long
essay-js-none = nothing written
essay-js-saving = Saving the essay…
essay-js-saved = ✓ Essay saved
essay-js-unsaved = The essay could not be saved; the text on this device is still there
essay-js-login = Please log in again in another tab, then come back; the text on this device is still there

## After handing in
essay-result-none = You wrote no essay in this round.
essay-result-short = The essay has fewer than { $n } characters and is not marked.
essay-result-later-score = These are the points for multiple choice. Your essay has been received and is marked after the round has closed; its mark comes with the results.
essay-result-later = Your essay has been received and is marked after the round has closed; its mark comes with the results.
essay-result-points = The essay earned { $a }/{ $b } points, which are part of the points that rank.
essay-result-unmarked = By the rules, the essay was not to be marked.

## Rules
rules-term-essay = Essay
rules-essay-none = There is no essay.
rules-essay-size = Each paper has one essay of { $most } characters at most.
rules-essay-size-from = Each paper has one essay of { $least } to { $most } characters; a shorter one is not marked.
rules-essay-once = Each person has one essay in a round: a further attempt goes on with it, and the text saved last is marked.
rules-essay-points = The essay earns up to { $points } points, added to those of multiple choice.
rules-essay-one-marker = One person marks it, without knowing the name and unit of the writer.
rules-essay-two-markers = Two people mark it independently, without knowing the name and unit of the writer; the mark is the mean, with half points rounded up.
rules-essay-third = Where the two differ by more than { $n } points, a third person marks it and that mark stands.
rules-essay-gate = The essay needs at least { $n } points to win a prize.
rules-essay-who = Only essays of people with enough points of multiple choice for a prize are marked.
rules-essay-who-predicting = Only essays of people who have enough points of multiple choice for a prize, or would have with the most points for a prediction, are marked.
rules-essay-feedback = The points told at once are those of multiple choice; the essay is marked later and its mark comes with the results.

## Marking
essay-do-mark = Mark essays
essay-desk-title = Marking essays, { $round }
essay-desk-prompt = Question
essay-desk-points = Whole points from 0 to { $points }.
essay-desk-one-marker = One person marks each essay.
essay-desk-two-markers = Two people mark each essay and do not see each other's mark; the mark is the mean.
essay-desk-third = Two people mark each essay and do not see each other's mark; where they differ by more than { $n } points, a third person marks it.
essay-desk-closed = Essays are marked from the sealing of the round until its result is approved.
essay-desk-enough = Everybody who was to mark this essay has.
essay-desk-progress = Marked: { $done }/{ $all } essays
essay-desk-mine = Waiting for you: { $waiting }. Marked by you: { $done }.
essay-desk-next = Mark the next essay
essay-desk-none = No essay is waiting for you.
essay-desk-one = Essay { $n }
essay-desk-one-of = Essay { $n } of { $all }
essay-desk-chars = { $n } characters
essay-desk-mark = Points, from 0 to { $n }
essay-desk-points-wrong = Write a whole number from 0 to { $n }.
essay-desk-note = Note
essay-desk-note-hint = For the board; the writer does not see it. It may stay empty.
essay-desk-note-long = The note is longer than { $n } characters.
essay-desk-reason = Reason for changing the mark
essay-desk-save = Save the mark and go to the next
essay-desk-change = Change the mark
blocker-essays-unmarked = { $count } essays have no mark yet.
blocker-essays-changed = Marks of essays were changed after the ranking was made: rank again.
console-act-essay-mark = { $actor } marked an essay of { $round }
console-act-essay-remark = { $actor } changed the mark of an essay of { $round }
export-column-essay = Essay mark

## Form of the rules
rform-group-essay = Essay
rform-note-essay = Leave all of it empty if there is no essay. Its mark is added to the points of multiple choice.
rform-essay-prompt = Question
rform-essay-prompt-hint = Shown on the paper alone. For a round without an essay write: no essay.
rform-no-essay = no essay
rform-essay-points = Most points for the essay
rform-essay-min-chars = Fewest characters
rform-essay-min-chars-hint = A shorter text is not marked. Leave empty for any length.
rform-essay-max-chars = Most characters
rform-essay-min-points = Fewest points of the essay to win a prize
rform-essay-min-points-hint = Leave empty if there is no such condition.
rform-essay-markers = People who mark each essay
rform-essay-markers-hint = 1 or 2.
rform-essay-max-difference = Largest difference between two markers
rform-essay-max-difference-hint = Beyond it a third person marks. Leave empty to take the mean always.
