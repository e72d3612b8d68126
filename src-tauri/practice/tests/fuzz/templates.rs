//! Sensible requests, from which rubbish is made.

/// Method, path and body of requests that carry JSON.
#[rustfmt::skip]
pub(crate) const BODIES: [(&str, &str, &str); 22] = [
    ("POST", "/v1.0/applications", r#"{"displayName":"fuzz","signInAudience":"AzureADMyOrg","tags":["a"],"web":{"redirectUris":["https://a.example"]},"requiredResourceAccess":[{"resourceAppId":"00000003-0000-0000-c000-000000000000","resourceAccess":[{"id":"e2a3a72e-5f79-4c64-b1b1-878b674786c9","type":"Role"}]}]}"#),
    ("PATCH", "/v1.0/applications(uniqueName='fuzz')", r#"{"displayName":"fuzz","keyCredentials":[{"type":"AsymmetricX509Cert","usage":"Verify","key":"MIIB"}]}"#),
    ("POST", "/v1.0/applications(uniqueName='fuzz')/addPassword", r#"{"passwordCredential":{"displayName":"a","endDateTime":"2027-01-01T00:00:00Z"}}"#),
    ("POST", "/v1.0/applications(uniqueName='fuzz')/addKey", r#"{"keyCredential":{"type":"AsymmetricX509Cert","usage":"Verify","key":"MIIB"},"passwordCredential":null,"proof":"a.b.c"}"#),
    ("POST", "/v1.0/applications(uniqueName='fuzz')/removePassword", r#"{"keyId":"f0b0b335-0000-4000-8000-000000000000"}"#),
    ("POST", "/v1.0/servicePrincipals", r#"{"appId":"00000003-0000-0000-c000-000000000000","tags":["a"]}"#),
    ("POST", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/appRoleAssignedTo", r#"{"principalId":"a","resourceId":"b","appRoleId":"c"}"#),
    ("POST", "/v1.0/oauth2PermissionGrants", r#"{"clientId":"a","consentType":"AllPrincipals","principalId":null,"resourceId":"b","scope":"Mail.Read"}"#),
    ("POST", "/v1.0/$batch", r#"{"requests":[{"id":"1","method":"GET","url":"/users?$top=1"},{"id":"2","method":"POST","url":"/applications","headers":{"Content-Type":"application/json"},"body":{"displayName":"a"},"dependsOn":["1"]}]}"#),
    ("POST", "/v1.0/groups", r#"{"displayName":"g","mailEnabled":false,"mailNickname":"g","securityEnabled":true,"groupTypes":[]}"#),
    ("POST", "/v1.0/users/support@contoso.example/sendMail", r#"{"message":{"subject":"s","body":{"contentType":"Text","content":"c"},"toRecipients":[{"emailAddress":{"address":"billing@contoso.example"}}]},"saveToSentItems":true}"#),
    ("POST", "/v1.0/users/support@contoso.example/messages", r#"{"subject":"draft","importance":"low","body":{"contentType":"HTML","content":"<b>c</b>"}}"#),
    ("PATCH", "/v1.0/users/support@contoso.example/mailboxSettings", r#"{"timeZone":"UTC","automaticRepliesSetting":{"status":"disabled"}}"#),
    ("POST", "/v1.0/roleManagement/directory/roleAssignments", r#"{"principalId":"a","roleDefinitionId":"b","directoryScopeId":"/"}"#),
    ("POST", "/v1.0/directoryObjects/getByIds", r#"{"ids":["a","b"],"types":["user","group"]}"#),
    ("PATCH", "/v1.0/policies/defaultAppManagementPolicy", r#"{"isEnabled":false,"applicationRestrictions":{"passwordCredentials":[{"restrictionType":"passwordLifetime","maxLifetime":"P180D"}]}}"#),
    ("POST", "/adminapi/beta/{tenant}/InvokeCommand", r#"{"CmdletInput":{"CmdletName":"Get-Mailbox","Parameters":{"Identity":"support@contoso.example","ResultSize":"10"}}}"#),
    ("POST", "/adminapi/beta/{tenant}/InvokeCommand", r#"{"CmdletInput":{"CmdletName":"New-ApplicationAccessPolicy","Parameters":{"AppId":["a"],"AccessRight":"RestrictAccess","PolicyScopeGroupId":"g","Description":"d"}}}"#),
    ("POST", "/adminapi/beta/{tenant}/InvokeCommand", r#"{"CmdletInput":{"CmdletName":"Add-MailboxPermission","Parameters":{"Identity":"hr@contoso.example","User":"u","AccessRights":["FullAccess"],"AutoMapping":false}}}"#),
    ("POST", "/adminapi/beta/{tenant}/InvokeCommand", r##"{"CmdletInput":{"CmdletName":"Set-DistributionGroup","Parameters":{"Identity":"Ticketing mailboxes","DisplayName":{"@odata.type":"#Exchange.GenericHashTable","Add":["a"],"Remove":[]}}}}"##),
    ("POST", "/adminapi/beta/{tenant}/InvokeCommand", r#"{"CmdletInput":{"CmdletName":"Test-ServicePrincipalAuthorization","Parameters":{"Identity":"Ticketing Connector","Resource":"info@contoso.example"}}}"#),
    ("POST", "/adminapi/beta/{tenant}/$batch", r#"{"requests":[{"id":"1","method":"POST","url":"/InvokeCommand","headers":{},"body":{"CmdletInput":{"CmdletName":"Get-CASMailbox","Parameters":{"Identity":"support@contoso.example"}}}}]}"#),
];

/// Path and body of requests that carry a form.
#[rustfmt::skip]
pub(crate) const FORMS: [(&str, &str); 8] = [
    ("/{tenant}/oauth2/v2.0/token", "grant_type=client_credentials&client_id=a&client_secret=b&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"),
    ("/{tenant}/oauth2/v2.0/token", "grant_type=client_credentials&client_id=a&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln&scope=x%2F.default"),
    ("/common/oauth2/v2.0/token", "grant_type=authorization_code&client_id=a&code=b&redirect_uri=http%3A%2F%2Flocalhost&code_verifier=c"),
    ("/organizations/oauth2/v2.0/token", "grant_type=refresh_token&client_id=a&refresh_token=b&scope=User.Read"),
    ("/{tenant}/oauth2/v2.0/token", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=a&device_code=b"),
    ("/{tenant}/oauth2/v2.0/devicecode", "client_id=c3d1f8a2-64b7-4e0f-8d55-7d1e5a9b2f60&scope=User.Read%20offline_access"),
    ("/{tenant}/oauth2/token", "grant_type=password&client_id=a&username=b&password=c&resource=d"),
    ("/{tenant}/practice/consent", "flow=a&decision=accept&organisation=on"),
];

/// Addresses.
pub(crate) const PATHS: [&str; 24] = [
    "v1.0/users/support@contoso.example",
    "v1.0/users('o''brien@contoso.example')/mailFolders/inbox/messages",
    "v1.0/applications(appId='00000003-0000-0000-c000-000000000000')/owners/$ref",
    "v1.0/servicePrincipals/00000003-0000-0000-c000-000000000000/appRoleAssignments",
    "v1.0/directory/deletedItems/microsoft.graph.application",
    "v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true",
    "v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')",
    "v1.0/users/support@contoso.example/messages/AAMkADPractice/$value",
    "v1.0/users/support@contoso.example/mailFolders/inbox/messages/delta?$deltatoken=practice-1",
    "v1.0/groups/1/members/$ref",
    "v1.0/users/$count",
    "v1.0/users?$skiptoken=practice-1&$top=1",
    "beta/roleManagement/exchange/customAppScopes",
    "adminapi/beta/{tenant}/Mailbox('support@contoso.example')",
    "adminapi/beta/{tenant}/InvokeCommand?$skiptoken=practice-5",
    "adminapi/v1.0/{tenant}/EXOBanner('AutogenSession')",
    "adminapi/v2.0/{tenant}/Mailbox",
    "{tenant}/v2.0/.well-known/openid-configuration",
    "common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.microsoftonline.com/a/oauth2/v2.0/authorize",
    "{tenant}/oauth2/v2.0/authorize?client_id=c3d1f8a2-64b7-4e0f-8d55-7d1e5a9b2f60&response_type=code&redirect_uri=http://localhost&scope=openid&response_mode=form_post&prompt=none",
    "{tenant}/adminconsent?client_id=a&state=b&redirect_uri=http://localhost",
    "{tenant}/v2.0/adminconsent?client_id=a&scope=b&redirect_uri=http://localhost",
    "_practice/state",
    "subscriptions?api-version=2022-12-01",
];

/// Collections that take query options.
pub(crate) const COLLECTIONS: [&str; 9] = [
    "users",
    "groups",
    "applications",
    "servicePrincipals",
    "oauth2PermissionGrants",
    "users/support@contoso.example/messages",
    "users/support@contoso.example/mailFolders",
    "roleManagement/directory/roleAssignments",
    "directory/deletedItems/microsoft.graph.application",
];

/// Query options and sensible values.
pub(crate) const OPTIONS: [(&str, &str); 18] = [
    ("$filter", "mail eq 'support@contoso.example'"),
    (
        "$filter",
        "startswith(displayName,'a') and accountEnabled eq true",
    ),
    (
        "$filter",
        "proxyAddresses/any(p:p eq 'smtp:a@b') or not(userType eq 'Guest')",
    ),
    (
        "$filter",
        "createdDateTime ge 2024-01-01T00:00:00Z and (isRead eq false)",
    ),
    ("$filter", "id in ('a','b','c') and displayName ne null"),
    (
        "$filter",
        "endswith(mail,'@contoso.example') and identifierUris/any(x:startswith(x,'api'))",
    ),
    (
        "$filter",
        "from/emailAddress/address eq 'a@b' and importance eq 'high'",
    ),
    (
        "$filter",
        "tags/all(t:t ne 'a') and appId eq 00000003-0000-0000-c000-000000000000",
    ),
    ("$search", "\"displayName:support\" OR \"mail:a\""),
    ("$search", "\"subject:invoice\""),
    ("$select", "id,displayName,mail,proxyAddresses"),
    ("$orderby", "displayName desc,mail"),
    ("$expand", "owners($select=id),members"),
    ("$top", "999"),
    ("$skip", "10"),
    ("$skiptoken", "practice-10"),
    ("$count", "true"),
    ("$format", "json"),
];

/// Filters of Exchange.
pub(crate) const OPATH: [&str; 8] = [
    "MemberOfGroup -eq 'CN=Ticketing mailboxes,OU=contoso.onmicrosoft.example'",
    "(PrimarySmtpAddress -like 's*') -and (RecipientTypeDetails -eq 'SharedMailbox')",
    "-not (Department -eq 'Sales' -or CustomAttribute1 -ne 'Marine')",
    "DisplayName -like '*o''brien*' -or Alias -eq \"info\"",
    "HiddenFromAddressListsEnabled -eq $true -and EmailAddresses -like 'smtp:*'",
    "WhenCreated -gt '2024-01-01' -and Name -lt 'm'",
    "((((Alias -ne $null))))",
    "Guid -eq '00000000-0000-4000-8000-000000000000'",
];

/// Cmdlets that take a filter, and its parameter.
pub(crate) const FILTERED: [(&str, &str); 4] = [
    ("Get-Recipient", "Filter"),
    ("Get-Mailbox", "Filter"),
    ("Get-DistributionGroup", "Filter"),
    ("New-ManagementScope", "RecipientRestrictionFilter"),
];

/// Whole HTTP requests.
#[rustfmt::skip]
pub(crate) const REQUESTS: [&str; 6] = [
    "GET /v1.0/organization HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.b.c\r\nConnection: close\r\n\r\n",
    "POST /{tenant}/oauth2/v2.0/token HTTP/1.1\r\nHost: login.microsoftonline.com\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\nConnection: close\r\n\r\ngrant_type=client_credentials",
    "POST /v1.0/applications HTTP/1.1\r\nHost: graph.microsoft.com\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
    "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n",
    "GET https://graph.microsoft.com/v1.0/users?$filter=a HTTP/1.1\r\nHost: localhost:443\r\nRange: bytes=0-5\r\nCookie: a=b; c\r\n\r\n",
];

/// Whole CONNECT requests.
pub(crate) const CONNECTS: [&str; 4] = [
    "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n",
    "CONNECT outlook.office365.com:993 HTTP/1.1\r\nProxy-Connection: keep-alive\r\n\r\na1 NOOP\r\n",
    "CONNECT [::1]:22 HTTP/1.0\r\n\r\n",
    "GET http://graph.microsoft.com/ HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n",
];

/// Lines of IMAP.
pub(crate) const IMAP: [&str; 26] = [
    "a2 CAPABILITY",
    "a2 LIST \"\" \"*\"",
    "a2 SELECT INBOX",
    "a2 EXAMINE \"Sent Items\"",
    "a2 STATUS INBOX (MESSAGES UNSEEN UIDNEXT UIDVALIDITY RECENT)",
    "a2 FETCH 1:5 (FLAGS ENVELOPE BODYSTRUCTURE RFC822.SIZE INTERNALDATE)",
    "a2 UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]<0.100> UID)",
    "a2 FETCH 2 BODY[1.MIME]",
    "a2 UID SEARCH CHARSET UTF-8 OR SUBJECT \"a\" (NOT SEEN SINCE 1-Jan-2024) LARGER 10",
    "a2 SEARCH HEADER Message-ID <a@b> UNKEYWORD x 1:*,5",
    "a2 STORE 1 +FLAGS.SILENT (\\Seen \\Flagged $Label)",
    "a2 UID COPY 1:2 Archive",
    "a2 UID MOVE 1 \"Deleted Items\"",
    "a2 APPEND Drafts (\\Draft) \"01-Jan-2026 00:00:00 +0000\" {12+}\r\nSubject: a\r\n",
    "a2 APPEND Drafts {12}",
    "a2 CREATE \"fuzz &AOQ-\"",
    "a2 RENAME fuzz fuzz2",
    "a2 DELETE fuzz",
    "a2 IDLE\r\nDONE",
    "a2 ID (\"name\" \"fuzz\")",
    "a2 NAMESPACE",
    "a2 EXPUNGE",
    "a2 CLOSE",
    "a2 AUTHENTICATE XOAUTH2 dXNlcj1hAWF1dGg9QmVhcmVyIGEBAQ==",
    "a2 AUTHENTICATE XOAUTH2\r\ndXNlcj1hAWF1dGg9QmVhcmVyIGEBAQ==",
    "a2 LOGIN \"a\" {3}\r\nabc",
];

/// Lines of POP3.
pub(crate) const POP: [&str; 12] = [
    "CAPA",
    "STAT",
    "LIST",
    "LIST 1",
    "UIDL 1",
    "RETR 1",
    "TOP 1 5",
    "DELE 1",
    "RSET",
    "NOOP",
    "AUTH XOAUTH2\r\ndXNlcj1hAWF1dGg9QmVhcmVyIGEBAQ==",
    "USER support@contoso.example\r\nPASS a",
];

/// Lines of SMTP.
pub(crate) const SMTP: [&str; 14] = [
    "EHLO fuzz.example",
    "HELO fuzz",
    "MAIL FROM:<support@contoso.example> SIZE=100 BODY=8BITMIME",
    "RCPT TO:<billing@contoso.example> NOTIFY=NEVER",
    "RCPT TO:<\"a b\"@contoso.example>",
    "DATA\r\nFrom: support@contoso.example\r\nSubject: a\r\n\r\n..b\r\n.",
    "BDAT 10 LAST\r\n0123456789",
    "BDAT 99999999999",
    "RSET",
    "NOOP a",
    "VRFY a",
    "AUTH XOAUTH2 dXNlcj1hAWF1dGg9QmVhcmVyIGEBAQ==",
    "AUTH LOGIN\r\nYQ==\r\nYg==",
    "STARTTLS",
];
