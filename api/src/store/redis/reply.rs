//! Reading what Redis replies.

use redis::Value;

use crate::store::StoreError;

/// A reply that has another form than the command gives: another program, or a proxy.
pub(super) fn odd(what: &str) -> StoreError {
    StoreError::Unreachable(format!("Redis gave an odd reply to {what}"))
}

/// A string as bytes; `None` for nil.
pub(super) fn bytes(value: Value, what: &str) -> Result<Option<Vec<u8>>, StoreError> {
    match value {
        Value::Nil => Ok(None),
        Value::BulkString(bytes) => Ok(Some(bytes)),
        _ => Err(odd(what)),
    }
}

/// A whole number.
pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        _ => None,
    }
}

/// A string as text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::BulkString(bytes) => core::str::from_utf8(bytes).ok().map(str::to_owned),
        Value::SimpleString(text) | Value::VerbatimString { text, .. } => Some(text.clone()),
        _ => None,
    }
}

/// A list of strings.
pub(super) fn list(value: Value) -> Option<Vec<Vec<u8>>> {
    let Value::Array(values) = value else { return None };
    values.into_iter().map(|value| bytes(value, "").ok().flatten()).collect()
}

/// Names and values, one after the other (RESP2) or as a map (RESP3).
pub(super) fn pairs(value: Value) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let flat = match value {
        Value::Map(pairs) => pairs.into_iter().flat_map(|(name, value)| [name, value]).collect(),
        Value::Array(values) => values,
        _ => return None,
    };
    let mut flat = flat.into_iter().map(|value| bytes(value, "").ok().flatten());
    let mut pairs = Vec::with_capacity(flat.len() / 2);
    while let Some(name) = flat.next() {
        pairs.push((name?, flat.next()??));
    }
    Some(pairs)
}
