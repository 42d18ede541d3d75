# Livechatten: et lille vindue på sidens sider, dens beskeder og de mails, der hører til.
chat-open = Chat
chat-unread = { $count ->
    [one] Chat: { $count } ny besked
   *[other] Chat: { $count } nye beskeder
 }
chat-unread-many = Chat: mere end ni nye beskeder
chat-title = Chat med { $name }
chat-end = Afslut chatten
chat-close = Luk
chat-log = Beskeder
chat-text = Din besked
chat-send = Send
chat-attach = Tilføj filer
chat-remove = Fjern
chat-you = Dig
chat-other = En person i kopi
chat-desk = Support
chat-gone = Denne besked er fjernet.
chat-seen = Set
chat-sending = Sender
chat-waits = Venter på forbindelse
chat-refused = Denne besked kunne ikke sendes.
chat-drop = Kassér
chat-offline = Forbindelsen er tabt. Vi prøver igen; du kan bare skrive videre.
chat-failed = Det lykkedes ikke. Prøv igen.
chat-too-many-files = Der kan højst sendes fem filer med en besked.
chat-file-too-large = En fil må højst fylde { $megabytes } MB.
chat-file-refused = Filer af denne slags kan ikke sendes. Billeder modtages som JPEG, PNG, WebP eller GIF.
chat-file-failed = Filen kunne ikke sendes. Prøv igen.
chat-doors = Andre måder at få fat i os på
chat-mail = Din mailadresse
chat-mail-send = Få svar på mail
chat-mail-hint = Vi sender et link, så du kan bekræfte den. Så kommer vores svar også dertil.
chat-mail-wrong = Skriv en mailadresse som ana@example.com.
chat-ticket = Skriv en henvendelse i stedet
chat-help = Søg i hjælpen
chat-rate = Hvordan var vores hjælp?
chat-mark-one = 1: meget dårlig
chat-mark-two = 2: dårlig
chat-mark-three = 3: nogenlunde
chat-mark-four = 4: god
chat-mark-five = 5: meget god
chat-comment = Hvad kan vi gøre bedre? (valgfrit)
chat-rate-send = Send
chat-rate-missing = Vælg et tal fra 1 til 5.
chat-notice-there = Der er nogen her, og du får svar om lidt.
chat-notice-minutes = { $count ->
    [one] Vi svarer om cirka { $count } minut.
   *[other] Vi svarer om cirka { $count } minutter.
 }
chat-notice-position = Du er nummer { $position } i køen. Vi svarer om lidt.
chat-notice-position-minutes = { $count ->
    [one] Du er nummer { $position } i køen. Vi svarer om cirka { $count } minut.
   *[other] Du er nummer { $position } i køen. Vi svarer om cirka { $count } minutter.
 }
chat-notice-taken = { $name } har taget din chat og svarer om lidt.
chat-notice-away = Der er ingen, der kan svare lige nu. Læg en besked: Vi svarer her, og på mail, hvis du skriver en adresse.
chat-notice-closed = Vi har lukket indtil { $date }. Læg en besked: Vi svarer her, og på mail, hvis du skriver en adresse.
chat-notice-shut = Vi har lukket. Læg en besked: Vi svarer her, og på mail, hvis du skriver en adresse.
chat-notice-late = Det tager længere tid, end det burde, og det beklager vi. Du kan vente eller vælge en anden måde herunder.
chat-notice-asked = Vi har sendt en mail til { $mail }. Åbn linket i den, så kommer de svar, du går glip af her, dertil.
chat-notice-proved = Din besked er kommet frem. Svar, du går glip af her, kommer til { $mail }.
chat-notice-left = Chatten er afsluttet. Din reference er { $reference }. Når du skriver igen, fortsætter den.
chat-notice-over = Det er klaret. Din reference er { $reference }. Når du skriver igen, fortsætter chatten.
chat-draft-from = (Fra chatten med referencen { $reference })
chat-typing = { $name } skriver …
chat-typing-desk = Der er nogen, der skriver …
chat-asked-subject = Bekræft din mailadresse hos { $site }
chat-asked-body = Du har i chatten hos { $site } bedt om at få svar på mail. Bekræft, at denne adresse er din:
chat-asked-nobody = Hvis du ikke har bedt om det, behøver du ikke gøre noget.
chat-footer = Du får denne mail, fordi adressen blev oplyst i chatten hos { $site }.
chat-confirm-title = Bekræft din mailadresse
chat-confirm-lead = Tryk på knappen, så kommer de svar, du går glip af i chatten, til { $mail }.
chat-confirm-button = Det er min adresse
chat-confirmed-title = Tak
chat-confirmed-lead = Svar, du går glip af i chatten, kommer nu til { $mail }.
chat-confirmed-case = Se min henvendelse
chat-confirm-over-title = Linket virker ikke længere
chat-confirm-over-lead = Det gjaldt i et døgn. Skriv din adresse i chatten igen, så sender vi et nyt.
