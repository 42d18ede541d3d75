# Ang pahina kung saan pumipili ng pack ng token.
shop-title = Bumili ng token
shop-intro = Token ang ginagamit pang-tip sa mga creator. Pumili po ng pack; makikita ninyo ang buong presyo bago kayo magbayad.
shop-packs = Mga pack
shop-pack-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } na token
 }
shop-pack-buy = Bilhin
# Ito ang binabasa nang malakas sa halip na “Bilhin” lang, para magkaiba ang mga button.
shop-pack-buy-label = { $count ->
    [one] Bilhin ang { $count } token sa halagang { $price }
   *[other] Bilhin ang { $count } na token sa halagang { $price }
 }
shop-currency = Currency
shop-currency-change = Ipakita ang mga presyo
shop-empty = Wala pong binebentang pack sa ngayon. Bumalik na lang po kayo mamaya.
shop-demo-customer = Tumitingin kayo bilang si { $name }, isang customer ng demo na tindahang ito. Hindi na kailangang mag-sign in, at walang totoong perang gagalaw.

shop-best-value = Pinakasulit
shop-saves = { $percent }% na mas mura bawat token
shop-covers = Sapat para sa tip ninyo
shop-guest = Para makabili, dumaan po sa { $site }, kung saan kayo naka-sign in.
shop-promises = Bago kayo magbayad
shop-promise-once = Isang bayad lang. Walang kusang nagre-renew.
shop-promise-receipt = Makakatanggap kayo agad ng resibo sa email.
