# E-mails aux clients. Des phrases simples ; les détails sont dans une liste en dessous.
mail-receipt-subject = Votre reçu { $number } de { $site }
mail-receipt-greeting = Bonjour { $name },
mail-receipt-greeting-nameless = Bonjour,
mail-receipt-paid = { $count ->
    [one] Merci. Vous avez payé { $amount } pour { $count } jeton ; il est dans votre portefeuille.
    [many] Merci. Vous avez payé { $amount } pour { $count } de jetons ; ils sont dans votre portefeuille.
   *[other] Merci. Vous avez payé { $amount } pour { $count } jetons ; ils sont dans votre portefeuille.
 }
mail-receipt-number = Numéro du reçu : { $number }
mail-receipt-date = Date : { $date }
mail-receipt-item = { $count ->
    [one] Article : { $count } jeton
    [many] Article : { $count } de jetons
   *[other] Article : { $count } jetons
 }
mail-receipt-amount = Montant payé : { $amount }
mail-receipt-statement = Votre relevé indiquera : { $descriptor }
mail-receipt-processor = Paiement encaissé par : { $processor }
mail-receipt-processor-reach = Vous pouvez aussi joindre { $processor } directement :
mail-receipt-seller = Vendu par : { $seller }
mail-receipt-view = Voir le reçu : { $link }
mail-receipt-questions = Vous ne reconnaissez pas ce paiement, ou quelque chose ne va pas ? Écrivez à { $mail } avant de contacter votre banque : nous répondons sous un à deux jours.
mail-footer = Vous recevez cet e-mail car un paiement a été effectué sur { $site } avec cette adresse.
mail-receipt-who = Qui a encaissé le paiement et comment le joindre : { $link }
mail-details-subject = Le débit sur lequel porte votre question, de la part de { $site }
mail-details-asked = Quelqu’un, sans doute vous, a demandé sur notre site à quoi correspond un débit. Ce message n’est envoyé qu’à l’adresse enregistrée. Voici de quoi il s’agit :
mail-details-once = C’était un paiement unique, sans renouvellement.
mail-details-view = Reçu : { $link }
mail-details-refund = Pour un remboursement, ou si ce n’était pas vous, écrivez à { $mail } avant de contacter votre banque : nous répondons sous un à deux jours.
mail-details-nobody = La personne qui a posé la question n’a rien vu de tout cela. Si ce n’était pas vous, vous n’avez rien à faire.
# Réponses aux demandes, et ce que le service écrit de lui-même quand un mail arrive.
mail-answer-side-subject = Une question de { $site } [{ $reference }]
mail-answer-marker = Veuillez écrire votre réponse au-dessus de cette ligne
mail-answer-view = Toute la conversation est ici : { $link }
mail-answer-files = { $count ->
    [one] { $count } fichier est trop volumineux pour un e-mail. Vous le trouverez sur la page de votre demande.
    [many] { $count } de fichiers sont trop volumineux pour un e-mail. Vous les trouverez sur la page de votre demande.
   *[other] { $count } fichiers sont trop volumineux pour un e-mail. Vous les trouverez sur la page de votre demande.
 }
mail-answer-earlier = Précédemment :
mail-answer-footer = { $site } répond à votre demande { $reference }. Pour nous écrire, répondez à cet e-mail.
mail-ack-subject = Nous avons bien reçu votre message [{ $reference }]
mail-ack-got = Merci de nous avoir écrit. Votre message est arrivé ; sa référence est { $reference }.
mail-ack-about = Objet de votre message : { $subject }
mail-ack-due = Nous vous répondrons au plus tard le { $date }.
mail-ack-view = Suivez votre demande ici : { $link }
mail-ack-add = Pour ajouter quelque chose, répondez à cet e-mail.
mail-ack-nobody = Si vous ne nous avez pas écrit, vous n’avez rien à faire.
mail-ack-footer = Vous recevez cet e-mail car quelqu’un a écrit à { $site } avec cette adresse.
mail-too-large-subject = Votre e-mail était trop volumineux
mail-too-large-body = Votre e-mail ne nous est pas parvenu en entier : il dépasse { $size } Mo.
mail-too-large-again = Veuillez le renvoyer sans pièces jointes, ou avec des fichiers plus petits.
