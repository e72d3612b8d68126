# What depends on the cloud that a connection is in.

# Which app signs the reader in.
cloud-microsoft-tools = Microsoft's own command-line tools
cloud-microsoft-tools-note = Microsoft Graph Command Line Tools and Exchange Online PowerShell. Widely done; Microsoft hasn't said that it permits it, and your Conditional Access may block it.
cloud-practice-wizard = The practice organisation's wizard
cloud-own-app = An app of your organisation

# How long a limit takes: for the middle of a sentence.
cloud-usually = { $shortest } to { $longest }
cloud-usually-here = { $here } here, { $real } at Microsoft
