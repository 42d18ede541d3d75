# Le reçu que le client voit, imprime et garde.
receipts-title = Reçu
receipts-number = Numéro du reçu
receipts-date = Date
receipts-item = Article
receipts-item-tokens = { $count ->
    [one] { $count } jeton
    [many] { $count } de jetons
   *[other] { $count } jetons
 }
receipts-amount = Montant payé
receipts-statement = Sur votre relevé
receipts-processor = Paiement encaissé par
receipts-reference = Leur référence
receipts-contact = Une question ? Écrivez à { $mail } en indiquant le numéro du reçu.
receipts-print = Imprimer

receipts-card = Carte
receipts-who = Qui a encaissé ce paiement ?
