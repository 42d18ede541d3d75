# When something does not work: pages and forms.
problems-not-found-title = There is no such page
problems-not-found-body = The address may be mistyped, or the page is gone.
problems-forbidden-title = That is not possible from here
problems-forbidden-body = Please go back, load the page again and try once more.
problems-too-many-title = Too fast
problems-too-many-body = You tried this too often in a short time. Please wait a minute and try again.
problems-unavailable-title = Not available right now
problems-unavailable-body = Please try again in a few minutes. Nothing was charged.
problems-wrong-title = Something went wrong on our side
problems-wrong-body = If you write to us, please name this number: { $number }.
problems-back = Back to the start

problems-summary = { $count ->
    [one] Please check { $count } entry
   *[other] Please check { $count } entries
 }
problems-choose = Please choose one.
problems-not-a-number = Please write a whole number, such as 25.
problems-too-small = Please write at least { $least }.
problems-too-large = Please write at most { $most }.
problems-too-long = { $limit ->
    [one] Please write at most { $limit } character.
   *[other] Please write at most { $limit } characters.
 }

problems-sign-in-title = Please come in through the site first
problems-sign-in-body = This page is for customers who are signed in. Open it from the site where you have your account.
problems-changed-title = That is no longer possible
problems-changed-body = Something changed in the meantime. Please go back and look again.
problems-wrong-calm = We have noted it. Please try again in a few minutes.
problems-link-title = This link no longer works
problems-link-body = Such a link works once and for a short time. Please ask for a new one where you got it.
