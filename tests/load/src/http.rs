//! As much of an HTTP/1.1 client as filling needs: many GETs in one go, their bodies in order.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// Requests that are under way at once where a server can do with it; not every one can.
pub(crate) const PIPELINE: usize = 100;
const PATIENCE: Duration = Duration::from_secs(30);

/// GET each target, so many at once, and hand each body over.
pub(crate) fn get_all<'a>(
    server: SocketAddr,
    at_once: usize,
    targets: impl IntoIterator<Item = &'a str>,
    mut take: impl FnMut(&'a str, Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    let mut connection = TcpStream::connect(server)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    let mut answers = BufReader::with_capacity(1 << 16, connection.try_clone()?);
    let mut targets = targets.into_iter().peekable();
    while targets.peek().is_some() {
        let portion: Vec<&str> = targets.by_ref().take(at_once).collect();
        let mut requests = Vec::new();
        for target in &portion {
            write!(requests, "GET {target} HTTP/1.1\r\nhost: {server}\r\n\r\n")?;
        }
        connection.write_all(&requests)?;
        for target in portion {
            take(target, answer(target, &mut answers)?)?;
        }
    }
    Ok(())
}

/// GET all targets over so many connections, and leave the bodies.
pub(crate) fn warm(server: SocketAddr, connections: usize, targets: &[String]) -> io::Result<()> {
    let share = targets.len().div_ceil(connections).max(1);
    thread::scope(|scope| {
        let get = |targets: &'_ [String]| get_all(server, PIPELINE, targets.iter().map(String::as_str), |_, _| Ok(()));
        let readers: Vec<_> = targets.chunks(share).map(|targets| scope.spawn(move || get(targets))).collect();
        readers.into_iter().try_for_each(|reader| {
            reader.join().unwrap_or_else(|_| Err(io::Error::other("a thread that warms a server up has died")))
        })
    })
}

/// The body of one answer, which must be 200 and say its length.
fn answer(target: &str, answers: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut line = String::new();
    answers.read_line(&mut line)?;
    if line.split(' ').nth(1) != Some("200") {
        return Err(io::Error::other(format!("{target}: {line}")));
    }
    let mut length = None;
    loop {
        line.clear();
        if answers.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length.ok_or_else(|| io::Error::other(format!("{target}: no length")))?];
    answers.read_exact(&mut body)?;
    Ok(body)
}
