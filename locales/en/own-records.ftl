# The copy of the own data: what is not in it, and why.
own-data-left-out-judging = Case sheets and notes of checks of this round, if there are any: the results are being judged; once they are published the copy has them.
own-data-left-out-hearings = What was answered about this case: several people were asked, and whose answer is whose was not written down.
own-data-left-out-names-of-others = Names of other people in notes, replaced by […]: they are personal data of theirs.
own-data-left-out-names-of-staff = Names of those who wrote, looked or answered: they are personal data of theirs. Ask the organiser if you need them.
own-data-left-out-unsigned = Complaints and letters without the phone number you registered, or noted before you registered: it is not sure that they are yours. Ask the organiser.
own-data-left-out-papers = The wording of the questions drawn for you: the organiser keeps it as evidence, and it is no data about you; your answers are all in the copy.
requests-copy = Download the copy to send to this person
requests-copy-hint = The file holds all of the person's data. Send it only once you are sure who asks; the download is logged.
console-act-request-copy = { $actor } downloaded a copy of the data for request { $what }
