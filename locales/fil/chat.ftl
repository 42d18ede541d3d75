# Ang live chat: isang maliit na bintana sa mga pahina ng site, ang mga paalala nito at ang mga email na kasama.
chat-open = Chat
chat-unread = { $count ->
    [one] Chat: { $count } bagong mensahe
   *[other] Chat: { $count } na bagong mensahe
 }
chat-unread-many = Chat: mahigit siyam na bagong mensahe
chat-title = Chat sa { $name }
chat-end = Tapusin ang chat
chat-close = Isara
chat-log = Mga mensahe
chat-text = Ang mensahe ninyo
chat-send = Ipadala
chat-attach = Magdagdag ng mga file
chat-remove = Alisin
chat-you = Kayo
chat-other = Taong naka-CC
chat-desk = Support
chat-gone = Inalis na po ang mensaheng ito.
chat-seen = Nakita na
chat-sending = Ipinapadala
chat-waits = Naghihintay ng koneksiyon
chat-refused = Hindi po naipadala ang mensaheng ito.
chat-drop = Itapon
chat-offline = Naputol po ang koneksiyon. Patuloy kaming sumusubok; maaari kayong magpatuloy sa pagsusulat.
chat-failed = Hindi po iyon gumana. Pakisubukang muli.
chat-too-many-files = Hanggang limang file lang po ang maisasama sa isang mensahe.
chat-file-too-large = Hanggang { $megabytes } MB lang po ang isang file.
chat-file-refused = Hindi po maipapadala ang ganitong uri ng file. JPEG, PNG, WebP o GIF po ang tinatanggap na larawan.
chat-file-failed = Hindi po naipadala ang file. Pakisubukang muli.
chat-doors = Iba pang paraan para maabot kami
chat-mail = Ang email address ninyo
chat-mail-send = Sagutin ako sa email
chat-mail-hint = Magpapadala po kami ng link para kumpirmahin ito. Pagkatapos, darating din doon ang mga sagot namin.
chat-mail-wrong = Maglagay po ng email address tulad ng ana@example.com.
chat-ticket = Magpadala na lang ng request
chat-help = Maghanap sa help centre
chat-rate = Kumusta po ang tulong namin?
chat-mark-one = 1: napakahina
chat-mark-two = 2: mahina
chat-mark-three = 3: katamtaman
chat-mark-four = 4: mahusay
chat-mark-five = 5: napakahusay
chat-comment = Ano po ang mapapabuti pa namin? (opsiyonal)
chat-rate-send = Ipadala
chat-rate-missing = Pumili po ng numero mula 1 hanggang 5.
chat-notice-there = May tao po rito at sasagot sa ilang sandali.
chat-notice-minutes = { $count ->
    [one] Sasagot po kami sa loob ng mga { $count } minuto.
   *[other] Sasagot po kami sa loob ng mga { $count } na minuto.
 }
chat-notice-position = Pang-{ $position } po kayo sa pila. Sasagot kami sa ilang sandali.
chat-notice-position-minutes = { $count ->
    [one] Pang-{ $position } po kayo sa pila. Sasagot kami sa loob ng mga { $count } minuto.
   *[other] Pang-{ $position } po kayo sa pila. Sasagot kami sa loob ng mga { $count } na minuto.
 }
chat-notice-taken = Hawak na po ni { $name } ang chat ninyo at sasagot sa ilang sandali.
chat-notice-away = Wala pong makakasagot ngayon. Mag-iwan kayo ng mensahe: sasagot kami rito, at sa email kung magbibigay kayo ng address.
chat-notice-closed = Sarado po kami hanggang { $date }. Mag-iwan kayo ng mensahe: sasagot kami rito, at sa email kung magbibigay kayo ng address.
chat-notice-shut = Sarado po kami. Mag-iwan kayo ng mensahe: sasagot kami rito, at sa email kung magbibigay kayo ng address.
chat-notice-late = Mas matagal po ito kaysa nararapat, at humihingi kami ng paumanhin. Maaari kayong maghintay o pumili ng ibang paraan sa ibaba.
chat-notice-asked = Nagpadala po kami ng email sa { $mail }. Buksan ninyo ang link doon, at darating doon ang mga sagot na hindi ninyo makita rito.
chat-notice-proved = Dumating na po ang mensahe ninyo. Ang mga sagot na hindi ninyo makita rito ay darating sa { $mail }.
chat-notice-left = Tapos na po ang chat. Ang reference ninyo ay { $reference }. Kapag sumulat kayong muli, magpapatuloy ito.
chat-notice-over = Ayos na po ito. Ang reference ninyo ay { $reference }. Kapag sumulat kayong muli, magpapatuloy ang chat.
chat-draft-from = (Mula po sa chat na may reference na { $reference })
chat-typing = Nagsusulat si { $name } …
chat-typing-desk = May nagsusulat …
chat-asked-subject = Kumpirmahin ang email address ninyo sa { $site }
chat-asked-body = Hiniling po ninyo sa chat ng { $site } na makatanggap ng mga sagot sa email. Kumpirmahin po na sa inyo ang address na ito:
chat-asked-nobody = Kung hindi po ninyo ito hiniling, wala kayong kailangang gawin.
chat-footer = Natanggap po ninyo ang email na ito dahil ibinigay ang address na ito sa chat ng { $site }.
chat-confirm-title = Kumpirmahin ang email address ninyo
chat-confirm-lead = Pindutin po ang button, at ang mga sagot na hindi ninyo makita sa chat ay darating sa { $mail }.
chat-confirm-button = Akin ang address na ito
chat-confirmed-title = Salamat po
chat-confirmed-lead = Ang mga sagot na hindi ninyo makita sa chat ay darating na po sa { $mail }.
chat-confirmed-case = Tingnan ang request ko
chat-confirm-over-title = Hindi na po gumagana ang link na ito
chat-confirm-over-lead = Isang araw lang po ito gumana. Ibigay ninyong muli ang address sa chat, at magpapadala kami ng bago.
