# Faults in papers written in Word or pasted: what is wrong, and (.fix) how to mend it.

## Combined options

fault-pin-names-letters = Option { $label } names letters of other options; once options are shuffled, those letters mean others.
    .fix = The option keeps its place. Better write it without letters, such as “All the other options”, or let the contest not shuffle options.
fault-pin-keeps-order = Option { $label } names the letters of some other options; once options are shuffled these letters would name others.
    .fix = The options of this question keep their order and are not shuffled. To have them shuffled, reword the option without letters.
fault-pin-names-place = Option { $label } speaks of the options “above”, which is true at the last place alone.
    .fix = The option keeps its place; check that it is the last one.

## How the right options are marked

paper-key-answer-table = answer table
paper-key-answer-line = line “Đáp án: …”
paper-key-word = “(đúng)” behind the option
paper-key-asterisk = asterisk
paper-key-tick = tick
paper-key-highlight = highlight
paper-key-underline = underline
paper-key-colour = colour
paper-key-bold = bold
paper-key-italic = italic

## Word documents

fault-docx-old = This is a Word document of the old kind (.doc), which cannot be read.
    .fix = Open it in Word or LibreOffice, save it as “Word Document (.docx)”, and load that.
fault-docx-locked = The document asks for a password and cannot be opened.
    .fix = In Word, File > Info > Protect Document, take the password away, save and load again.
fault-docx-macro = The document holds macros and is not accepted.
    .fix = Save it as “Word Document (.docx)”, without macros, and load that.
fault-docx-other = This is not a Word document (.docx) but { $kind }.
    .fix = Load the .docx file; load Excel files as such, and save other kinds as .docx first.
fault-docx-broken = The Word document is damaged and cannot be read.
    .fix = Open it in Word or LibreOffice and save it as a new .docx file; or copy the text into the text field.
fault-docx-bomb = The file is too large when unpacked, or built in an unusual way, and is not accepted.
    .fix = Copy the questions into a new document, make the pictures smaller, save it as .docx and load that.
fault-docx-chunk = Another document is embedded here; its text is not in this file and cannot be read.
    .fix = Open the file in Word and save it as a new .docx, which copies the embedded part, then load that.
fault-picture-outside = The picture lies outside the document (it is linked) and cannot be read.
    .fix = Insert the picture into the document in Word (Insert > Pictures), not as a link.
fault-picture-missing = The picture is not in the document.
    .fix = Insert it again and save the file.
fault-picture-kind = Pictures of the kind .{ $kind } cannot be shown on a web page.
    .fix = Use PNG or JPEG: in Word, right-click the picture, Save as Picture, and insert that.
fault-picture-in-option = Option { $label } holds a picture; options are text only.
    .fix = Join the pictures into one that names A, B, C, D, put it into the stem, and let the options be text.

## Papers

fault-paper-decomposed = Letters and marks are stored apart in the file; they were joined.
    .fix = Nothing to do. For further work set the keyboard to “Unicode” (precomposed).
fault-paper-unseen = { $count } invisible characters, as copied from web pages, were left out.
    .fix = Nothing to do; check that the questions look right.
fault-paper-tracked = The file has { $count } tracked changes; it was read as if all were accepted.
    .fix = Better accept all changes in Word (Review > Accept), save and load again.
fault-paper-legacy-font = The text is set in the font “{ $font }” of the time before Unicode and reads as wrong letters.
    .fix = Convert it to Unicode (UniKey, Ctrl+Shift+F6), set the font Times New Roman, and load again.
fault-paper-margin = The header or footer holds the question “{ $text }”, which was not read.
    .fix = Move the question into the body of the document.
fault-paper-text-box = The text in the box “{ $text }” was not read.
    .fix = If it belongs to a question, take it out of the text box; otherwise leave it.
fault-paper-hidden = The hidden text “{ $text }” was not read.
    .fix = If it is needed, take the format Hidden away (Font > Hidden); otherwise delete it.
fault-paper-footnote = The footnote “{ $text }” was not read.
    .fix = If entrants need it, move it into the stem; if it is a source, write “Nguồn: …” below the question.
fault-paper-equation = The question has a formula “{ $text }”, which cannot be shown.
    .fix = Write it in plain letters (with raised and lowered ones), or use a picture.
fault-paper-object = The question has an embedded object ({ $kind }), which cannot be shown.
    .fix = Use a PNG or JPEG picture, or write it out.
fault-paper-no-questions = There is no question in the file.
    .fix = Begin every question with “Câu 1.”, “Câu 2.” … (or automatic numbers) and its options with A. B. C. D.
fault-paper-no-stem = The question has no stem.
    .fix = Write the stem behind the number.
fault-paper-no-options = { $count ->
        [0] The question has no options that begin with A. B. C. D.
       *[other] The question has a single option, or the letters are not in the order A. B. C. D.
    }
    .fix = Put the options below the question, each with its letter from A on, such as “A. 1930”.
fault-paper-empty-option = Option { $label } has no text.
    .fix = Write the option, or delete it.
fault-paper-option-order = Option { $expected } should be here, but there is “{ $found }”.
    .fix = Put the letters in order; if this is a new question, write its number (“Câu …”) before it.
fault-paper-label-as-text = The line that begins with “{ $label }” was taken as a part of the stem, not as an option.
    .fix = Check the question as shown; if this is an option, put the letters in order.
fault-paper-stray = This line belongs to no question and was not read.
    .fix = If it belongs to a question, put it into the stem, before the options; begin the title of a part with “Phần I”, “Phần II”.
fault-paper-number = The numbers jump: question { $expected } should be here, the file says { $found }.
    .fix = Number the questions anew, and see whether one is missing.
fault-paper-after-end = Questions follow the word “HẾT”; they were not read.
    .fix = Delete that “HẾT”, or put the rest into a file of its own.
fault-paper-level = “{ $value }” is no level.
    .fix = Use Nhận biết, Thông hiểu, Vận dụng, Vận dụng cao; or Dễ, Trung bình, Khó.
fault-paper-no-key = { $has_found ->
        [0] Nothing marks the right options of the { $total } questions.
       *[other] Nothing marks the right options of half of the { $total } questions; found: { $found }.
    }
    .fix = Mark the right options in one way throughout, such as bold, underlined, an asterisk before the letter, or a table “1-A 2-B” at the end.
fault-paper-key-unclear = The file marks right options in two ways that contradict each other: { $first } and { $second }.
    .fix = Choose one of them on the check page, or take the other out of the file.
fault-paper-key-none = No option of the question is marked as right (this file marks by: { $how }).
    .fix = Mark the right option as in the other questions.
fault-paper-key-all = Every option of the question is marked (this file marks by: { $how }).
    .fix = Leave the mark on the right option alone.
fault-paper-key-several = Several options of the question are marked: { $labels } (this file marks by: { $how }).
    .fix = Nothing to do if several are right; otherwise leave the mark on one.
fault-paper-key-disagrees = The answers contradict each other: { $how } says { $labels }, { $other } says { $other_labels }.
    .fix = See which is right and mend the other.
fault-paper-key-unread = The line “{ $value }” does not name the letter of an option.
    .fix = Write the letter, such as “Đáp án: B” or “Đáp án: A, C”.
fault-paper-answer-extra = The answers name question { $number }, which the paper does not have.
    .fix = Compare the numbers of answers and questions.
fault-paper-answer-twice = The answers name question { $number } twice, with different letters.
    .fix = Keep one answer for each question.
fault-paper-explanation-extra = The explanation of question { $number } has no place: there is no such question, or it has one already.
    .fix = Compare the numbers of explanations and questions.
