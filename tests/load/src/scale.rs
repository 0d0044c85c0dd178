//! What grows with the registry and must not be felt: throughput at 10 k and at 10 M codes, and the start over a
//! million products, also after a kill.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::codes::{Shape, Stream, uniform};
use crate::generator::Generators;
use crate::http::get_all;
use crate::say;
use crate::systems::{self, Kept};
use crate::table::{Goal, median};

const SMALL: Shape = Shape { products: 1_000, units: 10 };
const LARGE: Shape = Shape { products: 1_000, units: 10_000 };
const ROUNDS: usize = 5;
const WINDOW_S: u64 = 4;
/// Enough different codes for a stream.
const CODES: usize = 200_000;

const PRODUCTS: &str = "1000000";
const STARTS: usize = 3;
/// The first product that is generated.
const TARGET: &str = "/v1/verify/09521000000001";

/// Units read one by one from Redis, products and lots in memory, in registries of two sizes. How much throughput is
/// lost in the larger one.
pub(crate) fn growth(generators: &Generators, nguon: &Path, directory: &Path) -> io::Result<Goal> {
    let halves = &generators.halves;
    let mut sizes = Vec::new();
    for (name, shape) in [("small", SMALL), ("large", LARGE)] {
        say(&format!("a registry of {} codes", shape.products * shape.units));
        let redis = systems::redis(halves)?;
        let store = format!("redis://{}", redis.address);
        shape.load(nguon, &store)?;
        let codes = shape.codes(nguon, (shape.products * shape.units / CODES).max(1))?;
        let stream = Stream::lookups(directory, name, &uniform(&codes))?;
        let server = systems::nguon(halves, nguon, &store, Kept { cards: 0, records: 1024 })?;
        sizes.push((redis, server, stream, Vec::new()));
    }
    for round in 0..=ROUNDS {
        for (_, server, stream, speeds) in &mut sizes {
            let speed = generators.full_speed(server.address, &stream.requests, WINDOW_S)?;
            if round > 0 {
                speeds.push(speed.per_s);
            }
        }
    }
    let speeds: Vec<f64> = sizes.iter().map(|(.., speeds)| median(speeds)).collect();
    say(&format!("cold serials per second: {:.0} of 10 k codes, {:.0} of 10 M", speeds[0], speeds[1]));
    Ok(Goal {
        what: "throughput lost from 10 k to 10 M codes",
        unit: "%",
        measured: (1.0 - speeds[1] / speeds[0]) * 100.0,
        at_most: 10.0,
    })
}

/// From nothing to the first answer, embedded, over a million products.
pub(crate) fn start(generators: &Generators, nguon: &Path, directory: &Path) -> io::Result<[Goal; 2]> {
    say("a registry of 1 M products");
    let store = format!("embedded:{}", directory.join("products.redb").display());
    let args = ["generate", "--products", PRODUCTS, "--lots", "0", "--items", "0", "--store", &store];
    if !Command::new(nguon).args(args).output()?.status.success() {
        return Err(io::Error::other("a registry of 1 M products could not be made"));
    }
    let (mut usual, mut after_kill) = (Vec::new(), Vec::new());
    let kept = Kept { cards: 256, records: 64 };
    for _ in 0..STARTS {
        for (times, kill) in [(&mut usual, true), (&mut after_kill, false)] {
            let began = Instant::now();
            let server = systems::nguon(&generators.halves, nguon, &store, kept)?;
            get_all(server.address, 1, [TARGET], |_, _| Ok(()))?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
            if kill {
                server.kill()?;
            }
        }
    }
    let goal = |what, times: &[f64]| Goal { what, unit: "ms", measured: median(times), at_most: 300.0 };
    Ok([goal("start over 1 M products", &usual), goal("the same after kill -9", &after_kill)])
}
