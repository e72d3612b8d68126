//! Who asks for a token: an app registration, one of Microsoft's own clients, the wizard, or the administrator.

use serde_json::Value;

use super::accounts::Account;
use super::failure::{Failure, invalid_application_id, unknown_application};
use crate::organisation::ids::new_id;
use crate::organisation::registrations::{Application, ServicePrincipal};
use crate::organisation::sign_ins::request::Platform;
use crate::organisation::standing::{ADMINISTRATOR_CLIENT_ID, FirstParty, first_party};
use crate::organisation::{Organisation, PUBLIC_CLIENT_ID};

/// A client.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// In lower case.
    pub(super) app_id: String,
    pub(super) display_name: String,
    /// The enterprise application; `None` for a registration that has none yet.
    pub(super) principal_id: Option<String>,
    pub(super) account_enabled: bool,
    pub(super) redirects: Vec<(Platform, String)>,
    pub(super) first_party: Option<&'static FirstParty>,
    /// Whether it may sign people in without a redirect address and without a credential: `isFallbackPublicClient`.
    pub(super) public_flows: bool,
    /// Whether people of any organisation may sign in, so that `/common` is open to it.
    pub(super) multi_tenant: bool,
    /// Whether the front channel may carry id tokens and access tokens (`web.implicitGrantSettings`).
    pub(super) implicit_id_token: bool,
    /// Whether the registration lives in this organisation.
    pub(super) registered: bool,
    /// Whether only assigned people may sign in (`appRoleAssignmentRequired`, AADSTS50105).
    pub(super) assignment_required: bool,
}

/// The client with this app id (AADSTS700038 for what cannot be one, AADSTS700016 for an unknown one).
pub(super) fn find(organisation: &Organisation, client_id: &str) -> Result<Client, Failure> {
    let now = organisation.clock.now();
    let id = uuid::Uuid::try_parse(client_id)
        .ok()
        .filter(|id| !id.is_nil())
        .ok_or_else(|| invalid_application_id(client_id))?
        .to_string();
    let principal = organisation
        .objects
        .service_principal_by_app_id(&id)
        .filter(|principal| now >= principal.visible_at);
    let application = organisation
        .objects
        .application_by_app_id(&id)
        .filter(|application| now >= application.visible_at);
    let mut client = Client {
        display_name: application
            .map(Application::display_name)
            .or(principal.map(|held| held.display_name.as_str()))
            .unwrap_or_default()
            .to_owned(),
        principal_id: principal.map(|held| held.id.clone()),
        account_enabled: principal.is_none_or(|held| held.account_enabled),
        redirects: Vec::new(),
        first_party: first_party(&id),
        public_flows: true,
        multi_tenant: true,
        implicit_id_token: false,
        registered: false,
        assignment_required: principal.is_some_and(|held| assignment_required(organisation, &held.id)),
        app_id: id,
    };
    if let Some(application) = application {
        describe(&mut client, application);
    } else if principal.is_none() {
        return Err(unknown_application(client_id));
    } else if client.app_id == PUBLIC_CLIENT_ID {
        client.redirects = ["http://localhost", "http://127.0.0.1"]
            .map(|uri| (Platform::Native, uri.to_owned()))
            .to_vec();
    } else if let Some(first_party) = client.first_party {
        let redirects = first_party.redirects.iter();
        client.redirects = redirects
            .map(|uri| (Platform::Native, (*uri).to_owned()))
            .collect();
    } else {
        client.public_flows = false;
    }
    Ok(client)
}

/// Whether somebody is a direct member of the group with this id; nested groups give no access to apps.
fn is_member(organisation: &Organisation, group_id: &str, person_id: &str) -> bool {
    let mut groups = organisation.objects.graph.groups.iter();
    groups.any(|group| {
        group.deleted.is_none()
            && group.id.eq_ignore_ascii_case(group_id)
            && group
                .members
                .iter()
                .any(|member| member.eq_ignore_ascii_case(person_id))
    })
}

/// Whether an enterprise application lets nobody in who was not assigned to it.
pub(super) fn assignment_required(organisation: &Organisation, principal_id: &str) -> bool {
    let written = organisation.objects.graph.principals.get(principal_id);
    written
        .and_then(|written| written.writable.get("appRoleAssignmentRequired"))
        .and_then(Value::as_bool)
        == Some(true)
}

/// Fills in what an app registration says.
fn describe(client: &mut Client, application: &Application) {
    let writable = &application.writable;
    for (name, platform) in [
        ("publicClient", Platform::Native),
        ("web", Platform::Web),
        ("spa", Platform::SinglePage),
    ] {
        let uris = writable
            .get(name)
            .and_then(|platform| platform.get("redirectUris"));
        let uris = uris.and_then(Value::as_array).into_iter().flatten();
        client
            .redirects
            .extend(uris.filter_map(|uri| Some((platform, uri.as_str()?.to_owned()))));
    }
    client.public_flows = writable.get("isFallbackPublicClient").and_then(Value::as_bool) == Some(true);
    let audience = writable.get("signInAudience").and_then(Value::as_str);
    client.multi_tenant = audience.is_some_and(|audience| audience != "AzureADMyOrg");
    client.implicit_id_token = writable
        .get("web")
        .and_then(|web| web.pointer("/implicitGrantSettings/enableIdTokenIssuance"))
        .and_then(Value::as_bool)
        == Some(true);
    client.registered = true;
}

impl Client {
    /// The object id of the enterprise application.
    ///
    /// # Errors
    /// AADSTS700016 when there is none, AADSTS7000112 when it was switched off.
    pub(super) fn principal_id(&self) -> Result<&str, Failure> {
        let id = self
            .principal_id
            .as_deref()
            .ok_or_else(|| unknown_application(&self.app_id))?;
        if self.account_enabled {
            Ok(id)
        } else {
            Err(Failure::new(
                "unauthorized_client",
                7_000_112,
                format!(
                    "Application '{}'({}) is disabled.",
                    self.app_id, self.display_name
                ),
            ))
        }
    }

    /// Whether it is the application that administers the organisation.
    pub(super) fn is_administrator(&self) -> bool {
        self.app_id == ADMINISTRATOR_CLIENT_ID
    }

    /// Whether it can never have a credential: Microsoft's own clients and the wizard's.
    pub(super) fn is_public_only(&self) -> bool {
        !self.registered && !self.is_administrator()
    }

    /// Refuses a person who was not assigned to an app that asks for it (AADSTS50105).
    pub(super) fn check_assignment(
        &self,
        organisation: &Organisation,
        account: &Account,
    ) -> Result<(), Failure> {
        let assigned = || {
            let held = organisation.objects.app_role_assignments.iter();
            held.into_iter().any(|held| {
                Some(&held.resource_id) == self.principal_id.as_ref()
                    && (held.principal_id.eq_ignore_ascii_case(&account.id)
                        || is_member(organisation, &held.principal_id, &account.id))
            })
        };
        if !self.assignment_required || assigned() {
            return Ok(());
        }
        Err(Failure::new(
            "access_denied",
            50105,
            format!(
                "Your administrator has configured the application {} ('{}') to block users unless they are specifically \
                 granted ('assigned') access to the application. The signed in user '{}' is blocked because they are not a \
                 direct member of a group with access, nor had access directly assigned by an administrator. Please contact \
                 your administrator to assign access to this application.",
                self.display_name, self.app_id, account.address
            ),
        ))
    }

    /// Refuses a single-tenant app on an endpoint for every tenant (AADSTS50194).
    pub(super) fn check_tenant(&self, tenant: &str) -> Result<(), Failure> {
        let everyones = super::discovery::is_common(tenant);
        if !everyones || self.multi_tenant {
            return Ok(());
        }
        Err(Failure::new(
            "invalid_request",
            50194,
            format!(
                "Application '{}'({}) is not configured as a multi-tenant application. Usage of the /{} endpoint is not \
                 supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the \
                 application to be multi-tenant.",
                self.app_id,
                self.display_name,
                tenant.to_lowercase()
            ),
        ))
    }
}

/// The enterprise application of a client, made when a person consents for the first time.
pub(super) fn ensure_principal(organisation: &mut Organisation, client: &Client) -> String {
    // One that has not replicated yet is there all the same: an app never gets a second one.
    if let Some(held) = organisation.objects.service_principal_by_app_id(&client.app_id) {
        return held.id.clone();
    }
    let id = new_id();
    let now = organisation.clock.now();
    organisation.objects.service_principals.push(ServicePrincipal {
        id: id.clone(),
        app_id: client.app_id.clone(),
        display_name: client.display_name.clone(),
        created: now,
        visible_at: now,
        tags: vec!["WindowsAzureActiveDirectoryIntegratedApp".into()],
        account_enabled: true,
        owner_tenant: organisation.objects.tenant_id.clone(),
    });
    organisation.touch();
    id
}
