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
