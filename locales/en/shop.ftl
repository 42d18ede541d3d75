# The page where a customer chooses a pack of tokens.
shop-title = Buy tokens
shop-intro = Tokens are what you tip creators with. Choose a pack; you see the full price before you pay.
shop-packs = Packs
shop-pack-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }
shop-pack-buy = Buy
# Read aloud instead of the bare “Buy”, so that buttons can be told apart.
shop-pack-buy-label = { $count ->
    [one] Buy { $count } token for { $price }
   *[other] Buy { $count } tokens for { $price }
 }
shop-currency = Currency
shop-currency-change = Show prices
shop-empty = There are no packs for sale right now. Please come back later.
shop-demo-customer = You are looking around as { $name }, a customer of this demo shop. You do not need to sign in, and no real money moves.

shop-best-value = Best value
shop-saves = { $percent }% less per token
shop-covers = Enough for your tip
shop-guest = To buy, come in through { $site }, where you are signed in.
shop-promises = Before you pay
shop-promise-once = One payment. Nothing renews by itself.
shop-promise-receipt = You get a receipt by e-mail at once.
