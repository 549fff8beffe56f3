# Essays of a marker, page by page.

essay-list-waiting = Waiting for you, in the order of marking
essay-list-done = Marked by you. Changing a mark needs a reason.
essay-list-counted = Counted in the ranking. Somebody who has not marked an essay may mark it once more, with a reason; that mark stands.
essay-list-waiting-count = Waiting for you ({ $n })
essay-list-done-count = Marked by you ({ $n })
essay-list-counted-count = Mark a ranked essay once more ({ $n })
essay-list-first = First page
essay-desk-counted = The ranking has counted this essay, so its two markers change their marks no more. If it must be marked again, ask somebody who has not marked it; that mark stands.
