# Question bank: figures over the rounds; adding and taking out questions.

bank-showing = Shown by the rounds
bank-any-showing = Any
bank-showing-unmet = Nobody has met it
bank-showing-check-key = Look at the key
bank-showing-negative = Negative discrimination
bank-showing-too-hard = Too hard
bank-showing-too-easy = Too easy
bank-showing-weak = Weak discrimination
bank-showing-good = Good
bank-showing-too-few = Too few papers to say
bank-order = Order
bank-order-set = As in the set
bank-order-hardest = Fewest right first
bank-order-easiest = Most right first
bank-order-least-telling = Weakest discrimination first
bank-order-most-met = Most often met first
bank-record = On { $n } papers in { $rounds } rounds · right { $facility } · discrimination { $discrimination }
bank-record-title = Shown by the rounds
bank-record-caption = Round by round
bank-record-note = only closed rounds that asked it with the words and the key it has now
bank-record-round = Round
bank-record-none = No figures yet: no closed round has a paper with this question in the words and with the key it has now.

bank-part-topic = Topic
bank-topic-hint = To find and filter questions. Example: Bac Son uprising. Entrants do not see it.
bank-topic-is = Topic: { $n }
bank-filter-topic = Topic
bank-any-topic = Any topic
bank-no-topic = Without a topic

bank-good-title = Load only the questions without a fault
bank-good = { $n } questions have no fault, { $left } have. Mend the file and check it again to have them all; if it cannot wait, the { $n } can be loaded alone. No question is ever loaded by halves.
bank-good-left-out = Left out, by their place in the file: { $places }.
bank-good-differs = Compared with the version in force: { $counts }
bank-good-button = Load the questions without a fault

bank-add = Add a question
bank-add-effect = The new question comes last. Saving makes a new version of the set. Rounds that have opened keep the old one; rounds to come use the new one.
bank-add-id = Name of the question (optional)
bank-add-id-hint = Small plain letters, digits, hyphens. Example: khoi-nghia-bac-son. Left empty, one is given. It cannot be changed later.
bank-add-id-taken = The set has a question { $id } already, or an older version had. Choose another name, so that their histories stay apart.
bank-remove = Take it out
bank-remove-title = Take a question out
bank-remove-effect = The new version of the set will not have this question. Old versions, attempts and results stay as they are. Rounds that have opened keep the old version.
bank-remove-review = Preview
bank-removed = The newest version of the set does not have this question any more.
bank-added = The question is in the newest version of the set.

desk-origin-add = added question { $id }
desk-origin-remove = took out question { $id }
console-act-add-question = { $actor } added question { $what }
console-act-remove-question = { $actor } took out question { $what }
