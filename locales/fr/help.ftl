# Le centre d’aide : trois portes, des articles, une recherche.
help-title = Aide
help-home-title = Comment pouvons-nous vous aider ?
help-home-lead = Trouvez la réponse ici ou écrivez-nous. Nous répondons sous un à deux jours.
help-search-label = Rechercher dans l’aide
help-search-example = Par exemple : remboursement
help-search-button = Rechercher
help-search-title = Rechercher dans l’aide
help-search-where = Où chercher
help-search-everywhere = Partout
help-quick = Les demandes les plus fréquentes
help-quick-charge = Je ne reconnais pas un débit
help-quick-support = Joindre un prestataire de paiement
help-quick-contact = Nous écrire
help-doors = L’aide qui vous concerne
help-door-customer = J’achète ici
help-door-customer-hint = Débits, remboursements, jetons et achats
help-door-creator = Je suis créateur ou créatrice
help-door-creator-hint = Revenus, versements et questions des clients
help-door-studio = Je dirige un studio
help-door-studio-hint = Vos créateurs, leurs revenus et les documents
help-title-customer = Aide pour les clients
help-title-creator = Aide pour les créateurs
help-title-studio = Aide pour les studios
help-crumbs = Vous êtes ici
help-all-of = Tout ce qui concerne « { $category } »
help-empty = Il n’y a pas encore d’article ici. Écrivez-nous : une personne vous répondra.
help-fallback = Cet article n’existe pas encore en français. Vous le voyez dans cette langue : { $language }.
help-contents = Sur cette page
help-updated = Dernière modification le { $date }
help-vote = Cet article vous a-t-il aidé ?
help-vote-yes = Oui
help-vote-no = Non
help-vote-thanks = Merci de nous l’avoir dit.
help-vote-sorry = Nous en sommes désolés. Écrivez-nous : une personne s’en occupera.
help-related = Sur le même sujet
help-next-charge = Rechercher un débit
help-next-support = Trouver le prestataire de paiement
help-next-contact = Nous écrire
help-next-wallet = Voir mon portefeuille
help-next-shop = Acheter des jetons
help-results = Résultats pour « { $words } »
help-found = { $count ->
    [one] { $count } article trouvé
    [many] { $count } d’articles trouvés
   *[other] { $count } articles trouvés
}
help-none-title = Aucun résultat
help-none-body = Essayez avec moins de mots ou d’autres mots. Ou posez-nous la question : vos mots serviront d’objet.
help-none-ask = Nous poser la question
help-still = Votre question reste sans réponse ?
help-still-body = Une personne vous répond sous un à deux jours.
