### Staff changing their own password.

own-password-link = Change password
own-password-title = Change your password
own-password-must = Somebody else set the password you are using. Please choose one that only you know, then go on.
own-password-effect = Other devices that are logged in to this account will have to log in again. The log notes the change, never the password.
own-password-old = Current password
own-password-new = New password
own-password-hint = At least 8 characters, different from the current one.
own-password-button = Change password
own-password-wrong = The current password is not right.
own-password-same = The new password must differ from the current one.
own-password-done = Your password has been changed. Use it from now on.
own-password-go-on = Go on
console-act-staff-password = { $actor } changed their own password ({ $what })
