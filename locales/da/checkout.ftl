# Fra man ser på købet, til pengene er der, eller ikke er.
checkout-title = Se efter og betal
checkout-item = Dit køb
checkout-price = Pris
checkout-total = I alt
checkout-pay-with = Betal med
checkout-hosted = Du betaler på siden hos { $processor }. Dit kortnummer når aldrig frem til os.
checkout-statement = På dit kontoudtog står der { $amount } fra »{ $descriptor }«.
checkout-deadline = Prisen gælder til { $deadline }.
checkout-pay-button = Betal { $amount }
checkout-give-up = Køb ikke

checkout-confirming-title = Din betaling er ved at blive bekræftet
checkout-confirming-body = { $processor } har ikke fortalt os resultatet endnu. Det tager som regel under et minut. Betal ikke en gang til.
checkout-confirming-refresh = Se efter igen

checkout-paid-title = Betalt. Tak!
checkout-paid-body = { $count ->
    [one] Der er sat { $count } token ind i din wallet.
   *[other] Der er sat { $count } tokens ind i din wallet.
 }
checkout-paid-receipt = Se kvitteringen
checkout-paid-wallet = Gå til min wallet
checkout-paid-tip = Giv drikkepenge

checkout-declined-title = Betalingen gik ikke igennem
checkout-declined-body = Der er ikke trukket noget.
checkout-try-again = Prøv igen

checkout-given-up-title = Du har ikke købt noget
checkout-given-up-body = Der er ikke trukket noget. Pakken er der stadig, hvis du ombestemmer dig.
checkout-expired-title = Tiden til at betale er gået
checkout-expired-body = Der er ikke trukket noget. Begynd forfra for at se dagens pris.
checkout-attention-title = Vi ser på denne betaling
checkout-attention-body = Der er noget, et menneske skal se efter. Betal ikke en gang til; du hører fra os på e-mail.
checkout-back-to-shop = Tilbage til pakkerne

checkout-steps = Trin i dette køb
checkout-step-choose = Vælg
checkout-step-check = Se efter
checkout-step-pay = Betal
checkout-step-done = Færdig
checkout-statement-title = På dit kontoudtog
checkout-go-title = Videre til { $processor }
checkout-go-body = Der indtaster du dit kort. Bagefter kommer du tilbage hertil.
checkout-go-button = Fortsæt
checkout-unknown-title = Vi undersøger det hos { $processor }
checkout-unknown-body = Vi ved endnu ikke, om betalingen gik igennem. Der bliver ikke trukket to gange. Vi skriver til dig, så snart vi ved det.
checkout-elsewhere-title = Vi venter på resultatet
checkout-elsewhere-body = Du ser det i den browser, hvor du begyndte at betale, i din wallet og i en e-mail fra os.

checkout-return-site = Tilbage til { $site }
checkout-not-paid-yet = Jeg har ikke betalt endnu
