# Når noget ikke virker: sider, formularer, og hvorfor en betaling blev afvist.
problems-not-found-title = Siden findes ikke
problems-not-found-body = Adressen er måske skrevet forkert, eller siden er fjernet.
problems-forbidden-title = Det kan ikke lade sig gøre herfra
problems-forbidden-body = Gå tilbage, indlæs siden igen, og prøv en gang til.
problems-too-many-title = For hurtigt
problems-too-many-body = Du har prøvet for mange gange på kort tid. Vent et minut, og prøv igen.
problems-unavailable-title = Ikke tilgængelig lige nu
problems-unavailable-body = Prøv igen om et par minutter. Der er ikke trukket noget.
problems-wrong-title = Noget gik galt hos os
problems-wrong-body = Hvis du skriver til os, så oplys dette nummer: { $number }.
problems-back = Tilbage til forsiden

problems-summary = { $count ->
    [one] Se { $count } felt efter
   *[other] Se { $count } felter efter
 }
problems-choose = Vælg en.
problems-not-a-number = Skriv et helt tal, for eksempel 25.
problems-too-small = Skriv mindst { $least }.
problems-too-large = Skriv højst { $most }.
problems-too-long = { $limit ->
    [one] Skriv højst { $limit } tegn.
   *[other] Skriv højst { $limit } tegn.
 }

# Hvorfor en betaling blev afvist. Slutningen af id'et er årsagen, som den meldes.
problems-decline-insufficient_funds = Der er ikke penge nok på kortet. Brug et andet kort, eller prøv igen senere.
problems-decline-card_declined = Din bank afviste kortet. Brug et andet kort, eller spørg din bank.
# Fortæller aldrig, at kortet er meldt: Den, der har det i hånden, er måske tyven.
problems-decline-stolen_or_lost = { problems-decline-card_declined }
problems-decline-expired_card = Kortet er udløbet. Brug et andet kort.
problems-decline-authentication_required = Din bank vil have dig til at godkende betalingen. Prøv igen, og godkend i din banks app.
problems-decline-processor_unavailable = Betalingsfirmaet kan ikke nås lige nu. Prøv igen om et par minutter.
problems-decline-unknown = Betalingen blev afvist, og vi fik ikke at vide hvorfor. Prøv igen, eller brug et andet kort.

problems-sign-in-title = Kom ind gennem sitet først
problems-sign-in-body = Denne side er for kunder, der er logget ind. Åbn den fra det site, hvor du har din konto.
problems-changed-title = Det kan ikke længere lade sig gøre
problems-changed-body = Noget har ændret sig i mellemtiden. Gå tilbage, og se efter igen.
problems-wrong-calm = Vi har noteret det. Prøv igen om et par minutter.
problems-link-title = Dette link virker ikke længere
problems-link-body = Sådan et link virker én gang og kun kort tid. Bed om et nyt der, hvor du fik det.

problems-decline-stolen_card = { problems-decline-card_declined }
problems-decline-invalid_number = Kortnummeret er ikke rigtigt. Se det efter, eller brug et andet kort.
