### Faults of accounts that the organisers issue.

fault-accounts-password = Where the organisers issue accounts nobody registers, so a contest password is of no use.
    .fix = Leave out password, or accounts = "issued".
fault-accounts-spread = Where the organisers issue accounts nobody registers by a link, so prizes for bringing newcomers cannot be given.
    .fix = Leave out the tables [[spread_prize]] and [spread], or accounts = "issued".
fault-accounts-columns = The first row lacks columns: { $missing }.
    .fix = The first row names the columns: code,full_name,birth_date,unit,class,consent_publish (in any order; class and consent_publish may be left out).
fault-accounts-code = “{ $value }” cannot be a log-in code.
    .fix = A code has 3 to 20 plain letters, digits, hyphens and dots and begins with a letter or a digit, such as HS-0012.
fault-accounts-twice = The code “{ $value }” stands on line { $line } already.
    .fix = Give everybody a code of their own; capitals make no difference.
fault-accounts-name = This is no name of a person.
    .fix = Write the full name, letters only.
fault-accounts-unit = No unit that people may enter for has the code “{ $unit }”.
    .fix = { $has_near ->
        [0] Write a code of units.csv of the contest as it is loaded.
       *[other] Did you mean “{ $near }”?
    }
fault-accounts-sheet = The sheet “{ $name }” was not read: the list is the first sheet that is not hidden.
    .fix = Put the list on the first sheet; delete the others if they are not needed.
