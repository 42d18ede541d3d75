# Mails til kunder. Enkle sætninger; detaljerne står på en liste nedenunder.
mail-receipt-subject = Din kvittering { $number } fra { $site }
mail-receipt-greeting = Hej { $name }
mail-receipt-greeting-nameless = Hej
mail-receipt-paid = { $count ->
    [one] Tak. Du har betalt { $amount } for { $count } token, og den er i din wallet.
   *[other] Tak. Du har betalt { $amount } for { $count } tokens, og de er i din wallet.
 }
mail-receipt-number = Kvitteringsnummer: { $number }
mail-receipt-date = Dato: { $date }
mail-receipt-item = { $count ->
    [one] Vare: { $count } token
   *[other] Vare: { $count } tokens
 }
mail-receipt-amount = Betalt beløb: { $amount }
mail-receipt-statement = På dit kontoudtog står der: { $descriptor }
mail-receipt-processor = Betalingen blev modtaget af: { $processor }
mail-receipt-processor-reach = Du kan også kontakte { $processor } direkte:
mail-receipt-seller = Solgt af: { $seller }
mail-receipt-view = Se kvitteringen: { $link }
mail-receipt-questions = Kan du ikke genkende betalingen, eller er noget galt? Skriv til { $mail }, før du spørger din bank: Vi svarer inden for en til to dage.
mail-footer = Du får denne mail, fordi nogen har betalt hos { $site } med denne adresse.
mail-receipt-who = Hvem der modtog betalingen, og hvordan du får fat i dem: { $link }
mail-details-subject = Den betaling, du spurgte om, fra { $site }
mail-details-asked = Nogen, sandsynligvis dig, har spurgt på vores side, hvad en betaling på et kontoudtog er. Denne mail sendes kun til den adresse, vi har. Det var dette:
mail-details-once = Den blev betalt én gang og fornyer sig ikke.
mail-details-view = Kvittering: { $link }
mail-details-refund = Vil du bede om refusion, eller var det ikke dig, så skriv til { $mail }, før du spørger din bank: Vi svarer inden for en til to dage.
mail-details-nobody = Den, der spurgte, har ikke set noget af dette. Var det ikke dig, behøver du ikke gøre noget.
# Svar på henvendelser, og det, kundeservice selv skriver, når der kommer en mail.
mail-answer-side-subject = Et spørgsmål fra { $site } [{ $reference }]
mail-answer-marker = Skriv dit svar over denne linje
mail-answer-view = Se hele samtalen her: { $link }
mail-answer-files = { $count ->
    [one] { $count } fil er for stor til en mail. Du finder den på siden med din henvendelse.
   *[other] { $count } filer er for store til en mail. Du finder dem på siden med din henvendelse.
 }
mail-answer-earlier = Tidligere:
mail-answer-footer = { $site } svarer på din henvendelse { $reference }. Svar på denne mail, hvis du vil skrive tilbage.
mail-ack-subject = Vi har modtaget din besked [{ $reference }]
mail-ack-got = Tak, fordi du skrev til os. Din besked er nået frem, og dens reference er { $reference }.
mail-ack-about = Du skrev om: { $subject }
mail-ack-due = Vi svarer senest { $date }.
mail-ack-view = Følg den her: { $link }
mail-ack-add = Svar på denne mail, hvis du vil tilføje noget.
mail-ack-nobody = Har du ikke skrevet til os, behøver du ikke gøre noget.
mail-ack-footer = Du får denne mail, fordi nogen har skrevet til { $site } med denne adresse.
mail-too-large-subject = Din mail var for stor
mail-too-large-body = Din mail nåede ikke helt frem til os: Den er større end { $size } MB.
mail-too-large-again = Send den igen uden filer eller med mindre filer.
