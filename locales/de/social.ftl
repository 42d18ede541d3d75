# Einen Messenger mit dem Konto verbinden.
social-title = Messenger verbinden
social-lead = Sie schreiben uns über einen Messenger? Verbinden Sie ihn mit Ihrem Konto, damit wir wissen, dass Sie es sind.
social-why = Bis dahin sprechen wir dort nicht über Ihre Zahlungen: Solche Chats liegen oft auf Telefonen, die auch andere sehen.
social-make = Code anzeigen
social-again = Neuen Code anzeigen
social-send = Senden Sie uns diese Nachricht
social-good-for = Senden Sie sie innerhalb von 15 Minuten in unserem Chat. Sie gilt einmal.
social-where = Senden können Sie sie über { $names }.
social-never = Wir fragen nie nach Passwörtern oder Kartennummern, in keinem Messenger.
