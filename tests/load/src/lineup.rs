//! All systems side by side: filled with the same bodies, checked against each other, measured in turns.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::codes::{BATCH, Shape, Stream, target, uniform, webdis_key, zipf};
use crate::generator::{Generators, RATE_OF_A_PROCESSOR};
use crate::http::{PIPELINE, get_all, warm};
use crate::process::{Halves, Server, cpu_us, pss_mib};
use crate::systems::{self, Filler, Kept};
use crate::table::{self, Measured};
use crate::{Plan, say};

/// Answers that are compared byte by byte before anything is measured.
const COMPARED: usize = 500;

/// Connections over which cards are brought into memory.
const READERS: usize = 16;

/// Every server, and what each is asked.
#[derive(Debug)]
pub(crate) struct Lineup {
    hot: Server,
    cold: Server,
    all_cold: Server,
    nginx: Server,
    varnish: Server,
    webdis: Server,
    constant: Server,
    registry: Server,
    bodies: Server,
    popular: Stream,
    any: Stream,
    hottest: Stream,
    keys: Stream,
    batches: Stream,
}

/// One line of the table while it is being measured.
struct Turn<'a> {
    name: &'static str,
    server: &'a Server,
    /// Whoever works beside it for the same answer.
    behind: Vec<&'a Server>,
    stream: &'a Stream,
    /// Whether it is measured at the fixed rate too.
    timed: bool,
}

impl Lineup {
    /// Start and fill every system.
    pub(crate) fn start(halves: &Halves, nguon: &Path, directory: &Path, shape: Shape) -> io::Result<Self> {
        let codes = shape.codes(nguon, 1)?;
        let registry = systems::redis(halves)?;
        let address = format!("redis://{}", registry.address);
        shape.load(nguon, &address)?;

        let everything = Kept { cards: 16 * 1024, records: 1024 };
        // One registry for all of them: a card says when its records were loaded.
        let hot = systems::nguon(halves, nguon, &address, everything)?;
        let cold = systems::nguon(halves, nguon, &address, Kept { cards: 0, ..everything })?;
        let all_cold = systems::nguon(halves, nguon, &address, Kept { cards: 0, records: 0 })?;

        // Every card into memory, also those that nobody is going to ask for.
        let targets: Vec<String> = codes.iter().map(|code| target(code)).collect();
        say("cards into memory");
        warm(hot.address, READERS, &targets)?;

        // What Nguon answers is what the others get to send: of the codes that they are asked for.
        let bodies = systems::redis(halves)?;
        let files = directory.join("files");
        let mut filler = Filler::into(bodies.address)?;
        let (popular, any) = (zipf(&codes), uniform(&codes));
        let served: HashSet<&str> = popular.iter().copied().chain([codes[0].as_str()]).collect();
        let kept: HashSet<&str> = any.iter().copied().collect();
        let compared: HashSet<&str> = any.iter().copied().take(COMPARED).collect();
        let asked = codes.iter().zip(&targets);
        let asked = asked.filter(|(code, _)| served.contains(code.as_str()) || kept.contains(code.as_str()));
        say("bodies for the others");
        get_all(hot.address, PIPELINE, asked.map(|(_, target)| target.as_str()), |target, body| {
            let code = target.trim_start_matches("/v1/verify");
            if served.contains(code) || compared.contains(code) {
                let file = files.join(&target[1..]);
                if let Some(place) = file.parent() {
                    fs::create_dir_all(place)?;
                }
                fs::write(&file, &body)?;
            }
            if kept.contains(code) { filler.set(&webdis_key(code), &body) } else { Ok(()) }
        })?;
        filler.flush()?;

        let hottest = [codes[0].as_str()];
        let keys = any.iter().map(|code| format!("/GET/{}.txt", webdis_key(code)));
        let lineup = Self {
            nginx: systems::nginx(halves, directory, &files)?,
            varnish: systems::varnish(halves, directory, cold.address)?,
            webdis: systems::webdis(halves, directory, bodies.address)?,
            constant: systems::constant(halves, &files.join(&target(hottest[0])[1..]))?,
            popular: Stream::lookups(directory, "popular", &popular)?,
            any: Stream::lookups(directory, "any", &any)?,
            hottest: Stream::lookups(directory, "hottest", &hottest)?,
            keys: Stream::of(directory, "keys", keys)?,
            batches: Stream::batches(directory, &popular)?,
            hot,
            cold,
            all_cold,
            registry,
            bodies,
        };
        lineup.compare(&files)?;
        Ok(lineup)
    }

    /// Whether everybody says the same. The hot Nguon's own answers are the measure.
    fn compare(&self, files: &Path) -> io::Result<()> {
        let check = |server: &Server, stream: &Stream, key: &dyn Fn(&str) -> String| {
            get_all(server.address, 1, stream.first(COMPARED).iter().map(String::as_str), |target, body| {
                if fs::read(files.join(key(target)))? == body {
                    return Ok(());
                }
                Err(io::Error::other(format!("{} answers something else to {target}", server.address)))
            })
        };
        let same = |target: &str| target[1..].to_owned();
        for server in [&self.hot, &self.cold, &self.all_cold, &self.nginx, &self.varnish] {
            check(server, &self.popular, &same)?;
        }
        let code = |key: &str| key.trim_start_matches("/GET/").trim_end_matches(".txt").replace(':', "/");
        check(&self.webdis, &self.keys, &|key| target(&code(key))[1..].to_owned())?;
        check(&self.constant, &self.hottest, &same)
    }

    fn turns(&self) -> Vec<Turn<'_>> {
        let turn = |name, server, stream| Turn { name, server, behind: Vec::new(), stream, timed: false };
        vec![
            Turn { timed: true, ..turn(table::HOT, &self.hot, &self.popular) },
            Turn { timed: true, ..turn(table::NGINX, &self.nginx, &self.popular) },
            Turn { timed: true, ..turn(table::CONSTANT, &self.constant, &self.popular) },
            turn(table::HOTTEST, &self.hot, &self.hottest),
            turn(table::NGINX_HOTTEST, &self.nginx, &self.hottest),
            Turn { timed: true, behind: vec![&self.registry], ..turn(table::COLD, &self.cold, &self.any) },
            Turn { behind: vec![&self.registry], ..turn(table::ALL_COLD, &self.all_cold, &self.any) },
            Turn { timed: true, behind: vec![&self.bodies], ..turn(table::WEBDIS, &self.webdis, &self.keys) },
            Turn {
                timed: true,
                behind: vec![&self.cold, &self.registry],
                ..turn(table::VARNISH, &self.varnish, &self.popular)
            },
            turn(table::BATCH, &self.hot, &self.batches),
        ]
    }

    /// Measure in turns.
    pub(crate) fn measure(&self, generators: &Generators, plan: Plan, only: &[String]) -> io::Result<Vec<Measured>> {
        let mut turns = self.turns();
        turns.retain(|turn| only.is_empty() || only.iter().any(|word| turn.name.contains(word.as_str())));
        let mut measured: Vec<Measured> = turns.iter().map(|turn| Measured::of(turn.name)).collect();
        for round in 0..=plan.rounds {
            say(&format!("full speed, round {round} of {}", plan.rounds));
            for (turn, measured) in turns.iter().zip(&mut measured) {
                let processes = turn.processes();
                let before = cpu_us(&processes);
                let speed = generators
                    .full_speed(turn.server.address, &turn.stream.requests, plan.window_s)
                    .map_err(|error| io::Error::other(format!("{}: {error}", turn.name)))?;
                let us = cpu_us(&processes) - before;
                if round > 0 {
                    measured.per_s.push(speed.per_s);
                    measured.cpu_us.push(us as f64 / speed.requests as f64);
                }
            }
        }
        let speeds = |name| measured.iter().find(|measured| measured.name == name).map(Measured::speed);
        let most = (RATE_OF_A_PROCESSOR * generators.halves.threads as u64) as f64;
        let rate =
            speeds(table::HOT).into_iter().chain(speeds(table::NGINX)).map(|speed| speed / 2.0).fold(most, f64::min);
        for round in 1..=plan.fixed_rounds {
            say(&format!("fixed rate, round {round} of {}", plan.fixed_rounds));
            for (turn, measured) in turns.iter().zip(&mut measured).filter(|(turn, _)| turn.timed) {
                let rate = rate.min(measured.speed() / 2.0).round();
                // A rate is far below 2^53.
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let per_s = rate as u64;
                let urls = turn.stream.urls(turn.server.address)?;
                measured.times.push(generators.fixed_rate(urls, per_s, plan.fixed_window)?);
                measured.rate = Some(per_s);
            }
        }
        for (turn, measured) in turns.iter().zip(&mut measured) {
            measured.memory_mib = pss_mib(&turn.processes());
            measured.codes = if turn.name == table::BATCH { BATCH } else { 1 };
        }
        Ok(measured)
    }
}

impl Turn<'_> {
    fn processes(&self) -> Vec<u32> {
        core::iter::once(&self.server).chain(&self.behind).flat_map(|server| server.family()).collect()
    }
}
