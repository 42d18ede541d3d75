# Mails an Kundinnen und Kunden. Einfache Sätze; die Einzelheiten stehen darunter in einer Liste.
mail-receipt-subject = Ihr Beleg { $number } von { $site }
mail-receipt-greeting = Guten Tag { $name },
mail-receipt-greeting-nameless = Guten Tag,
mail-receipt-paid = { $count ->
    [one] vielen Dank. Sie haben { $amount } für { $count } Token bezahlt; er ist in Ihrem Guthaben.
   *[other] vielen Dank. Sie haben { $amount } für { $count } Tokens bezahlt; sie sind in Ihrem Guthaben.
 }
mail-receipt-number = Belegnummer: { $number }
mail-receipt-date = Datum: { $date }
mail-receipt-item = { $count ->
    [one] Artikel: { $count } Token
   *[other] Artikel: { $count } Tokens
 }
mail-receipt-amount = Bezahlter Betrag: { $amount }
mail-receipt-statement = Auf Ihrer Abrechnung steht: { $descriptor }
mail-receipt-processor = Zahlung abgewickelt durch: { $processor }
mail-receipt-processor-reach = Sie erreichen { $processor } auch direkt:
mail-receipt-seller = Verkauft von: { $seller }
mail-receipt-view = Beleg ansehen: { $link }
mail-receipt-questions = Sie erkennen diese Zahlung nicht wieder, oder etwas stimmt nicht? Schreiben Sie an { $mail }, bevor Sie Ihre Bank fragen: Wir antworten in ein bis zwei Tagen.
mail-footer = Sie erhalten diese Mail, weil bei { $site } mit dieser Adresse bezahlt wurde.
mail-receipt-who = Wer die Zahlung abgewickelt hat und wie Sie ihn erreichen: { $link }
mail-details-subject = Die Abbuchung, nach der Sie gefragt haben, von { $site }
mail-details-asked = Jemand, vermutlich Sie, hat auf unserer Website gefragt, was eine Abbuchung ist. Diese Mail geht nur an die hinterlegte Adresse. Das war es:
mail-details-once = Es war eine einmalige Zahlung und verlängert sich nicht.
mail-details-view = Beleg: { $link }
mail-details-refund = Wenn Sie eine Erstattung möchten oder es nicht selbst waren, schreiben Sie an { $mail }, bevor Sie Ihre Bank fragen: Wir antworten innerhalb von ein bis zwei Tagen.
mail-details-nobody = Wer gefragt hat, hat nichts davon gesehen. Wenn Sie es nicht waren, müssen Sie nichts tun.
