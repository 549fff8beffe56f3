# Ai trả lại giải thì giữ giải nào, của vòng nào.
highest-kept-prize = { $prize } ({ $round })
highest-keeps = { $name } giữ { $prizes }.
meeting-kept = Hạng { $rank }: { $name } giữ { $prizes } là giải cao hơn, nên giải của vòng này chuyển cho người kế tiếp.
