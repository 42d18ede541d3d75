# Offrir des jetons à un créateur.
tips-title = Envoyer un pourboire
tips-creator = Créateur
tips-amount = Nombre de jetons
tips-amount-hint = { $count ->
    [one] Vous avez { $count } jeton.
    [many] Vous avez { $count } de jetons.
   *[other] Vous avez { $count } jetons.
 }
tips-note = Message (facultatif)
tips-note-hint = Le créateur le lira. { $limit ->
    [one] { $limit } caractère au maximum.
    [many] { $limit } de caractères au maximum.
   *[other] { $limit } caractères au maximum.
 }
tips-send = Envoyer le pourboire
tips-sent-title = Votre pourboire est envoyé
tips-sent-body = { $count ->
    [one] { $creator } a reçu { $count } jeton de votre part.
    [many] { $creator } a reçu { $count } de jetons de votre part.
   *[other] { $creator } a reçu { $count } jetons de votre part.
 }
tips-sent-left = { $count ->
    [one] Il vous reste { $count } jeton.
    [many] Il vous reste { $count } de jetons.
   *[other] Il vous reste { $count } jetons.
 }
tips-sent-note = Votre message
tips-another = Envoyer un autre pourboire
tips-not-enough = { $missing ->
    [one] Il vous manque { $missing } jeton pour ce pourboire.
    [many] Il vous manque { $missing } de jetons pour ce pourboire.
   *[other] Il vous manque { $missing } jetons pour ce pourboire.
 }
tips-buy-more = Acheter des jetons
tips-no-creators = Il n’y a encore personne à qui envoyer un pourboire.

tips-who = À qui voulez-vous envoyer un pourboire ?
tips-creator-link = Pourboire pour { $creator }
tips-own-amount = Un autre montant
tips-check = Vérifier le pourboire
tips-review-title = Vérifiez votre pourboire
tips-review-now = Votre solde actuel
tips-review-tip = Ce pourboire
tips-review-after = Votre solde ensuite
tips-at-once = { $creator } reçoit le pourboire aussitôt.
tips-change = Modifier
tips-buy-pack = { $count ->
    [one] Acheter { $count } jeton
    [many] Acheter { $count } de jetons
   *[other] Acheter { $count } jetons
 }
tips-amount-tokens = { $count ->
    [one] { $count } jeton
    [many] { $count } de jetons
   *[other] { $count } jetons
 }

tips-short = Pourboire
tips-more-creators = Plus de créateurs
