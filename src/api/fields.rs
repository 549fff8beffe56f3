//! Reading a JSON body member by member, so that every fault is told with the name of its field.
//!
//! Owns types, ranges and unknown or repeated members; what a good value is belongs to `domain`.

use super::messages::FaultKind;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Faults told in one answer; a client with more has one fault over and over.
const MAX_FAULTS: usize = 50;

/// A JSON value. A member that occurs twice makes the whole body unreadable, because two readers could take two values.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A whole number beyond 64 bits with sign.
    Huge,
    /// A number with a fraction or an exponent.
    Fraction,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object, in the order given.
    Object(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(i64::try_from(number).map_or(Node::Huge, Node::Whole))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Fraction)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        while let Some((name, value)) = entries.next_entry::<String, Node>()? {
            if members.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom("a member occurs twice"));
            }
            members.push((name, value));
        }
        Ok(Node::Object(members))
    }
}

/// A fault of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path of the field, as in `responses[2].question`; empty for the body itself.
    pub field: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// Takes the members of an object one after the other and collects what is wrong with them.
#[derive(Debug)]
pub struct Fields {
    path: String,
    members: Vec<(String, Node)>,
    faults: Vec<Fault>,
}

impl Fields {
    /// The members of an object at a path; anything else is a fault.
    pub fn open(path: &str, node: Node) -> Result<Self, Fault> {
        match node {
            Node::Object(members) => Ok(Self {
                path: path.to_owned(),
                members,
                faults: Vec::new(),
            }),
            _ => Err(Fault {
                field: path.to_owned(),
                kind: FaultKind::NotAnObject,
            }),
        }
    }

    /// Records a fault of a member.
    pub fn fault(&mut self, name: &str, kind: FaultKind) {
        let field = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        self.faults.push(Fault { field, kind });
    }

    /// Whether a fault of a member is recorded.
    pub fn has_fault(&self, name: &str) -> bool {
        self.faults.iter().any(|fault| fault.field == name)
    }

    /// A member; `null` is the same as absent.
    pub fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.members.iter().position(|(known, _)| known == name)?;
        let (_, node) = self.members.swap_remove(index);
        (node != Node::Null).then_some(node)
    }

    /// A text member, empty where absent.
    pub fn text(&mut self, name: &str) -> String {
        match self.take(name) {
            None => String::new(),
            Some(Node::Text(text)) => text,
            Some(_) => {
                self.fault(name, FaultKind::NotText);
                String::new()
            }
        }
    }

    /// A yes-or-no member, no where absent.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.take(name) {
            None => false,
            Some(Node::Flag(flag)) => flag,
            Some(_) => {
                self.fault(name, FaultKind::NotFlag);
                false
            }
        }
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&mut self, name: &str, min: i64, max: i64) -> Option<i64> {
        let node = self.take(name)?;
        match whole(&node, min, max) {
            Ok(number) => Some(number),
            Err(kind) => {
                self.fault(name, kind);
                None
            }
        }
    }

    /// A member that must be there, read by `read`.
    pub fn needed<T>(&mut self, name: &str, read: impl FnOnce(&Node) -> Result<T, FaultKind>) -> Option<T> {
        let node = self.take(name);
        match node.as_ref().ok_or(FaultKind::Missing).and_then(read) {
            Ok(value) => Some(value),
            Err(kind) => {
                self.fault(name, kind);
                None
            }
        }
    }

    /// A list member.
    pub fn list(&mut self, name: &str) -> Option<Vec<Node>> {
        match self.take(name)? {
            Node::List(items) => Some(items),
            _ => {
                self.fault(name, FaultKind::NotList);
                None
            }
        }
    }

    /// Adds faults found inside a member.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.extend(faults);
    }

    /// Ends reading: every member left over is unknown.
    pub fn close(mut self) -> Vec<Fault> {
        for (name, _) in std::mem::take(&mut self.members) {
            // A name is the client's own text; it is told back cut short.
            let short: String = name.chars().take(40).collect();
            self.fault(&short, FaultKind::Unknown);
        }
        self.faults.truncate(MAX_FAULTS);
        self.faults
    }
}

/// A whole number in a range, or which fault it has.
pub fn whole(node: &Node, min: i64, max: i64) -> Result<i64, FaultKind> {
    match node {
        Node::Whole(number) if (min..=max).contains(number) => Ok(*number),
        Node::Whole(_) | Node::Huge => Err(FaultKind::Range(min, max)),
        _ => Err(FaultKind::NotWhole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Node, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_member_given_twice_is_unreadable() {
        assert!(read(r#"{"a": 1, "a": 1}"#).is_err());
        assert!(read(r#"{"a": {"b": 1}, "b": 1}"#).is_ok());
    }

    #[test]
    fn every_fault_is_told_with_its_path() {
        let node =
            read(r#"{"text": 1, "flag": "yes", "n": 9223372036854775808, "f": 1.0, "more": []}"#).unwrap();
        let mut fields = Fields::open("body", node).unwrap();
        fields.text("text");
        fields.flag("flag");
        fields.whole("n", 0, 9);
        fields.whole("f", 0, 9);
        let told: Vec<(String, FaultKind)> = fields
            .close()
            .into_iter()
            .map(|fault| (fault.field, fault.kind))
            .collect();
        let expected = [
            ("body.text", FaultKind::NotText),
            ("body.flag", FaultKind::NotFlag),
            ("body.n", FaultKind::Range(0, 9)),
            ("body.f", FaultKind::NotWhole),
            ("body.more", FaultKind::Unknown),
        ];
        assert_eq!(told, expected.map(|(field, kind)| (field.to_owned(), kind)));
    }

    #[test]
    fn null_is_the_same_as_absent() {
        let mut fields = Fields::open("", read(r#"{"a": null}"#).unwrap()).unwrap();
        assert_eq!(fields.text("a"), "");
        assert_eq!(fields.close(), []);
    }
}
