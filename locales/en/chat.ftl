# Live chat: a small window on the host site's pages, its notices, and the mails around it.
chat-open = Chat
chat-unread = { $count ->
    [one] Chat: { $count } new message
   *[other] Chat: { $count } new messages
 }
chat-unread-many = Chat: more than nine new messages
chat-title = Chat with { $name }
chat-end = End the chat
chat-close = Close
chat-log = Messages
chat-text = Your message
chat-send = Send
chat-attach = Add files
chat-remove = Remove
chat-you = You
chat-other = Somebody in copy
chat-desk = Support
chat-gone = This message was removed.
chat-seen = Seen
chat-sending = Sending
chat-waits = Waiting for a connection
chat-refused = This message could not be sent.
chat-drop = Discard
chat-offline = The connection is lost. We keep trying; you can go on writing.
chat-failed = That did not work. Please try again.
chat-too-many-files = One message can carry five files at most.
chat-file-too-large = A file may be { $megabytes } MB at most.
chat-file-refused = Files of this kind cannot be sent. Pictures are taken as JPEG, PNG, WebP or GIF.
chat-file-failed = The file could not be sent. Please try again.
chat-doors = Other ways to reach us
chat-mail = Your e-mail address
chat-mail-send = Answer me by e-mail
chat-mail-hint = We send you a link to confirm it. After that, our answers come there as well.
chat-mail-wrong = Enter an e-mail address such as ana@example.com.
chat-ticket = Write a request instead
chat-help = Search the help centre
chat-rate = How was our help?
chat-mark-one = 1: very bad
chat-mark-two = 2: bad
chat-mark-three = 3: fair
chat-mark-four = 4: good
chat-mark-five = 5: very good
chat-comment = What could be better? (optional)
chat-rate-send = Send
chat-rate-missing = Choose a number from 1 to 5.
chat-notice-there = Somebody is here and will answer shortly.
chat-notice-minutes = { $count ->
    [one] We answer in about { $count } minute.
   *[other] We answer in about { $count } minutes.
 }
chat-notice-position = You are number { $position } in line. We answer shortly.
chat-notice-position-minutes = { $count ->
    [one] You are number { $position } in line. We answer in about { $count } minute.
   *[other] You are number { $position } in line. We answer in about { $count } minutes.
 }
chat-notice-taken = { $name } has taken your chat and answers shortly.
chat-notice-away = Nobody is here to answer right now. Leave us a message: we answer here, and by e-mail if you give an address.
chat-notice-closed = We are closed until { $date }. Leave us a message: we answer here, and by e-mail if you give an address.
chat-notice-shut = We are closed. Leave us a message: we answer here, and by e-mail if you give an address.
chat-notice-late = This takes longer than it should, and we are sorry. You can wait, or choose another way below.
chat-notice-asked = We have sent an e-mail to { $mail }. Open the link in it, and answers that you miss here will come there.
chat-notice-proved = Your message has arrived. Answers that you miss here come to { $mail }.
chat-notice-left = The chat has ended. Your reference is { $reference }. When you write again, it goes on.
chat-notice-over = This is settled. Your reference is { $reference }. When you write again, it goes on.
chat-draft-from = (From the chat with the reference { $reference })
chat-typing = { $name } is writing …
chat-typing-desk = Somebody is writing …
chat-asked-subject = Confirm your e-mail address for { $site }
chat-asked-body = You asked in the chat of { $site } to get answers by e-mail. Confirm that this address is yours:
chat-asked-nobody = If you did not ask for this, you need not do anything.
chat-footer = You get this e-mail because this address was given in the chat of { $site }.
chat-confirm-title = Confirm your e-mail address
chat-confirm-lead = Press the button, and answers that you miss in the chat will come to { $mail }.
chat-confirm-button = This is my address
chat-confirmed-title = Thank you
chat-confirmed-lead = Answers that you miss in the chat now come to { $mail }.
chat-confirmed-case = See my request
chat-confirm-over-title = This link no longer works
chat-confirm-over-lead = It was valid for one day. Give your address in the chat once more, and we send a new one.
