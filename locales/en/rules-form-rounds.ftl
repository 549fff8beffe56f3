### Rounds that follow the rules for all.

rform-common-rounds = Follow the rules for all rounds, with none of their own:
rform-common-note = Choose a round to give it rules of its own.
