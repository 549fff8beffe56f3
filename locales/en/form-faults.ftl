# What is wrong in the forms of the console, told at the field.
form-line-long = Make it shorter, up to 200 characters.
form-text-long = Make it shorter, up to 2,000 characters.
requests-day-name-missing = Enter what the days off are for.
requests-day-gone = This day off is not in the register, or has been taken out already.
keeping-later-texts = The personal data of this contest were kept long enough. Whatever still comes is entered here; names and texts are erased { $n } days after the answer.
award-received-missing = Choose the day on which it came.
award-due-missing = Choose the last day for the answer.
award-finding-missing = Choose a finding.
award-answer-missing = Enter the answer and its grounds.
emulation-vote-title-missing = Enter what is voted on.
emulation-vote-line-long = Make it shorter, up to 300 characters.
