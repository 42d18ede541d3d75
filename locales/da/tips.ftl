# At give en creator tokens.
tips-title = Giv drikkepenge
tips-creator = Creator
tips-amount = Hvor mange tokens
tips-amount-hint = { $count ->
    [one] Du har { $count } token.
   *[other] Du har { $count } tokens.
 }
tips-note = Besked (valgfri)
tips-note-hint = Den læses af modtageren. { $limit ->
    [one] Højst { $limit } tegn.
   *[other] Højst { $limit } tegn.
 }
tips-send = Send drikkepenge
tips-sent-title = Dine drikkepenge er sendt
tips-sent-body = { $count ->
    [one] { $creator } har fået { $count } token af dig.
   *[other] { $creator } har fået { $count } tokens af dig.
 }
tips-sent-left = { $count ->
    [one] Du har { $count } token tilbage.
   *[other] Du har { $count } tokens tilbage.
 }
tips-sent-note = Din besked
tips-another = Giv drikkepenge igen
tips-not-enough = { $missing ->
    [one] Du mangler { $missing } token til disse drikkepenge.
   *[other] Du mangler { $missing } tokens til disse drikkepenge.
 }
tips-buy-more = Køb tokens
tips-no-creators = Der er ingen at give drikkepenge til endnu.

tips-who = Hvem vil du give drikkepenge til?
tips-creator-link = Drikkepenge til { $creator }
tips-own-amount = Et andet beløb
tips-check = Se drikkepengene efter
tips-review-title = Se dine drikkepenge efter
tips-review-now = Din saldo nu
tips-review-tip = Disse drikkepenge
tips-review-after = Din saldo bagefter
tips-at-once = { $creator } får drikkepengene med det samme.
tips-change = Ret
tips-buy-pack = { $count ->
    [one] Køb { $count } token
   *[other] Køb { $count } tokens
 }
tips-amount-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }

tips-short = Drikkepenge
tips-more-creators = Flere creators
