//! A writer of `MaxMind` DB files for IPv4 networks.

use serde_json::{Value, json};

const MARKER: &[u8] = b"\xAB\xCD\xEFMaxMind.com";
/// Between the tree and the data.
const SEPARATOR: usize = 16;

/// A record of a node: nothing, another node, or where in the data a value begins.
#[derive(Clone, Copy)]
enum Branch {
    Nothing,
    Node(usize),
    Value(usize),
}

/// A database of networks that do not overlap: first address, length of prefix, record.
pub(super) fn of(networks: &[([u8; 4], u8, Value)]) -> Vec<u8> {
    let (mut tree, mut values) = (vec![[Branch::Nothing; 2]], Vec::new());
    for (network, prefix, record) in networks {
        let (bits, mut node) = (u32::from_be_bytes(*network), 0);
        for depth in 0..*prefix {
            let bit = usize::from(bits >> (31 - depth) & 1 == 1);
            if depth + 1 == *prefix {
                tree[node][bit] = Branch::Value(values.len());
            } else if let Branch::Node(next) = tree[node][bit] {
                node = next;
            } else {
                tree.push([Branch::Nothing; 2]);
                tree[node][bit] = Branch::Node(tree.len() - 1);
                node = tree.len() - 1;
            }
        }
        write(&mut values, record);
    }
    let mut file = Vec::new();
    for branch in tree.iter().flatten() {
        let number = match *branch {
            Branch::Nothing => tree.len(),
            Branch::Node(node) => node,
            Branch::Value(offset) => tree.len() + SEPARATOR + offset,
        };
        file.extend(&u32::try_from(number).unwrap().to_be_bytes()[1..]);
    }
    file.extend([0; SEPARATOR]);
    file.extend(values);
    file.extend(MARKER);
    write(
        &mut file,
        &json!({
            "binary_format_major_version": 2,
            "binary_format_minor_version": 0,
            "build_epoch": 1_790_000_000,
            "database_type": "Test",
            "description": {},
            "ip_version": 4,
            "languages": [],
            "node_count": tree.len(),
            "record_size": 24,
        }),
    );
    file
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::String(text) => {
            control(out, 2, text.len());
            out.extend(text.bytes());
        }
        Value::Object(fields) => {
            control(out, 7, fields.len());
            for (name, field) in fields {
                write(out, &Value::String(name.clone()));
                match field.as_u64() {
                    Some(number) => write_number(out, name, number),
                    None => write(out, field),
                }
            }
        }
        Value::Array(values) => {
            control(out, 11, values.len());
            for value in values {
                write(out, value);
            }
        }
        Value::Bool(value) => control(out, 14, usize::from(*value)),
        Value::Number(_) | Value::Null => unreachable!("numbers have names, and the format has no null"),
    }
}

/// Numbers are in the metadata alone, each of its own width.
fn write_number(out: &mut Vec<u8>, name: &str, number: u64) {
    let (kind, width) = match name {
        "node_count" => (6, 4),
        "build_epoch" => (9, 8),
        _ => (5, 2),
    };
    control(out, kind, width);
    out.extend(&number.to_be_bytes()[8 - width..]);
}

/// The byte before a value, and a second one for the types above 7.
fn control(out: &mut Vec<u8>, kind: u8, size: usize) {
    let size = u8::try_from(size).unwrap();
    assert!(size < 29, "long values are written in another way");
    if kind <= 7 {
        out.push(kind << 5 | size);
    } else {
        out.extend([size, kind - 7]);
    }
}
