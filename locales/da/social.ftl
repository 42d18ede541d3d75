# Knyt en beskedapp til kontoen.
social-title = Tilknyt en beskedapp
social-lead = Skriver du til os i en beskedapp? Knyt den til din konto, så vi ved, at det er dig.
social-why = Indtil da taler vi ikke om dine betalinger der: Den slags samtaler ligger tit på telefoner, som andre kan se.
social-make = Vis mig en kode
social-again = Vis mig en ny kode
social-send = Send os denne besked
social-good-for = Send den i samtalen med os inden for 15 minutter. Den virker én gang.
social-where = Du kan sende den på { $names }.
social-never = Vi beder aldrig om adgangskoder eller kortnumre, heller ikke i en beskedapp.
