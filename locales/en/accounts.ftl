### Accounts that the organisers issue.

register-issued = The organisers issue the accounts of this contest. Log in with the code and the password on the paper you were given; if you have none, ask your unit.
log-in-issued = Use the code and the password on the paper that the organisers gave out.
log-in-code = Log-in code
rules-accounts-issued = The organisers issue accounts from a list; nobody registers. Log in with the code and the password you were given.
api-accounts-issued-title = No registration
api-accounts-issued-text = The organisers issue the accounts of this contest.
console-act-accounts = { $actor } issued { $n } accounts from a list
cli-accounts-done = { $n ->
    [one] Issued { $n } account.
   *[other] Issued { $n } accounts.
}
cli-accounts-kept = { $n ->
    [one] { $n } code of the list has an account already, which stays.
   *[other] { $n } codes of the list have accounts already, which stay.
}
cli-accounts-file = Codes and passwords are in { $file }. The passwords are nowhere else; delete the file when they are handed out.
cli-accounts-open = People register for this contest themselves. Write accounts = "issued" in contest.toml and load it again.
cli-accounts-no-contest = There is no contest “{ $contest }”.
