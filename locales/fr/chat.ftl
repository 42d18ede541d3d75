# Le chat en direct : une petite fenêtre sur les pages du site, ses annonces et les courriels qui vont avec.
chat-open = Chat
chat-unread = { $count ->
    [one] Chat : { $count } nouveau message
    [many] Chat : { $count } de nouveaux messages
   *[other] Chat : { $count } nouveaux messages
 }
chat-unread-many = Chat : plus de neuf nouveaux messages
chat-title = Chat avec { $name }
chat-end = Terminer le chat
chat-close = Fermer
chat-log = Messages
chat-text = Votre message
chat-send = Envoyer
chat-attach = Ajouter des fichiers
chat-remove = Retirer
chat-you = Vous
chat-other = Une personne en copie
chat-desk = Assistance
chat-gone = Ce message a été retiré.
chat-seen = Vu
chat-sending = Envoi en cours
chat-waits = En attente de connexion
chat-refused = Ce message n’a pas pu être envoyé.
chat-drop = Supprimer
chat-offline = La connexion est perdue. Nous réessayons ; vous pouvez continuer à écrire.
chat-failed = Cela n’a pas fonctionné. Veuillez réessayer.
chat-too-many-files = Un message peut contenir cinq fichiers au plus.
chat-file-too-large = Un fichier ne doit pas dépasser { $megabytes } Mo.
chat-file-refused = Les fichiers de ce type ne peuvent pas être envoyés. Les images sont acceptées en JPEG, PNG, WebP ou GIF.
chat-file-failed = Le fichier n’a pas pu être envoyé. Veuillez réessayer.
chat-doors = Autres moyens de nous joindre
chat-mail = Votre adresse e-mail
chat-mail-send = Me répondre par e-mail
chat-mail-hint = Nous vous envoyons un lien pour la confirmer. Nos réponses y arriveront alors aussi.
chat-mail-wrong = Indiquez une adresse e-mail comme ana@example.com.
chat-ticket = Envoyer plutôt une demande
chat-help = Chercher dans le centre d’aide
chat-rate = Que pensez-vous de notre aide ?
chat-mark-one = 1 : très mauvaise
chat-mark-two = 2 : mauvaise
chat-mark-three = 3 : correcte
chat-mark-four = 4 : bonne
chat-mark-five = 5 : très bonne
chat-comment = Que pouvons-nous améliorer ? (facultatif)
chat-rate-send = Envoyer
chat-rate-missing = Choisissez un nombre de 1 à 5.
chat-notice-there = Quelqu’un est là et vous répond sous peu.
chat-notice-minutes = { $count ->
    [one] Nous répondons dans { $count } minute environ.
    [many] Nous répondons dans { $count } de minutes environ.
   *[other] Nous répondons dans { $count } minutes environ.
 }
chat-notice-position = Vous êtes en position { $position } dans la file d’attente. Nous répondons sous peu.
chat-notice-position-minutes = { $count ->
    [one] Vous êtes en position { $position } dans la file d’attente. Nous répondons dans { $count } minute environ.
    [many] Vous êtes en position { $position } dans la file d’attente. Nous répondons dans { $count } de minutes environ.
   *[other] Vous êtes en position { $position } dans la file d’attente. Nous répondons dans { $count } minutes environ.
 }
chat-notice-taken = { $name } prend en charge votre chat et vous répond sous peu.
chat-notice-away = Personne n’est disponible pour le moment. Laissez-nous un message : nous répondons ici, et par e-mail si vous indiquez une adresse.
chat-notice-closed = Nous sommes fermés jusqu’au { $date }. Laissez-nous un message : nous répondons ici, et par e-mail si vous indiquez une adresse.
chat-notice-shut = Nous sommes fermés. Laissez-nous un message : nous répondons ici, et par e-mail si vous indiquez une adresse.
chat-notice-late = Cela prend plus de temps que prévu, et nous vous prions de nous en excuser. Vous pouvez attendre ou choisir un autre moyen ci-dessous.
chat-notice-asked = Nous avons envoyé un e-mail à { $mail }. Ouvrez le lien qu’il contient, et les réponses que vous manquez ici y arriveront.
chat-notice-proved = Votre message est arrivé. Les réponses que vous manquez ici arrivent à { $mail }.
chat-notice-left = Le chat est terminé. Votre référence est { $reference }. Si vous écrivez de nouveau, il reprend.
chat-notice-over = C’est réglé. Votre référence est { $reference }. Si vous écrivez de nouveau, le chat reprend.
chat-draft-from = (Repris du chat portant la référence { $reference })
chat-typing = { $name } écrit…
chat-typing-desk = Quelqu’un écrit…
chat-asked-subject = Confirmez votre adresse e-mail pour { $site }
chat-asked-body = Dans le chat de { $site }, vous avez demandé à recevoir les réponses par e-mail. Confirmez que cette adresse est la vôtre :
chat-asked-nobody = Si vous n’avez rien demandé, vous n’avez rien à faire.
chat-footer = Vous recevez cet e-mail parce que cette adresse a été indiquée dans le chat de { $site }.
chat-confirm-title = Confirmez votre adresse e-mail
chat-confirm-lead = Appuyez sur le bouton, et les réponses que vous manquez dans le chat arriveront à { $mail }.
chat-confirm-button = C’est mon adresse
chat-confirmed-title = Merci
chat-confirmed-lead = Les réponses que vous manquez dans le chat arrivent désormais à { $mail }.
chat-confirmed-case = Voir ma demande
chat-confirm-over-title = Ce lien n’est plus valable
chat-confirm-over-lead = Il était valable un jour. Indiquez de nouveau votre adresse dans le chat, et nous en envoyons un autre.
