# What stands in place of names and ids while somebody presents. Each word is short and stands wherever the name would.

presenting-organisation = Organisation { $number }
presenting-domain = domain { $number }
presenting-person = Person { $number }
presenting-user-name = User name { $number }
presenting-app = App { $number }
presenting-connection = connection { $number }
presenting-mailbox = Mailbox { $number }
presenting-mailbox-name = Mailbox name { $number }
presenting-recipient = Recipient { $number }
presenting-group = Group { $number }
presenting-credential = Credential { $number }
presenting-assignment = Assignment { $number }
presenting-scope = Scope { $number }
presenting-folder = Folder { $number }
presenting-file = File { $number }
presenting-typed = Typed { $number }
presenting-value = Value { $number }
presenting-platform = Platform { $number }
presenting-id = id { $number }
# A row of somebody's list that was set aside.
presenting-row = Row { $number }
# What nobody has named.
presenting-an-address = an address
presenting-an-id = an id
# In place of a drawn passphrase.
presenting-passphrase = Hidden while you present. Switch presenting off to read the six words.
