# Mails to customers. Plain sentences; the details stand in a list below them.
mail-receipt-subject = Your receipt { $number } from { $site }
mail-receipt-greeting = Hello { $name },
mail-receipt-greeting-nameless = Hello,
mail-receipt-paid = { $count ->
    [one] Thank you. You paid { $amount } for { $count } token; it is in your wallet.
   *[other] Thank you. You paid { $amount } for { $count } tokens; they are in your wallet.
 }
mail-receipt-number = Receipt number: { $number }
mail-receipt-date = Date: { $date }
mail-receipt-item = { $count ->
    [one] Item: { $count } token
   *[other] Item: { $count } tokens
 }
mail-receipt-amount = Amount paid: { $amount }
mail-receipt-statement = Your statement will show: { $descriptor }
mail-receipt-processor = Payment taken by: { $processor }
mail-receipt-processor-reach = You can also reach { $processor } directly:
mail-receipt-seller = Sold by: { $seller }
mail-receipt-view = See the receipt: { $link }
mail-receipt-questions = Do you not recognise this payment, or is something wrong? Write to { $mail } before you ask your bank: we answer within one to two days.
mail-footer = You get this mail because somebody paid at { $site } with this address.
