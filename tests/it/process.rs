//! The real program as a process of its own, with a Redis of its own: for tests that kill things.

use reqwest::{Method, StatusCode};
use serde_json::Value;
use sqlx::PgPool;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A Redis server in a folder of its own, reachable through a socket only.
pub struct OwnRedis {
    folder: PathBuf,
    child: Child,
}

impl OwnRedis {
    /// Starts it on what the folder holds and waits until it answers.
    pub async fn start(folder: &Path) -> Self {
        let folder = folder.join("redis");
        std::fs::create_dir_all(&folder).unwrap();
        let mut child = Command::new("redis-server")
            .args(["--port", "0", "--unixsocket"])
            .arg(folder.join("s"))
            .args([
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "",
                "--dir",
            ])
            .arg(&folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("redis-server is installed");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while let Some(line) = lines.next_line().await.unwrap() {
            if line.contains("ready to accept connections") || line.contains("Ready to accept connections") {
                break;
            }
        }
        // Goes on reading, so that the server never waits for its log to be read.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { folder, child }
    }

    /// The address for REDIS_URL.
    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.folder.join("s").display())
    }

    /// Kills it as a power cut would and removes everything it kept.
    pub async fn kill_and_wipe(mut self) {
        self.child.kill().await.unwrap();
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// `hoithi serve` as a process.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub base: String,
}

/// What every command of a test is given.
pub struct Place {
    /// Temporary folder.
    pub folder: tempfile::TempDir,
    settings: Vec<(&'static str, String)>,
}

impl Place {
    /// A place whose commands use the test's own database and that Redis.
    pub fn new(pool: &PgPool, folder: tempfile::TempDir, redis: &OwnRedis) -> Self {
        Self::on(pool, folder, &redis.url())
    }

    /// The same with the Redis at that address.
    pub fn on(pool: &PgPool, folder: tempfile::TempDir, redis_url: &str) -> Self {
        use sqlx::ConnectOptions;
        let database_url = pool.connect_options().to_url_lossy().to_string();
        Self::named(&database_url, folder, redis_url)
    }

    /// The same with the database at that address.
    pub fn named(database_url: &str, folder: tempfile::TempDir, redis_url: &str) -> Self {
        Self {
            folder,
            settings: Vec::new(),
        }
        .with("DATABASE_URL", database_url)
        .with("REDIS_URL", redis_url)
    }

    /// One more setting in the environment of every command.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.push((name, value.to_owned()));
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hoithi"));
        command
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .env("HOITHI_DATA", self.folder.path().join("data"))
            .kill_on_drop(true);
        command
    }

    /// Runs a command to its end; its standard output.
    pub async fn run(&self, args: &[&str]) -> String {
        let output = self.command().args(args).output().await.unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "hoithi {args:?}: {stderr}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts the server and waits until it is ready.
    pub async fn serve(&self) -> Server {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        self.serve_at(&address, &[]).await
    }

    /// Starts the server on that address with further arguments and waits until it is ready.
    pub async fn serve_at(&self, address: &str, args: &[&str]) -> Server {
        let mut child = self
            .command()
            .args(["serve", "--listen", address])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.next_line().await.unwrap();
        assert!(ready.is_some(), "the server ended before it was ready");
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Server {
            child,
            base: format!("http://{address}"),
        }
    }
}

impl Server {
    /// Its number among the processes of the machine.
    pub fn pid(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// Kills it as a power cut would.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Tells it to stop, as an operator or systemd does.
    pub async fn tell_to_stop(&self) {
        let pid = self.pid().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().await.unwrap();
        assert!(sent.success());
    }

    /// Waits until it has ended by itself; it must have ended well.
    pub async fn ended(mut self) {
        let status = self.child.wait().await.unwrap();
        assert!(status.success(), "{status}");
    }

    /// Asks for any address; status and text.
    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        let response = reqwest::get(format!("{}{path}", self.base)).await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    /// Calls the JSON API.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let client = reqwest::Client::new();
        let mut request = client
            .request(method, format!("{}/api/v1{path}", self.base))
            .bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        (status, response.json().await.unwrap_or(Value::Null))
    }
}
