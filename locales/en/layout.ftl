# What stands around every page. $site is the name of the shop, $page the title of the page.
layout-title = { $page } – { $site }
layout-skip = Skip to the main content
layout-menu = Main menu
layout-shop = Buy tokens
layout-wallet = My wallet
layout-tip = Send a tip
layout-language = Language
layout-theme = Appearance
layout-theme-auto = As on my device
layout-theme-light = Light
layout-theme-dark = Dark
layout-test-mode = Test mode: nothing here costs real money.
layout-footer = About this site
layout-contact = Questions about a payment? Write to { $mail }.

layout-demo = Be somebody else
layout-signed-in = You are signed in as { $name }.
layout-sign-out = Sign out
layout-help = Help
layout-charge = What is this charge?
layout-support = Billing support
layout-write = Write to us
layout-cases = My requests
