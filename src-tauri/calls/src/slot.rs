//! Values of a call, some of which Microsoft gives only while a plan is carried out.

use std::collections::BTreeMap;

use domain::ids::KeyId;
use serde_json::{Map, Value};

/// A value that is known only when a call is sent: an id that Microsoft gave, a moment, what tells one try from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Object id of the app registration.
    AppObject,
    /// Client id of the app.
    AppClient,
    /// Object id of the app's service principal.
    Principal,
    /// Object id of Office 365 Exchange Online's service principal in the organisation.
    ExchangeOnline,
    /// Key id of the secret that was just made.
    Key,
    /// Key id of a certificate, which whoever adds one draws.
    NewKey,
    /// The public half of a certificate: its DER in base64.
    Certificate,
    /// The certificates that the app holds, as they were read: JSON, as Graph writes the list.
    Keys,
    /// So many days after the call is sent, as Graph writes a moment.
    InDays(i32),
    /// Eight characters by which one try is told from another.
    Try,
}

/// The values that are known.
pub type Ids = BTreeMap<Slot, String>;

/// A text, parts of which may be slots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Piece>);

/// A part of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Plain(String),
    /// An id.
    Slot(Slot),
}

impl Text {
    /// Its parts, in order; no two plain ones follow each other.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The same with something behind it.
    pub fn then(mut self, more: impl Into<Self>) -> Self {
        for piece in more.into().0 {
            match (self.0.last_mut(), piece) {
                (_, Piece::Plain(text)) if text.is_empty() => {}
                (Some(Piece::Plain(last)), Piece::Plain(text)) => last.push_str(&text),
                (_, piece) => self.0.push(piece),
            }
        }
        self
    }

    /// The text with every slot filled in.
    ///
    /// # Errors
    /// The first slot whose id isn't known.
    pub fn filled(&self, ids: &Ids) -> Result<String, Slot> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Plain(plain) => text.push_str(plain),
                Piece::Slot(slot) => text.push_str(ids.get(slot).ok_or(*slot)?),
            }
        }
        Ok(text)
    }

    /// The text, where no slot is left in it.
    pub fn plain(&self) -> Option<String> {
        self.filled(&Ids::new()).ok()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::default().then(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::default()
        } else {
            Self(vec![Piece::Plain(text)])
        }
    }
}

impl From<Slot> for Text {
    fn from(slot: Slot) -> Self {
        Self(vec![Piece::Slot(slot)])
    }
}

/// A value of a parameter or of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Nothing at all, which clears a setting.
    Nothing,
    /// Yes or no; a switch of a cmdlet.
    Switch(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(Text),
    /// The app's certificates as they were read, for a list that replaces them.
    Keys(Keys),
    /// Several values.
    List(Vec<Self>),
    /// Named values, in the order in which they are written.
    Map(Vec<(String, Self)>),
}

impl Arg {
    /// A list of texts.
    pub fn texts<T: Into<Text>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.into())).collect())
    }

    /// Named values.
    pub fn map<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Map(
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// The same with every slot filled in.
    ///
    /// # Errors
    /// The first slot whose id isn't known.
    pub fn filled(&self, ids: &Ids) -> Result<Self, Slot> {
        Ok(match self {
            Self::Nothing | Self::Switch(_) | Self::Number(_) => self.clone(),
            Self::Text(text) => Self::Text(text.filled(ids)?.into()),
            Self::Keys(keys) => keys.filled(ids)?,
            Self::List(values) => Self::List(
                values
                    .iter()
                    .map(|value| value.filled(ids))
                    .collect::<Result<_, _>>()?,
            ),
            Self::Map(fields) => Self::Map(
                fields
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), value.filled(ids)?)))
                    .collect::<Result<_, Slot>>()?,
            ),
        })
    }

    /// The value as JSON, where no slot is left in it.
    pub fn json(&self) -> Option<Value> {
        Some(match self {
            Self::Nothing => Value::Null,
            Self::Switch(on) => Value::Bool(*on),
            Self::Number(number) => Value::from(*number),
            Self::Text(text) => Value::String(text.plain()?),
            Self::Keys(_) => return None,
            Self::List(values) => Value::Array(values.iter().map(Self::json).collect::<Option<_>>()?),
            Self::Map(fields) => Value::Object(
                fields
                    .iter()
                    .map(|(name, value)| Some((name.clone(), value.json()?)))
                    .collect::<Option<Map<_, _>>>()?,
            ),
        })
    }
}

/// The certificates of an app as they were read a moment before, without one of them or with one more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    /// The one that is left out.
    pub without: Option<KeyId>,
    /// The one that is added at the end.
    pub with: Option<Box<Arg>>,
}

impl Keys {
    fn filled(&self, ids: &Ids) -> Result<Arg, Slot> {
        let read = ids
            .get(&Slot::Keys)
            .and_then(|text| serde_json::from_str(text).ok());
        let Some(Value::Array(read)) = read else {
            return Err(Slot::Keys);
        };
        let left_out = self.without.map(|key| key.to_string());
        let stays = |entry: &&Value| {
            let key = entry.get("keyId").and_then(Value::as_str);
            key.is_none() || key.map(str::to_ascii_lowercase) != left_out
        };
        let mut list: Vec<Arg> = read.iter().filter(stays).filter_map(as_read).collect();
        if let Some(one) = &self.with {
            list.push(one.filled(ids)?);
        }
        Ok(Arg::List(list))
    }
}

/// What was read, to be sent again. A member without a value is left out: to Graph that is the same.
fn as_read(value: &Value) -> Option<Arg> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(on) => Arg::Switch(*on),
        Value::Number(number) => Arg::Number(number.as_i64()?),
        Value::String(text) => text.as_str().into(),
        Value::Array(values) => Arg::List(values.iter().filter_map(as_read).collect()),
        Value::Object(fields) => Arg::Map(
            fields
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), as_read(value)?)))
                .collect(),
        ),
    })
}

impl From<bool> for Arg {
    fn from(on: bool) -> Self {
        Self::Switch(on)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    /// A number that is larger than any list is the largest that is written.
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Text>> From<T> for Arg {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_filled_in_and_named_where_it_cannot_be() {
        let path = Text::from("applications/")
            .then(Slot::AppObject)
            .then("/addPassword");
        assert_eq!(path.filled(&Ids::new()), Err(Slot::AppObject));
        assert_eq!(path.plain(), None);
        let ids = Ids::from([(Slot::AppObject, "1234".to_owned())]);
        assert_eq!(path.filled(&ids).as_deref(), Ok("applications/1234/addPassword"));
    }

    #[test]
    fn what_is_joined_is_one_piece() {
        let text = Text::from("a").then("").then("b").then(Slot::Principal).then("c");
        assert_eq!(
            text.pieces(),
            [
                Piece::Plain("ab".into()),
                Piece::Slot(Slot::Principal),
                Piece::Plain("c".into())
            ]
        );
        assert_eq!(Text::from(""), Text::default());
    }

    /// Whatever Microsoft tells of a certificate is sent again as it was told.
    #[test]
    fn the_list_of_certificates_is_what_was_read_but_for_one() {
        let keys = |without, with| Arg::Keys(Keys { without, with });
        let gone: KeyId = "9f6c7e0a-3a55-4b6d-8f6e-2b1f0f5f7a11".parse().unwrap();
        let read = serde_json::json!([
            { "keyId": gone, "usage": "Verify", "key": null },
            { "keyId": "theirs", "usage": "Verify", "key": "AAAA", "new": { "count": 2, "on": true } },
        ]);
        let ids = Ids::from([(Slot::Keys, read.to_string())]);
        assert_eq!(keys(None, None).filled(&Ids::new()), Err(Slot::Keys));
        assert_eq!(keys(None, None).json(), None);
        let stays = serde_json::json!({ "keyId": "theirs", "usage": "Verify", "key": "AAAA", "new": { "count": 2, "on": true } });
        assert_eq!(
            keys(Some(gone), None).filled(&ids).unwrap().json(),
            Some(serde_json::json!([stays]))
        );
        let more = Box::new(Arg::map([("keyId", "new".into())]));
        assert_eq!(
            keys(None, Some(more)).filled(&ids).unwrap().json(),
            Some(serde_json::json!([{ "keyId": gone, "usage": "Verify" }, stays, { "keyId": "new" }]))
        );
        let spoilt = Ids::from([(Slot::Keys, "{".to_owned())]);
        assert_eq!(keys(None, None).filled(&spoilt), Err(Slot::Keys));
    }

    #[test]
    fn a_value_with_a_slot_is_no_json_yet() {
        let body = Arg::map([
            ("appId", Slot::AppClient.into()),
            ("tags", Arg::texts(["Mailgrant"])),
        ]);
        assert_eq!(body.json(), None);
        let ids = Ids::from([(Slot::AppClient, "c".to_owned())]);
        assert_eq!(
            body.filled(&ids).unwrap().json(),
            Some(serde_json::json!({ "appId": "c", "tags": ["Mailgrant"] }))
        );
    }
}
