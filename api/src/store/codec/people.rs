//! Publishers and users, as bytes.

use super::{from_json, json};
use crate::people::{Register, User};
use crate::store::StoreError;

const REGISTER: u8 = 0x70;
const USER: u8 = 0x71;

/// A register as bytes.
pub(crate) fn encode_register(register: &Register) -> Result<Vec<u8>, StoreError> {
    json(REGISTER, register)
}

/// A register from its bytes.
pub(crate) fn decode_register(bytes: &[u8]) -> Result<Register, StoreError> {
    from_json(REGISTER, bytes)
}

/// A user as bytes.
pub(crate) fn encode_user(user: &User) -> Result<Vec<u8>, StoreError> {
    json(USER, user)
}

/// A user from its bytes.
pub(crate) fn decode_user(bytes: &[u8]) -> Result<User, StoreError> {
    from_json(USER, bytes)
}
