# Kapag may hindi gumana: mga pahina at mga form.
problems-not-found-title = Walang ganitong pahina
problems-not-found-body = Baka mali ang pagkakasulat ng address, o wala na ang pahina.
problems-forbidden-title = Hindi ito puwede mula rito
problems-forbidden-body = Bumalik po, i-load ulit ang pahina, at subukan ulit.
problems-too-many-title = Masyadong mabilis
problems-too-many-body = Masyado pong maraming subok sa maikling oras. Maghintay ng isang minuto at subukan ulit.
problems-unavailable-title = Hindi available sa ngayon
problems-unavailable-body = Subukan po ulit makalipas ang ilang minuto. Walang nasingil sa inyo.
problems-wrong-title = May nangyaring mali sa panig namin
problems-wrong-body = Kung susulat po kayo sa amin, banggitin ang numerong ito: { $number }.
problems-back = Bumalik sa simula

problems-summary = { $count ->
    [one] Pakitingnan ang { $count } sagot
   *[other] Pakitingnan ang { $count } na sagot
 }
problems-choose = Pumili po ng isa.
problems-not-a-number = Sumulat po ng buong numero, gaya ng 25.
problems-too-small = Hindi po bababa sa { $least } ang isulat.
problems-too-large = Hanggang { $most } lang po ang isulat.
problems-too-long = { $limit ->
    [one] Hanggang { $limit } karakter lang po.
   *[other] Hanggang { $limit } na karakter lang po.
 }

problems-sign-in-title = Dumaan po muna sa site
problems-sign-in-body = Para sa mga naka-sign in na customer ang pahinang ito. Buksan po ito mula sa site kung saan kayo may account.
problems-changed-title = Hindi na po ito puwede
problems-changed-body = May nagbago po sa pagitan. Bumalik at tingnan ulit.
problems-wrong-calm = Naitala na po namin ito. Subukan ulit makalipas ang ilang minuto.
problems-link-title = Hindi na gumagana ang link na ito
problems-link-body = Isang beses at sandali lang gumagana ang ganitong link. Humingi po ng bago kung saan ninyo ito nakuha.
