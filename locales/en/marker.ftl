# People who only mark essays.

console-role-marker = marker
console-role-marker-does = Only marks essays, without learning who wrote them; sees nothing else of a contest.
marker-title = Marking essays
marker-lead = Essays carry neither name nor unit of their writers. Two markers do not see each other's marks.
marker-none = No essay is to be marked now. Essays are marked from the closing of a round until its result is approved.
