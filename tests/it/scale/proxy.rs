//! nginx on a high port, with the committed configuration but for places and ports.

use super::machines::{free_port, until};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Stdio;
use tokio::process::{Child, Command};

/// The configuration as committed.
pub const COMMITTED: &str = include_str!("../../../docs/nginx.conf");
/// The name that visitors type.
pub const NAME: &str = "thi.example.vn";

/// A running nginx.
pub struct Nginx {
    child: Child,
    /// Where it takes plain HTTP for the site, for clients that need no TLS.
    pub plain: u16,
    /// Where it takes TLS.
    pub tls: u16,
}

/// The committed text with each first thing replaced by the second; all of them must be there.
fn derive(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(COMMITTED.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "docs/nginx.conf no longer says: {from}");
        text.replace(from, to)
    })
}

async fn certify(folder: &Path) {
    let output = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ])
        .args([
            "-days",
            "2",
            "-subj",
            "/CN=thi.example.vn",
            "-keyout",
            "key.pem",
            "-out",
            "fullchain.pem",
        ])
        .current_dir(folder)
        .output()
        .await
        .expect("openssl is installed");
    assert!(output.status.success(), "{output:?}");
}

impl Nginx {
    /// Starts it in front of two instances and waits until it takes connections.
    pub async fn start(folder: &Path, instances: &[String; 2]) -> Self {
        certify(folder).await;
        let (plain, tls, redirect) = (free_port(), free_port(), free_port());
        let place = folder.display();
        let is_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|what| format!("    {what}_temp_path {place}/{what};\n"))
            .collect();
        let text = derive(&[
            ("user www-data;", if is_root { "user root;" } else { "" }),
            ("worker_processes auto;", "worker_processes 2;"),
            ("/run/nginx.pid", &format!("{place}/nginx.pid")),
            ("/var/log/nginx/", &format!("{place}/")),
            ("/var/cache/nginx/hoithi", &format!("{place}/cache")),
            ("/etc/hoithi/tls/", &format!("{place}/")),
            ("listen [::]:80 default_server;", ""),
            ("listen [::]:443 ssl http2 default_server;", ""),
            (
                "listen [::]:443 ssl http2;",
                &format!("listen 127.0.0.1:{plain};"),
            ),
            (
                "listen 80 default_server;",
                &format!("listen 127.0.0.1:{redirect};"),
            ),
            ("listen 443 ssl", &format!("listen 127.0.0.1:{tls} ssl")),
            ("127.0.0.1:8081", &instances[0]),
            ("127.0.0.1:8082", &instances[1]),
            // In proportion to the shorter --drain of the test.
            ("keepalive_timeout 4s;", "keepalive_timeout 700ms;"),
            ("fail_timeout=2s", "fail_timeout=1s"),
            ("buffer=64k flush=5s", ""),
            ("http {\n", &format!("http {{\n{temporary}")),
        ]);
        let conf = folder.join("nginx.conf");
        std::fs::write(&conf, text).unwrap();
        let nginx = || {
            let mut command = Command::new("nginx");
            command.env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/bin");
            command
                .args(["-e", "stderr", "-p"])
                .arg(folder)
                .arg("-c")
                .arg(&conf);
            command
        };
        let tested = nginx().arg("-t").output().await.expect("nginx is installed");
        let said = String::from_utf8_lossy(&tested.stderr);
        assert!(tested.status.success() && !said.contains("[warn]"), "{said}");
        let child = nginx()
            .args(["-g", "daemon off;"])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        until("nginx", async || {
            std::net::TcpStream::connect(("127.0.0.1", plain))
                .is_ok()
                .then_some(())
        })
        .await;
        Self { child, plain, tls }
    }

    /// A client that finds the site by its name.
    pub fn client(&self) -> reqwest::Client {
        reqwest::Client::builder()
            .resolve(NAME, ([127, 0, 0, 1], self.plain).into())
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(60))
            .build()
            .unwrap()
    }

    /// The address of a page over plain HTTP.
    pub fn page(&self, path: &str) -> String {
        format!("http://{NAME}:{}{path}", self.plain)
    }
}

impl Drop for Nginx {
    /// Its workers would outlive it if it were killed.
    fn drop(&mut self) {
        if let Some(pid) = self.child.id() {
            let _ = std::process::Command::new("kill")
                .args(["-TERM", &pid.to_string()])
                .status();
        }
    }
}
