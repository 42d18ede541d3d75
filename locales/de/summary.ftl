# Eine einfache Liste von Zahlungen, die der Support der betroffenen Person schicken darf.
summary-charge = { $count ->
    [one] { $date }: { $amount } für { $count } Token, auf dem Kontoauszug als { $descriptor }.
   *[other] { $date }: { $amount } für { $count } Token, auf dem Kontoauszug als { $descriptor }.
 }
summary-card = Karte mit den Endziffern { $last4 }.
summary-back = Davon haben Sie { $amount } zurückerhalten.
