### Faults of prizes for bringing newcomers, and of the list of people who never win.

fault-spread-without-prize = There is a table [spread] but no prize for bringing newcomers.
    .fix = Add at least one table [[spread_prize]], or leave out [spread].
fault-spread-beyond-cap = This prize asks for { $min_newcomers } newcomers, but at most { $cap } count for one person: nobody can win it.
    .fix = Set min_newcomers to { $cap } or less, or raise cap in [spread].
fault-spread-attempts = A newcomer must hand in { $min_attempts } papers to count, but nobody may hand in more than { $allowed }.
    .fix = Set min_attempts from 1 to { $allowed }.
fault-excluded-columns = The first row of excluded.csv lacks the column reason.
    .fix = The first row names the columns: reason,phone,national_id,full_name,birth_date (in any order; only reason is required).
fault-excluded-nobody = This row names nobody.
    .fix = Write phone, or national_id, or both full_name and birth_date.
fault-excluded-phone = This is no mobile number.
    .fix = Write 10 digits, such as 0912345678.
fault-excluded-id = This is no personal identification number.
    .fix = Write 12 digits.
