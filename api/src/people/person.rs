//! Who a request comes from.

use super::role::{Role, Roles};
use crate::registry::Id;
use crate::registry::import::{Author, OPERATOR};

/// Who a request comes from, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The user; `None`: whoever holds the operator's own token, or sits at the machine where none is asked for.
    pub user: Option<Id>,
    /// For whom the person acts.
    pub publisher: Id,
    /// What the person may do.
    pub roles: Roles,
}

impl Person {
    /// Whoever runs the service.
    #[must_use]
    pub fn operator() -> Self {
        Self { user: None, publisher: the_operator(), roles: Roles::all() }
    }

    /// Whether the person may do what a role may.
    #[must_use]
    pub fn may(&self, role: Role) -> bool {
        self.roles.allow(role)
    }

    /// Whether the person may see what belongs to a publisher; what belongs to none is for operators.
    #[must_use]
    pub fn sees(&self, publisher: Option<&Id>) -> bool {
        self.may(Role::Operate) || publisher == Some(&self.publisher)
    }

    /// Whether the person may approve what somebody has entered for a publisher: another person's, unless the person
    /// operates.
    #[must_use]
    pub fn may_approve(&self, publisher: &Id, entered_by: Option<&Id>) -> bool {
        self.may(Role::Operate)
            || (self.may(Role::Approve) && *publisher == self.publisher && self.user.as_ref() != entered_by)
    }

    /// The person as the author of what is declared on behalf of the person's own publisher.
    #[must_use]
    pub fn author(&self) -> Author {
        Author { by: self.user.clone(), ..Author::of(self.publisher.clone()) }
    }
}

/// The publisher that runs the registry.
#[expect(clippy::expect_used, reason = "a constant that is an identifier")]
fn the_operator() -> Id {
    Id::try_from(OPERATOR).expect("it is an identifier")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(raw: &str) -> Id {
        Id::try_from(raw).unwrap()
    }

    fn person(user: &str, role: Role) -> Person {
        Person { user: Some(id(user)), publisher: id("coop"), roles: [role].into_iter().collect() }
    }

    #[test]
    fn nobody_approves_what_they_entered_themselves_or_what_is_anothers() {
        let approver = person("lan", Role::Approve);
        assert!(approver.may_approve(&id("coop"), Some(&id("minh"))));
        assert!(!approver.may_approve(&id("coop"), Some(&id("lan"))));
        assert!(!approver.may_approve(&id("other"), Some(&id("minh"))));
        assert!(!person("lan", Role::Enter).may_approve(&id("coop"), Some(&id("minh"))));
        assert!(Person::operator().may_approve(&id("coop"), None));
    }

    #[test]
    fn only_an_operator_sees_what_is_not_the_publishers_own() {
        let person = person("lan", Role::Approve);
        assert!(person.sees(Some(&id("coop"))) && !person.sees(Some(&id("other"))) && !person.sees(None));
        assert!(Person::operator().sees(Some(&id("other"))) && Person::operator().sees(None));
    }
}
