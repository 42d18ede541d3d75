# Pagbibigay ng token sa isang creator.
tips-title = Magbigay ng tip
tips-creator = Creator
tips-amount = Ilang token
tips-amount-hint = { $count ->
    [one] Mayroon kayong { $count } token.
   *[other] Mayroon kayong { $count } na token.
 }
tips-note = Mensahe (opsyonal)
tips-note-hint = Mababasa ito ng creator. { $limit ->
    [one] Hanggang { $limit } karakter lang.
   *[other] Hanggang { $limit } na karakter lang.
 }
tips-send = Ipadala ang tip
tips-sent-title = Naipadala na ang tip ninyo
tips-sent-body = { $count ->
    [one] Nakatanggap si { $creator } ng { $count } token mula sa inyo.
   *[other] Nakatanggap si { $creator } ng { $count } na token mula sa inyo.
 }
tips-sent-left = { $count ->
    [one] May natitira kayong { $count } token.
   *[other] May natitira kayong { $count } na token.
 }
tips-sent-note = Mensahe ninyo
tips-another = Magbigay pa ng tip
tips-not-enough = { $missing ->
    [one] Kulang pa kayo ng { $missing } token para sa tip na ito.
   *[other] Kulang pa kayo ng { $missing } na token para sa tip na ito.
 }
tips-buy-more = Bumili ng token
tips-no-creators = Wala pang puwedeng bigyan ng tip.

tips-who = Sino ang gusto ninyong bigyan ng tip?
tips-creator-link = Mag-tip kay { $creator }
tips-own-amount = Ibang halaga
tips-check = Tingnan ang tip
tips-review-title = Tingnan ang tip ninyo
tips-review-now = Balanse ninyo ngayon
tips-review-tip = Ang tip na ito
tips-review-after = Balanse ninyo pagkatapos
tips-at-once = Agad na matatanggap ni { $creator } ang tip.
tips-change = Baguhin
tips-buy-pack = { $count ->
    [one] Bumili ng { $count } token
   *[other] Bumili ng { $count } na token
 }
tips-amount-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } na token
 }

tips-short = Mag-tip
tips-more-creators = Iba pang creator
