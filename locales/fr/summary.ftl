# Liste simple des paiements, que le service clients peut envoyer à la personne concernée.
summary-charge = { $count ->
    [one] { $date } : { $amount } pour { $count } jeton, sur le relevé : { $descriptor }.
    [many] { $date } : { $amount } pour { $count } de jetons, sur le relevé : { $descriptor }.
   *[other] { $date } : { $amount } pour { $count } jetons, sur le relevé : { $descriptor }.
 }
summary-card = Carte se terminant par { $last4 }.
summary-back = Sur cette somme, { $amount } vous ont été remboursés.
