# Correcting what an entrant registered.
person-correct = Correct registered details
person-from-desk = Once the entrant is found, slips in the registered details can be corrected too.
person-title = Correct the details of entrant { $n }
person-lead = Compare with papers or ask the entrant before you correct. Former values are kept; who corrected what, when and why stands in the log.
person-unit-hint = Once a round with an entry of this person is ranked, the unit cannot be changed.
person-consent = the consent to be named
person-consent-label = Agrees to be named with the unit when winning
person-consent-hint = Entrants may withdraw this at any time: without the mark the results show initials only.
person-reason = Why, and what was compared
person-reason-hint = For example: marks missing in the name, identity card seen at the desk. No numbers of documents.
person-reason-wrong = Say why, in { $n } to 500 characters.
person-save = Save corrected details
person-nothing = Nothing differs from the details that are kept.
person-too-late-ranked = This cannot be corrected any more ({ $what }): a round with an entry of this person is ranked. Reopen that round, or ask the board first.
person-too-late-published = This cannot be corrected ({ $what }): the published results give this person a prize. A correction of the results must be proposed first; two people decide.
person-history = Corrections made
person-history-none = None so far.
person-corrected = { $what }: { $name }, { $at }
person-change = From “{ $from }” to “{ $to }”
person-empty = empty
person-agrees = agrees
person-agrees-not = does not agree
award-concern-corrected = Registered details were corrected { $n ->
    [one] once
   *[other] { $n } times
}. See “Correct registered details”.
console-act-correct-person = { $actor } corrected registered details of entrant { $what }
