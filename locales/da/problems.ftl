# Når noget ikke virker: sider og formularer.
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

problems-sign-in-title = Kom ind gennem sitet først
problems-sign-in-body = Denne side er for kunder, der er logget ind. Åbn den fra det site, hvor du har din konto.
problems-changed-title = Det kan ikke længere lade sig gøre
problems-changed-body = Noget har ændret sig i mellemtiden. Gå tilbage, og se efter igen.
problems-wrong-calm = Vi har noteret det. Prøv igen om et par minutter.
problems-link-title = Dette link virker ikke længere
problems-link-body = Sådan et link virker én gang og kun kort tid. Bed om et nyt der, hvor du fik det.
