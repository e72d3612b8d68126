//! Graph's schema (CSDL), read from the file that Microsoft publishes, and answers held against it.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};
use serde_json::Value;

/// A type as a property or an operation names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    pub name: String,
    pub collection: bool,
    nullable: bool,
}

impl TypeName {
    fn item(&self) -> Self {
        Self {
            collection: false,
            ..self.clone()
        }
    }
}

#[derive(Debug, Default)]
struct Structure {
    base: Option<String>,
    properties: BTreeMap<String, TypeName>,
    navigation: BTreeMap<String, TypeName>,
}

#[derive(Debug)]
struct Operation {
    name: String,
    binding: TypeName,
    /// Parameters beside the one it is bound to.
    parameters: usize,
    returns: Option<TypeName>,
}

/// The whole schema.
#[derive(Debug, Default)]
pub struct Schema {
    structures: BTreeMap<String, Structure>,
    enumerations: BTreeMap<String, BTreeSet<String>>,
    operations: Vec<Operation>,
    container: BTreeMap<String, TypeName>,
}

/// What was found wrong, and how much was looked at.
#[derive(Debug, Default)]
pub struct Findings {
    pub properties: usize,
    pub violations: Vec<String>,
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A property, an entity, a collection, or the result of a function or action.
    Value(TypeName),
    /// An action without a result, `$ref` or `$batch`.
    Nothing,
    /// `$count`.
    Count,
    /// `$value`: the thing itself, in whatever media type it has.
    Raw,
}

impl Schema {
    pub fn read(text: &str) -> Self {
        let document = Document::parse(text.trim_start_matches('\u{feff}')).expect("the schema is XML");
        let mut schema = Self::default();
        let schemas: Vec<Node> = document
            .descendants()
            .filter(|node| node.has_tag_name_any("Schema"))
            .collect();
        let aliases: BTreeMap<&str, &str> = schemas
            .iter()
            .filter_map(|node| Some((node.attribute("Alias")?, node.attribute("Namespace")?)))
            .collect();
        for node in &schemas {
            let namespace = node.attribute("Namespace").expect("a namespace");
            for item in node.children().filter(Node::is_element) {
                schema.add(namespace, &aliases, item);
            }
        }
        schema
    }

    fn add(&mut self, namespace: &str, aliases: &BTreeMap<&str, &str>, node: Node) {
        let named = |name: &str| format!("{namespace}.{name}");
        let name = node.attribute("Name").unwrap_or_default();
        match node.tag_name().name() {
            "EnumType" => {
                let members = node.children().filter_map(|member| member.attribute("Name"));
                self.enumerations
                    .insert(named(name), members.map(str::to_owned).collect());
            }
            "EntityType" | "ComplexType" => {
                let mut found = Structure {
                    base: node.attribute("BaseType").map(|base| full_name(base, aliases)),
                    ..Structure::default()
                };
                for child in node.children().filter(Node::is_element) {
                    let into = match child.tag_name().name() {
                        "Property" => &mut found.properties,
                        "NavigationProperty" => &mut found.navigation,
                        _ => continue,
                    };
                    let name = child.attribute("Name").expect("a name");
                    into.insert(name.to_owned(), type_name(child, aliases));
                }
                self.structures.insert(named(name), found);
            }
            "Action" | "Function" => {
                let parameters: Vec<Node> = node
                    .children()
                    .filter(|child| child.has_tag_name_any("Parameter"))
                    .collect();
                let Some(binding) = parameters
                    .first()
                    .filter(|_| node.attribute("IsBound") == Some("true"))
                else {
                    return;
                };
                let returns = node.children().find(|child| child.has_tag_name_any("ReturnType"));
                self.operations.push(Operation {
                    name: name.to_owned(),
                    binding: type_name(*binding, aliases),
                    parameters: parameters.len() - 1,
                    returns: returns.map(|node| type_name(node, aliases)),
                });
            }
            "EntityContainer" => {
                for child in node.children().filter(Node::is_element) {
                    let (kind, collection) = match child.tag_name().name() {
                        "EntitySet" => ("EntityType", true),
                        "Singleton" => ("Type", false),
                        _ => continue,
                    };
                    let (Some(name), Some(kind)) = (child.attribute("Name"), child.attribute(kind)) else {
                        continue;
                    };
                    let name_of_type = full_name(kind, aliases);
                    self.container.insert(
                        name.to_owned(),
                        TypeName {
                            name: name_of_type,
                            collection,
                            nullable: false,
                        },
                    );
                }
            }
            _ => {}
        }
    }

    /// The type itself and everything it is based on.
    fn lineage(&self, name: &str) -> Vec<String> {
        let mut all = vec![name.to_owned()];
        while let Some(base) = all
            .last()
            .and_then(|name| self.structures.get(name))
            .and_then(|found| found.base.clone())
        {
            all.push(base);
        }
        all
    }

    fn property(&self, of: &str, name: &str) -> Option<&TypeName> {
        self.lineage(of)
            .iter()
            .filter_map(|name| self.structures.get(name))
            .find_map(|found| found.properties.get(name).or_else(|| found.navigation.get(name)))
    }

    /// Where a path leads; keys are written `{…}`.
    pub fn resolve(&self, path: &str) -> Result<Target, String> {
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        let first = parts.next().ok_or("an empty path")?;
        if first == "$batch" {
            return Ok(Target::Nothing);
        }
        let mut at = self
            .container
            .get(first)
            .cloned()
            .ok_or_else(|| format!("no set or singleton {first}"))?;
        while let Some(part) = parts.next() {
            if part.starts_with('{') {
                if !at.collection {
                    return Err(format!("{} has no keys", at.name));
                }
                at = at.item();
                continue;
            }
            match part {
                "$count" => return Ok(Target::Count),
                "$ref" => return Ok(Target::Nothing),
                "$value" => return Ok(Target::Raw),
                _ => {}
            }
            if self.structures.contains_key(part) {
                let derives = self.lineage(part).contains(&at.name);
                if !derives {
                    return Err(format!("{part} is no {}", at.name));
                }
                at.name = part.to_owned();
                continue;
            }
            if !at.collection
                && let Some(found) = self.property(&at.name, part)
            {
                at = found.clone();
                continue;
            }
            let lineage = self.lineage(&at.name);
            let operation = self
                .operations
                .iter()
                .find(|operation| {
                    operation.name == part
                        && operation.binding.collection == at.collection
                        && lineage.contains(&operation.binding.name)
                })
                .ok_or_else(|| format!("{} has no {part}", at.name))?;
            if operation.parameters > 0 && parts.peek().is_some_and(|next| next.starts_with('{')) {
                parts.next();
            }
            match &operation.returns {
                Some(returns) => at = returns.clone(),
                None => return Ok(Target::Nothing),
            }
        }
        Ok(Target::Value(at))
    }

    /// The type that an `@odata.context` names, and whether it is one of a collection.
    pub fn of_context(&self, context: &str) -> Result<TypeName, String> {
        let fragment = context.split_once("$metadata#").ok_or("no $metadata# in it")?.1;
        let (collection, bare) = match fragment
            .strip_prefix("Collection(")
            .and_then(|rest| rest.strip_suffix(')'))
        {
            Some(inner) => (true, inner),
            None => (false, fragment),
        };
        if bare.starts_with("Edm.") || bare.starts_with("microsoft.graph.") && !bare.contains('/') {
            return Ok(TypeName {
                name: bare.to_owned(),
                collection,
                nullable: false,
            });
        }
        let mut path = String::new();
        let mut rest = fragment;
        while !rest.is_empty() {
            let end = rest.find(['/', '(']).unwrap_or(rest.len());
            path.push('/');
            path.push_str(&rest[..end]);
            rest = &rest[end..];
            if rest.starts_with('(') {
                let close = closing(rest).ok_or("unbalanced parentheses")?;
                let inner = &rest[1..close];
                // A key is quoted or a GUID; anything else is the list of what was selected.
                if inner.starts_with('\'') || uuid::Uuid::try_parse(inner).is_ok() {
                    path.push_str("/{key}");
                }
                rest = &rest[close + 1..];
            }
            rest = rest.strip_prefix('/').unwrap_or(rest);
        }
        let entity = path.ends_with("/$entity");
        let path = path.trim_end_matches("/$delta").to_owned();
        match self.resolve(path.trim_end_matches("/$entity"))? {
            Target::Value(found) if entity => Ok(found.item()),
            Target::Value(found) => Ok(found),
            _ => Err(format!("{path} leads to no value")),
        }
    }

    /// Holds a whole answer against the type it must have.
    pub fn check_answer(&self, body: &Value, wanted: &TypeName, at: &str, findings: &mut Findings) {
        let Some(object) = body.as_object() else {
            findings.violations.push(format!("{at}: the answer is no object"));
            return;
        };
        match object
            .get("@odata.context")
            .and_then(Value::as_str)
            .map(|context| (context, self.of_context(context)))
        {
            None => findings.violations.push(format!("{at}: no @odata.context")),
            Some((context, Err(error))) => findings.violations.push(format!("{at}: {context}: {error}")),
            Some((context, Ok(found))) => {
                let related = self.lineage(&found.name).contains(&wanted.name)
                    || self.lineage(&wanted.name).contains(&found.name);
                if found.collection != wanted.collection || !related {
                    findings
                        .violations
                        .push(format!("{at}: {context} is {found:?}, not {wanted:?}"));
                }
            }
        }
        let simple = !self.structures.contains_key(&wanted.name);
        if wanted.collection || simple {
            for name in object.keys() {
                let known = [
                    "@odata.context",
                    "@odata.nextLink",
                    "@odata.deltaLink",
                    "@odata.count",
                    "value",
                ];
                if !known.contains(&name.as_str()) && !name.starts_with("@microsoft.graph.") {
                    findings
                        .violations
                        .push(format!("{at}: {name} beside a collection"));
                }
            }
            self.check(object.get("value").unwrap_or(&Value::Null), wanted, at, findings);
        } else {
            self.check(body, wanted, at, findings);
        }
    }

    fn check(&self, value: &Value, wanted: &TypeName, at: &str, findings: &mut Findings) {
        let mut wrong = |what: String| findings.violations.push(format!("{at}: {what}"));
        if wanted.collection {
            match value {
                Value::Array(items) => {
                    for (number, item) in items.iter().enumerate() {
                        self.check(item, &wanted.item(), &format!("{at}[{number}]"), findings);
                    }
                }
                other => wrong(format!("{other} is no collection of {}", wanted.name)),
            }
            return;
        }
        if value.is_null() {
            if !wanted.nullable {
                wrong(format!("null where {} must not be", wanted.name));
            }
            return;
        }
        if let Some(members) = self.enumerations.get(&wanted.name) {
            let all_known = value
                .as_str()
                .is_some_and(|text| text.split(',').all(|name| members.contains(name.trim())));
            if !all_known {
                wrong(format!("{value} is no member of {}", wanted.name));
            }
            return;
        }
        if self.structures.contains_key(&wanted.name) {
            self.check_object(value, &wanted.name, at, findings);
        } else if !is_primitive(value, &wanted.name) {
            wrong(format!("{value} is no {}", wanted.name));
        }
    }

    fn check_object(&self, value: &Value, declared: &str, at: &str, findings: &mut Findings) {
        let Some(object) = value.as_object() else {
            findings
                .violations
                .push(format!("{at}: {value} is no {declared}"));
            return;
        };
        let mut name = declared.to_owned();
        if let Some(given) = object.get("@odata.type").and_then(Value::as_str) {
            let given = given.trim_start_matches('#');
            if self.lineage(given).iter().any(|base| base == declared) {
                name = given.to_owned();
            } else {
                findings
                    .violations
                    .push(format!("{at}: @odata.type {given} is no {declared}"));
            }
        }
        for (key, inner) in object {
            if key.contains('@') {
                let known = [
                    "odata.context",
                    "odata.type",
                    "odata.id",
                    "odata.etag",
                    "odata.nextLink",
                    "odata.count",
                    "odata.mediaContentType",
                ];
                let annotation = key
                    .split_once('@')
                    .map(|(_, annotation)| annotation)
                    .unwrap_or_default();
                if !known.contains(&annotation) && !annotation.starts_with("microsoft.graph.") {
                    findings
                        .violations
                        .push(format!("{at}: {key} is no annotation of OData"));
                }
                continue;
            }
            findings.properties += 1;
            match self.property(&name, key) {
                Some(wanted) => self.check(inner, &wanted.clone(), &format!("{at}.{key}"), findings),
                None => findings
                    .violations
                    .push(format!("{at}: {name} has no property {key}")),
            }
        }
    }
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_primitive(value: &Value, name: &str) -> bool {
    let text = value.as_str();
    match name {
        "Edm.String" => text.is_some(),
        "Edm.Boolean" => value.is_boolean(),
        "Edm.Byte" | "Edm.Int16" | "Edm.Int32" => {
            value.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        "Edm.Int64" => value.is_i64() || text.is_some_and(|text| text.parse::<i64>().is_ok()),
        "Edm.Double" | "Edm.Single" | "Edm.Decimal" => value.is_number(),
        "Edm.Guid" => text.is_some_and(|text| text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()),
        "Edm.DateTimeOffset" => {
            text.is_some_and(|text| text.contains('T') && text.parse::<jiff::Timestamp>().is_ok())
        }
        "Edm.Date" => text.is_some_and(|text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()),
        "Edm.TimeOfDay" => text.is_some_and(|text| text.parse::<jiff::civil::Time>().is_ok()),
        "Edm.Duration" => {
            text.is_some_and(|text| text.starts_with('P') && text.parse::<jiff::Span>().is_ok())
        }
        "Edm.Binary" | "Edm.Stream" => text.is_some_and(|text| {
            use base64::Engine as _;
            let text = text.trim_end_matches('=');
            base64::engine::general_purpose::STANDARD_NO_PAD
                .decode(text)
                .is_ok()
                || base64::engine::general_purpose::URL_SAFE_NO_PAD
                    .decode(text)
                    .is_ok()
        }),
        "Edm.Untyped" => true,
        _ => false,
    }
}

fn full_name(name: &str, aliases: &BTreeMap<&str, &str>) -> String {
    match name.rsplit_once('.') {
        Some((space, bare)) => format!("{}.{bare}", aliases.get(space).copied().unwrap_or(space)),
        None => name.to_owned(),
    }
}

fn type_name(node: Node, aliases: &BTreeMap<&str, &str>) -> TypeName {
    let text = node.attribute("Type").expect("a type");
    let inner = text
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'));
    TypeName {
        name: full_name(inner.unwrap_or(text), aliases),
        collection: inner.is_some(),
        nullable: node.attribute("Nullable") != Some("false"),
    }
}

trait HasName {
    fn has_tag_name_any(&self, name: &str) -> bool;
}

impl HasName for Node<'_, '_> {
    /// Whether it is an element of this name in whatever namespace.
    fn has_tag_name_any(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}
