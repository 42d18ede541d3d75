# Ang resibong tinitingnan, ini-print at itinatago ng customer.
receipts-title = Resibo
receipts-number = Numero ng resibo
receipts-date = Petsa
receipts-item = Binili
receipts-item-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } na token
 }
receipts-amount = Halagang binayaran
receipts-statement = Sa statement ninyo
receipts-processor = Tumanggap ng bayad
receipts-reference = Reference nila
receipts-contact = May tanong po ba? Sumulat sa { $mail } at banggitin ang numero ng resibo.
receipts-print = I-print

receipts-card = Card
receipts-who = Sino po ang tumanggap ng bayad na ito?
