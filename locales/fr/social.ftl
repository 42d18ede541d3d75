# Relier une messagerie au compte.
social-title = Relier une messagerie
social-lead = Vous nous écrivez par messagerie ? Reliez-la à votre compte pour que nous sachions que c’est vous.
social-why = D’ici là, nous n’y parlons pas de vos paiements : ces conversations se trouvent souvent sur des téléphones que d’autres peuvent voir.
social-make = Afficher un code
social-again = Afficher un autre code
social-send = Envoyez-nous ce message
social-good-for = Envoyez-le dans notre conversation dans les 15 minutes. Il ne sert qu’une fois.
social-where = Vous pouvez l’envoyer par { $names }.
social-never = Nous ne demandons jamais de mot de passe ni de numéro de carte, sur aucune messagerie.
