# Die Tokens der Kundin oder des Kunden und was daraus wurde.
wallet-title = Mein Guthaben
wallet-balance = Ihr Stand
wallet-balance-tokens = { $count ->
    [one] { $count } Token
   *[other] { $count } Tokens
 }
wallet-buy = Tokens kaufen
wallet-tip = Trinkgeld senden
wallet-history = Verlauf
wallet-column-date = Datum
wallet-column-what = Vorgang
wallet-column-tokens = Tokens
wallet-entry-purchase = Tokens gekauft
wallet-entry-tip = Trinkgeld an { $creator }
wallet-entry-receipt = Beleg
wallet-empty-title = Noch nichts da
wallet-empty-body = Kaufen Sie Ihr erstes Token-Paket; dann können Sie den Creators, die Ihnen gefallen, Trinkgeld geben.
wallet-older = Ältere Vorgänge

wallet-entry-reversal = Kauf zurückgegeben
wallet-entry-goodwill = Gutschrift von uns
wallet-newest = Neueste Vorgänge
