//! Servers that a test starts for itself: free ports, waiting for a condition, the nodes of a Redis Cluster.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// Nothing that a test waits for takes longer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at what is waited for.
const GLANCE: Duration = Duration::from_millis(5);

/// The first port given to a server, and how many there are. The bus of a cluster is reached 10,000 above. All lie below those
/// that the system gives to connections going out (32768 and up): the port of a server that is away for a while would
/// otherwise be taken by anybody's connection, and the server could not come back.
const PORTS: (u16, u16) = (20_000, 2_500);

/// A port nobody listens on, nor on that of its cluster bus. None is given twice, however many tests run at once.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let (first, count) = PORTS;
    // Programs that run at the same time begin at different places.
    let begin = std::process::id().wrapping_mul(37) % u32::from(count);
    let begin = u16::try_from(begin).unwrap();
    let is_free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    for _ in 0..count {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed) % count;
        let port = first + (begin + turn) % count;
        if is_free(port) && is_free(port + 10_000) {
            return port;
        }
    }
    panic!("no port is free from {first} on");
}

/// Waits until `check` gives something.
pub async fn until<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    until_told(what, async || check().await.ok_or_else(|| "not yet".to_owned())).await
}

/// The same; when patience ends, what `check` gave last instead is told.
pub async fn until_told<T>(what: &str, mut check: impl AsyncFnMut() -> Result<T, String>) -> T {
    let begun = Instant::now();
    loop {
        match check().await {
            Ok(found) => return found,
            Err(why) => assert!(begun.elapsed() < PATIENCE, "{what} did not come about: {why}"),
        }
        // Between two looks, not instead of one: what is waited for happens in another process.
        tokio::time::sleep(GLANCE).await;
    }
}

/// Three masters with a third of the slots each. One that is away leaves the others at work.
pub struct RedisCluster {
    folder: PathBuf,
    nodes: Vec<(u16, Option<Child>)>,
}

impl RedisCluster {
    /// Starts the nodes and joins them.
    pub async fn start(folder: &Path) -> Self {
        let mut cluster = Self {
            folder: folder.to_owned(),
            nodes: (0..3).map(|_| (free_port(), None)).collect(),
        };
        for node in 0..3 {
            cluster.start_node(node).await;
        }
        let addresses = cluster.nodes.iter().map(|(port, _)| format!("127.0.0.1:{port}"));
        let output = Command::new("redis-cli")
            .args(["--cluster", "create"])
            .args(addresses)
            .args(["--cluster-replicas", "0", "--cluster-yes"])
            .output()
            .await
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        // Right after they have joined, the nodes may still say that the cluster is down.
        for node in 0..3 {
            until("the cluster", async || {
                let info: String = redis::cmd("CLUSTER")
                    .arg("INFO")
                    .query(&mut cluster.connect(node))
                    .unwrap();
                info.contains("cluster_state:ok").then_some(())
            })
            .await;
        }
        cluster
    }

    /// Starts a node, again with the slots it had but empty, and waits until it answers.
    pub async fn start_node(&mut self, node: usize) {
        let port = self.nodes[node].0;
        let folder = self.folder.join(format!("redis-{port}"));
        std::fs::create_dir_all(&folder).unwrap();
        let log = folder.join("log");
        let written = std::fs::File::options().create(true).append(true).open(&log);
        let mut child = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--dir"])
            .arg(&folder)
            .args(["--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"])
            .args([
                "--cluster-node-timeout",
                "2000",
                "--cluster-require-full-coverage",
                "no",
            ])
            .args(["--save", "", "--appendonly", "no"])
            .stdout(Stdio::from(written.unwrap()))
            .kill_on_drop(true)
            .spawn()
            .expect("redis-server is installed");
        let client = redis::Client::open(self.node_url(node)).unwrap();
        until_told("a node of the cluster", async || {
            if let Some(status) = child.try_wait().unwrap() {
                let said = std::fs::read_to_string(&log).unwrap_or_default();
                panic!("the node on port {port} ended with {status}:\n{said}");
            }
            let asked = client
                .get_connection()
                .and_then(|mut connection| redis::cmd("PING").query::<String>(&mut connection));
            asked.map_err(|error| error.to_string())
        })
        .await;
        self.nodes[node].1 = Some(child);
    }

    /// Ends a node as a power cut would.
    pub async fn kill_node(&mut self, node: usize) {
        self.nodes[node].1.take().unwrap().kill().await.unwrap();
    }

    /// The address of one node.
    pub fn node_url(&self, node: usize) -> String {
        format!("redis://127.0.0.1:{}", self.nodes[node].0)
    }

    /// The address for REDIS_URL: two nodes, because the third is found through them.
    pub fn url(&self) -> String {
        format!("{},{}", self.node_url(0), self.node_url(1))
    }

    /// A plain connection to one node.
    pub fn connect(&self, node: usize) -> redis::Connection {
        redis::Client::open(self.node_url(node))
            .unwrap()
            .get_connection()
            .unwrap()
    }

    /// The node that owns a slot, and its name in the cluster.
    pub fn owner(&self, slot: u16) -> (usize, String) {
        let owned = |node: usize| {
            let mine: String = redis::cmd("CLUSTER")
                .arg("MYID")
                .query(&mut self.connect(node))
                .unwrap();
            let shards: String = redis::cmd("CLUSTER")
                .arg("NODES")
                .query(&mut self.connect(node))
                .unwrap();
            let line = shards
                .lines()
                .find(|line| line.starts_with(&mine))
                .unwrap()
                .to_owned();
            let ranges = line
                .split_whitespace()
                .skip(8)
                .filter(|word| !word.starts_with('['));
            let mut ranges = ranges.map(|range| {
                let (from, to) = range.split_once('-').unwrap_or((range, range));
                from.parse::<u16>().unwrap()..=to.parse::<u16>().unwrap()
            });
            ranges.any(|range| range.contains(&slot)).then_some(mine)
        };
        (0..3)
            .filter(|node| self.nodes[*node].1.is_some())
            .find_map(|node| Some((node, owned(node)?)))
            .expect("a node that runs owns the slot")
    }

    /// What every node says of all of them, for the message of a test that fails.
    pub fn told(&self) -> String {
        let one = |node: usize| -> redis::RedisResult<String> {
            let mut connection = redis::Client::open(self.node_url(node))?.get_connection()?;
            redis::cmd("CLUSTER").arg("NODES").query(&mut connection)
        };
        let lines = (0..3).map(|node| match one(node) {
            Ok(seen) => format!("\nnode {node} sees\n{seen}"),
            Err(error) => format!("\nnode {node} does not answer: {error}"),
        });
        lines.collect()
    }

    /// The slot of a key.
    pub fn slot(&self, key: &str) -> u16 {
        redis::cmd("CLUSTER")
            .arg("KEYSLOT")
            .arg(key)
            .query(&mut self.connect(0))
            .unwrap()
    }
}
