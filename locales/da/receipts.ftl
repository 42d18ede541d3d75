# Kvitteringen, som kunden ser, udskriver og gemmer.
receipts-title = Kvittering
receipts-number = Kvitteringsnummer
receipts-date = Dato
receipts-item = Vare
receipts-item-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }
receipts-amount = Betalt beløb
receipts-statement = På dit kontoudtog
receipts-processor = Betalingen blev modtaget af
receipts-reference = Deres reference
receipts-contact = Har du spørgsmål? Skriv til { $mail }, og oplys kvitteringsnummeret.
receipts-print = Udskriv

receipts-card = Kort
receipts-who = Hvem modtog denne betaling?
