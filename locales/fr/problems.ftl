# Quand quelque chose ne marche pas : pages et formulaires.
problems-not-found-title = Cette page n’existe pas
problems-not-found-body = L’adresse contient peut-être une faute, ou la page a été supprimée.
problems-forbidden-title = Ce n’est pas possible d’ici
problems-forbidden-body = Revenez en arrière, rechargez la page et réessayez.
problems-too-many-title = Trop vite
problems-too-many-body = Vous avez essayé trop de fois en peu de temps. Attendez une minute, puis réessayez.
problems-unavailable-title = Indisponible pour le moment
problems-unavailable-body = Réessayez dans quelques minutes. Rien n’a été débité.
problems-wrong-title = Une erreur s’est produite de notre côté
problems-wrong-body = Si vous nous écrivez, indiquez ce numéro : { $number }.
problems-back = Retour à l’accueil

problems-summary = { $count ->
    [one] Merci de vérifier { $count } champ
    [many] Merci de vérifier { $count } de champs
   *[other] Merci de vérifier { $count } champs
 }
problems-choose = Merci de faire un choix.
problems-not-a-number = Merci d’indiquer un nombre entier, par exemple 25.
problems-too-small = Merci d’indiquer au moins { $least }.
problems-too-large = Merci d’indiquer au plus { $most }.
problems-too-long = { $limit ->
    [one] Merci de ne pas dépasser { $limit } caractère.
    [many] Merci de ne pas dépasser { $limit } de caractères.
   *[other] Merci de ne pas dépasser { $limit } caractères.
 }

problems-sign-in-title = Passez d’abord par le site
problems-sign-in-body = Cette page est réservée aux clients connectés. Ouvrez-la depuis le site où vous avez votre compte.
problems-changed-title = Ce n’est plus possible
problems-changed-body = Quelque chose a changé entre-temps. Revenez en arrière et regardez à nouveau.
problems-wrong-calm = Nous l’avons noté. Réessayez dans quelques minutes.
problems-link-title = Ce lien ne fonctionne plus
problems-link-body = Un tel lien fonctionne une seule fois et peu de temps. Demandez-en un nouveau là où vous l’avez reçu.
