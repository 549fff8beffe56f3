# Pictures, sounds and films in the form of a question.

attach-title = Pictures, sounds, films
attach-hint = Shown right below the question, 4 files at most. Options are text alone: where the options are pictures, put them into one picture marked A, B, C, D.
attach-alt-picture = Words for the picture
attach-alt-other = Words for it (optional)
attach-drop = Take this file out
attach-file = Add a file (optional)
attach-file-hint = Pictures .jpg, .png, .webp, .gif up to 10 MB; sounds .mp3, .ogg, .m4a up to 5 MB; films .mp4, .webm up to 16 MB. Pictures are drawn anew so that they are small.
attach-alt-new = Words for the new file
attach-alt-hint = A picture needs them: what it shows, for people who cannot see it, without giving the answer away.
attach-button = Attach the file
attach-lost = A file that was chosen is no longer kept (more than an hour). Choose it again; everything typed is still here.
attach-gone = Taken out
attach-come = Added
