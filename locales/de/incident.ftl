# Was Kunden lesen, während ein Zahlungsdienst gestört ist.
incident-trouble = Zahlungen über { $house } sind im Moment gestört. Sie müssen nichts tun: Eine laufende Zahlung wird abgeschlossen, sobald wir wissen, wie sie ausgegangen ist.
