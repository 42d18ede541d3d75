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
mail-receipt-statement = Auf Ihrem Kontoauszug steht: { $descriptor }
mail-receipt-processor = Zahlung abgewickelt durch: { $processor }
mail-receipt-processor-reach = Sie erreichen { $processor } auch direkt:
mail-receipt-seller = Verkauft von: { $seller }
mail-receipt-view = Beleg ansehen: { $link }
mail-receipt-questions = Sie erkennen diese Zahlung nicht wieder, oder etwas stimmt nicht? Schreiben Sie an { $mail }, bevor Sie Ihre Bank fragen: Wir antworten in ein bis zwei Tagen.
mail-footer = Sie erhalten diese E-Mail, weil bei { $site } mit dieser Adresse bezahlt wurde.
mail-receipt-who = Wer die Zahlung abgewickelt hat und wie Sie diesen Dienst erreichen: { $link }
mail-details-subject = Die Abbuchung, nach der Sie gefragt haben, von { $site }
mail-details-asked = Jemand, vermutlich Sie, hat auf unserer Website gefragt, was eine Abbuchung ist. Diese E-Mail geht nur an die hinterlegte Adresse. Das war es:
mail-details-once = Es war eine einmalige Zahlung und verlängert sich nicht.
mail-details-view = Beleg: { $link }
mail-details-refund = Wenn Sie eine Erstattung möchten oder es nicht selbst waren, schreiben Sie an { $mail }, bevor Sie Ihre Bank fragen: Wir antworten innerhalb von ein bis zwei Tagen.
mail-details-nobody = Wer gefragt hat, hat nichts davon gesehen. Wenn Sie es nicht waren, müssen Sie nichts tun.
# Antworten auf Anfragen, und was der Dienst selbst schreibt, wenn eine Mail eintrifft.
mail-answer-side-subject = Eine Frage von { $site } [{ $reference }]
mail-answer-marker = Bitte schreiben Sie Ihre Antwort über diese Zeile
mail-answer-view = Den ganzen Verlauf finden Sie hier: { $link }
mail-answer-files = { $count ->
    [one] { $count } Datei ist zu groß für eine E-Mail. Sie finden sie auf der Seite Ihrer Anfrage.
   *[other] { $count } Dateien sind zu groß für eine E-Mail. Sie finden sie auf der Seite Ihrer Anfrage.
 }
mail-answer-earlier = Zuvor:
mail-answer-footer = { $site } antwortet auf Ihre Anfrage { $reference }. Um uns zu schreiben, antworten Sie auf diese E-Mail.
mail-ack-subject = Ihre Nachricht ist bei uns eingegangen [{ $reference }]
mail-ack-got = Danke, dass Sie uns geschrieben haben. Ihre Nachricht ist angekommen, ihre Referenz ist { $reference }.
mail-ack-about = Sie schrieben über: { $subject }
mail-ack-due = Wir antworten bis { $date }.
mail-ack-view = Hier sehen Sie den Stand: { $link }
mail-ack-add = Um etwas zu ergänzen, antworten Sie auf diese E-Mail.
mail-ack-nobody = Wenn Sie uns nicht geschrieben haben, müssen Sie nichts tun.
mail-ack-footer = Sie erhalten diese E-Mail, weil jemand mit dieser Adresse an { $site } geschrieben hat.
mail-too-large-subject = Ihre E-Mail war zu groß
mail-too-large-body = Ihre E-Mail hat uns nicht vollständig erreicht: Sie ist größer als { $size } MB.
mail-too-large-again = Bitte senden Sie sie noch einmal ohne Anhänge oder mit kleineren Dateien.
