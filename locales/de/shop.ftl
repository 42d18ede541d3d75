# Die Seite, auf der man ein Token-Paket aussucht.
shop-title = Tokens kaufen
shop-intro = Mit Tokens geben Sie Creators Trinkgeld. Wählen Sie ein Paket; den vollen Preis sehen Sie, bevor Sie bezahlen.
shop-packs = Pakete
shop-pack-tokens = { $count ->
    [one] { $count } Token
   *[other] { $count } Tokens
 }
shop-pack-buy = Kaufen
# Wird statt des bloßen „Kaufen“ vorgelesen, damit man die Schaltflächen unterscheiden kann.
shop-pack-buy-label = { $count ->
    [one] { $count } Token für { $price } kaufen
   *[other] { $count } Tokens für { $price } kaufen
 }
shop-currency = Währung
shop-currency-change = Preise anzeigen
shop-empty = Zurzeit sind keine Pakete im Verkauf. Bitte schauen Sie später wieder vorbei.
shop-demo-customer = Sie sehen sich als { $name } um, Kundin oder Kunde dieses Demo-Shops. Sie müssen sich nicht anmelden, und es fließt kein echtes Geld.

shop-best-value = Günstigster Preis pro Token
shop-saves = { $percent } % weniger pro Token
shop-covers = Reicht für Ihr Trinkgeld
shop-guest = Zum Kaufen kommen Sie bitte über { $site } herein, wo Sie angemeldet sind.
shop-promises = Bevor Sie bezahlen
shop-promise-once = Eine einzige Zahlung. Nichts verlängert sich von selbst.
shop-promise-receipt = Sie erhalten sofort einen Beleg per E-Mail.
