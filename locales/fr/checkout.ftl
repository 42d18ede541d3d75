# De la vérification de l’achat jusqu’à l’arrivée du paiement, ou non.
checkout-title = Vérifier et payer
checkout-item = Votre achat
checkout-price = Prix
checkout-total = Total
checkout-pay-with = Payer avec
checkout-hosted = Vous payez sur la page de { $processor }. Votre numéro de carte ne nous parvient jamais.
checkout-statement = Votre relevé indiquera { $amount } avec le libellé « { $descriptor } ».
checkout-deadline = Ce prix est valable jusqu’à cette date : { $deadline }.
checkout-pay-button = Payer { $amount }
checkout-give-up = Ne pas acheter

checkout-confirming-title = Votre paiement est en cours de confirmation
checkout-confirming-body = { $processor } ne nous a pas encore communiqué le résultat. Cela prend en général moins d’une minute. Merci de ne pas payer une seconde fois.
checkout-confirming-refresh = Vérifier à nouveau

checkout-paid-title = C’est payé. Merci !
checkout-paid-body = { $count ->
    [one] { $count } jeton est dans votre portefeuille.
    [many] { $count } de jetons sont dans votre portefeuille.
   *[other] { $count } jetons sont dans votre portefeuille.
 }
checkout-paid-receipt = Voir le reçu
checkout-paid-wallet = Aller à mon portefeuille
checkout-paid-tip = Envoyer un pourboire

checkout-declined-title = Le paiement n’a pas abouti
checkout-declined-body = Rien n’a été débité.
checkout-try-again = Réessayer

checkout-given-up-title = Vous n’avez rien acheté
checkout-given-up-body = Rien n’a été débité. Le lot reste disponible si vous changez d’avis.
checkout-expired-title = Le délai de paiement est écoulé
checkout-expired-body = Rien n’a été débité. Recommencez pour voir le prix du jour.
checkout-attention-title = Nous examinons ce paiement
checkout-attention-body = Un point doit être vérifié par une personne. Merci de ne pas payer une seconde fois ; nous vous écrirons par e-mail.
checkout-back-to-shop = Retour aux lots

checkout-steps = Étapes de cet achat
checkout-step-choose = Choisir
checkout-step-check = Vérifier
checkout-step-pay = Payer
checkout-step-done = Terminé
checkout-statement-title = Sur votre relevé
checkout-go-title = Direction { $processor }
checkout-go-body = C’est là que vous saisissez votre carte. Ensuite, vous revenez ici.
checkout-go-button = Continuer
checkout-unknown-title = Nous vérifions auprès de { $processor }
checkout-unknown-body = Nous ne savons pas encore si le paiement a abouti. Vous ne serez pas débité deux fois. Nous vous écrivons dès que nous le savons.
checkout-elsewhere-title = Nous attendons le résultat
checkout-elsewhere-body = Vous le verrez dans le navigateur où vous avez commencé à payer, dans votre portefeuille et dans un e-mail de notre part.

checkout-return-site = Retour à { $site }
checkout-not-paid-yet = Je n’ai pas encore payé
