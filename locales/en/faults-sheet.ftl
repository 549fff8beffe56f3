# Faults in the choice of a file format, and in sheets of Excel and CSV.

## Formats

fault-unknown-format = Files of the kind “.{ $name }” cannot be read.
    .fix = Save the file as one of { $allowed } and try again.
fault-format-not-written = A question set cannot be written as “{ $name }”.
    .fix = Choose one of { $allowed }.
fault-key-needed = Only a printable Word paper (.docx) can be written without its key; “{ $name }” always holds it.
    .fix = Write a .docx file, or leave out “without key”.

## Excel files

fault-sheet-other = This file is really { $kind }, not an Excel .xlsx file.
    .fix = Open it with Excel or LibreOffice Calc and save it (Save As) as “Excel Workbook (.xlsx)”.
fault-sheet-locked = The Excel file has a password, so it cannot be read.
    .fix = Open it with the password, take the password away and save it again as .xlsx.
fault-sheet-macro = The Excel file holds macros; for safety such files are not taken.
    .fix = Save it (Save As) as “Excel Workbook (.xlsx)”, the kind without macros.
fault-sheet-broken = The Excel file is damaged or was not uploaded whole.
    .fix = Open it with Excel or LibreOffice Calc, save it as .xlsx and try again.
fault-sheet-bomb = The Excel file unpacks to an absurd size and was not read further.
    .fix = Copy the table of questions into a new Excel file and save that as .xlsx.
fault-too-many-sheets = The Excel file has more than { $limit } sheets.
    .fix = Keep the sheets with questions only.
fault-too-many-rows = The table has more rows than { $limit } questions.
    .fix = Split the table into several smaller files.
fault-cell-too-far = The cell { $cell } holds something, too far away from the table of questions.
    .fix = Empty that cell; a table uses the first 64 columns and 100,000 rows.

## Header and sheets

fault-no-header = There is no row of column names in the first { $rows } rows.
    .fix = Put a row of names above the questions: Câu hỏi, A, B, C, D, Đáp án (or Question, A, B, C, D, Answer). A template can be downloaded.
fault-columns-missing = The row of column names lacks: { $names }.
    .fix = Add the column, or correct its name; the order is free.
fault-header-twice = The column “{ $name }” means the same as an earlier one.
    .fix = Keep one of them, delete or rename the other.
fault-column-ignored = The column “{ $name }” is no part of a question set and was not loaded.
    .fix = Leave it if it only holds notes; otherwise name it as in the template.
fault-column-nameless = The column { $name } has content but no name, so it was not loaded.
    .fix = Give the column a name, or empty it.
fault-column-hidden = The column { $name } is hidden and was read all the same.
    .fix = Show the column and look at it; delete it if it is not used.
fault-rows-hidden = The rows { $rows } are hidden and were read all the same.
    .fix = Show them, or remove the filter, and look at them; delete rows that are not used.
fault-row-ignored = The row says “{ $value }” but is no question, so it was not loaded.
    .fix = Leave it if it is a heading or note; if it is a question, put it into the right columns.
fault-sheet-hidden = The sheet “{ $name }” is hidden and was not read.
    .fix = Show it if it holds questions; otherwise leave it.
fault-sheet-ignored = The sheet “{ $name }” has no table of questions and was not read.
    .fix = Add a row of column names if it holds questions; otherwise leave it.
fault-sheets-differ = The sheets { $names } have different columns, so they cannot be joined.
    .fix = Give them the same columns, or put each into a file of its own.
fault-pictures-ignored = There are pictures on the sheet; they were not loaded.
    .fix = Save each picture as a file and write its name into the column “Hình ảnh”, such as media/ban-do.jpg.

## Cells

fault-merged-cells = The cells { $range } are merged, so it is unclear what each row holds.
    .fix = Unmerge them and fill in every row; delete rows that are only headings.
fault-formula-cell = This cell is a formula; formulas are not computed here.
    .fix = Copy the cell and paste it as a value (Paste Special → Values).
fault-error-cell = This cell shows the error { $value }.
    .fix = Type the content of the cell again.
fault-boolean-cell = This cell is a truth value of Excel and was read as the text “{ $value }”.
    .fix = To show another word, format the cell as Text and type it again.
fault-date-cell = Excel turned the content of this cell into a date.
    .fix = { $has_meant ->
        [0] Format the cell as Text and type the content again.
       *[other] Perhaps one of these was meant: { $meant }. Format the cell as Text and type it again.
    }
fault-date-read = This cell is a date of Excel and was read as “{ $shown }”.
    .fix = Leave it if that is right; otherwise format the cell as Text and type it again.
fault-text-date = “{ $value }” looks as if Excel had turned it into a date.
    .fix = Perhaps one of these was meant: { $meant }. Leave it if it is right as it is.
fault-number-shown = This cell is a number and was read as “{ $shown }”.
    .fix = Leave it if that is right; otherwise format the cell as Text and type it again.
fault-number-format = This cell is the number { $value }, shown in a way of its own, so it is not sure what you see.
    .fix = Format the cell as Text and type it as it shall be shown.

## Rows of questions

fault-row-without-stem = This row has no question.
    .fix = Write the question, or delete the whole row.
fault-option-gap = Option { $label } is empty, but options follow it.
    .fix = Fill in option { $label }, or move the later ones up and correct the key.
fault-labels-removed = All options began with the letter of their column (“A.”, “B.” …); these letters were taken off.
    .fix = Nothing needs to be done: letters are added when a question is shown.
fault-key-unreadable = “{ $value }” is no key: neither letters nor numbers nor the whole text of an option.
    .fix = Write the letter of the right option, such as A; for several write A, C.
fault-key-mixed = The key “{ $value }” is written otherwise than in other rows.
    .fix = Is it { $proposal }? Write all keys of the file in one way, letters are best.
fault-key-ambiguous = The key “{ $value }” can mean the number of an option ({ $first }) or its text ({ $second }).
    .fix = Write the letter of the right option instead of the number.
fault-key-decimal = The key is the decimal number { $value }: Excel took the comma for a decimal comma.
    .fix = Write letters, such as A, C; or format the cell as Text and type it again.
fault-level-unknown = “{ $value }” is no level.
    .fix = Write Dễ, Trung bình or Khó (easy, medium, hard and 1, 2, 3 do as well), or leave it empty.
fault-pin-unreadable = “{ $value }” names no option that keeps its place.
    .fix = Write the letter of the option that must not move, such as D; leave it empty if there is none.
fault-paper-leaves-out = A printed paper does not say levels ({ $levels } questions), sources ({ $sources } questions) and topics ({ $topics } questions); of pictures, sounds and films that cannot be printed ({ $media } questions) it only names the file.
    .fix = Keep a copy as .toml or .xlsx as well; put the pictures into the paper before printing.

## The sheet of instructions in Excel files

sheet-key-title = Key
sheet-key-input = The letter of the right option, such as A. Several right options: A, C.
sheet-key-error = A key is usually one letter. If several options are right (A, C), choose Yes.
sheet-level-title = Level
sheet-level-input = Dễ, Trung bình or Khó; may be left empty.
sheet-level-error = Write Dễ, Trung bình or Khó, or leave it empty.
sheet-guide = How to fill in a question set
sheet-guide-1 = One row, one question
    .text = Delete the examples and write your own. Empty rows in between do no harm. Do not merge cells, do not use formulas.
sheet-guide-2 = Câu hỏi (question)
    .text = The question, at most 2,000 characters. Bold, italic, raised and lowered letters are kept where only a part of a cell is set so.
sheet-guide-3 = A, B, C, D …
    .text = 2 to 8 options, without their letters. For more options add columns E, F, G, H.
sheet-guide-4 = Đáp án (key)
    .text = The letter of the right option. Several right options: A, C.
sheet-guide-5 = Mức độ (level)
    .text = Dễ, Trung bình or Khó. Empty where there are no levels.
sheet-guide-6 = Giải thích, Nguồn, Chủ đề (explanation, source, topic)
    .text = Not required. Entrants see explanation and source after the results are published. The topic is for organisers, to find and filter questions.
sheet-guide-7 = Hình ảnh (picture)
    .text = The path of a picture, sound or film that comes along, such as media/ban-do.jpg; the column “Mô tả hình” beside it says what it shows, for those who cannot see it.
sheet-guide-8 = Giữ chỗ (pinned)
    .text = The letters of options that keep their place when options are shuffled, such as “all of the above”. Left empty, such options are recognised by their text; “không” stops that.
sheet-guide-9 = Mã câu (name)
    .text = The name of the question: small letters without marks, digits and hyphens. Left empty, its number names it. A corrected question keeps its name.
