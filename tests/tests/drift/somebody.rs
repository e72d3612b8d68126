//! What somebody else does to a proven connection, past the wizard.

use std::time::Duration;

use domain::grant::MICROSOFT_GRAPH;
use journeys::Outcome;
use journeys::colleague::text;
use reqwest::Method;
use serde_json::{Value, json};

use crate::proven::{Proven, REFUSED};

/// After this long, what a colleague made can be used by them.
pub const REPLICATION: Duration = Duration::from_secs(120);

impl Proven {
    pub async fn graph(&self, method: Method, path: &str, body: Value) -> Outcome<Value> {
        self.colleague.graph(method, path, Some(body)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Outcome<Value> {
        self.graph(Method::POST, path, body).await
    }

    pub async fn set_scope(&self, filter: &str) -> Outcome {
        let parameters = json!({ "Identity": self.scope, "RecipientRestrictionFilter": filter });
        self.colleague
            .run("Set-ManagementScope", parameters)
            .await
            .map(drop)
    }

    /// The filter as it is, with something more.
    pub async fn widen(&self, more: &str) -> Outcome {
        let scopes = self
            .colleague
            .run("Get-ManagementScope", json!({ "Identity": self.scope }))
            .await?;
        let filter = text(scopes.first(), "RecipientFilter").ok_or("no filter")?;
        self.set_scope(&format!("({filter}) -or {more}")).await
    }

    pub async fn assign(&self, role: &str, extra: Value) -> Outcome {
        let mut parameters = json!({ "Name": format!("theirs {role}"), "App": self.principal, "Role": role });
        if let (Some(all), Some(extra)) = (parameters.as_object_mut(), extra.as_object()) {
            all.extend(extra.clone());
        }
        self.colleague
            .run("New-ManagementRoleAssignment", parameters)
            .await
            .map(drop)
    }

    pub async fn grant(&self, api: &str, role: &str) -> Outcome {
        self.colleague.grant(&self.principal, api, role).await
    }

    /// Takes a grant of an app role away.
    pub async fn ungrant(&self, role: &str) -> Outcome {
        let snapshot = self.handle.snapshot();
        let mut held = snapshot.app_role_assignments.iter();
        let held = held.find(|one| one.principal_id == self.principal && one.role == role);
        let id = held.map(|one| one.id.clone()).ok_or("no such grant")?;
        let path = format!("servicePrincipals/{}/appRoleAssignments/{id}", self.principal);
        self.colleague.graph(Method::DELETE, &path, None).await.map(drop)
    }

    pub async fn delegate(&self, scope: &str) -> Outcome {
        let api = self.colleague.api(MICROSOFT_GRAPH).await?;
        let body = json!({ "clientId": self.principal, "consentType": "AllPrincipals", "resourceId": text(Some(&api), "id"), "scope": scope });
        self.post("oauth2PermissionGrants", body).await.map(drop)
    }

    pub async fn directory_role(&self, template: &str) -> Outcome {
        let body =
            json!({ "principalId": self.principal, "roleDefinitionId": template, "directoryScopeId": "/" });
        self.post("roleManagement/directory/roleAssignments", body)
            .await
            .map(drop)
    }

    /// A group of the directory with the app in it, and whether roles can be given to it.
    pub async fn group_with_app(&self, assignable: bool) -> Outcome<String> {
        let body = json!({ "displayName": "Drift admins", "mailEnabled": false, "mailNickname": "drift-admins", "securityEnabled": true, "isAssignableToRole": assignable });
        let group = self.post("groups", body).await?;
        let id = text(Some(&group), "id").ok_or("no group")?;
        self.time.move_on(REPLICATION);
        let app = format!(
            "https://graph.microsoft.com/v1.0/directoryObjects/{}",
            self.principal
        );
        self.post(&format!("groups/{id}/members/$ref"), json!({ "@odata.id": app }))
            .await?;
        Ok(id)
    }

    pub async fn right(&self, mailbox: &str) -> Outcome {
        let parameters =
            json!({ "Identity": mailbox, "User": self.principal, "AccessRights": ["FullAccess"] });
        self.colleague
            .run("Add-MailboxPermission", parameters)
            .await
            .map(drop)
    }

    pub async fn remove_assignment(&self, role: &str) -> Outcome {
        let held = self
            .colleague
            .run(
                "Get-ManagementRoleAssignment",
                json!({ "RoleAssignee": self.principal }),
            )
            .await?;
        for one in held
            .iter()
            .filter(|one| text(Some(one), "Role").is_some_and(|held| held.contains(role)))
        {
            let parameters = json!({ "Identity": text(Some(one), "Name"), "Confirm": false });
            self.colleague
                .run("Remove-ManagementRoleAssignment", parameters)
                .await?;
        }
        Ok(())
    }

    /// A scope of the colleague's own.
    pub async fn other_scope(&self) -> Outcome<String> {
        let parameters = json!({ "Name": "All staff", "RecipientRestrictionFilter": "RecipientTypeDetails -eq 'UserMailbox'" });
        self.colleague.run("New-ManagementScope", parameters).await?;
        Ok("All staff".into())
    }

    pub async fn owner(&self, of: &str) -> Outcome {
        let user = self.colleague.mailbox(REFUSED).await?;
        let body =
            json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{user}") });
        self.post(&format!("{of}/owners/$ref"), body).await.map(drop)
    }
}
