//! What changes on this computer, and what time brings.

use std::time::Duration;

use domain::secret::Secret;
use journeys::colleague::{Colleague, text};
use serde_json::json;

use super::{HR, Way};

pub fn ways() -> Vec<Way> {
    vec![
        way!("profile: needs more", "Mail.Send", |it| {
            it.write_profile(
                2,
                "[[permissions]]\npermission = \"Mail.Send\"\nreason = \"to answer\"\n",
            );
            it.restart("limit").await
        }),
        way!("keychain: another value", "another secret", |it| {
            let account = it.account();
            it.in_keychain(|keychain| {
                keychain
                    .set(&account, &Secret::new("somebody's value".into()))
                    .unwrap()
            });
            Ok(())
        }),
        way!(
            "keychain: another valid secret of the app",
            "another secret",
            |it| {
                let body = json!({ "passwordCredential": { "displayName": "theirs" } });
                let made = it
                    .post(&format!("applications/{}/addPassword", it.object), body)
                    .await?;
                let value = text(Some(&made), "secretText").ok_or("no secret")?;
                let account = it.account();
                it.in_keychain(|keychain| keychain.set(&account, &Secret::new(value)).unwrap());
                Ok(())
            }
        ),
        way!("keychain: the entry is gone", "keychain", |it| {
            let account = it.account();
            it.in_keychain(|keychain| keychain.delete(&account).unwrap());
            Ok(())
        }),
        way!("time: the secret has ended", "ended", |it| {
            it.time.move_on(Duration::from_secs(366 * 86_400));
            Ok(())
        }),
        way!(
            "time: a week, and the limit grew meanwhile",
            "hr@contoso.example",
            |it| {
                it.time.move_on(Duration::from_secs(7 * 86_400));
                it.colleague = Colleague::of(&it.handle).await?;
                let hr = it.colleague.mailbox(HR).await?;
                it.widen(&format!("ExternalDirectoryObjectId -eq '{hr}'")).await?;
                it.restart("verify").await
            }
        ),
    ]
}
