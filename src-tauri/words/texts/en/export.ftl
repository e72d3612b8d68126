# Check the answers, seal the file, hand it over.

export-heading = Check the answers, then seal the file
export-sign-in = Sign in to seal the file
export-seal = Seal and save the file
export-another-folder = Choose another folder
export-back-to-proof = Back to the proof
export-some-platform = the platform

export-only-platform = Only { $platform }
export-practice-key = Sealed to the practice platform's public key { $key }
export-its-key = Sealed to its public key { $key }
export-given-key = Whoever holds a key that I was given
export-given-key-detail = A public key that begins with age1, from the platform's own people
export-passphrase = Anyone with a passphrase
export-passphrase-detail = You tell it over another channel, such as the telephone, never beside the file
export-passphrase-hint = At least 12 characters that nobody guesses: no names of yours or the platform's, no dates, nothing that repeats or counts. Five or six words that don't belong together are best.
export-drawn-hint = Write these six words down, or tell them to the platform's people by telephone: small letters, one space between two words. They are shown until the file is sealed, and never again.
export-draw = Draw six words for me
export-draw-others = Draw six others
export-type-own = Type my own
export-practice = This is practice
export-practice-text = The file says so inside, and the platform won't accept it.

export-lacks-folder = Name the folder to save the files in
export-lacks-opener = Choose who can open the file
export-lacks-comparison = Compare the six words with the platform's people, then tick this
export-passphrases-differ = The two passphrases differ; type both again

export-fact-platform = Platform
export-reached = { $platform }, { $by }
export-fact-organisation = Organisation
export-fact-app = App
export-fact-access = Access
export-fact-mailboxes = Mailboxes
export-change = Change
export-change-mailboxes = Change the mailboxes
export-fact-secret-ends = Secret ends
export-fact-proved = Proved { $when }
export-all-work = { $count ->
    [one] 1 of 1 works
   *[other] { $count } of { $count } work
}
export-all-refused = { $gone ->
    [0] { $count } of { $all } others refused
    [one] { $count } of { $all } others refused; 1 no longer exists
   *[other] { $count } of { $all } others refused; { $gone } no longer exist
}

export-reading = Reading the organisation once more before sealing
export-stopped = Stopped. No file was made, and nothing is proven until the checks are run to their end.
export-sealing = Sealing and saving
export-disk = the disk to take the files

export-was-given = { $platform } was given { $mailboxes } on { $day }
export-can-use-group = { $platform } can use { $mailboxes } of { $group }, and whoever joins it
export-can-use = { $platform } can use { $mailboxes }, and no others
export-saved-in = Saved in { $folder }.
export-said-saved = The files are saved.
export-no-file = Nobody, because no new file is needed
export-no-file-detail = { $platform } has this secret already. What changed, such as the mailboxes, stands in the record and on the next page.
export-save-record = Save the record
export-keeps-what-it-has = No file has to be handed over: { $platform } keeps its secret. Give it the mailboxes below, where they changed.
export-show-folder = Show the folder
export-back = Back to your connections
export-was-practice = This was practice
export-was-practice-text = Nothing was changed in Microsoft 365. The file says inside that it is practice.

export-sealed-file = Sealed connection file
export-sealed-for = For the platform, sealed { $how }.
export-record = Record
export-record-for = For your files: what was made and proved, without any secret. It prints well.
export-record-json = Record for machines
export-record-json-for = The same as JSON.
export-reminder = Reminder
export-reminder-for = Open it to put the end of the secret into your calendar.
export-look-up = Where a step isn't clear, look it up in { $place }: { $address }
export-secret-ends-then = The secret ends on { $day }. { $how }

export-copy = Copy
export-copy-this = Copy { $label }
export-copy-of = Copy { $label } of { $mailbox }
export-in-the-file = In the sealed file, under this label. No window shows it
export-many-ids = { $count } ids, copied as one line for each mailbox: its address, then its id
# Microsoft's own labels of these ids, where it has one.
export-tenant-id = Directory (tenant) ID
export-client-id = Application (client) ID
export-app-object-id = Object ID of the app registration
export-principal-id = Object ID of the enterprise application
export-secret-id = Secret ID

export-whoever-runs = the person who runs { $platform }
export-the-sealed-file = the sealed file
export-send = Send { $file } to { $who }.
export-mail-with-key = Mail will do: only whoever holds the private key can open it.
export-mail-with-passphrase = Mail will do; the passphrase goes another way, such as by telephone, and never with the file.
export-mail = Mail will do: only whoever has its key or passphrase can open it. A passphrase goes another way, and never with the file.
export-open-with-key = They open it with age, a free program (age-encryption.org), and their private key.
export-open-with-passphrase = They open it with age, a free program (age-encryption.org), and the passphrase.
export-open = They open it with age, a free program (age-encryption.org).
export-inside = Inside are all values of the form below, with the secret. If you fill that form in yourself, open it yourself, and delete what came out of it afterwards.
export-to-open = To open it

# Why a text is no key to seal to: what it is, and what to give instead.
export-key-none = Paste the platform's public key. It begins with age1.
export-key-private = This is a private key, and nobody should send one. Ask the platform's people to make a new pair and to give you the public key, which begins with age1.
export-key-ssh = This is an SSH key. Ask the platform's people for an age public key, which begins with age1.
export-key-plugin = This age key is of a special kind that not every program can open. Ask the platform's people for a plain age public key: age1 and 58 more letters and digits.
export-key-pem = This is a certificate or a key in PEM form. Ask the platform's people for an age public key, which begins with age1.
export-key-no-key = This isn't a whole age public key. It begins with age1 and has 62 characters; copy it again from where the platform's people gave it.

# Why a passphrase isn't taken.
export-passphrase-too-short = Use at least { $least } characters, best five or six words that don't belong together.
export-passphrase-own-names = This one is made of names that stand in this connection, such as the platform's or your organisation's, and they are guessed first. Use five or six words that don't belong together.
export-passphrase-repeats = This one repeats itself, so its length doesn't help. Use five or six words that don't belong together.
export-passphrase-row = This one counts, or follows the keys of a keyboard, so it is quickly guessed. Use five or six words that don't belong together.
export-passphrase-date = Most of this one is a date, and all dates are quickly tried. Use five or six words that don't belong together.
export-passphrase-common = This one is close to a password or a name that many people use. Use five or six words that don't belong together.
export-passphrase-too-plain = This one is too short for what is in it. Use five or six words that don't belong together.
