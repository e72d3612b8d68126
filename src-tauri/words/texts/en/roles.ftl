# Microsoft's roles, as the admin centers call them in this language.

roles-application = Application Administrator
roles-cloud-application = Cloud Application Administrator
roles-conditional-access = Conditional Access Administrator
roles-exchange = Exchange Administrator
roles-global = Global Administrator
roles-privileged-role = Privileged Role Administrator
roles-security = Security Administrator
roles-user = User Administrator
