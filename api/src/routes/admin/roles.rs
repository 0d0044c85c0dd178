//! Which role each address of the operators' listener asks for. One table, so that it can be read at a glance; what is not
//! in it asks for `operate`.

use actix_web::http::Method;

use crate::people::{Person, Role};
use crate::problem::{Kind, Problem};

/// What an address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needed {
    /// Somebody who is known; what they see is what is their own publisher's.
    Anybody,
    /// This role.
    Role(Role),
}

/// What a request asks for. `path` is decoded, as routes are matched by it, and without the query; `dry_run`: nothing is to
/// be written.
pub(super) fn needed(method: &Method, path: &str, dry_run: bool) -> Needed {
    let reads = *method == Method::GET || *method == Method::HEAD;
    let mut parts = path.strip_prefix("/v1/").unwrap_or_default().split('/');
    match (parts.next().unwrap_or_default(), reads) {
        ("me" | "evidence" | "explain" | "reports" | "reports.csv", true) => Needed::Anybody,
        ("reports", false) if parts.nth(1).is_none() => Needed::Role(Role::Enter),
        ("import", false) if dry_run => Needed::Role(Role::Enter),
        ("recalls" | "revocations" | "issue", false) => Needed::Role(Role::Approve),
        _ => Needed::Role(Role::Operate),
    }
}

/// Whether a person may do what a request asks for.
pub(super) fn allow(person: &Person, needed: Needed) -> Result<(), Problem> {
    match needed {
        Needed::Anybody => Ok(()),
        Needed::Role(role) => must(person, role, "authorization"),
    }
}

/// A person must hold a role for what a field asks for.
pub(super) fn must(person: &Person, role: Role, field: &str) -> Result<(), Problem> {
    if person.may(role) {
        return Ok(());
    }
    Err(Problem::at(Kind::RoleNeeded, field, format!("needs the role `{role}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_no_row_is_the_operators() {
        let of = |method: &Method, path: &str| needed(method, path, false);
        for path in ["/metrics", "/v1/settings", "/v1/import", "/v1/users", "/v1/pins", "/v1/something-new", "/v1/", ""]
        {
            for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
                assert_eq!(of(&method, path), Needed::Role(Role::Operate), "{method} {path}");
            }
        }
        assert_eq!(of(&Method::POST, "/v1/recalls/R-1/close"), Needed::Role(Role::Approve));
        assert_eq!(of(&Method::POST, "/v1/revocations"), Needed::Role(Role::Approve));
        assert_eq!(of(&Method::POST, "/v1/me"), Needed::Role(Role::Operate));
        for path in ["/v1/reports", "/v1/reports.csv", "/v1/reports/7", "/v1/reports/7/photo"] {
            assert_eq!(of(&Method::GET, path), Needed::Anybody, "{path}");
        }
        // Whoever has no role looks, and answers nobody.
        assert_eq!(of(&Method::POST, "/v1/reports/7"), Needed::Role(Role::Enter));
        for path in ["/v1/reports/7/hold", "/v1/reports/7/%68old", "/v1/reports/7/", "/v1/reports/7/photo"] {
            assert_eq!(of(&Method::POST, path), Needed::Role(Role::Operate), "{path}");
        }
        assert_eq!(needed(&Method::POST, "/v1/import", true), Needed::Role(Role::Enter));
    }
}
