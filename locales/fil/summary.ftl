# Simpleng listahan ng mga bayad na maaaring ipadala ng suporta sa taong nagbayad.
summary-charge = { $count ->
    [one] { $date }: { $amount } po para sa { $count } token, nakasulat sa statement bilang { $descriptor }.
   *[other] { $date }: { $amount } po para sa { $count } na token, nakasulat sa statement bilang { $descriptor }.
 }
summary-card = Card na nagtatapos sa { $last4 }.
summary-back = Mula rito, naibalik na po sa inyo ang { $amount }.
