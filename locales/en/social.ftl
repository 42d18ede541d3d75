# Linking a messenger with the account.
social-title = Link a messenger
social-lead = Do you write to us on a messenger? Link it with your account, so that we know it is you.
social-why = Until then we do not speak about your payments there: such chats are often on phones that others can see.
social-make = Show me a code
social-again = Show me another code
social-send = Send us this message
social-good-for = Send it in the chat with us within 15 minutes. It works once.
social-where = You can send it on { $names }.
social-never = We never ask for passwords or card numbers, on no messenger.
