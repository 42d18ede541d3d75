//! What is read of each sample: every row is a mail in `samples/` and what must be true of it.

/// A sample, and facts about it: what is asked, and the answer.
pub(super) type Row = (&'static str, &'static [(&'static str, &'static str)]);

/// All samples.
pub(super) const ROWS: [Row; 101] = [
    // Clients.
    (
        "gmail-reply",
        &[
            ("subject", "Re: Your request"),
            ("name", "Ann Larsen"),
            ("sender", "ann@example.com"),
            ("fresh", "It works now, thank you!"),
            ("verdict", "aligned"),
            ("message_id", "CAK+a1b2=c3@mail.gmail.com"),
            ("in_reply_to", "tok123@shop.example"),
            ("references", "tok100@shop.example tok123@shop.example"),
            ("date", "2026-11-02T14:04:05Z"),
            ("language", "en"),
            ("silent", ""),
        ],
    ),
    ("gmail-html-only", &[("fresh", "Ja, bitte erstatten."), ("text", "> Sollen wir erstatten?")]),
    (
        "gmail-inline-image",
        &[("files", "shot.png image/png inline=ii_abc123"), ("html", "data-cid=\"ii_abc123\"")],
    ),
    (
        "outlook-reply",
        &[
            ("name", "Larsen, Ann"),
            ("fresh", "Please refund it."),
            ("text", "shall we refund it?"),
            ("html", "class=\"letter-elementToProof\""),
            ("automatic", ""),
        ],
    ),
    ("outlook-html-only", &[("fresh", "Ja tak."), ("text", "Skal vi give pengene tilbage?")]),
    (
        "outlook-winmail",
        &[("files", "proof.pdf application/pdf from=winmail"), ("fresh", "The proof is attached.")],
    ),
    (
        "apple-mail-reply",
        &[("fresh", "Yes — the one of Monday."), ("text", "> Which payment is it?")],
    ),
    (
        "apple-mail-pdf-between",
        &[
            ("files", "receipt.pdf application/pdf"),
            ("text", "First page\n\nSecond page"),
            ("html", "Second page"),
        ],
    ),
    ("iphone", &[("fresh", "Still not there")]),
    (
        "thunderbird-inline",
        &[(
            "fresh",
            "On 11/2/26 14:00, Support wrote:\n> Which payment?\nThe one of Monday, the large one.\n> How did you pay?\nBy card.",
        )],
    ),
    ("thunderbird-below", &[("fresh", "Yes, the large one.")]),
    ("yahoo", &[("fresh", " When will it arrive?")]),
    ("proton", &[("fresh", "Please delete my account.")]),
    ("above-our-line", &[("fresh", "Danke!"), ("markers", "abc234")]),
    ("forward-gmail", &[("text", "You paid 9.95 USD."), ("forwarded", "receipts@segpay.example")]),
    (
        "forward-as-attachment",
        &[
            ("files", "Where is my money.eml message/rfc822 from=mail"),
            ("text", "See the attached mail."),
        ],
    ),
    // Languages.
    (
        "reply-fr",
        &[
            ("subject", "Re: Votre demande"),
            ("fresh", "Bonjour, je n'ai pas reçu les jetons que j'ai payés. Merci de vérifier."),
            ("language", "fr"),
        ],
    ),
    (
        "reply-de",
        &[
            ("subject", "AW: Ihre Anfrage"),
            (
                "fresh",
                "Ich habe die Token nicht bekommen, die ich bezahlt habe. Bitte prüfen Sie das.",
            ),
            ("language", "de"),
        ],
    ),
    (
        "reply-da",
        &[
            ("subject", "SV: Din henvendelse"),
            (
                "fresh",
                "Hej, jeg har ikke fået de tokens, som jeg har betalt for. Kan I hjælpe mig?",
            ),
            ("language", "da"),
        ],
    ),
    (
        "reply-fil",
        &[
            ("subject", "Re: Ang inyong tanong"),
            ("fresh", "Hindi ko po natanggap ang mga token na binayaran ko. Pakitingnan po ninyo."),
            ("language", "fil"),
        ],
    ),
    (
        "form-en",
        &[(
            "form",
            "en username=annl side=not sure order=2026-000042 description=I paid and nothing came.\n\nPlease look.",
        )],
    ),
    (
        "form-da-outlook",
        &[("form", "da username=annl side=ved ikke order=77 description=Der kom ikke noget.")],
    ),
    // Charsets.
    ("latin1-declared-with-windows-signs", &[("text", "“café” costs 5 €")]),
    ("raw-8bit-subject", &[("subject", "Größe")]),
    ("raw-utf8-subject", &[("subject", "Größe – 100 €"), ("name", "Jörg Maier")]),
    ("raw-8bit-body-undeclared", &[("text", "Bjørn får ikke sine tokens")]),
    ("korean-label", &[("subject", "환불"), ("text", "똠방각하 환불")]),
    ("chinese-gb2312", &[("subject", "退款"), ("text", "朱镕基 退款")]),
    ("japanese-iso2022", &[("subject", "返金"), ("text", "返金してください")]),
    ("russian-koi8", &[("subject", "Возврат"), ("text", "Верните деньги")]),
    ("utf16-body", &[("text", "Żółw €")]),
    ("unknown-charset", &[("subject", "café"), ("text", "zażółć")]),
    ("utf7-body", &[("text", "Grüße")]),
    ("nul-and-decomposed", &[("text", "café ok")]),
    ("html-names-its-charset", &[("text", "café €")]),
    // Headers.
    ("split-words", &[("subject", "Erstattung für Bestellung"), ("name", "Jörg")]),
    ("words-with-blanks", &[("subject", "Where is my money?"), ("name", "Ann Larsen")]),
    (
        "never-inside-address",
        &[
            ("name", "boss@bank.example"),
            ("sender", "=?utf-8?Q?eve?=@example.net"),
            ("verdict", "none"),
        ],
    ),
    ("decoded-once", &[("subject", "=?utf-8?Q?x?=")]),
    ("no-message-id", &[("synthetic", "true"), ("message_id", "@synthetic.invalid")]),
    (
        "odd-message-ids",
        &[
            ("message_id", "spacedid@example.com"),
            ("in_reply_to", "tok123@shop.example"),
            ("references", "a@x b@y c@z"),
            ("synthetic", "false"),
        ],
    ),
    ("absurd-date", &[("date", "2026-11-03T12:00:00Z"), ("date_header", "1970-01-01T00:00:00Z")]),
    ("unreadable-date", &[("date", "2026-11-03T12:00:00Z"), ("date_header", "")]),
    (
        "invalid-from",
        &[
            ("sender", "notanaddress"),
            ("silent", "its sender has no valid address"),
            ("fresh", "Help me please."),
        ],
    ),
    ("several-authors", &[("sender", "ann@example.com"), ("verdict", "none")]),
    ("group-recipients", &[("to", "a@shop.example b@shop.example")]),
    ("mbox-line-and-bom", &[("text", "From here on it broke."), ("sender", "ann@example.com")]),
    (
        "carriage-returns-only",
        &[("text", "line one\nline two"), ("problems", "its lines end with carriage returns only")],
    ),
    ("reply-to-form-mailer", &[("sender", "ann@example.com"), ("verdict", "none")]),
    ("reply-to-stranger", &[("sender", "ann@example.com"), ("reply_to", "eve@example.net")]),
    // Bounces.
    (
        "postfix-unknown-user",
        &[
            ("bounce", "permanent 5.1.1 gone@example.com dead original=tok123@shop.example"),
            ("hold", ""),
        ],
    ),
    (
        "postfix-delayed",
        &[("bounce", "delayed 4.4.1 gone@example.com alive original=tok123@shop.example")],
    ),
    (
        "mailbox-full",
        &[("bounce", "permanent 5.2.2 gone@example.com alive original=tok123@shop.example")],
    ),
    (
        "policy",
        &[("bounce", "permanent 5.7.1 gone@example.com alive original=tok123@shop.example")],
    ),
    (
        "temporary-given-up",
        &[("bounce", "temporary 4.4.7 gone@example.com alive original=tok123@shop.example")],
    ),
    ("exim", &[("bounce", "permanent 5.1.1 gone@example.com dead original=tok123@shop.example")]),
    (
        "exchange",
        &[("bounce", "permanent 5.1.10 gone@example.com dead original=tok123@shop.example")],
    ),
    ("qmail", &[("bounce", "permanent 5.1.1  dead original=tok123@shop.example")]),
    (
        "complaint-arf",
        &[("bounce", "complaint  gone@example.com dead original=tok123@shop.example")],
    ),
    ("null-path-spam-is-none", &[("bounce", ""), ("silent", "its return path is null")]),
    ("postmaster-writes-himself", &[("bounce", "")]),
    // Automatic.
    ("out-of-office-exchange", &[("automatic", "out_of_office"), ("hold", "")]),
    ("out-of-office-german", &[("automatic", "out_of_office")]),
    ("out-of-office-subject-alone", &[("automatic", "")]),
    ("vacation", &[("automatic", "out_of_office")]),
    ("autoreply-header", &[("automatic", "out_of_office")]),
    ("auto-submitted-no", &[("automatic", "")]),
    (
        "suppress-alone",
        &[("automatic", ""), ("silent", "the sender asks for no automatic answers")],
    ),
    ("generated", &[("automatic", "generated"), ("hold", "generated")]),
    ("newsletter", &[("automatic", "generated"), ("hold", "generated")]),
    ("read-receipt", &[("automatic", "receipt")]),
    (
        "group-with-person-behind",
        &[
            ("automatic", "list"),
            ("sender", "ann@customer.example"),
            ("from", "group@example.com"),
            ("verdict", "forwarded"),
            ("hold", ""),
        ],
    ),
    ("discussion-list", &[("automatic", "list"), ("hold", "")]),
    ("group-unproven", &[("sender", "group@example.net"), ("verdict", "none")]),
    // Own.
    (
        "our-own-copy",
        &[
            (
                "own",
                "its Message-ID tok555@shop.example is one of ours, and it carries our loop mark",
            ),
            ("hold", ""),
            ("silent", "it is our own mail"),
        ],
    ),
    ("answer-quoting-our-id", &[("own", ""), ("hold", "")]),
    ("our-address-from-outside", &[("own", ""), ("hold", "own_address")]),
    ("too-many-hops", &[("hold", "loop")]),
    ("reject-policy", &[("verdict", "failed"), ("hold", "failed_authentication")]),
    ("forged-results-below", &[("verdict", "none")]),
    ("forwarded-with-arc", &[("verdict", "forwarded"), ("hold", "")]),
    // Attachments.
    (
        "names-in-many-ways",
        &[(
            "files",
            "naïve €.pdf application/pdf, naïve € (2).pdf application/pdf, evilgnp.exe image/png, image.png image/png",
        )],
    ),
    ("calendar", &[("files", "text.ics text/calendar"), ("text", "Shall we talk?")]),
    (
        "uuencoded",
        &[("files", "cat.txt application/octet-stream from=text"), ("text", "Here it is")],
    ),
    ("text-file", &[("files", "log.txt text/plain"), ("text", "The log is attached.")]),
    (
        "picture-in-html",
        &[
            ("files", "image.png image/png inline=enclosed-1 from=html"),
            ("html", "data-cid=\"enclosed-1\""),
        ],
    ),
    ("inline-not-used", &[("files", "logo.png image/png")]),
    ("wrong-type", &[("files", "holiday.jpg application/vnd.microsoft.portable-executable")]),
    // Html.
    (
        "script-and-remote",
        &[
            ("text", "Hello"),
            ("html", "data-remote=\"https://track.example/p.gif?u=1\""),
            ("problems", "pictures from elsewhere are not fetched until somebody asks for them"),
        ],
    ),
    ("newsletter-tables", &[("text", "One Two\nTotal 3")]),
    // Broken.
    (
        "boundary-never-comes",
        &[
            ("text", "This is all there is."),
            ("problems", "a multipart has no parts: it is read as text"),
        ],
    ),
    (
        "no-boundary",
        &[("text", "Something"), ("problems", "a multipart names no boundary: it is read as text")],
    ),
    (
        "not-closed",
        &[
            ("text", "Hello"),
            ("files", "a.pdf application/pdf"),
            ("problems", "a multipart is not closed"),
        ],
    ),
    (
        "no-blank-line",
        &[
            ("text", "Hello without an empty line"),
            ("problems", "a line among the header fields is none: the body begins there"),
        ],
    ),
    ("base64-with-footer", &[("text", "It broke yesterday!")]),
    ("quoted-printable-mistakes", &[("text", "100% = all of it =zz caé end")]),
    ("headers-only", &[("text", ""), ("fresh", ""), ("subject", "Tokens did not arrive")]),
    ("garbage", &[("unreadable", "no_headers")]),
    ("plain-words", &[("unreadable", "no_headers")]),
    ("too-deep", &[("unreadable", "too_deep")]),
    ("same-boundary-within", &[("text", "inner")]),
];
