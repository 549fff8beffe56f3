### Issuing accounts from a list in the console.

accounts-title = Issue accounts from a list
accounts-open = People register for this contest themselves, so no account is issued. To issue them, change “Accounts” in the rules.
accounts-send = Send a list
accounts-what = The first row names the columns: code, full_name, birth_date (year-month-day), unit and, if wanted, class, consent_publish.
accounts-template = Download a template
accounts-limit = At most { $n } new accounts at once; send a longer list as several files.
accounts-file = Choose the list
accounts-file-hint = An Excel .xlsx or CSV file of at most 2 MB. Sending only checks it, nothing is issued.
accounts-check = Check the list
accounts-no-file = No file was chosen.
accounts-faulty = The list has mistakes, so no account can be issued. Mend the places below and send it again.
accounts-empty = The list names nobody.
accounts-gone = This list is older than an hour, was issued before, or does not fit the contest any more. Send the file again to check it.
accounts-review = The list as it was read
accounts-people = The first people of the list
accounts-more = { $n ->
    [one] and { $s } more person.
   *[other] and { $s } more people.
}
accounts-to-make = { $n ->
    [one] { $s } new account will be issued.
   *[other] { $s } new accounts will be issued.
}
accounts-made = { $n ->
    [one] { $s } account was issued.
   *[other] { $s } accounts were issued.
}
accounts-kept = { $n ->
    [one] { $s } code has an account already, which stays with its password.
   *[other] { $s } codes have accounts already, which stay with their passwords.
}
accounts-too-many = These are more than can be issued at once: split the list into several files.
accounts-issue-note = Once issued, codes and passwords can be downloaded, one time. The organisers answer for having the consent of the people on the list.
accounts-issue = Issue accounts
accounts-passwords = Codes and passwords
accounts-passwords-once = The file can be downloaded once, within an hour; the system keeps no password. Delete it when it is handed out. Who loses a password gets one at “Give a password code”.
accounts-take-xlsx = Download Excel file
accounts-take-csv = Download CSV file
accounts-file-gone = This file was downloaded before or is older than an hour. Who has no password gets a reset code.
accounts-list-title = Accounts
accounts-note = Note
accounts-note-once = The passwords are in this file alone. Delete it when it is handed out.
accounts-example-name = Nguyễn Thị Ánh
accounts-column-code = Code
accounts-column-full-name = Full name
accounts-column-birth = Birth date
accounts-column-unit = Unit
accounts-column-class = Class
accounts-column-password = Password
console-act-accounts-file = { $actor } downloaded codes and passwords
accounts-issuing = Issuing accounts. A long list takes some minutes.
