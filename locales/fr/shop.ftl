# La page où l’on choisit un lot de jetons.
shop-title = Acheter des jetons
shop-intro = Les jetons servent à envoyer des pourboires aux créateurs. Choisissez un lot ; vous voyez le prix total avant de payer.
shop-packs = Lots
shop-pack-tokens = { $count ->
    [one] { $count } jeton
    [many] { $count } de jetons
   *[other] { $count } jetons
 }
shop-pack-buy = Acheter
# Lu à voix haute au lieu du simple « Acheter », pour distinguer les boutons.
shop-pack-buy-label = { $count ->
    [one] Acheter { $count } jeton pour { $price }
    [many] Acheter { $count } de jetons pour { $price }
   *[other] Acheter { $count } jetons pour { $price }
 }
shop-currency = Devise
shop-currency-change = Afficher les prix
shop-empty = Aucun lot n’est en vente pour le moment. Revenez un peu plus tard.
shop-demo-customer = Vous visitez la boutique en tant que { $name }, client de démonstration. Vous n’avez pas besoin de vous connecter et aucun argent réel n’est débité.

shop-best-value = Meilleur prix par jeton
shop-saves = { $percent } % de moins par jeton
shop-covers = Suffit pour votre pourboire
shop-guest = Pour acheter, passez par { $site }, où vous êtes connecté.
shop-promises = Avant de payer
shop-promise-once = Un seul paiement. Rien ne se renouvelle tout seul.
shop-promise-receipt = Vous recevez aussitôt un reçu par e-mail.
