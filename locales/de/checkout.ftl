# Vom Prüfen des Kaufs, bis das Geld da ist oder eben nicht.
checkout-title = Prüfen und bezahlen
checkout-item = Ihr Kauf
checkout-price = Preis
checkout-total = Gesamtbetrag
checkout-pay-with = Bezahlen mit
checkout-hosted = Sie bezahlen auf der Seite von { $processor }. Ihre Kartennummer erreicht uns nie.
checkout-statement = Auf Ihrem Kontoauszug steht { $amount } von „{ $descriptor }“.
checkout-deadline = Dieser Preis gilt bis { $deadline }.
checkout-pay-button = { $amount } bezahlen
checkout-give-up = Nicht kaufen

checkout-confirming-title = Ihre Zahlung wird bestätigt
checkout-confirming-body = { $processor } hat uns das Ergebnis noch nicht mitgeteilt. Das dauert meist weniger als eine Minute. Bitte bezahlen Sie nicht noch einmal.
checkout-confirming-refresh = Noch einmal nachsehen

checkout-paid-title = Bezahlt. Vielen Dank!
checkout-paid-body = { $count ->
    [one] { $count } Token ist in Ihrem Guthaben.
   *[other] { $count } Tokens sind in Ihrem Guthaben.
 }
checkout-paid-receipt = Beleg ansehen
checkout-paid-wallet = Zu meinem Guthaben
checkout-paid-tip = Trinkgeld senden

checkout-declined-title = Die Zahlung hat nicht geklappt
checkout-declined-body = Es wurde nichts abgebucht.
checkout-try-again = Noch einmal versuchen

checkout-given-up-title = Sie haben nichts gekauft
checkout-given-up-body = Es wurde nichts abgebucht. Das Paket ist noch da, falls Sie es sich anders überlegen.
checkout-expired-title = Die Zeit zum Bezahlen ist abgelaufen
checkout-expired-body = Es wurde nichts abgebucht. Bitte beginnen Sie von vorn, um den heutigen Preis zu sehen.
checkout-attention-title = Wir sehen uns diese Zahlung an
checkout-attention-body = Hier muss ein Mensch etwas prüfen. Bitte bezahlen Sie nicht noch einmal; Sie hören per E-Mail von uns.
checkout-back-to-shop = Zurück zu den Paketen

checkout-steps = Schritte dieses Kaufs
checkout-step-choose = Wählen
checkout-step-check = Prüfen
checkout-step-pay = Bezahlen
checkout-step-done = Fertig
checkout-statement-title = Auf Ihrem Kontoauszug
checkout-go-title = Weiter zu { $processor }
checkout-go-body = Dort geben Sie Ihre Karte ein. Danach kommen Sie hierher zurück.
checkout-go-button = Weiter
checkout-unknown-title = Wir klären das mit { $processor }
checkout-unknown-body = Wir wissen noch nicht, ob die Zahlung geklappt hat. Es wird nicht zweimal abgebucht. Wir schreiben Ihnen, sobald wir es wissen.
checkout-elsewhere-title = Wir warten auf das Ergebnis
checkout-elsewhere-body = Sie sehen es in dem Browser, in dem Sie mit dem Bezahlen begonnen haben, in Ihrem Guthaben und in einer E-Mail von uns.

checkout-return-site = Zurück zu { $site }
checkout-not-paid-yet = Ich habe noch nicht bezahlt
