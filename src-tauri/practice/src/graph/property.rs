//! One property of a type of Graph's.

use serde_json::{Value, json};

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Flag,
    Whole,
    Time,
    Date,
    Guid,
    Binary,
    Duration,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// A complex type.
    Object(&'static str),
    /// Another entity, reached by `$expand` or by a path.
    Link,
}

/// A property of a type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether it holds a collection.
    pub(super) many: bool,
}

impl Property {
    /// What the property shows when nobody wrote it.
    pub(super) fn empty(&self) -> Value {
        if self.many { json!([]) } else { Value::Null }
    }
}
