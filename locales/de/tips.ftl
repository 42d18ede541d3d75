# Einem Creator Tokens geben.
tips-title = Trinkgeld senden
tips-creator = Creator
tips-amount = Wie viele Tokens
tips-amount-hint = { $count ->
    [one] Sie haben { $count } Token.
   *[other] Sie haben { $count } Tokens.
 }
tips-note = Nachricht (freiwillig)
tips-note-hint = Der Creator liest sie. { $limit ->
    [one] Höchstens { $limit } Zeichen.
   *[other] Höchstens { $limit } Zeichen.
 }
tips-send = Trinkgeld senden
tips-sent-title = Ihr Trinkgeld ist angekommen
tips-sent-body = { $count ->
    [one] { $creator } hat { $count } Token von Ihnen erhalten.
   *[other] { $creator } hat { $count } Tokens von Ihnen erhalten.
 }
tips-sent-left = { $count ->
    [one] Sie haben noch { $count } Token.
   *[other] Sie haben noch { $count } Tokens.
 }
tips-sent-note = Ihre Nachricht
tips-another = Noch ein Trinkgeld senden
tips-not-enough = { $missing ->
    [one] Für dieses Trinkgeld fehlt Ihnen { $missing } Token.
   *[other] Für dieses Trinkgeld fehlen Ihnen { $missing } Tokens.
 }
tips-buy-more = Tokens kaufen
tips-no-creators = Es gibt noch niemanden, dem Sie Trinkgeld geben können.

tips-who = Wem möchten Sie Trinkgeld geben?
tips-creator-link = Trinkgeld für { $creator }
tips-own-amount = Anderer Betrag
tips-check = Trinkgeld prüfen
tips-review-title = Prüfen Sie Ihr Trinkgeld
tips-review-now = Ihr Stand jetzt
tips-review-tip = Dieses Trinkgeld
tips-review-after = Ihr Stand danach
tips-at-once = { $creator } erhält das Trinkgeld sofort.
tips-change = Ändern
tips-buy-pack = { $count ->
    [one] { $count } Token kaufen
   *[other] { $count } Tokens kaufen
 }
tips-amount-tokens = { $count ->
    [one] { $count } Token
   *[other] { $count } Tokens
 }

tips-short = Trinkgeld
tips-more-creators = Weitere Creators
