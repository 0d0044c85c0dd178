//! What the README says works, by the letter: its commands are run against a demonstration, in its order.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use nguon_tests::{GTIN, Settings, nguon, records, workspace};

/// The lines of every block that is marked `sh`.
fn commands(readme: &str) -> Vec<&str> {
    let blocks = readme.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    blocks.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn readme() -> String {
    std::fs::read_to_string(workspace().join("README.md")).expect("there is a README.md")
}

#[test]
fn it_begins_with_the_two_commands() {
    let readme = readme();
    let commands = commands(&readme);
    let main: Vec<&str> =
        commands.iter().map(|line| line.split('#').next().unwrap_or_default().trim()).take(2).collect();
    assert_eq!(main, ["cargo run --release -- demo", "tests/run"]);
    assert!(workspace().join("tests/run").is_file());
}

#[test]
fn every_curl_and_every_nguon_command_works() {
    let readme = readme();
    let demo = Settings::demo().start();
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("records.ndjson"), records()).unwrap();
    // `curl` answers 0 to a problem unless it is told otherwise.
    std::fs::write(directory.path().join(".curlrc"), "fail\nmax-time = 30\n").unwrap();
    let mut path = nguon().parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());

    let mut run = 0;
    for line in commands(&readme) {
        let serves = line.starts_with("nguon serve");
        if serves || !(line.starts_with("curl ") || line.starts_with("nguon ")) {
            continue;
        }
        let command =
            line.replace("127.0.0.1:8080", &demo.public.to_string()).replace("127.0.0.1:8081", &demo.admin.to_string());
        let done = Command::new("sh")
            .args(["-c", &command])
            .current_dir(directory.path())
            .env("PATH", &path)
            .env("CURL_HOME", directory.path())
            .env("NGUON_URL", demo.origin())
            .output()
            .expect("sh can be run");
        let said = [done.stdout, done.stderr].concat();
        assert!(done.status.success(), "{line}\n{}", String::from_utf8_lossy(&said));
        run += 1;
    }
    assert!(run >= 3, "the README shows how to ask: {run} commands");
    assert_eq!(demo.card(&format!("/01/{GTIN}"))["lang"], "vi", "the demonstration still answers");
}

#[test]
fn every_file_that_it_links_is_there() {
    let readme = readme();
    let linked: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!linked.is_empty());
    for address in linked {
        if !address.contains("://") && !address.starts_with('#') {
            let file = address.split('#').next().unwrap_or_default();
            assert!(workspace().join(file).exists(), "{file} is not there");
        }
    }
}
