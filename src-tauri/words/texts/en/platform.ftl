# Which platform is connected.

platform-heading = Which mail platform are you connecting?
platform-lead = Its profile says what it needs, so that nothing more is asked of your organisation.
platform-fixed = This connection is for { $platform }
platform-fixed-lead = The app registration was made for it, so the platform stays. To connect another platform, begin a new connection, or delete this app registration on the plan first.
platform-legend = Mail platform
platform-checked = Checked { $day }
platform-mistake = A platform profile has a mistake: { $file }
platform-continue = Continue
platform-name-stays = It stays, because the app registration carries it
platform-name-stands = It stands in the name of the app, in the record and in the names of the files
# A reason is a clause of the profile: "people who read and answer mail".
platform-choose-for = Choose it for a platform that has { $reason }.

platform-lacks-choice = Choose the platform to connect
platform-lacks-name = Say what the platform is called
platform-long-name = Shorten the name to { $most } characters
platform-known = { $platform } is in the list above, with what it really needs; choose it there
platform-lacks-access = Tick what it does with the mail; one is enough
