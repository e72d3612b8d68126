# What depends on the cloud that a connection is in.

# What each of Microsoft's clouds is called.
cloud-global = Microsoft 365 worldwide, GCC included
cloud-gcc-high = GCC High of the US government
cloud-dod = the cloud of the US Department of Defense
cloud-china = Microsoft 365 in China, operated by 21Vianet

# Before the sign-in to another than the worldwide one.
cloud-national = You sign in to { $cloud }
cloud-national-text = Mailgrant was never tried there. Whether Microsoft's own command-line tools may sign you in there isn't known; an app of your organisation may.
cloud-national-unsure = Sources don't agree on these addresses, or few name them: { $hosts }; where one is wrong, Mailgrant stops there and says so.

# Which app signs the reader in.
cloud-microsoft-tools = Microsoft's own command-line tools
cloud-microsoft-tools-note = Microsoft Graph Command Line Tools and Exchange Online PowerShell. Widely done; Microsoft hasn't said that it permits it, and your Conditional Access may block it.
cloud-practice-wizard = The practice organisation's wizard
cloud-own-app = An app of your organisation

# How long a limit takes: for the middle of a sentence.
cloud-usually = { $shortest } to { $longest }
cloud-usually-here = { $here } here, { $real } at Microsoft
