//! `nguon people`: publishers, users and tokens, through the admin listener of a running server.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::admin::{self, AdminArgs, AdminError, parsed};
use crate::people::{CodeSpace, CompanyPrefix, Publisher, PublisherDraft, Role, UserDraft};
use crate::registry::{Id, Text};
use crate::routes::admin::{Publishers, ShownUser, TokenMade, TokenWanted, Users};

/// How long the service may take in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// Settings of `nguon people`.
#[derive(Clone, Debug, Args)]
pub struct PeopleArgs {
    #[command(flatten)]
    server: AdminArgs,

    /// What to do.
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// Publishers: who may declare which codes.
    #[command(subcommand)]
    Publisher(OfPublisher),
    /// Users: who acts for a publisher, and what they may do.
    #[command(subcommand)]
    User(OfUser),
    /// Tokens, by which users are known.
    #[command(subcommand)]
    Token(OfToken),
}

#[derive(Clone, Debug, Subcommand)]
enum OfPublisher {
    /// Register a publisher, or amend one: what is given takes the place of what was there.
    Add {
        /// Its identifier: 1 to 64 letters, digits, `.`, `_`, `-`.
        #[arg(value_name = "ID", value_parser = parsed::<Id>)]
        id: Id,
        /// Its name.
        #[arg(long, value_parser = parsed::<Text>)]
        name: Text,
        /// A GS1 Company Prefix that it holds: 4 to 12 digits; may be given again.
        #[arg(long = "prefix", value_name = "DIGITS", value_parser = parsed::<CompanyPrefix>)]
        prefixes: Vec<CompanyPrefix>,
        /// How its codes of another scheme begin; may be given again.
        #[arg(long = "code-space", value_name = "BEGINNING", value_parser = parsed::<CodeSpace>)]
        code_spaces: Vec<CodeSpace>,
        /// Where its people can be reached.
        #[arg(long, value_parser = parsed::<Text>)]
        contact: Option<Text>,
    },
    /// Print every publisher.
    List,
}

#[derive(Clone, Debug, Subcommand)]
enum OfUser {
    /// Write a user down, or amend one; tokens stay.
    Add {
        /// The identifier that the evidence log names.
        #[arg(value_name = "ID", value_parser = parsed::<Id>)]
        id: Id,
        /// The person's name.
        #[arg(long, value_parser = parsed::<Text>)]
        name: Text,
        /// For whom the person acts.
        #[arg(long, value_name = "ID", value_parser = parsed::<Id>)]
        publisher: Id,
        /// What the person may do, separated by commas: enter, approve, operate.
        #[arg(long, value_delimiter = ',', value_name = "ROLES")]
        roles: Vec<Role>,
    },
    /// Print every user, with what is known of their tokens.
    List,
}

#[derive(Clone, Debug, Subcommand)]
enum OfToken {
    /// Make a token and print it, this once.
    New {
        /// Whose it is.
        #[arg(value_name = "USER", value_parser = parsed::<Id>)]
        user: Id,
        /// What its owner calls it, such as the machine that it is on.
        #[arg(long, value_parser = parsed::<Id>)]
        label: Id,
        /// When it is to end, as 2027-06-30T17:00:00Z.
        #[arg(long, value_name = "TIME")]
        expires: Option<Timestamp>,
    },
    /// Revoke a token: from then on it opens nothing.
    Revoke {
        /// Whose it is.
        #[arg(value_name = "USER", value_parser = parsed::<Id>)]
        user: Id,
        /// What its owner calls it.
        #[arg(long, value_parser = parsed::<Id>)]
        label: Id,
    },
}

/// Do it.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub fn run(args: &PeopleArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let server = args.server.server(PATIENCE);
    match args.what.clone() {
        What::Publisher(OfPublisher::Add { id, name, prefixes, code_spaces, contact }) => {
            let draft = PublisherDraft { id, name, prefixes, code_spaces, contact };
            show(&admin::sent(server.post("/v1/publishers"), &draft)?, out)?;
        }
        What::Publisher(OfPublisher::List) => {
            for publisher in admin::asked::<Publishers>(server.get("/v1/publishers"))?.publishers {
                show(&publisher, out)?;
            }
        }
        What::User(OfUser::Add { id, name, publisher, roles }) => {
            let draft = UserDraft { id, name, publisher, roles: roles.into_iter().collect() };
            show_user(&admin::sent(server.post("/v1/users"), &draft)?, out)?;
        }
        What::User(OfUser::List) => {
            for user in admin::asked::<Users>(server.get("/v1/users"))?.users {
                show_user(&user, out)?;
            }
        }
        What::Token(OfToken::New { user, label, expires }) => {
            let request = server.post(&format!("/v1/users/{user}/tokens"));
            let made: TokenMade = admin::sent(request, &TokenWanted { label, expires })?;
            writeln!(out, "{}", made.token)?;
        }
        What::Token(OfToken::Revoke { user, label }) => {
            admin::body(server.delete(&format!("/v1/users/{user}/tokens/{label}")).call().map_err(AdminError::from)?)?;
            writeln!(out, "{user}: {label} opens nothing any more")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn joined<T: ToString>(list: impl IntoIterator<Item = T>) -> String {
    let list: Vec<String> = list.into_iter().map(|it| it.to_string()).collect();
    if list.is_empty() { "-".to_owned() } else { list.join(",") }
}

fn show(publisher: &Publisher, out: &mut impl Write) -> std::io::Result<()> {
    let Publisher { id, name, prefixes, code_spaces, .. } = publisher;
    writeln!(out, "{id}  {name}  prefixes {}  code spaces {}", joined(prefixes), joined(code_spaces))
}

fn show_user(user: &ShownUser, out: &mut impl Write) -> std::io::Result<()> {
    let ShownUser { id, name, publisher, roles, tokens } = user;
    writeln!(out, "{id}  {name}  for {publisher}  roles {}", joined(roles.iter()))?;
    for token in tokens {
        let last_use = token.used_on.map_or_else(|| "never used".to_owned(), |day| format!("used on {day}"));
        let ends = token.expires.map_or_else(String::new, |end| format!(", ends {end}"));
        writeln!(out, "    {}  made {}, {last_use}{ends}", token.label, token.created_at)?;
    }
    Ok(())
}
