# The receipt a customer sees, prints and keeps.
receipts-title = Receipt
receipts-number = Receipt number
receipts-date = Date
receipts-item = Item
receipts-item-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
 }
receipts-amount = Amount paid
receipts-statement = On your statement
receipts-processor = Payment taken by
receipts-reference = Their reference
receipts-contact = Questions? Write to { $mail } and name the receipt number.
receipts-print = Print

receipts-card = Card
receipts-who = Who took this payment?
