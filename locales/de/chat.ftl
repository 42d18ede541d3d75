# Der Live-Chat: ein kleines Fenster auf den Seiten der Website, seine Hinweise und die Mails dazu.
chat-open = Chat
chat-unread = { $count ->
    [one] Chat: { $count } neue Nachricht
   *[other] Chat: { $count } neue Nachrichten
 }
chat-unread-many = Chat: mehr als neun neue Nachrichten
chat-title = Chat mit { $name }
chat-end = Chat beenden
chat-close = Schließen
chat-log = Nachrichten
chat-text = Ihre Nachricht
chat-send = Senden
chat-attach = Dateien hinzufügen
chat-remove = Entfernen
chat-you = Sie
chat-other = Jemand in Kopie
chat-desk = Support
chat-gone = Diese Nachricht wurde entfernt.
chat-seen = Gesehen
chat-sending = Wird gesendet
chat-waits = Wartet auf eine Verbindung
chat-refused = Diese Nachricht konnte nicht gesendet werden.
chat-drop = Verwerfen
chat-offline = Die Verbindung ist unterbrochen. Wir versuchen es weiter; Sie können weiterschreiben.
chat-failed = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
chat-too-many-files = Eine Nachricht kann höchstens fünf Dateien enthalten.
chat-file-too-large = Eine Datei darf höchstens { $megabytes } MB groß sein.
chat-file-refused = Dateien dieser Art können nicht gesendet werden. Bilder nehmen wir als JPEG, PNG, WebP oder GIF an.
chat-file-failed = Die Datei konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.
chat-doors = Andere Wege zu uns
chat-mail = Ihre E-Mail-Adresse
chat-mail-send = Antwort per E-Mail erhalten
chat-mail-hint = Wir senden Ihnen einen Link zur Bestätigung. Danach kommen unsere Antworten auch dorthin.
chat-mail-wrong = Geben Sie eine E-Mail-Adresse wie ana@example.com ein.
chat-ticket = Stattdessen eine Anfrage schreiben
chat-help = In der Hilfe suchen
chat-rate = Wie war unsere Hilfe?
chat-mark-one = 1: sehr schlecht
chat-mark-two = 2: schlecht
chat-mark-three = 3: mittel
chat-mark-four = 4: gut
chat-mark-five = 5: sehr gut
chat-comment = Was können wir besser machen? (freiwillig)
chat-rate-send = Senden
chat-rate-missing = Wählen Sie eine Zahl von 1 bis 5.
chat-notice-there = Es ist jemand da und antwortet in Kürze.
chat-notice-minutes = { $count ->
    [one] Wir antworten in etwa { $count } Minute.
   *[other] Wir antworten in etwa { $count } Minuten.
 }
chat-notice-position = Sie sind Nummer { $position } in der Warteschlange. Wir antworten in Kürze.
chat-notice-position-minutes = { $count ->
    [one] Sie sind Nummer { $position } in der Warteschlange. Wir antworten in etwa { $count } Minute.
   *[other] Sie sind Nummer { $position } in der Warteschlange. Wir antworten in etwa { $count } Minuten.
 }
chat-notice-taken = { $name } hat Ihren Chat übernommen und antwortet in Kürze.
chat-notice-away = Gerade kann niemand antworten. Hinterlassen Sie uns eine Nachricht: Wir antworten hier, und per E-Mail, wenn Sie eine Adresse angeben.
chat-notice-closed = Wir haben bis { $date } geschlossen. Hinterlassen Sie uns eine Nachricht: Wir antworten hier, und per E-Mail, wenn Sie eine Adresse angeben.
chat-notice-shut = Wir haben geschlossen. Hinterlassen Sie uns eine Nachricht: Wir antworten hier, und per E-Mail, wenn Sie eine Adresse angeben.
chat-notice-late = Es dauert länger, als es sollte; das tut uns leid. Sie können warten oder unten einen anderen Weg wählen.
chat-notice-asked = Wir haben eine E-Mail an { $mail } gesendet. Öffnen Sie den Link darin, dann kommen Antworten, die Sie hier verpassen, dorthin.
chat-notice-proved = Ihre Nachricht ist angekommen. Antworten, die Sie hier verpassen, kommen an { $mail }.
chat-notice-left = Der Chat ist beendet. Ihre Referenz ist { $reference }. Wenn Sie wieder schreiben, geht er weiter.
chat-notice-over = Das ist erledigt. Ihre Referenz ist { $reference }. Wenn Sie wieder schreiben, geht der Chat weiter.
chat-draft-from = (Aus dem Chat mit der Referenz { $reference })
chat-typing = { $name } schreibt …
chat-typing-desk = Jemand schreibt …
chat-asked-subject = Bestätigen Sie Ihre E-Mail-Adresse für { $site }
chat-asked-body = Sie haben im Chat von { $site } darum gebeten, Antworten per E-Mail zu bekommen. Bestätigen Sie, dass diese Adresse Ihnen gehört:
chat-asked-nobody = Wenn Sie nicht darum gebeten haben, müssen Sie nichts tun.
chat-footer = Sie bekommen diese E-Mail, weil diese Adresse im Chat von { $site } angegeben wurde.
chat-confirm-title = Bestätigen Sie Ihre E-Mail-Adresse
chat-confirm-lead = Drücken Sie auf den Knopf, dann kommen Antworten, die Sie im Chat verpassen, an { $mail }.
chat-confirm-button = Das ist meine Adresse
chat-confirmed-title = Vielen Dank
chat-confirmed-lead = Antworten, die Sie im Chat verpassen, kommen jetzt an { $mail }.
chat-confirmed-case = Meine Anfrage ansehen
chat-confirm-over-title = Dieser Link gilt nicht mehr
chat-confirm-over-lead = Er galt einen Tag lang. Geben Sie Ihre Adresse im Chat noch einmal an, dann senden wir einen neuen.
