//! Acknowledged means on disk: the process is killed at moments that nobody chose, and nothing that it had said was
//! done is missing afterwards.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod checks;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use nguon::registry::import::{OPERATOR, Report};
use nguon::registry::read::record;
use nguon::registry::{MediaHash, Record};
use nguon::store::{EmbeddedStore, Key, Store};
use tempfile::TempDir;

/// What is left of a process when a test ends early.
struct Process(Child);

impl Process {
    /// SIGKILL, and wait until it is gone.
    fn kill(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn nguon() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nguon"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn output(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// An invented registry as NDJSON.
fn generated(products: u32, items: u32) -> String {
    let (products, items) = (products.to_string(), items.to_string());
    let bytes = output(nguon().args(["generate", "--products", &products, "--items", &items]));
    String::from_utf8(bytes).unwrap()
}

fn store_arg(path: &Path) -> String {
    format!("embedded:{}", path.display())
}

fn import(store: &Path, files: &[PathBuf]) -> Command {
    let mut command = nguon();
    command.args(["import", "--json", "--store", &store_arg(store)]).args(files);
    command
}

fn exported(store: &Path) -> Vec<u8> {
    output(nguon().args(["export", "--store", &store_arg(store)]))
}

/// What the whole import gives when nothing interrupts it.
fn uninterrupted(dir: &Path, files: &[PathBuf]) -> Vec<u8> {
    let store = dir.join("uninterrupted.redb");
    output(&mut import(&store, files));
    exported(&store)
}

/// Keys of the products, lots and units that lines declare.
fn keys<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Key> {
    lines
        .flat_map(|line| match record(line).unwrap() {
            Record::Product(it) => vec![Key::Product(it.gtin)],
            Record::Batch(it) => vec![Key::lot(it.gtin, it.lot)],
            Record::Items(it) => it.serials.iter().map(|serial| Key::Item(it.gtin, *serial)).collect(),
            Record::Producer(it) => vec![Key::Producer(it.id)],
            Record::Certificate(it) => vec![Key::Certificate(it.id)],
            _ => Vec::new(),
        })
        .collect()
}

/// Everything that these lines declare is on record.
async fn must_hold(store: &EmbeddedStore, lines: impl Iterator<Item = &str>) {
    let keys = keys(lines);
    let held = store.holds(&keys).await.unwrap();
    let missing: Vec<&Key> = keys.iter().zip(held).filter(|(_, held)| !held).map(|(key, _)| key).collect();
    assert!(missing.is_empty(), "{} of {} are missing, such as {:?}", missing.len(), keys.len(), missing.first());
}

/// Moments that look like chance and are the same in every run.
fn moments(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    core::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    })
}

#[tokio::test]
async fn a_kill_9_loses_no_import_whose_report_was_printed() {
    let dir = TempDir::new().unwrap();
    let text = generated(400, 20);
    let lines: Vec<&str> = text.lines().collect();
    let parts: Vec<&[&str]> = lines.chunks(40).collect();
    let files: Vec<PathBuf> = parts
        .iter()
        .enumerate()
        .map(|(n, part)| {
            let file = dir.path().join(format!("{n:03}.ndjson"));
            fs::write(&file, part.join("\n")).unwrap();
            file
        })
        .collect();
    let expected = uninterrupted(dir.path(), &files);

    let store = dir.path().join("registry.redb");
    let mut moments = moments(1);
    for _ in 0..25 {
        let mut process = Process(import(&store, &files).spawn().unwrap());
        // Reports are read until the moment comes; some of them will be printed between the last look and the kill.
        let mut printed = BufReader::new(process.0.stdout.take().unwrap()).lines();
        let wanted = usize::try_from(moments.next().unwrap()).unwrap() % files.len();
        let mut acknowledged = printed.by_ref().take(wanted).count();
        sleep(Duration::from_micros(moments.next().unwrap() % 20_000));
        process.kill();
        for line in printed {
            acknowledged += usize::from(serde_json::from_str::<Report>(&line.unwrap()).is_ok());
        }
        let store = EmbeddedStore::open(&store).unwrap();
        must_hold(&store, parts.iter().take(acknowledged).flat_map(|part| part.iter().copied())).await;
    }
    output(&mut import(&store, &files));
    assert!(exported(&store) == expected, "the registry differs from the one that nothing interrupted");
}

#[tokio::test]
async fn an_import_that_is_killed_again_and_again_completes() {
    let dir = TempDir::new().unwrap();
    let text = generated(9_000, 1);
    let file = dir.path().join("registry.ndjson");
    fs::write(&file, &text).unwrap();
    let files = [file];
    let expected = uninterrupted(dir.path(), &files);

    let store = dir.path().join("registry.redb");
    let (mut kills, mut moments) = (0, moments(2));
    let mut done = 0;
    let report = loop {
        let mut process = Process(import(&store, &files).spawn().unwrap());
        // Longer each time, so that a slow machine gets past its first commit too.
        let patience = Duration::from_millis(20 + moments.next().unwrap() % (400 * (kills + 1)));
        let step = Duration::from_millis(5);
        let mut waited = Duration::ZERO;
        while waited < patience && process.0.try_wait().unwrap().is_none() {
            sleep(step);
            waited += step;
        }
        if process.0.try_wait().unwrap().is_some() {
            let mut printed = String::new();
            process.0.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
            break serde_json::from_str::<Report>(&printed).unwrap();
        }
        process.kill();
        kills += 1;
        if !store.exists() {
            continue;
        }
        let store = EmbeddedStore::open(&store).unwrap();
        let Some(progress) = store.progress(&place(&files[0])).await.unwrap() else {
            // Nothing is on disk yet, or all of it is and the process died before it could say so.
            let lines = if done > 0 { text.lines().count() } else { 0 };
            must_hold(&store, text.lines().take(lines)).await;
            continue;
        };
        assert!(progress >= done, "an import went back from line {done} to {progress}");
        done = progress;
        must_hold(&store, text.lines().take(usize::try_from(done).unwrap())).await;
    };
    assert!(kills > 0, "nothing was interrupted: make the document longer");
    assert_eq!(report.rejected.total, 0);
    assert!(exported(&store) == expected, "the registry differs from the one that nothing interrupted");
    let store = EmbeddedStore::open(&store).unwrap();
    assert_eq!(store.progress(&place(&files[0])).await.unwrap(), None, "a document that is done is forgotten");
}

/// Where the progress of an import is kept.
fn place(file: &Path) -> String {
    format!("{}:{OPERATOR}", MediaHash::of(&fs::read(file).unwrap()))
}

#[tokio::test]
async fn a_kill_9_of_the_server_loses_no_import_that_it_answered() {
    let dir = TempDir::new().unwrap();
    let text = generated(30, 10);
    let file = dir.path().join("registry.ndjson");
    fs::write(&file, &text).unwrap();
    let store = dir.path().join("registry.redb");
    let mut server = Process(
        nguon()
            .args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--store", &store_arg(&store)])
            .spawn()
            .unwrap(),
    );
    let said = BufReader::new(server.0.stdout.take().unwrap()).lines();
    let address = said
        .map(Result::unwrap)
        .find_map(|line| Some(line.split_once("operators: ")?.1.split(' ').next()?.to_owned()))
        .expect("the server says where operators find it");

    let local = import(&store, core::slice::from_ref(&file)).output().unwrap();
    assert!(!local.status.success(), "the store is in use");
    assert!(String::from_utf8_lossy(&local.stderr).contains("--via"));

    let report = output(nguon().args(["import", "--json", "--via", &address]).arg(&file));
    server.kill();
    let report: Report = serde_json::from_slice(&report).unwrap();
    assert_eq!((report.rejected.total, report.changed), (0, report.read));
    must_hold(&EmbeddedStore::open(&store).unwrap(), text.lines()).await;
}
