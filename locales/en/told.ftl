# What the public is told of corrections and of the key; the alarm of a disk that is getting full.
feed-corrected = Corrected results of { $round }
feed-corrected-text = { $told }. Reason for the correction: { $why }
feed-former-text = Publication { $version }, corrected since.
rules-term-key = The key
rules-key-never = The key is not published.
rules-key-after-round = The key of each { $word } is published together with the results of that { $word }.
rules-key-after-contest = The key is published once the results of every { $word } are out.
rules-key-held = The key of a question that another { $word } may still ask is held back.
answers-share = { $share } of the { $met } attempts that met this question were right.
board-alarm-disk = The server's disk has only { $n } MB free. When it is full, nothing can be submitted. Call whoever is on duty.
