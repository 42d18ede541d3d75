# Giving tokens to a creator.
tips-title = Send a tip
tips-creator = Creator
tips-amount = How many tokens
tips-amount-hint = { $count ->
    [one] You have { $count } token.
   *[other] You have { $count } tokens.
 }
tips-note = Note (optional)
tips-note-hint = The creator reads it. { $limit ->
    [one] At most { $limit } character.
   *[other] At most { $limit } characters.
 }
tips-send = Send tip
tips-sent-title = Your tip is on its way
tips-sent-body = { $count ->
    [one] { $creator } got { $count } token from you.
   *[other] { $creator } got { $count } tokens from you.
 }
tips-sent-left = { $count ->
    [one] You have { $count } token left.
   *[other] You have { $count } tokens left.
 }
tips-sent-note = Your note
tips-another = Send another tip
tips-not-enough = { $missing ->
    [one] You need { $missing } more token for this tip.
   *[other] You need { $missing } more tokens for this tip.
 }
tips-buy-more = Buy tokens
tips-no-creators = There is nobody to tip yet.

tips-who = Who do you want to tip?
tips-creator-link = Tip { $creator }
tips-own-amount = Another amount
tips-check = Check the tip
tips-review-title = Check your tip
tips-review-now = Your balance now
tips-review-tip = This tip
tips-review-after = Your balance afterwards
tips-at-once = The tip reaches { $creator } at once.
tips-change = Change
tips-buy-pack = { $count ->
    [one] Buy { $count } token
   *[other] Buy { $count } tokens
 }
tips-amount-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }

tips-short = Tip
tips-more-creators = More creators
