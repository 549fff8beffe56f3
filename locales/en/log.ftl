# The audit log: by contest, and as a file for the dossier.
log-contest = Contest
log-all-contests = All contests and everything else
log-download = Download the whole log of this contest for the dossier. The download itself is logged.
log-list = Audit log
console-list-log = Audit log
log-column-at = When
log-column-actor = Who
log-column-what = What
log-column-reason = Why
log-note = How it is kept
log-note-text = Lines are only added, never changed or deleted.
