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
mail-footer = You get this e-mail because somebody paid at { $site } with this address.
mail-receipt-who = Who took the payment, and how to reach them: { $link }
mail-details-subject = The charge you asked about, from { $site }
mail-details-asked = Somebody, probably you, asked on our site what a charge on a statement is. This e-mail goes only to the address on file. This is what it was:
mail-details-once = It was paid once and does not renew.
mail-details-view = Receipt: { $link }
mail-details-refund = To ask for a refund, or if you did not do this, write to { $mail } before you ask your bank: we answer within one to two days.
mail-details-nobody = Whoever asked has not seen any of this. If it was not you, you need not do anything.
# Answers to requests, and what the desk writes by itself when a mail comes in.
mail-answer-side-subject = A question from { $site } [{ $reference }]
mail-answer-marker = Please write your answer above this line
mail-answer-view = See the whole conversation here: { $link }
mail-answer-files = { $count ->
    [one] { $count } file is too large for an e-mail. You find it on the page of your request.
   *[other] { $count } files are too large for an e-mail. You find them on the page of your request.
 }
mail-answer-earlier = Earlier:
mail-answer-footer = { $site } answers your request { $reference }. To write back, reply to this e-mail.
mail-ack-subject = We have your message [{ $reference }]
mail-ack-got = Thank you for writing to us. Your message has arrived; its reference is { $reference }.
mail-ack-about = You wrote about: { $subject }
mail-ack-due = We answer by { $date }.
mail-ack-view = Follow it here: { $link }
mail-ack-add = To add something, reply to this e-mail.
mail-ack-nobody = If you did not write to us, you need not do anything.
mail-ack-footer = You get this e-mail because somebody wrote to { $site } with this address.
mail-too-large-subject = Your e-mail was too large
mail-too-large-body = Your e-mail did not reach us whole: it has more than { $size } MB.
mail-too-large-again = Please send it again without its files, or with smaller ones.
