# From the look at what is bought until the money is there, or is not.
checkout-title = Check and pay
checkout-item = What you buy
checkout-price = Price
checkout-total = Total
checkout-pay-with = Pay with
checkout-hosted = You pay on the page of { $processor }. Your card number never reaches us.
checkout-statement = Your statement will show { $amount } from “{ $descriptor }”.
checkout-deadline = This price holds until { $deadline }.
checkout-pay-button = Pay { $amount }
checkout-give-up = Do not buy

checkout-confirming-title = Your payment is being confirmed
checkout-confirming-body = { $processor } has not told us the result yet. This usually takes less than a minute. Please do not pay again.
checkout-confirming-refresh = Look again

checkout-paid-title = Paid. Thank you!
checkout-paid-body = { $count ->
    [one] { $count } token is in your wallet.
   *[other] { $count } tokens are in your wallet.
 }
checkout-paid-receipt = See the receipt
checkout-paid-wallet = Go to my wallet
checkout-paid-tip = Send a tip

checkout-declined-title = The payment did not go through
checkout-declined-body = Nothing was charged.
checkout-try-again = Try again

checkout-given-up-title = You did not buy anything
checkout-given-up-body = Nothing was charged. The pack is still there if you change your mind.
checkout-expired-title = The time to pay is over
checkout-expired-body = Nothing was charged. Please start again to see today’s price.
checkout-attention-title = We are looking into this payment
checkout-attention-body = Something about it needs a person to check. Please do not pay again; you hear from us by e-mail.
checkout-back-to-shop = Back to the packs

checkout-steps = Steps of this purchase
checkout-step-choose = Choose
checkout-step-check = Check
checkout-step-pay = Pay
checkout-step-done = Done
checkout-statement-title = On your statement
checkout-go-title = On to { $processor }
checkout-go-body = You enter your card there. Afterwards you come back here.
checkout-go-button = Continue
checkout-unknown-title = We are checking with { $processor }
checkout-unknown-body = We do not know yet whether the payment went through. You will not be charged twice. We write to you as soon as we know.
checkout-elsewhere-title = We are waiting for the result
checkout-elsewhere-body = You see it in the browser where you began to pay, in your wallet, and in an e-mail from us.

checkout-return-site = Back to { $site }
checkout-not-paid-yet = I have not paid yet
