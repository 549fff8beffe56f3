# Faults in the choice of a file format, and in sheets of Excel and CSV.

## Formats

fault-unknown-format = Files of the kind “.{ $name }” cannot be read.
    .fix = Save the file as one of { $allowed } and try again.
fault-format-not-written = A question set cannot be written as “{ $name }”.
    .fix = Choose one of { $allowed }.
fault-key-needed = Only a printable Word paper (.docx) can be written without its key; “{ $name }” always holds it.
    .fix = Write a .docx file, or leave out “without key”.
