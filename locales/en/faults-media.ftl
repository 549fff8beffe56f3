## Pictures, sounds and films of questions

fault-media-missing = There is no file “{ $path }”.
    .fix = Copy the file there, or correct the path (from the contest directory, for example media/ban-do.jpg). In the console, zip the question file together with its folder media and send the .zip.
fault-bad-media = “{ $path }” is not the path of a picture, sound or film in the contest directory.
    .fix = Write the path from the contest directory, for example media/ban-do.jpg; allowed are { $allowed }.
fault-picture-no-alt = The picture “{ $path }” has no text for people who cannot see it.
    .fix = Describe it without giving the answer away. Console: the box “Words for the picture”. Word: right-click the picture, Alt Text. Spreadsheet: the column “Mô tả hình”. Moodle: the description asked for when a picture is inserted. A .toml file: a line alt = "…".
fault-media-many = The question has { $count } pictures, sounds or films; { $limit } are allowed.
    .fix = Join the pictures into one, or split the question.
fault-media-size = The file “{ $path }” has { $size } bytes; { $limit } are allowed for its kind.
    .fix = Make the picture smaller, lower the quality of the sound, or cut the film: many entrants are on weak networks.
fault-media-pixels = The picture “{ $path }” is { $width } by { $height } pixels; { $limit } million and 12,000 a side are allowed.
    .fix = Make it smaller and save it again; a width of 1,200 pixels is sharp enough.
fault-media-total = All pictures, sounds and films together are too much ({ $limit } bytes at most).
    .fix = Make the files smaller, or split the set.
fault-media-format = { $kind ->
        [unknown] The file “{ $path }” is no picture, sound or film that is known here.
       *[other] The file “{ $path }” is { $kind }, which ordinary telephones do not show.
    }
    .fix = Convert pictures to PNG or JPEG, sounds to MP3, films to MP4 (H.264) and load again. Changing the name is not enough.
fault-media-svg = The picture “{ $path }” is an SVG drawing, which may hold a program, and is not taken.
    .fix = Open it, export it as PNG about 1,200 pixels wide, and use that.
fault-media-other = The name of “{ $path }” says one kind, its content is another (.{ $found }).
    .fix = Give the file the right ending, or put the right file in its place.
fault-media-broken = The file “{ $path }” is cut off or damaged.
    .fix = Try to open it; if it opens, save it as a new file and load that.
fault-media-codec = The file “{ $path }” is coded as { $codec }, which many telephones do not play.
    .fix = Export it again: films as MP4 with H.264 and AAC, sounds as MP3 or M4A (AAC).
fault-media-moves = The picture “{ $path }” moves; the question shows its first frame only.
    .fix = If the movement matters, use a short MP4 film.
fault-bundle-questions = { $count ->
        [0] The .zip holds no file of questions.
       *[other] The .zip holds { $count } files of questions: { $names }; one is taken.
    }
    .fix = Zip one file of questions (Word, Excel, .csv, .toml …) with its folder media.
