# Was um jede Seite herum steht. $site ist der Name des Shops, $page der Titel der Seite.
layout-title = { $page } – { $site }
layout-skip = Zum Hauptinhalt springen
layout-menu = Hauptmenü
layout-shop = Tokens kaufen
layout-wallet = Mein Guthaben
layout-tip = Trinkgeld senden
layout-language = Sprache
layout-theme = Darstellung
layout-theme-auto = Wie auf meinem Gerät
layout-theme-light = Hell
layout-theme-dark = Dunkel
layout-test-mode = Testmodus: Hier kostet nichts echtes Geld.
layout-footer = Über diese Website
layout-contact = Fragen zu einer Zahlung? Schreiben Sie an { $mail }.

layout-demo = Jemand anderes sein
layout-signed-in = Sie sind als { $name } angemeldet.
layout-sign-out = Abmelden
layout-help = Hilfe
layout-charge = Was ist das für eine Abbuchung?
layout-support = Hilfe zu Zahlungen
layout-write = Schreiben Sie uns
layout-cases = Meine Anfragen
