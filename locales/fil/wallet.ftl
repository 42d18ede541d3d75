# Ang mga token ng customer at kung saan napunta.
wallet-title = Wallet ko
wallet-balance = Balanse ninyo
wallet-balance-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } na token
 }
wallet-buy = Bumili ng token
wallet-tip = Magbigay ng tip
wallet-history = Kasaysayan
wallet-column-date = Petsa
wallet-column-what = Ano
wallet-column-tokens = Token
wallet-entry-purchase = Bumili ng token
wallet-entry-tip = Tip kay { $creator }
wallet-entry-receipt = Resibo
wallet-empty-title = Wala pang laman
wallet-empty-body = Bilhin ang unang pack ninyo ng token; pagkatapos, makakapagbigay na kayo ng tip sa mga creator na gusto ninyo.
wallet-older = Mas lumang mga tala

wallet-entry-reversal = Ibinalik ang binili
wallet-entry-goodwill = Token na bigay namin
wallet-newest = Pinakabagong mga tala
