# Quand quelque chose ne marche pas : pages, formulaires, et pourquoi un paiement a été refusé.
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

# Pourquoi un paiement a été refusé. La fin de l’identifiant est la cause donnée par le connecteur.
problems-decline-insufficient_funds = Le solde de la carte est insuffisant. Utilisez une autre carte ou réessayez plus tard.
problems-decline-card_declined = Votre banque a refusé la carte. Utilisez une autre carte ou contactez votre banque.
# Ne dit jamais que la carte a été signalée : la personne qui la tient est peut-être le voleur.
problems-decline-stolen_or_lost = { problems-decline-card_declined }
problems-decline-expired_card = La carte a expiré. Utilisez une autre carte.
problems-decline-authentication_required = Votre banque vous demande de confirmer le paiement. Réessayez et confirmez-le dans l’application de votre banque.
problems-decline-processor_unavailable = Le prestataire de paiement est injoignable pour le moment. Réessayez dans quelques minutes.
problems-decline-unknown = Le paiement a été refusé sans que la raison nous soit donnée. Réessayez ou utilisez une autre carte.

problems-sign-in-title = Passez d’abord par le site
problems-sign-in-body = Cette page est réservée aux clients connectés. Ouvrez-la depuis le site où vous avez votre compte.
problems-changed-title = Ce n’est plus possible
problems-changed-body = Quelque chose a changé entre-temps. Revenez en arrière et regardez à nouveau.
problems-wrong-calm = Nous l’avons noté. Réessayez dans quelques minutes.
problems-link-title = Ce lien ne fonctionne plus
problems-link-body = Un tel lien fonctionne une seule fois et peu de temps. Demandez-en un nouveau là où vous l’avez reçu.

problems-decline-stolen_card = { problems-decline-card_declined }
problems-decline-invalid_number = Le numéro de carte n’est pas correct. Vérifiez-le ou utilisez une autre carte.
