# Siden, hvor man vælger en pakke tokens.
shop-title = Køb tokens
shop-intro = Tokens bruger du til at give drikkepenge til creators. Vælg en pakke; du ser den fulde pris, før du betaler.
shop-packs = Pakker
shop-pack-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }
shop-pack-buy = Køb
# Læses højt i stedet for det bare »Køb«, så man kan kende knapperne fra hinanden.
shop-pack-buy-label = { $count ->
    [one] Køb { $count } token for { $price }
   *[other] Køb { $count } tokens for { $price }
 }
shop-currency = Valuta
shop-currency-change = Vis priser
shop-empty = Der er ingen pakker til salg lige nu. Kig forbi igen senere.
shop-demo-customer = Du ser dig omkring som { $name }, en kunde i denne demobutik. Du behøver ikke logge ind, og der flyttes ingen rigtige penge.

shop-best-value = Mest for pengene
shop-saves = { $percent } % mindre pr. token
shop-covers = Nok til dine drikkepenge
shop-guest = Kom ind gennem { $site }, hvor du er logget ind, for at købe.
shop-promises = Før du betaler
shop-promise-once = Én betaling. Intet fornyes af sig selv.
shop-promise-receipt = Du får straks en kvittering på e-mail.
