# Faults of contest and question files: what is wrong, and (.fix) how to mend it.

severity-error = error
severity-warning = warning
fault-fix-label = fix
faults-counts = { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }
faults-none = Good: { $questions } questions, no faults.
faults-warnings = Can be loaded, please look again: { $counts } in { $questions } questions.
faults-refused = Cannot be loaded: { $counts } in { $questions } questions.

place-file = whole file
place-line = line { $line }, column { $column }
place-paragraph = paragraph { $paragraph }
place-paragraph-line = paragraph { $paragraph }, line { $line }
place-table-cell = table { $table }, row { $row }, column { $column }
place-cell = sheet { $sheet }, cell { $cell }
place-question = question { $number }
place-round = round no. { $number } in the file
place-prize = prize no. { $number } in the file
place-collective-prize = collective prize no. { $number } in the file
place-unit = unit { $code }

kind-text = text in quotes
kind-integer = a whole number
kind-decimal = a decimal number
kind-boolean = true or false
kind-moment = a date and time
kind-list = a list in square brackets
kind-table = a table
kind-tables = tables under a header in double square brackets
kind-nothing = nothing
kind-key = the letter of the right option, or a list of letters
kind-option = text, or a table of text and pin
kind-limit = a whole number or "unlimited"

## Files

fault-missing-file = { $name } is missing.
    .fix = Add { $name } to the contest directory; quizzes/README.md shows a sample.
fault-bad-directory = The directory name “{ $name }” cannot be part of an address.
    .fix = Rename the directory with lower-case letters, digits and hyphens alone, such as “lang-son-90-nam”.
fault-stray-file = “{ $name }” is in questions/ but is no .toml question file, so it is not loaded.
    .fix = Turn it into .toml with hoithi convert, or move it out of questions/.
fault-file-too-large = The file has { $size } bytes, at most { $limit } are allowed.
    .fix = Split it into smaller files; pictures belong in media/.
fault-not-utf8 = From here on the file is not Unicode text (UTF-8).
    .fix = Open the file and save it as UTF-8; convert TCVN3, VNI or Windows-1258 text to Unicode first.
fault-syntax = { $problem ->
        [unquoted] Text without quotes.
        [curly-quotes] Curly quotes (“ ”) cannot enclose text.
        [unclosed-text] The text lacks its closing quote, or has a stray quote inside.
        [unclosed-block] The text over several lines that begins here never ends.
        [bad-escape] The backslash “\” is followed by a character that means nothing.
        [duplicate] This key or table is written above already.
        [missing-equals] The equals sign or the value after the key is missing.
        [missing-comma] A comma is missing or superfluous, or a bracket is not closed.
        [unclosed] A list or table is opened and never closed.
        [bad-header] The header of a table lacks a square bracket.
        [bad-key] The key has a character that is not allowed.
        [bad-number] The number is not written correctly.
        [bad-date] The date or time is not written correctly or does not exist.
        [too-deep] Lists are nested too deeply.
        [bad-character] A control character is not allowed here.
        [csv-quote] A quotation mark in a field is not closed, or text follows the closing one.
        [json] The file is not valid JSON ({ $detail }).
       *[other] This cannot be understood ({ $detail }).
    }
    .fix = { $problem ->
        [unquoted] Put the text in straight double quotes, for example key = "A".
        [curly-quotes] Replace “ and ” at both ends by straight double quotes (").
        [unclosed-text] Close it with a straight double quote (") on the same line; write a quote inside as \".
        [unclosed-block] Add three double quotes (""") at the end of the text.
        [bad-escape] Write \\ for a backslash, \" for a double quote.
        [duplicate] Delete one of the two.
        [missing-equals] Write name = value, for example title = "Tuần 1".
        [missing-comma] Put one comma between two elements and close every bracket; write each key on a line of its own.
        [unclosed] Add the closing ] or {"}"}.
        [bad-header] Write the header on a line of its own, for example [paper] or [[question]].
        [bad-key] A key consists of unaccented letters, digits, underscores and hyphens.
        [bad-number] Write a whole number without leading zero; group digits with underscores, for example 2_000_000.
        [bad-date] Write date and time in quotes, for example "2023-04-03T08:00:00+07:00".
        [too-deep] Remove some of the square brackets.
        [bad-character] Delete the character and type the line again.
        [csv-quote] Close the quotation mark; write a quotation mark inside a field twice ("").
        [json] Check commas, brackets and quotes around this place.
       *[other] Compare with the sample in quizzes/README.md and write the line again.
    }
fault-too-many-faults = The file has more than { $limit } faults; the rest is not listed.
    .fix = Mend the first ones and check again; they often have one common cause.

## Shape

fault-unknown-key = { $table } has no key “{ $key }”.
    .fix = { $has_near ->
        [0] Delete the line, or use one of the keys: { $allowed }.
       *[other] Did you mean “{ $near }”? The keys are: { $allowed }.
    }
fault-wrong-type = “{ $key }” must be { $expected }; here it is { $found }.
    .fix = Write “{ $key }” as { $expected }.
fault-missing-key = { $table } lacks “{ $key }”.
    .fix = Add it, for example: { $example }
fault-unknown-value = “{ $value }” is not a value of “{ $key }”.
    .fix = { $has_near ->
        [0] Use one of: { $allowed }.
       *[other] Did you mean “{ $near }”? The values are: { $allowed }.
    }
fault-out-of-range = “{ $key }” is { $value }, it must be from { $min } to { $max }.
    .fix = Choose a number from { $min } to { $max }.
fault-too-many-entries = “{ $key }” has { $count } entries, at most { $limit } are allowed.
    .fix = Reduce it to { $limit } entries.

## Text

fault-empty-text = “{ $key }” is empty.
    .fix = Write something for “{ $key }”.
fault-text-too-long = “{ $key }” has { $chars } characters, at most { $limit } are allowed.
    .fix = Shorten it to { $limit } characters.
fault-not-nfc = “{ $key }” stores letters and marks apart; they were joined on reading.
    .fix = Save the text as composed Unicode (NFC), so that every program shows and finds it.
fault-hidden-character = “{ $key }” has the invisible character { $character }.
    .fix = Delete it; it often comes along when text is pasted from Word or a web page.
fault-odd-space = “{ $key }” has the special space { $character }; it was replaced by an ordinary one.
    .fix = Replace it by an ordinary space.
fault-bad-slug = “{ $value }” cannot be a “{ $key }”: lower-case unaccented letters, digits and hyphens alone, at most 64 characters.
    .fix = { $has_proposal ->
        [0] Give a short name such as "khoi-nghia-bac-son".
       *[other] Use "{ $proposal }".
    }

## Time

fault-bad-date = “{ $value }” is not an existing date for “{ $key }”.
    .fix = { $has_proposal ->
        [0] Write year-month-day, for example 2023-04-03.
       *[other] Write { $proposal } (year-month-day).
    }
fault-bad-moment = “{ $value }” is not an existing date and time for “{ $key }”.
    .fix = Write it like "2023-04-03T08:00:00+07:00".
fault-no-offset = “{ $key }” is “{ $value }”, without an offset.
    .fix = Write the time and its offset; Vietnam time ends in +07:00, for example "2023-04-03T08:00:00+07:00".
fault-bad-duration = “{ $value }” is not a duration for “{ $key }”.
    .fix = Write it like "15m" (minutes), "90s" (seconds), "1h" or "1h30m" (hours).
fault-duration-range = “{ $key }” is “{ $value }”, it must be from { $min } to { $max }.
    .fix = Choose a duration from { $min } to { $max }.

## Registration

fault-field-twice = “{ $field }” is both required and optional.
    .fix = Delete “{ $field }” from one of the two lists.
fault-field-repeated = “{ $field }” occurs twice in the same list.
    .fix = Delete one of them.
fault-fields-always = The required fields lack { $fields }; every contest needs them to log people in and rank them.
    .fix = Add { $fields } to fields.required.

## Rounds

fault-no-rounds = The contest has no round.
    .fix = Add at least one table [[round]] with number, title, opens and closes.
fault-round-duplicate = Round { $number } exists already on line { $line }.
    .fix = Number the rounds 1, 2, 3…
fault-round-gap = Round { $expected } is missing before round { $number }.
    .fix = Number the rounds from 1 without gaps; this one is { $expected }.
fault-round-order = Round { $number } stands after round { $after }.
    .fix = Put the rounds in the order of their numbers.
fault-round-reversed = Round { $number } closes before it opens, or at that moment.
    .fix = Set closes to a moment after opens.
fault-rounds-overlap = Round { $number } opens before round { $other } has closed.
    .fix = Let a round open when the one before closes, or later.
fault-round-before = Round { $number } opens before round { $other }, against the order of the numbers.
    .fix = Change the numbers or the calendar, so that smaller numbers open first.

## Paper

fault-draw-empty = The paper draws no question.
    .fix = Add at least one line, for example {"{"} set = "dang-bo", count = 5 {"}"}.
fault-unknown-set = questions/ has no set “{ $set }”.
    .fix = { $has_near ->
        [0] The sets are: { $known }.
       *[other] Did you mean “{ $near }”? The sets are: { $known }.
    }
fault-draw-too-many = The paper needs { $asks } questions of the set “{ $set }”, which has { $holds }.
    .fix = Lower count or add questions; no paper holds a question twice.
fault-draw-level-too-many = The paper needs { $asks } questions of level { $level } from the set “{ $set }”, which has { $holds } of that level.
    .fix = Lower count, leave out level, or add questions of level { $level }.
fault-paper-too-long = A paper has { $count } questions, at most { $limit } are allowed.
    .fix = Lower count in the lines of draw.
fault-unused-set = No round draws from the set “{ $set }”.
    .fix = Add the set to draw, or remove the file if it is not used.

## Ranking

fault-gate-above-maximum = A prize needs { $min_score } points, but a paper without mistake has { $max }.
    .fix = Set min_score to { $max } at most, or change points and draw.
fault-order-empty = The order of the ranking is empty.
    .fix = Write at least one key, for example order = ["score desc", "duration asc"].
fault-order-duplicate = The key “{ $key }” occurs twice.
    .fix = Delete one; the second is never looked at.
fault-order-direction = “{ $value }” lacks its direction.
    .fix = Write the key and then asc (small first) or desc (large first), for example "score desc".
fault-order-unusual = This direction of “{ $key }” puts the weakest first.
    .fix = Usual is "{ $key } { $usual }".
fault-order-without-prediction = The ranking uses the prediction, but the contest asks for none.
    .fix = Add the table [prediction], or remove "prediction_error asc" from order.
fault-prediction-unused = A prediction is asked for, but the ranking does not use it.
    .fix = Add "prediction_error asc" to order, or remove the table [prediction].

## Prizes

fault-prize-duplicate = “{ $name }” exists already on line { $line } in the same scope.
    .fix = Change the name, or join the two and add up places.
fault-prize-total = The announced total of “{ $key }” is { $declared }, the prizes of all rounds add up to { $computed }.
    .fix = Change [prize_total], or places and value of the prizes.
fault-prize-same-ranking = “{ $name }” is for the whole contest, but the contest has one round, which has prizes: both rankings are the same.
    .fix = Use one scope for all prizes.
fault-rate-without-headcount = No rate can be computed for { $count } units without headcount: { $units }.
    .fix = Fill the column headcount of these units in units.csv.
fault-level-too-deep = The prize is for units of level { $level }, but the tree of units has { $depth } levels.
    .fix = Choose a level from 1 to { $depth }.
fault-unknown-bloc = No unit belongs to the bloc “{ $bloc }”.
    .fix = { $has_near ->
        [0] The blocs in units.csv are: { $known }.
       *[other] Did you mean “{ $near }”? The blocs in units.csv are: { $known }.
    }
fault-nobody-competes = No unit of level { $level } competes for this prize ({ $bloc }).
    .fix = Change level or bloc so that some unit competes.
fault-more-places-than-units = There are { $places } prizes but { $units } competing units.
    .fix = Lower places, or widen level and bloc.
fault-bad-rate = “{ $key }” is { $value }, it must be a number from 0 to 1 with at most four decimals.
    .fix = Write a rate such as 0.5 (which is 50 %).

## Units

fault-missing-column = The first row lacks the column “{ $name }”.
    .fix = The first row of units.csv names the columns: code,name,parent,bloc,headcount,valid_from,valid_to (in any order).
fault-unknown-column = There is no column “{ $name }”.
    .fix = { $has_near ->
        [0] The columns are: { $allowed }.
       *[other] Did you mean “{ $near }”? The columns are: { $allowed }.
    }
fault-column-duplicate = The column “{ $name }” occurs twice.
    .fix = Remove one of them.
fault-row-length = The row has { $found } fields, the header has { $expected } columns.
    .fix = Write { $expected } fields; a field with a comma inside needs quotation marks.
fault-no-units = There is no unit.
    .fix = Add at least one row with code and name below the header.
fault-bad-unit-code = “{ $value }” cannot be the code of a unit.
    .fix = Use unaccented letters, digits, hyphens, underscores and dots, at most 32 characters, for example DB-CHILANG.
fault-unit-duplicate = The code “{ $code }” exists already on line { $line }.
    .fix = Choose another code, or delete the superfluous row.
fault-unknown-parent = No unit has the code “{ $parent }”.
    .fix = { $has_near ->
        [0] Set the column parent to a code of the file, or leave it empty.
       *[other] Did you mean “{ $near }”?
    }
fault-unit-cycle = The units lie above each other in a circle: { $chain }.
    .fix = Leave the column parent of the highest unit empty.
fault-unit-too-deep = The unit lies on level { $level }, the tree may have { $limit } levels.
    .fix = Remove some of the levels between.
fault-validity-reversed = The unit ends ({ $to }) before it begins ({ $from }).
    .fix = Change valid_from or valid_to.
fault-bad-headcount = “{ $value }” is not a number of people.
    .fix = Write a whole number from 1 without grouping, for example 12500; leave it empty when not known.
fault-no-unit-on-days = No unit exists on the days of the contest ({ $from } to { $to }).
    .fix = Change valid_from and valid_to in units.csv, or the calendar of the rounds.

## Questions

fault-set-duplicate = The set “{ $id }” exists already in { $file }.
    .fix = Give one of the two another id.
fault-no-questions = The set has no question.
    .fix = Add at least one table [[question]].
fault-too-many-questions = With this file the contest has { $count } questions, at most { $limit } are allowed.
    .fix = Remove some questions.
fault-question-duplicate = The question id “{ $id }” exists already on line { $line }.
    .fix = Give one of the two another id.
fault-option-count = The question has { $count } options, it must have from 2 to 8.
    .fix = Add or remove options.
fault-option-duplicate = Option { $second } is the same as option { $first }.
    .fix = Change or remove one of them.
fault-option-similar = Option { $second } differs from option { $first } in marks or punctuation alone.
    .fix = Look again; keep it if it is meant.
fault-pin-not-last = Option { $label } keeps its place (pin) but stands before a free one.
    .fix = Move pinned options to the end.
fault-option-points-to-others = Option { $label } refers to other options, but their order will be shuffled.
    .fix = Say it without naming other options, or keep it and the options it names in place with pin = true.
fault-key-empty = The question has no key.
    .fix = Write the letter of the right option, for example key = "A".
fault-key-not-a-letter = “{ $value }” is not a letter from A to H.
    .fix = { $has_proposal ->
        [0] Write the letter of the right option, for example key = "A" or key = ["A", "C"].
       *[other] Write key = { $proposal }.
    }
fault-key-beyond = The key is { $letter }, but the last option is { $last }.
    .fix = Choose a letter from A to { $last }, or add options.
fault-key-repeated = The key { $letter } is written twice.
    .fix = Delete one of them.
fault-key-all = Every option is right, so choosing all of them always scores.
    .fix = Look at the key again, or add wrong options.
fault-stem-duplicate = This question is the same as “{ $other }” ({ $file }, line { $line }).
    .fix = Remove one, or say how they differ.
fault-stem-similar = This question is nearly the same as “{ $other }” ({ $file }, line { $line }).
    .fix = See whether it is the same question; keep it if it is not.
