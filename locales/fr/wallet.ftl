# Les jetons du client et ce qu’ils sont devenus.
wallet-title = Mon portefeuille
wallet-balance = Votre solde
wallet-balance-tokens = { $count ->
    [one] { $count } jeton
    [many] { $count } de jetons
   *[other] { $count } jetons
 }
wallet-buy = Acheter des jetons
wallet-tip = Envoyer un pourboire
wallet-history = Historique
wallet-column-date = Date
wallet-column-what = Opération
wallet-column-tokens = Jetons
wallet-entry-purchase = Achat de jetons
wallet-entry-tip = Pourboire à { $creator }
wallet-entry-receipt = Reçu
wallet-empty-title = Rien pour l’instant
wallet-empty-body = Achetez votre premier lot de jetons ; vous pourrez ensuite envoyer des pourboires aux créateurs que vous aimez.
wallet-older = Opérations plus anciennes

wallet-entry-reversal = Achat remboursé
wallet-entry-goodwill = Jetons offerts par nous
wallet-newest = Opérations les plus récentes
