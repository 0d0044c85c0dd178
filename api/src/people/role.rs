//! What a person may do.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Submits records for approval, tries them out, and reads what is the publisher's own.
    Enter,
    /// Approves what another person has entered; publishes recalls and cancels codes of the publisher's own products.
    Approve,
    /// Everything, for every publisher: imports, recalls, clearing, settings, people.
    Operate,
}

impl Role {
    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Approve => "approve",
            Self::Operate => "operate",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = &'static str;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        [Self::Enter, Self::Approve, Self::Operate]
            .into_iter()
            .find(|role| role.as_str() == s)
            .ok_or("must be one of: enter, approve, operate")
    }
}

/// The roles of a person: none is a person who may only look at what is the publisher's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Every role.
    #[must_use]
    pub fn all() -> Self {
        [Role::Enter, Role::Approve, Role::Operate].into_iter().collect()
    }

    /// Whether a person with these roles may do what a role may. Whoever operates may do everything; whoever approves may
    /// also enter.
    #[must_use]
    pub fn allow(&self, role: Role) -> bool {
        self.0.iter().any(|held| *held >= role)
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        Self(roles.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_holds_what_lies_below_it_and_nothing_above() {
        let roles = |held: &[Role]| held.iter().copied().collect::<Roles>();
        assert!(roles(&[Role::Operate]).allow(Role::Enter) && roles(&[Role::Operate]).allow(Role::Approve));
        assert!(roles(&[Role::Approve]).allow(Role::Enter) && !roles(&[Role::Approve]).allow(Role::Operate));
        assert!(roles(&[Role::Enter]).allow(Role::Enter) && !roles(&[Role::Enter]).allow(Role::Approve));
        assert!(!Roles::default().allow(Role::Enter));
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for role in Roles::all().iter() {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert!("admin".parse::<Role>().is_err());
    }
}
