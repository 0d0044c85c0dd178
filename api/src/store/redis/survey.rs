//! Asking who serves what: sentinels, or nodes of a Cluster.
//!
//! Several are asked and the one with the highest epoch is believed: one that is cut off from the majority goes on
//! naming the primary of old.

use core::ops::RangeInclusive;
use std::time::Duration;

use futures_util::future::join_all;
use redis::aio::MultiplexedConnection;
use redis::{Pipeline, ProtocolVersion, Value, cmd};
use tokio::time::timeout;

use super::address::{Host, RedisAddress, Servers};
use super::fleet::Topology;
use super::link;
use super::reply::{self, number, text};
use crate::store::StoreError;

/// Longest that one of them may take to answer.
const ANSWER: Duration = Duration::from_millis(500);

/// Primaries and the slots that each serves.
pub(super) type Found = Vec<(Host, Vec<RangeInclusive<u16>>)>;

/// Ask.
pub(super) async fn survey(address: &RedisAddress, known: &Topology) -> Result<Found, StoreError> {
    match &address.servers {
        Servers::One(host) => Ok(vec![(host.clone(), vec![0..=0])]),
        Servers::Sentinel { sentinels, master } => {
            let answers = join_all(sentinels.iter().map(|sentinel| master_of(address, sentinel, master))).await;
            let host = newest(answers).ok_or_else(|| unknown(&format!("no sentinel knows the master {master:?}")))?;
            Ok(vec![(host, vec![0..=0])])
        }
        Servers::Cluster(seeds) => {
            let nodes = join_all(known.nodes.iter().map(async |node| {
                let line = timeout(ANSWER, node.reads.line()).await.ok()?.ok()?;
                slots(line.connection, &node.host).await
            }));
            if let Some(found) = newest(nodes.await) {
                return Ok(found);
            }
            let seeds = join_all(seeds.iter().map(async |seed| {
                let info = address.to(seed, ProtocolVersion::RESP2)?;
                let connection = timeout(ANSWER, link::connect(info, link::config())).await.ok()?.ok()?;
                slots(connection, seed).await
            }));
            newest(seeds.await).ok_or_else(|| unknown("no node of the cluster answers"))
        }
    }
}

fn unknown(what: &str) -> StoreError {
    StoreError::Unreachable(what.to_owned())
}

/// The answer of the highest epoch.
fn newest<T>(answers: Vec<Option<(i64, T)>>) -> Option<T> {
    answers.into_iter().flatten().max_by_key(|(epoch, _)| *epoch).map(|(_, answer)| answer)
}

async fn master_of(address: &RedisAddress, sentinel: &Host, master: &str) -> Option<(i64, Host)> {
    let ask = async {
        let mut connection = link::connect(address.plain(sentinel)?, link::config()).await.ok()?;
        connection.send_packed_command(cmd("SENTINEL").arg("MASTER").arg(master)).await.ok()
    };
    let said = reply::pairs(timeout(ANSWER, ask).await.ok()??)?;
    let of = |name: &str| said.iter().find(|(key, _)| key == name.as_bytes()).map(|(_, value)| value.as_slice());
    let port = core::str::from_utf8(of("port")?).ok()?.parse().ok()?;
    let epoch = core::str::from_utf8(of("config-epoch")?).ok()?.parse().ok()?;
    Some((epoch, Host { name: String::from_utf8(of("ip")?.to_vec()).ok()?, port }))
}

/// `CLUSTER SLOTS` as a node sees it, with its epoch; a node that believes the cluster to be down comes last.
async fn slots(mut connection: MultiplexedConnection, asked: &Host) -> Option<(i64, Found)> {
    let mut pipeline = Pipeline::new();
    pipeline.cmd("CLUSTER").arg("INFO").cmd("CLUSTER").arg("SLOTS");
    let replies = timeout(ANSWER, connection.send_packed_commands(&pipeline, 0, 2)).await.ok()?.ok()?;
    let [info, slots] = <[Value; 2]>::try_from(replies).ok()?;
    let info = text(&info)?;
    let epoch = info.lines().find_map(|line| line.strip_prefix("cluster_current_epoch:")?.trim().parse().ok())?;
    let epoch: i64 = if info.contains("cluster_state:ok") { epoch } else { -1 };
    let Value::Array(rows) = slots else { return None };
    let mut found = Found::new();
    for row in rows {
        let Value::Array(row) = row else { return None };
        let [first, last, Value::Array(primary), ..] = row.as_slice() else { return None };
        let range = u16::try_from(number(first)?).ok()?..=u16::try_from(number(last)?).ok()?;
        let [name, port, ..] = primary.as_slice() else { return None };
        // A node that has not been told its own address gives none: it is the one that was asked.
        let name = text(name).filter(|name| !name.is_empty() && name != "?").unwrap_or_else(|| asked.name.clone());
        let host = Host { name, port: u16::try_from(number(port)?).ok()? };
        match found.iter_mut().find(|(known, _)| *known == host) {
            Some((_, ranges)) => ranges.push(range),
            None => found.push((host, vec![range])),
        }
    }
    // In one order whoever is asked, so that an unchanged topology is recognised.
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    (!found.is_empty()).then_some((epoch, found))
}
