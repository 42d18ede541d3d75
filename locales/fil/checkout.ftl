# Mula sa pagtingin sa binibili hanggang pumasok ang bayad, o hindi.
checkout-title = Tingnan at magbayad
checkout-item = Ang binibili ninyo
checkout-price = Presyo
checkout-total = Kabuuan
checkout-pay-with = Magbayad gamit ang
checkout-hosted = Sa pahina ng { $processor } kayo magbabayad. Hindi kailanman umaabot sa amin ang numero ng card ninyo.
checkout-statement = Sa statement ninyo, lalabas ang { $amount } mula sa “{ $descriptor }”.
checkout-deadline = Ganito ang presyo hanggang { $deadline }.
checkout-pay-button = Magbayad ng { $amount }
checkout-give-up = Huwag nang bilhin

checkout-confirming-title = Kinukumpirma pa ang bayad ninyo
checkout-confirming-body = Hindi pa sinasabi sa amin ng { $processor } ang resulta. Karaniwang wala pang isang minuto ito. Huwag po muna kayong magbayad ulit.
checkout-confirming-refresh = Tingnan ulit

checkout-paid-title = Bayad na. Salamat po!
checkout-paid-body = { $count ->
    [one] Pumasok na ang { $count } token sa wallet ninyo.
   *[other] Pumasok na ang { $count } na token sa wallet ninyo.
 }
checkout-paid-receipt = Tingnan ang resibo
checkout-paid-wallet = Pumunta sa wallet ko
checkout-paid-tip = Magbigay ng tip

checkout-declined-title = Hindi natuloy ang bayad
checkout-declined-body = Walang nasingil sa inyo.
checkout-try-again = Subukan ulit

checkout-given-up-title = Wala kayong binili
checkout-given-up-body = Walang nasingil sa inyo. Nandoon pa rin ang pack kung magbago ang isip ninyo.
checkout-expired-title = Lumipas na ang oras ng pagbabayad
checkout-expired-body = Walang nasingil sa inyo. Magsimula po ulit para makita ang presyo ngayon.
checkout-attention-title = Sinusuri namin ang bayad na ito
checkout-attention-body = May kailangang tingnan ang isang tao. Huwag po muna kayong magbayad ulit; susulat kami sa inyo sa email.
checkout-back-to-shop = Bumalik sa mga pack

checkout-steps = Mga hakbang ng pagbiling ito
checkout-step-choose = Pumili
checkout-step-check = Tingnan
checkout-step-pay = Magbayad
checkout-step-done = Tapos
checkout-statement-title = Sa statement ninyo
checkout-go-title = Papunta sa { $processor }
checkout-go-body = Doon ninyo ilalagay ang card. Pagkatapos, babalik kayo rito.
checkout-go-button = Magpatuloy
checkout-unknown-title = Inaalam namin sa { $processor }
checkout-unknown-body = Hindi pa namin alam kung natuloy ang bayad. Hindi kayo sisingilin nang dalawang beses. Susulat po kami agad kapag alam na namin.
checkout-elsewhere-title = Hinihintay namin ang resulta
checkout-elsewhere-body = Makikita ninyo ito sa browser kung saan kayo nagsimulang magbayad, sa wallet ninyo, at sa email mula sa amin.

checkout-return-site = Bumalik sa { $site }
checkout-not-paid-yet = Hindi pa po ako nakakapagbayad
