# Faults in papers written in Word or pasted: what is wrong, and (.fix) how to mend it.

## Combined options

fault-pin-names-letters = Option { $label } names letters of other options; once options are shuffled, those letters mean others.
    .fix = The option keeps its place. Better write it without letters, such as “All the other options”, or let the contest not shuffle options.
fault-pin-names-place = Option { $label } speaks of the options “above”, which is true at the last place alone.
    .fix = The option keeps its place; check that it is the last one.
