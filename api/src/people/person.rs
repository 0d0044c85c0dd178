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

    /// Whether the person may see a line of the evidence log: what was done on behalf of their publisher, and what the
    /// operator did to a product that is their publisher's own (`own`).
    #[must_use]
    pub fn sees_line(&self, publisher: &str, own: bool) -> bool {
        self.may(Role::Operate) || publisher == self.publisher.as_str() || (own && publisher == OPERATOR)
    }

    /// Whether the person may approve what was entered for a publisher. `hands` is whoever had a hand in it, `None` the
    /// bearer of the operator's own token: nobody approves what is their own doing, whatever their roles. What the only
    /// person of a publisher has entered is approved by somebody who operates.
    #[must_use]
    pub fn may_approve<'h>(&self, publisher: &Id, mut hands: impl Iterator<Item = Option<&'h Id>>) -> bool {
        self.may(Role::Approve) && self.sees(Some(publisher)) && hands.all(|hand| hand != self.user.as_ref())
    }

    /// Whether this is what the evidence log calls the person.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        name.trim() == self.user.as_ref().map_or(self.publisher.as_str(), Id::as_str)
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
        let (lan, minh) = (id("lan"), id("minh"));
        let may = |person: &Person, publisher: &str, hands: &[Option<&Id>]| {
            person.may_approve(&id(publisher), hands.iter().copied())
        };
        let approver = person("lan", Role::Approve);
        assert!(may(&approver, "coop", &[Some(&minh)]) && may(&approver, "coop", &[None]));
        assert!(!may(&approver, "coop", &[Some(&lan)]) && !may(&approver, "coop", &[Some(&minh), Some(&lan)]));
        assert!(!may(&approver, "other", &[Some(&minh)]));
        assert!(!may(&person("lan", Role::Enter), "coop", &[Some(&minh)]));
    }

    #[test]
    fn whoever_operates_is_one_person_as_well() {
        let (hoa, minh) = (id("hoa"), id("minh"));
        let operates = person("hoa", Role::Operate);
        assert!(operates.may_approve(&id("other"), [Some(&minh), None].into_iter()));
        assert!(!operates.may_approve(&id("other"), [Some(&minh), Some(&hoa)].into_iter()));
        assert!(Person::operator().may_approve(&id("coop"), [Some(&minh)].into_iter()));
        assert!(!Person::operator().may_approve(&id("coop"), [None].into_iter()));
        assert!(operates.is_called("hoa") && !operates.is_called("minh"));
        assert!(Person::operator().is_called(OPERATOR));
    }

    #[test]
    fn only_an_operator_sees_what_is_not_the_publishers_own() {
        let person = person("lan", Role::Approve);
        assert!(person.sees(Some(&id("coop"))) && !person.sees(Some(&id("other"))) && !person.sees(None));
        assert!(Person::operator().sees(Some(&id("other"))) && Person::operator().sees(None));
    }
}
