# Mga email sa mga customer. Simpleng pangungusap; nasa listahan sa ibaba ang mga detalye.
mail-receipt-subject = Resibo ninyo { $number } mula sa { $site }
mail-receipt-greeting = Kumusta po, { $name },
mail-receipt-greeting-nameless = Kumusta po,
mail-receipt-paid = { $count ->
    [one] Salamat po. Nagbayad kayo ng { $amount } para sa { $count } token; nasa wallet na ninyo ito.
   *[other] Salamat po. Nagbayad kayo ng { $amount } para sa { $count } na token; nasa wallet na ninyo ang mga ito.
 }
mail-receipt-number = Numero ng resibo: { $number }
mail-receipt-date = Petsa: { $date }
mail-receipt-item = { $count ->
    [one] Binili: { $count } token
   *[other] Binili: { $count } na token
 }
mail-receipt-amount = Halagang binayaran: { $amount }
mail-receipt-statement = Lalabas sa statement ninyo: { $descriptor }
mail-receipt-processor = Tumanggap ng bayad: { $processor }
mail-receipt-processor-reach = Maaari rin po ninyong kontakin ang { $processor } nang direkta:
mail-receipt-seller = Ibinenta ng: { $seller }
mail-receipt-view = Tingnan ang resibo: { $link }
mail-receipt-questions = Hindi po ba ninyo kilala ang bayad na ito, o may mali? Sumulat po muna sa { $mail } bago magtanong sa bangko: sasagot kami sa loob ng isa hanggang dalawang araw.
mail-footer = Natanggap ninyo ang email na ito dahil may nagbayad sa { $site } gamit ang address na ito.
mail-receipt-who = Sino po ang tumanggap ng bayad at paano sila kontakin: { $link }
mail-details-subject = Ang singil na itinanong ninyo, mula sa { $site }
mail-details-asked = May nagtanong po sa aming site, malamang ay kayo, kung ano ang isang singil sa statement. Sa email na nakatala lamang ipinapadala ito. Ganito po iyon:
mail-details-once = Isang beses po itong binayaran at hindi nagre-renew.
mail-details-view = Resibo: { $link }
mail-details-refund = Para sa refund, o kung hindi po kayo ang gumawa nito, sumulat sa { $mail } bago lumapit sa bangko: sumasagot kami sa loob ng isa hanggang dalawang araw.
mail-details-nobody = Wala pong nakita sa mga ito ang nagtanong. Kung hindi kayo iyon, wala kayong kailangang gawin.
# Mga sagot sa mga kahilingan, at ang kusang isinusulat ng desk kapag may dumating na email.
mail-answer-side-subject = Tanong mula sa { $site } [{ $reference }]
mail-answer-marker = Pakisulat po ang sagot ninyo sa itaas ng linyang ito
mail-answer-view = Tingnan po ang buong usapan dito: { $link }
mail-answer-files = { $count ->
    [one] Masyadong malaki para sa email ang { $count } file. Makikita po ninyo ito sa page ng request ninyo.
   *[other] Masyadong malaki para sa email ang { $count } na file. Makikita po ninyo ang mga ito sa page ng request ninyo.
 }
mail-answer-earlier = Nauna:
mail-answer-footer = Sinasagot po ng { $site } ang request ninyong { $reference }. Para sumulat muli, sagutin po ang email na ito.
mail-ack-subject = Natanggap po namin ang mensahe ninyo [{ $reference }]
mail-ack-got = Salamat po sa pagsulat sa amin. Dumating na ang mensahe ninyo; { $reference } ang reference nito.
mail-ack-about = Ang isinulat po ninyo ay tungkol sa: { $subject }
mail-ack-due = Sasagot po kami nang hindi lalampas sa { $date }.
mail-ack-view = Subaybayan po ito rito: { $link }
mail-ack-add = Para may idagdag, sagutin po ang email na ito.
mail-ack-nobody = Kung hindi po kayo ang sumulat sa amin, wala po kayong kailangang gawin.
mail-ack-footer = Natanggap po ninyo ang email na ito dahil may sumulat sa { $site } gamit ang address na ito.
mail-too-large-subject = Masyadong malaki ang email ninyo
mail-too-large-body = Hindi po dumating nang buo ang email ninyo: mahigit { $size } MB ito.
mail-too-large-again = Pakipadala po itong muli nang walang kasamang file, o may mas maliliit na file.
