### Prizes for bringing newcomers by personal links, the list of people who never win.

rules-term-spread = Prizes for spreading the word
rules-spread-link = Every entrant has a personal link on the page “My attempts”; whoever registers by it is a newcomer of its owner.
rules-spread-counts = A newcomer counts after handing in { $papers }. The owner of the link must have entered too.
rules-spread-once = Every newcomer counts once, for the person whose link was used when registering; a second account of the same person does not count.
rules-spread-cap = At most { $n } newcomers count for one person.
rules-spread-order = People are ordered by the number of newcomers who count; among equals whoever reached that number first comes first, then whoever registered first.
rules-spread-apart = These prizes are given once, for the whole contest, at most one to a person, and do not count towards the limit of individual prizes.
rules-spread-prize = { $prize }, for bringing { $n } newcomers or more.
rules-no-prize = May enter but cannot win a prize: { $kinds }.

spread-own-title = Your personal link
spread-own-label = Copy it and send it to people you know
spread-own-rule = Whoever registers by this link counts for you after handing in { $papers }.
spread-own-so-far = So far { $registered } registered, { $entered } of whom handed in enough. The organisers check before they rank.
spread-own-rules = Rules of these prizes
spread-came-by-link = You came by the personal link { $code }. When you hand in a paper, you count for the person who invited you; that person sees nothing about you.
spread-newcomers = { $n ->
    [one] { $s } newcomer
   *[other] { $s } newcomers
}
spread-brought = { $n } in all
spread-reached = reached on { $at }
spread-why = Rank { $rank } for bringing newcomers: { $keys }.

console-spread-link = Prizes for spreading the word
console-spread-title = Spreading the word: who brought newcomers
console-spread-none = This contest has no prizes for bringing newcomers.
console-spread-wait = They are ranked with the contest as a whole, when every round is ranked.
console-spread-empty = Nobody has brought a newcomer who counts yet.
console-spread-caption = Ranking of those who brought newcomers
console-spread-note = { $n ->
    [one] the first person
   *[other] the first { $s } people
}
console-spread-person = Who
console-spread-count = Newcomers who count
console-spread-all = In all
console-spread-reached = Reached

award-concern-listed = In the list of people who never win: { $why }. Prizes pass this person over.
cli-load-listed = { $n } of those who have registered are in the list of people who never win; prizes will pass them over.

state-held = { $title } begins when the organisers open it
state-not-before = { $title } opens no earlier than { $at }, when the organisers open it
picture-held = { $round } waits for the organisers to open it
picture-not-before = { $round } opens after { $at }, when the organisers open it
results-held = { $title } begins when the organisers open it. Results come after { $round } has closed and the organisers have approved them.
window-held = Waits for the organisers to open it; closes { $closes }
console-next-by-hand = { $round } to be opened by hand, no earlier than { $n }
spread-papers = { $n ->
    [one] { $s } paper
   *[other] { $s } papers
}
export-column-newcomers = Newcomers who count
paper-column-newcomers = Newcomers
