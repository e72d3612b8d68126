# Microsofts Rollen, wie die Admin Center sie in dieser Sprache nennen.

roles-application = Anwendungsadministrator
roles-cloud-application = Cloudanwendungsadministrator
roles-conditional-access = Administrator für bedingten Zugriff
roles-exchange = Exchange-Administrator
roles-global = Globaler Administrator
roles-privileged-role = Administrator für privilegierte Rollen
roles-security = Sicherheitsadministrator
roles-user = Benutzeradministrator
