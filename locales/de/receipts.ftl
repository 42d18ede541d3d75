# Der Beleg, den man ansieht, druckt und aufhebt.
receipts-title = Beleg
receipts-number = Belegnummer
receipts-date = Datum
receipts-item = Artikel
receipts-item-tokens = { $count ->
    [one] { $count } Token
   *[other] { $count } Tokens
 }
receipts-amount = Bezahlter Betrag
receipts-statement = Auf Ihrem Kontoauszug
receipts-processor = Zahlung abgewickelt durch
receipts-reference = Deren Referenz
receipts-contact = Fragen? Schreiben Sie an { $mail } und nennen Sie die Belegnummer.
receipts-print = Drucken

receipts-card = Karte
receipts-who = Wer hat diese Zahlung abgewickelt?
