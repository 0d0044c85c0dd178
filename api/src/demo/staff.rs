//! People of the demonstration's publisher, so that what one enters at the desk can be approved by another.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::desk::Enrolment;
use crate::people::{Office, TokenText};
use crate::problem::{Kind, Problem};
use crate::registry::Id;
use crate::registry::import::{Author, Desk, OPERATOR};

/// On whose behalf the demo registry is declared.
pub const PUBLISHER: &str = "demo";

/// Two people, by the tokens with which they sign in to the desk.
#[derive(Debug)]
pub struct Staff {
    /// Lan, who enters.
    pub enters: TokenText,
    /// Minh, who approves.
    pub approves: TokenText,
}

/// Register the publisher, with GS1's prefixes for demonstrations, and its people.
///
/// # Errors
/// When the store fails, or somebody else changes the same at this moment.
pub async fn enrol(office: &Office, desk: &Desk, now: Timestamp) -> Result<Staff, Problem> {
    let prefixes: Vec<String> = (0..10).map(|digit| format!("952{digit}")).collect();
    let publisher = json!({
        "id": PUBLISHER, "name": "HTX Mẫu (minh hoạ)", "prefixes": prefixes, "code_spaces": ["HP-MAU-"],
    });
    enrolment(office, desk, now)?.publisher(read(publisher)?).await?;
    Ok(Staff {
        enters: user(office, desk, ("lan", "Trần Thị Lan", "enter"), now).await?,
        approves: user(office, desk, ("minh", "Nguyễn Văn Minh", "approve"), now).await?,
    })
}

async fn user(
    office: &Office,
    desk: &Desk,
    (id, name, role): (&str, &str, &str),
    now: Timestamp,
) -> Result<TokenText, Problem> {
    let draft = json!({ "id": id, "name": name, "publisher": PUBLISHER, "roles": [role] });
    let user = enrolment(office, desk, now)?.user(read(draft)?).await?;
    Ok(enrolment(office, desk, now)?.token(&user.id, read(json!(PUBLISHER))?, None).await?)
}

fn enrolment<'a>(office: &'a Office, desk: &'a Desk, now: Timestamp) -> Result<Enrolment<'a>, Problem> {
    Ok(Enrolment { office, desk, author: Author::of(read::<Id>(json!(OPERATOR))?), now })
}

/// What operators send as JSON.
fn read<T: DeserializeOwned>(document: Value) -> Result<T, Problem> {
    serde_json::from_value(document).map_err(|error| Problem::at(Kind::BadBody, "", error.to_string()))
}
