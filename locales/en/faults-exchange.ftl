### Reading and writing exchange formats: GIFT, Aiken, Moodle XML, QTI

fault-question-type = { $kind ->
        [essay] An essay question cannot be loaded.
        [numerical] A question for a number cannot be loaded.
        [shortanswer] A short-answer question cannot be loaded.
        [matching] A matching question cannot be loaded.
        [match] A matching question (match) cannot be loaded.
       *[other] A question of the type “{ $kind }” cannot be loaded.
    }
    .fix = A contest asks questions with options and true/false. Rewrite it with 2 to 8 options, or remove it.
fault-description-skipped = This is a text without a question; it was not loaded.
    .fix = Where a question needs the text, copy it into the question.
fault-id-changed = { $has_id ->
        [0] “{ $given }” cannot be the id of a question; it is named by its number.
       *[other] “{ $given }” cannot be the id of a question; its id is “{ $id }”.
    }
    .fix = Use lower-case unaccented letters, digits and hyphens, for example khoi-nghia-bac-son.
fault-level-twice = Two tags of this question name different levels; it was loaded without one.
    .fix = Leave one tag: easy, medium or hard.
fault-tag-dropped = The tag “{ $tag }” ({ $count } questions) is no level and was not kept.
    .fix = Nothing to do. Levels come from the tags easy, medium and hard.
fault-categories-joined = The file has { $count } categories ({ $names }); all went into one set.
    .fix = For several sets, export each category to a file of its own.
fault-all-or-nothing = { $count } questions share their points among several right options; here all of them and no other must be chosen.
    .fix = Nothing to do if this is what you want.
fault-partial-credit = { $count } questions give or take a part of the points for wrong options; here wrong options count nothing.
    .fix = Nothing to do if this is what you want.
fault-feedback-dropped = The feedback of { $count } wrong options was not kept.
    .fix = Where it is needed, put it into the general feedback of the question.
fault-points-dropped = { $count } questions are worth more or less than the first; here the contest sets the points.
    .fix = Set points in contest.toml.
fault-order-kept = { $count } questions ask to keep the order of their options, so these were pinned.
    .fix = To shuffle them, turn shuffling on in the original file.
fault-setting-dropped = “{ $setting }” ({ $count } places) was not loaded.
    .fix = Nothing to do if it is not needed; time, number of questions and the draw are set in contest.toml.
fault-html-dropped = The HTML tag <{ $tag }> ({ $count } places) was not kept; its text was, except of programs.
    .fix = Look at these questions; use bold, italic, superscript, subscript and line breaks alone.
fault-html-content = <{ $tag }> (a formula, film, sound, embedded page…) cannot be loaded, so the question is not whole.
    .fix = Write it as text, or insert it as a picture.
fault-style-lost = { $count } texts have styles that cannot be shown; the text was kept.
    .fix = Look at bold, italic, superscript and subscript in these texts.
fault-no-full-mark = No option earns all points, so the key is not known.
    .fix = Give the right option 100 percent.
fault-several-full-marks = One option is to be chosen, but { $count } options earn all points.
    .fix = Leave one right option, or make it a question with several answers that add up to 100 percent.
fault-weight-unknown = { $has_near ->
        [0] “{ $weight }” is not a share of the points.
       *[other] { $weight } percent is not a share that Moodle accepts.
    }
    .fix = { $has_near ->
        [0] Write a number such as 100, 50 or 33.33333.
       *[other] Did you mean { $near }?
    }
fault-weight-sum = The right options add up to { $sum } percent, they must make 100.
    .fix = Share the points again, for example 50 and 50 for two right options.
fault-package-picture-missing = The picture “{ $src }” is not in the file.
    .fix = Export the file with its pictures, or remove the picture.
fault-picture-remote = The picture “{ $src }” lies elsewhere, not in the file.
    .fix = Download the picture and insert it into the question.
fault-package-picture-in-option = The option has a picture; options are texts.
    .fix = Put the pictures into one picture of the question with numbers, and let the options name the numbers.

## GIFT

fault-gift-brace = One of {"{"} and {"}"} is missing, or they stand the wrong way round.
    .fix = Put the options between {"{"} and {"}"}; write \{"{"} and \{"}"} for ordinary braces.
fault-gift-second-block = The second {"{"}…{"}"} was read as text of the question.
    .fix = A question has one block; put an empty line between two questions.
fault-gift-category-line = The question follows $CATEGORY at once; Moodle would lose it.
    .fix = Add an empty line after the line $CATEGORY.
fault-gift-name-open = The name begins with :: but does not end with ::, so it was read as text of the question.
    .fix = Write ::name:: and then the question.
fault-gift-format = [{ $name }] is not a format and was read as text.
    .fix = The formats are [html], [moodle], [plain] and [markdown].
fault-gift-truth-word = “{ $value }” is not read as true or false but as a short answer.
    .fix = Write exactly TRUE, FALSE, T or F in capitals.
fault-gift-equals-splits = The = in “{ $part }” begins a new option.
    .fix = Write \= for an ordinary equals sign.
fault-gift-weight-text = “{ $text }” is not read as a share of the points but as text.
    .fix = Write it without spaces, for example ~%50%Option or ~%-25%Option.
fault-gift-loose = { $count } questions have “{ $sign }” without \; it is read here and in Moodle, not in some other programs.
    .fix = Nothing to do. For use elsewhere write \:, \= and \n.

## Aiken

fault-aiken-no-stem = An option or answer stands before its question.
    .fix = Write the question on one line, then A., B. and ANSWER:.
fault-aiken-unfinished = This question has no line ANSWER.
    .fix = Add a line such as ANSWER: B after the last option.
fault-aiken-answer-twice = This question has its answer already; Aiken takes one.
    .fix = Remove the line.
fault-aiken-letter = The line looks like an option, but the next option must be { $expected }.
    .fix = Letter the options A, B, C… in order; if this is a new question, the one before lacks ANSWER.
fault-aiken-stem-like-option = “{ $text }” looks like an option but was read as a question.
    .fix = Nothing to do if it is a question.
fault-aiken-long-stem = The question has several lines; they were joined.
    .fix = Write the question on one line, so that other programs read it too.
fault-aiken-short-line = A line of one character was left out.
    .fix = If it belongs to the question, write it on the line of the question; otherwise delete it.
fault-aiken-answer = “{ $value }” is not one capital letter.
    .fix = Write one letter, for example ANSWER: B.

## XML

fault-xml-broken = The XML is broken from here on ({ $detail }).
    .fix = Export the file again, without changes by hand.
fault-xml-doctype = The file declares a DOCTYPE; for safety such a file is not read.
    .fix = Remove the line <!DOCTYPE …> or export the file again.
fault-xml-entity = XML has no &{ $name };.
    .fix = Write the character itself; write &amp; for an ordinary &.
fault-xml-encoding = The file is written in “{ $name }”.
    .fix = Save the file as UTF-8.
fault-xml-limit = { $what ->
        [depth] Elements lie in each other more than { $limit } deep.
        [elements] The file has more than { $limit } elements.
       *[tag] A tag has more than { $limit } bytes.
    }
    .fix = Export the file again, or split it into smaller ones.
fault-xml-root = This is an XML file of “{ $root }”, not a set of questions.
    .fix = Choose Moodle XML (<quiz>) or QTI (assessmentItem, assessmentTest or a package .zip).
fault-truth-answers = A true/false question must have exactly the answers true and false.
    .fix = Export the question again, or rewrite it with options.

## QTI

fault-qti-scoring = The scoring “{ $template }” is not understood, so the key is not known.
    .fix = Use the template match_correct or map_response.
fault-qti-interactions = The item has { $count } interactions; it must have one.
    .fix = Split it into items with one choice interaction each.
fault-qti-no-key = The item names no right answer.
    .fix = Add correctResponse with the identifier of the right choice.
fault-qti-key-unknown = The right answer “{ $value }” is not the identifier of a choice.
    .fix = Use the identifier of a choice.
fault-qti-max-choices = { $max } choices may be chosen, but { $right } are right.
    .fix = Mend maxChoices or the right answers.
fault-qti-choice-twice = The identifier “{ $id }” is used for two choices.
    .fix = Give each choice its own identifier.
fault-qti-item-twice = The identifier “{ $id }” is used in { $file } already.
    .fix = Give each item its own identifier.
fault-package-missing = The package names “{ $path }” but does not hold it.
    .fix = Export the package again.
fault-package-unlisted = The package holds “{ $path }” without listing it; it was not loaded.
    .fix = Add the file to imsmanifest.xml if it is needed.
fault-package-broken = The package cannot be opened ({ $detail }).
    .fix = Export the package again as .zip with imsmanifest.xml.
fault-package-limit = { $what ->
        [entries] The package has more than { $limit } files.
        [ratio] A file in the package is compressed more than { $limit } times.
        [entry] A file in the package has more than { $limit } bytes.
       *[size] The package has more than { $limit } bytes when opened.
    }
    .fix = Split it into smaller packages.
fault-package-path = The path “{ $path }” leads out of the package.
    .fix = Export the package again; do not change paths by hand.
fault-package-locked = The package is locked by a password.
    .fix = Save it without password.

## Writing

fault-export-skipped = { $why ->
        [several] The question “{ $id }” has several right options and cannot be written in this format.
       *[other] The question “{ $id }” cannot be written in this format.
    }
    .fix = Use another format, for example Moodle XML or QTI.
fault-export-loses = { $what ->
        [picture] The pictures, sounds or films of { $count } questions are not written.
        [media-file] The table only names the pictures, sounds and films of { $count } questions; the files themselves lie in the folder media.
        [pin] The pinned options of { $count } questions are not written.
        [level] The levels of { $count } questions are not written.
        [explanation] The explanations of { $count } questions are not written.
        [source] The sources of { $count } questions are not written.
        [topic] The topics of { $count } questions are not written.
        [id] The ids of { $count } questions are not written.
        [lines] Line breaks in { $count } questions became spaces.
       *[style] Bold, italic, superscript and subscript in { $count } questions are not written.
    }
    .fix = Use another format, for example Moodle XML or QTI, where this has to be kept.
