//! `nguon people`: publishers, users and tokens, through the admin listener of a running server.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::people::{CodeSpace, CompanyPrefix, Publisher, PublisherDraft, Role, UserDraft};
use crate::registry::{Id, Text};
use crate::routes::admin::{Publishers, ShownUser, TokenMade, TokenWanted, Users};

/// How long the service may take in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// Settings of `nguon people`.
#[derive(Clone, Debug, Args)]
pub struct PeopleArgs {
    /// Address of the admin listener of a running server.
    #[arg(long, env = "NGUON_ADMIN_URL", default_value = "http://127.0.0.1:8081", value_name = "URL", global = true)]
    via: String,

    /// Token that the admin listener asks for.
    #[arg(long, env = "NGUON_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true, global = true)]
    token: Option<String>,

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

fn parsed<T: TryFrom<String>>(raw: &str) -> Result<T, String>
where
    T::Error: core::fmt::Display,
{
    T::try_from(raw.to_owned()).map_err(|error| error.to_string())
}

/// Do it.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub fn run(args: &PeopleArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let server = Server::of(args);
    match args.what.clone() {
        What::Publisher(OfPublisher::Add { id, name, prefixes, code_spaces, contact }) => {
            let draft = PublisherDraft { id, name, prefixes, code_spaces, contact };
            show(&server.post("publishers", &draft)?, out)?;
        }
        What::Publisher(OfPublisher::List) => {
            for publisher in server.get::<Publishers>("publishers")?.publishers {
                show(&publisher, out)?;
            }
        }
        What::User(OfUser::Add { id, name, publisher, roles }) => {
            let draft = UserDraft { id, name, publisher, roles: roles.into_iter().collect() };
            show_user(&server.post("users", &draft)?, out)?;
        }
        What::User(OfUser::List) => {
            for user in server.get::<Users>("users")?.users {
                show_user(&user, out)?;
            }
        }
        What::Token(OfToken::New { user, label, expires }) => {
            let made: TokenMade = server.post(&format!("users/{user}/tokens"), &TokenWanted { label, expires })?;
            writeln!(out, "{}", made.token)?;
        }
        What::Token(OfToken::Revoke { user, label }) => {
            server.delete(&format!("users/{user}/tokens/{label}"))?;
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

/// A running server.
struct Server<'a> {
    agent: ureq::Agent,
    args: &'a PeopleArgs,
}

impl<'a> Server<'a> {
    fn of(args: &'a PeopleArgs) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Self { agent: config.max_redirects(0).proxy(None).build().into(), args }
    }

    fn address(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.args.via.trim_end_matches('/'))
    }

    fn with_token<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        match &self.args.token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        }
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Box<dyn Error>> {
        Ok(serde_json::from_str(&answer(self.with_token(self.agent.get(self.address(path))).call()?)?)?)
    }

    fn post<T: DeserializeOwned>(&self, path: &str, body: &impl serde::Serialize) -> Result<T, Box<dyn Error>> {
        let request = self.with_token(self.agent.post(self.address(path))).content_type("application/json");
        Ok(serde_json::from_str(&answer(request.send(serde_json::to_string(body)?)?)?)?)
    }

    fn delete(&self, path: &str) -> Result<(), Box<dyn Error>> {
        answer(self.with_token(self.agent.delete(self.address(path))).call()?).map(drop)
    }
}

/// The body, or what the server had against it.
fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<String, Box<dyn Error>> {
    let body = response.body_mut().read_to_string()?;
    if response.status().is_success() {
        return Ok(body);
    }
    let problem: nguon_openapi::Problem = serde_json::from_str(&body)?;
    let errors = problem.errors.iter().map(|error| format!(" {} {}.", error.field, error.message));
    Err(format!("{} ({}): {}{}", problem.title, problem.code, problem.detail, errors.collect::<String>()).into())
}
