# Faults in templates of official papers (the folder papers/ of a contest).

fault-template-field = There is no field “{ $name }”.
    .fix = { $has_near ->
        [0] Fields: { $allowed }.
       *[other] Was “{ $near }” meant? Fields: { $allowed }.
    }
fault-template-part = There is no part “{ $name }”.
    .fix = { $has_near ->
        [0] Parts: { $allowed }.
       *[other] Was “{ $near }” meant? Parts: { $allowed }.
    }
fault-template-brace = A brace stands alone.
    .fix = Write the name of a field between two braces, such as {"{"}contest{"}"}; braces have no other use.
fault-template-too-long = The template has more than { $limit } lines.
    .fix = Take lines out; long lists are filled in by the program.
fault-template-empty = The template has no line.
    .fix = Write its text, or delete the file to use the built-in wording.
fault-stray-paper = The file “{ $name }” is no template of a paper.
    .fix = Files that are read: { $allowed }. Rename it or move it elsewhere.
