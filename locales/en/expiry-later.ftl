# Once the personal data of a contest have expired.
cli-load-expired = The personal data of this contest were kept long enough and are erased, so it cannot be loaded again. To go on, make a new contest.
rform-not-loaded-expired = The personal data of this contest were kept long enough and are erased, so its rules cannot be changed any more. To go on, make a new contest.
accounts-expired = The personal data of this contest were kept long enough and are erased, so no more accounts can be issued.
