# The customer's tokens and what became of them.
wallet-title = My wallet
wallet-balance = Your balance
wallet-balance-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }
wallet-buy = Buy tokens
wallet-tip = Send a tip
wallet-history = History
wallet-column-date = Date
wallet-column-what = What
wallet-column-tokens = Tokens
wallet-entry-purchase = Tokens bought
wallet-entry-tip = Tip to { $creator }
wallet-entry-receipt = Receipt
wallet-empty-title = Nothing here yet
wallet-empty-body = Buy your first pack of tokens; then you can tip the creators you like.
wallet-older = Older entries

wallet-entry-reversal = Purchase given back
wallet-entry-goodwill = Credit from us
wallet-newest = Newest entries
