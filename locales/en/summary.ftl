# A plain list of charges that staff may send to the customer whom they belong to.
summary-charge = { $count ->
    [one] { $date }: { $amount } for { $count } token, on the statement as { $descriptor }.
   *[other] { $date }: { $amount } for { $count } tokens, on the statement as { $descriptor }.
 }
summary-card = Card ending in { $last4 }.
summary-back = Of this, { $amount } went back to you.
