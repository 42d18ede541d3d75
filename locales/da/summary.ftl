# En enkel liste over betalinger, som supporten må sende til den, de tilhører.
summary-charge = { $count ->
    [one] { $date }: { $amount } for { $count } token, på kontoudtoget som { $descriptor }.
   *[other] { $date }: { $amount } for { $count } tokens, på kontoudtoget som { $descriptor }.
 }
summary-card = Kort, der ender på { $last4 }.
summary-back = Heraf har du fået { $amount } tilbage.
