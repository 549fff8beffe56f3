//! Connections: where they are taken, how many, how long one may take to say what it wants, and the orderly end.
//!
//! Owns sockets and HTTP/1.1; leaves requests to the router. A reverse proxy speaks TLS and HTTP/2 to visitors.

use super::Readiness;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// Time to send the head of a request, and to stay silent between two.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// Most bytes kept of a connection in either direction; the head of a request must fit.
const BUFFER: usize = 64 * 1024;
/// Connections that the kernel keeps while we take the ones before them: a class that starts at the same second.
const BACKLOG: u32 = 4096;
/// File descriptors kept for stores, files and the rest.
const RESERVED: usize = 128;
/// After a failed accept, as when descriptors have run out.
const PAUSE: Duration = Duration::from_millis(100);

/// Sockets that listen already.
#[derive(Debug)]
pub struct Listeners(Vec<TcpListener>);

impl Listeners {
    /// The first address, with the port that was chosen where 0 was asked for.
    ///
    /// # Errors
    /// When the socket cannot tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0
            .first()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotConnected))?
            .local_addr()
    }

    /// Serves until `stop`, then ends in order, so that nobody behind a proxy meets a closed door: see [`Ending`].
    pub async fn serve(self, router: Router, readiness: Readiness, stop: CancellationToken, ending: Ending) {
        let shut = CancellationToken::new();
        let hall = Hall::default();
        let room = Arc::new(Semaphore::new(most_connections()));
        let doors = self.0.into_iter().map(|listener| Door {
            listener,
            router: router.clone(),
            room: Arc::clone(&room),
            hall: hall.clone(),
        });
        let doors: Vec<_> = doors
            .map(|door| tokio::spawn(door.open_until(shut.clone())))
            .collect();
        stop.cancelled().await;
        readiness.end();
        tokio::time::sleep(ending.drain).await;
        hall.farewell.store(true, Ordering::Relaxed);
        shut.cancel();
        futures_util::future::join_all(doors).await;
        // With the doors shut, so that whoever comes back does not come back here.
        readiness.end_streams();
        hall.empty(ending).await;
    }
}

/// How a server that is told to stop goes. First `/readyz` says no while all goes on as before, for as long as `drain`:
/// time for a balancer to look elsewhere. Then the doors are shut, which sends new connections to another instance, and
/// every answer ends its connection. A connection that is silent is kept for another `drain`, because a request may be on
/// its way; proxies give up silent connections sooner than that. What has begun has `patience` to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// How long new connections are still taken, and afterwards silent ones kept.
    pub drain: Duration,
    /// How long a request in work may go on after that.
    pub patience: Duration,
}

/// Listens on `address`; for 127.0.0.1 also on ::1, because `localhost` means both.
///
/// # Errors
/// When the port is taken or not allowed.
pub fn bind(address: SocketAddr) -> io::Result<Listeners> {
    let first = listen(address)?;
    let mut listeners = vec![first];
    if address.ip() == Ipv4Addr::LOCALHOST {
        let port = listeners
            .first()
            .map_or(Ok(address), TcpListener::local_addr)?
            .port();
        // A machine without IPv6 has no such address, and nobody there will ask for it.
        listeners.extend(listen((Ipv6Addr::LOCALHOST, port).into()));
    }
    Ok(Listeners(listeners))
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A restart must not wait for the connections of the process before.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// As many connections as this process may have open files, less those it needs itself.
fn most_connections() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next());
    let files = files.and_then(|soft| soft.parse::<usize>().ok()).unwrap_or(1024);
    files.saturating_sub(RESERVED).clamp(64, Semaphore::MAX_PERMITS)
}

/// The connections inside, of all doors.
#[derive(Clone, Default)]
struct Hall {
    graceful: Arc<GracefulShutdown>,
    connections: TaskTracker,
    /// Answers end their connections.
    farewell: Arc<AtomicBool>,
}

impl Hall {
    fn welcome(&self, router: &Router, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit) {
        // Small answers go out at once; a socket that refuses this is slower, not wrong.
        let _ = stream.set_nodelay(true);
        let farewell = Arc::clone(&self.farewell);
        let service = router
            .clone()
            .map_request(move |request: Request<Incoming>| {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                request
            })
            .map_response(move |mut response: Response<Body>| {
                if farewell.load(Ordering::Relaxed) {
                    response
                        .headers_mut()
                        .insert(CONNECTION, HeaderValue::from_static("close"));
                }
                response
            });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEAD_LIMIT)
            .max_buf_size(BUFFER);
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = self.graceful.watch(connection);
        self.connections.spawn(async move {
            // Visitors who go away in the middle are no fault of ours.
            let _ = connection.await;
            drop(place);
        });
    }

    /// Waits for those inside to leave.
    async fn empty(self, Ending { drain, patience }: Ending) {
        self.connections.close();
        if tokio::time::timeout(drain, self.connections.wait()).await.is_ok() {
            return;
        }
        // The doors are gone, so this is the last handle.
        let Some(graceful) = Arc::into_inner(self.graceful) else {
            return;
        };
        if tokio::time::timeout(patience, graceful.shutdown()).await.is_err() {
            tracing::warn!("some connections were cut, their time to finish was over");
        }
    }
}

struct Door {
    listener: TcpListener,
    router: Router,
    room: Arc<Semaphore>,
    hall: Hall,
}

impl Door {
    async fn open_until(self, shut: CancellationToken) {
        let work = async {
            loop {
                // With no room left the kernel keeps the next ones waiting.
                let Ok(place) = Arc::clone(&self.room).acquire_owned().await else {
                    return;
                };
                match self.listener.accept().await {
                    Ok((stream, peer)) => self.hall.welcome(&self.router, stream, peer, place),
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be taken");
                        tokio::time::sleep(PAUSE).await;
                    }
                }
            }
        };
        let _ = shut.run_until_cancelled(work).await;
        self.close();
    }

    /// Takes those whom the kernel has let in already, whose requests would be lost with the socket, and closes it.
    fn close(self) {
        let Self {
            listener,
            router,
            room,
            hall,
        } = self;
        let Ok(listener) = listener.into_std() else { return };
        while let (Ok(place), Ok((stream, peer))) = (Arc::clone(&room).try_acquire_owned(), listener.accept())
        {
            if stream.set_nonblocking(true).is_ok()
                && let Ok(stream) = TcpStream::from_std(stream)
            {
                hall.welcome(&router, stream, peer, place);
            }
        }
    }
}
