# Kundens tokens, og hvad der blev af dem.
wallet-title = Min wallet
wallet-balance = Din saldo
wallet-balance-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }
wallet-buy = Køb tokens
wallet-tip = Giv drikkepenge
wallet-history = Historik
wallet-column-date = Dato
wallet-column-what = Hvad
wallet-column-tokens = Tokens
wallet-entry-purchase = Købt tokens
wallet-entry-tip = Drikkepenge til { $creator }
wallet-entry-receipt = Kvittering
wallet-empty-title = Her er ikke noget endnu
wallet-empty-body = Køb din første pakke tokens; så kan du give drikkepenge til de creators, du godt kan lide.
wallet-older = Ældre posteringer

wallet-entry-reversal = Køb givet tilbage
wallet-entry-goodwill = Tokens fra os
wallet-newest = Nyeste posteringer
