# Wenn etwas nicht klappt: Seiten und Formulare.
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

problems-sign-in-title = Bitte kommen Sie zuerst über die Website herein
problems-sign-in-body = Diese Seite ist für angemeldete Kundinnen und Kunden. Öffnen Sie sie von der Website aus, auf der Sie Ihr Konto haben.
problems-changed-title = Das geht nicht mehr
problems-changed-body = Inzwischen hat sich etwas geändert. Bitte gehen Sie zurück und sehen Sie noch einmal nach.
problems-wrong-calm = Wir haben es festgehalten. Bitte versuchen Sie es in ein paar Minuten noch einmal.
problems-link-title = Dieser Link gilt nicht mehr
problems-link-body = Ein solcher Link gilt nur einmal und nur kurze Zeit. Bitte holen Sie sich dort, wo Sie ihn bekommen haben, einen neuen.
