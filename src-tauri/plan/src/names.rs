//! The names that a connection gives to what it makes, by which it finds it again.

use domain::app_key::AppKey;
use domain::ids::ConnectionId;
use domain::permission::Permission;

/// The names of one app of a connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Names {
    connection: ConnectionId,
    app: AppKey,
}

/// The tag that everything of this product carries, whichever connection made it.
pub const PRODUCT: &str = "Mailgrant";

/// The further tag of an app registration that somebody else made and that a connection took over. It says so only together with
/// the tag of that connection.
pub const ADOPTED: &str = "Mailgrant adopted";

/// The longest name of a platform inside the name of a scope, in characters.
const LONGEST_PLATFORM: usize = 40;

/// The connection whose main app has this unique name; none where a connection doesn't name its app so.
pub fn connection_of(unique: &str) -> Option<ConnectionId> {
    let id: ConnectionId = unique.strip_prefix("mailgrant-")?.parse().ok()?;
    (Names::new(id, AppKey::default()).unique() == unique).then_some(id)
}

/// The connection that these tags of an app registration name as the one that took it over; none where they name none, or
/// several.
pub fn adopted_by<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<ConnectionId> {
    let tags: Vec<&str> = tags.into_iter().collect();
    let mut named = tags.iter().filter_map(|tag| {
        let id: ConnectionId = tag.strip_prefix("mailgrant:")?.parse().ok()?;
        (Names::new(id, AppKey::default()).tag() == *tag).then_some(id)
    });
    let one = named.next().filter(|_| tags.contains(&ADOPTED))?;
    named.next().is_none().then_some(one)
}

impl Names {
    /// The names of this app.
    pub fn new(connection: ConnectionId, app: AppKey) -> Self {
        Self { connection, app }
    }

    /// Which app of the connection it is.
    pub fn app(&self) -> &AppKey {
        &self.app
    }

    /// The name that Microsoft keeps unique in the organisation.
    pub fn unique(&self) -> String {
        format!("mailgrant-{}{}", self.connection, self.suffix())
    }

    /// The tag on the app registration and on its service principal.
    pub fn tag(&self) -> String {
        format!("mailgrant:{}{}", self.connection, self.suffix())
    }

    /// The tags on an app registration that this connection took over.
    pub fn adopted_tags(&self) -> [String; 3] {
        [PRODUCT.to_owned(), ADOPTED.to_owned(), self.tag()]
    }

    /// The beginning of the name of every secret of this app.
    pub fn secret(&self) -> String {
        format!("{PRODUCT} {}{} ", self.short(), self.suffix())
    }

    /// The name of a new scope: the platform for people, the connection for the wizard.
    pub fn scope(&self, platform: &str) -> String {
        let platform: String = platform.chars().take(LONGEST_PLATFORM).collect();
        format!("{PRODUCT} {platform} {}{}", self.short(), self.suffix())
    }

    /// The platform's name inside that of a scope, as far as [`Names::scope`] put it there.
    pub fn platform_of<'a>(&self, scope: &'a str) -> Option<&'a str> {
        let end = format!(" {}{}", self.short(), self.suffix());
        scope.strip_prefix(PRODUCT)?.strip_prefix(' ')?.strip_suffix(&end)
    }

    /// The name of a role assignment. Exchange takes at most 64 characters; that bound is UNVERIFIED and kept with room
    /// to spare.
    pub fn assignment(&self, permission: Permission) -> String {
        format!(
            "{PRODUCT} {}{} {}",
            self.short(),
            self.suffix(),
            permission.name()
        )
    }

    /// Whether a scope or an assignment in Exchange is named as this app names its own. A name alone proves little.
    pub fn in_exchange(&self, name: &str) -> bool {
        let word = format!("{}{}", self.short(), self.suffix());
        name.strip_prefix(PRODUCT)
            .and_then(|rest| rest.strip_prefix(' '))
            .is_some_and(|rest| rest.split(' ').any(|part| part == word))
    }

    /// The part of a connection's id that stands in names with little room: its first eight characters.
    fn short(&self) -> String {
        self.connection.to_string().chars().take(8).collect()
    }

    fn suffix(&self) -> String {
        if self.app.is_main() {
            String::new()
        } else {
            format!("-{}", self.app)
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_tags_of_an_adopted_app_name_its_connection_and_none_of_them_alone_does() {
        let connection = ConnectionId(Uuid::from_u128(0x11));
        let tags = Names::new(connection, AppKey::default()).adopted_tags();
        assert_eq!(adopted_by(tags.iter().map(String::as_str)), Some(connection));
        for tag in &tags {
            assert_eq!(adopted_by([tag.as_str()]), None, "{tag}");
        }
    }

    #[test]
    fn two_apps_of_a_connection_share_no_name() {
        let connection = ConnectionId(Uuid::from_u128(0x11));
        let main = Names::new(connection, AppKey::default());
        let second = Names::new(connection, AppKey::parse("second").unwrap());
        assert_eq!(main.unique(), format!("mailgrant-{connection}"));
        assert_eq!(second.unique(), format!("mailgrant-{connection}-second"));
        assert_ne!(main.tag(), second.tag());
        assert!(!second.secret().starts_with(&main.secret()));
        let (scope, role) = (main.scope("Contact Pro"), main.assignment(Permission::MailSend));
        for name in [&scope, &role] {
            assert!(main.in_exchange(name) && !second.in_exchange(name), "{name}");
        }
        for name in [
            "Mailgrant",
            "Mailgrant 000000001 x",
            "Somebody's 00000000",
            "Mailgrants 00000000",
        ] {
            assert!(!main.in_exchange(name), "{name}");
        }
    }
}
