# Wenn etwas nicht klappt: Seiten, Formulare, und warum eine Zahlung abgelehnt wurde.
problems-not-found-title = Diese Seite gibt es nicht
problems-not-found-body = Vielleicht ist die Adresse falsch geschrieben, oder die Seite wurde entfernt.
problems-forbidden-title = Das geht von hier aus nicht
problems-forbidden-body = Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
problems-too-many-title = Zu schnell
problems-too-many-body = Sie haben das in kurzer Zeit zu oft versucht. Bitte warten Sie eine Minute und versuchen Sie es erneut.
problems-unavailable-title = Zurzeit nicht verfügbar
problems-unavailable-body = Bitte versuchen Sie es in ein paar Minuten erneut. Es wurde nichts abgebucht.
problems-wrong-title = Bei uns ist etwas schiefgegangen
problems-wrong-body = Wenn Sie uns schreiben, nennen Sie bitte diese Nummer: { $number }.
problems-back = Zurück zum Anfang

problems-summary = { $count ->
    [one] Bitte prüfen Sie { $count } Eingabe
   *[other] Bitte prüfen Sie { $count } Eingaben
 }
problems-choose = Bitte wählen Sie etwas aus.
problems-not-a-number = Bitte geben Sie eine ganze Zahl ein, zum Beispiel 25.
problems-too-small = Bitte geben Sie mindestens { $least } ein.
problems-too-large = Bitte geben Sie höchstens { $most } ein.
problems-too-long = { $limit ->
    [one] Bitte schreiben Sie höchstens { $limit } Zeichen.
   *[other] Bitte schreiben Sie höchstens { $limit } Zeichen.
 }

# Warum eine Zahlung abgelehnt wurde. Das Ende der Kennung ist die Ursache, wie der Connector sie meldet.
problems-decline-insufficient_funds = Das Konto zur Karte ist nicht gedeckt. Nehmen Sie eine andere Karte oder versuchen Sie es später noch einmal.
problems-decline-card_declined = Ihre Bank hat die Karte abgelehnt. Nehmen Sie eine andere Karte oder fragen Sie Ihre Bank.
# Verrät nie, dass die Karte gemeldet wurde: Wer sie in der Hand hat, könnte der Dieb sein.
problems-decline-stolen_or_lost = { problems-decline-card_declined }
problems-decline-expired_card = Die Karte ist abgelaufen. Nehmen Sie eine andere Karte.
problems-decline-authentication_required = Ihre Bank möchte, dass Sie die Zahlung bestätigen. Versuchen Sie es noch einmal und bestätigen Sie in der App Ihrer Bank.
problems-decline-processor_unavailable = Der Zahlungsdienst ist zurzeit nicht erreichbar. Versuchen Sie es in ein paar Minuten erneut.
problems-decline-unknown = Die Zahlung wurde abgelehnt, ohne dass wir den Grund kennen. Versuchen Sie es noch einmal oder nehmen Sie eine andere Karte.

problems-sign-in-title = Bitte kommen Sie zuerst über die Website herein
problems-sign-in-body = Diese Seite ist für angemeldete Kundinnen und Kunden. Öffnen Sie sie von der Website aus, auf der Sie Ihr Konto haben.
problems-changed-title = Das geht nicht mehr
problems-changed-body = Inzwischen hat sich etwas geändert. Bitte gehen Sie zurück und sehen Sie noch einmal nach.
problems-wrong-calm = Wir haben es festgehalten. Bitte versuchen Sie es in ein paar Minuten noch einmal.
problems-link-title = Dieser Link gilt nicht mehr
problems-link-body = Ein solcher Link gilt nur einmal und nur kurze Zeit. Bitte holen Sie sich dort, wo Sie ihn bekommen haben, einen neuen.

problems-decline-stolen_card = { problems-decline-card_declined }
problems-decline-invalid_number = Die Kartennummer stimmt nicht. Prüfen Sie sie oder verwenden Sie eine andere Karte.
