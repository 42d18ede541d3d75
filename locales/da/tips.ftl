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
