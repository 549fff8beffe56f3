### The prediction asked for after the paper.

rules-prediction-after = The prediction is asked for after the paper, on the page that says it is in, until the { $word } closes; whose paper ends with it has two more minutes.
rules-prediction-turns = Groups that take turns predict until their own turn ends.
quiz-start-later-prediction = { $n }, the prediction after submitting
quiz-after-title = Prediction
quiz-after-once = It is sent once and cannot be changed. Send it before { $n }.
quiz-after-until = Your prediction is kept: { $a }. It can be changed until { $b }.
quiz-after-last = It can be changed until { $n }; the last one sent counts.
quiz-after-give = Send the prediction
quiz-after-change = Change the prediction
quiz-after-over = The time for predictions is over. This attempt has none.
quiz-after-stands = You predicted { $a } in attempt { $b }; that one counts.
quiz-fault-after-empty = Type a number as your prediction.
api-attempt-running-title = The paper is not in yet
api-attempt-running-text = Submit the attempt first, then give the prediction.
api-prediction-stands-title = A prediction stands
api-prediction-stands-text = The prediction { $n } is kept and cannot be changed any more.
api-prediction-over-title = Too late for a prediction
api-prediction-over-text = Predictions were taken before { $n }.
rform-prediction-asked = When the prediction is asked for
rform-prediction-asked-hint = Asked after the paper, the page that says it is in has a box for it until the round closes.
rform-is-asked-paper = In the paper
rform-is-asked-after = After the paper
