# Faults found while reading question files: text crossed out, remarks, shapes, answers with words; and what belongs to no question.

## Papers

fault-text-garbled = The letters look like TCVN3 or VNI, or the file was opened in the wrong encoding, so they are not Vietnamese.
    .fix = Convert the text to Unicode (UniKey: Ctrl+Shift+F6), or open the original, save it as UTF-8, and load it again.
fault-paper-comment = The comment “{ $text }” in the margin was not read.
    .fix = If it asks for a change, make the change in the question; otherwise ignore this.
fault-paper-struck = The text here is struck through; whether it counts is not clear.
    .fix = Delete the text if it does not count; otherwise take the strikethrough off (Font > Strikethrough).
fault-paper-shape = The drawn shape here (a circle, an arrow, a line …) was not read.
    .fix = If a circle marks the answer, set the right option in bold or underline it; if it is a picture, replace it by a PNG.
fault-paper-options-before = Options A, B … stand before the first question and were not read.
    .fix = Add a number (“Câu 1.”) before the question that these options belong to; ignore this if they are headings or rules.
fault-paper-key-words = The words “{ $value }” in the line of the answer were not read.
    .fix = If they explain the answer, write a line “Giải thích: …”; if they name another option, correct the letter.
fault-paper-key-twice = The question gives two different answers.
    .fix = Keep one line with the answer.

## Sheets

fault-comments-ignored = Cells of the sheet have comments; they were not read.
    .fix = If a comment asks for a change, make it in the cell; otherwise ignore this.
fault-numbers-removed = All questions began with a number (“Câu 1.”, “Câu 2:” …); the numbers were taken off.
    .fix = Nothing to do: entrants get the questions in an order of their own, and numbers are added when they are shown.

## Check page

reading-outside = Lines that belong to no question ({ $n })
reading-outside-note = Headings, instructions, names of parts …; entrants do not see them. If a question is among them, add a number (“Câu …”) at the beginning of its line.
reading-outside-more = Only the first { $n } lines are shown.
