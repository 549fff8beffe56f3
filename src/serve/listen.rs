//! Connections: where they are taken, how many, how long one may take to say what it wants, and the orderly end.
//!
//! Owns sockets and HTTP/1.1; leaves requests to the site. A reverse proxy speaks TLS and HTTP/2 to visitors.

use super::answers::is_sent_away;
use super::{Readiness, Site, doorstep, probe};
use axum::extract::ConnectInfo;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::fs;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Time to send the head of a request, and to stay silent between two.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// Most bytes kept of a connection in either direction; the head of a request must fit.
const BUFFER: usize = 64 * 1024;
/// Connections that the kernel keeps while we take the ones before them: a school that starts at the same second. In a storm
/// whoever finds the queue full tries again after a second or more: with 1,024 half of the refusals came after 1.3 s instead of
/// 1.5, but one in a hundred after 11 s instead of 6 (one run each).
const BACKLOG: u32 = 4096;
/// New connections taken before the ones before them have been looked at once. Those who are inside have their turn between
/// them, however many stand at the door.
const NEWCOMERS: usize = 16;
/// Whoever is sent away keeps one of these places for so long, which lets 2,000 go a second at most. With ten times the load
/// that can be borne, and everybody sent away at once, 4 % of what the server can do was still done, because turning
/// people away took the rest; now it is more than two thirds. The others stand in the kernel's queue meanwhile, which costs
/// nothing.
const SENT_AWAY: Duration = Duration::from_millis(8);
/// The same for those who are turned away at the doorstep, which costs less.
const TURNED_AWAY: Duration = Duration::from_millis(4);
/// File descriptors kept for stores, files and the rest.
const RESERVED: usize = 128;
/// What a proxy adds to every request.
pub(super) const PROXIED: &str = "x-forwarded-for";
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
    pub async fn serve(self, site: Site, readiness: Readiness, stop: CancellationToken, ending: Ending) {
        let shut = CancellationToken::new();
        let hall = Hall::default();
        let room = Arc::new(Semaphore::new(most_connections()));
        let newcomers = Arc::new(Semaphore::new(NEWCOMERS));
        let doors = self.0.into_iter().map(|listener| Door {
            listener,
            site: site.clone(),
            room: Arc::clone(&room),
            newcomers: Arc::clone(&newcomers),
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
    /// Serves a connection; its place among the newcomers is given back as soon as it has been looked at once.
    fn welcome(&self, site: &Site, stream: TcpStream, peer: SocketAddr, place: Place) {
        // Small answers go out at once; a socket that refuses this is slower, not wrong.
        let _ = stream.set_nodelay(true);
        let (site, farewell) = (site.clone(), Arc::clone(&self.farewell));
        let newcomers = Arc::clone(&place.newcomers);
        let service = service_fn(move |mut request: Request<Incoming>| {
            // A proxy has the visitors' connections; its own are few, and serve those next who sit an attempt.
            let is_proxied = request.headers().contains_key(PROXIED);
            if probe::is_probe(request.uri().path()) {
                request.extensions_mut().insert(ConnectInfo(peer));
            }
            let (answer, farewell) = (site.clone().answer(request), Arc::clone(&farewell));
            let newcomers = Arc::clone(&newcomers);
            async move {
                let mut response = answer.await;
                if is_sent_away(&response) {
                    if is_proxied {
                        response.headers_mut().remove(CONNECTION);
                    } else {
                        slow_down(newcomers, SENT_AWAY);
                    }
                }
                if farewell.load(Ordering::Relaxed) {
                    response
                        .headers_mut()
                        .insert(CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(response)
            }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEAD_LIMIT)
            .max_buf_size(BUFFER);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = self.graceful.watch(connection);
        self.connections.spawn(async move {
            let Place { room, newcomer, .. } = place;
            let (mut connection, mut newcomer) = (pin!(connection), Some(newcomer));
            // Visitors who go away in the middle are no fault of ours.
            let _ = poll_fn(|context| {
                let polled = connection.as_mut().poll(context);
                newcomer = None;
                polled
            })
            .await;
            drop(room);
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

/// What a connection holds: its place in the room and, until it is looked at, one of the places for newcomers.
struct Place {
    room: OwnedSemaphorePermit,
    newcomer: OwnedSemaphorePermit,
    newcomers: Arc<Semaphore>,
}

/// Takes the next place for newcomers that becomes free away for a moment: in turn with the door, which waits for it too.
fn slow_down(newcomers: Arc<Semaphore>, moment: Duration) {
    tokio::spawn(async move {
        let place = newcomers.acquire_owned().await;
        tokio::time::sleep(moment).await;
        drop(place);
    });
}

struct Door {
    listener: TcpListener,
    site: Site,
    room: Arc<Semaphore>,
    newcomers: Arc<Semaphore>,
    hall: Hall,
}

impl Door {
    async fn open_until(self, shut: CancellationToken) {
        let work = async {
            loop {
                // With no room left the kernel keeps the next ones waiting.
                let Ok(room) = Arc::clone(&self.room).acquire_owned().await else {
                    return;
                };
                let Ok(newcomer) = Arc::clone(&self.newcomers).acquire_owned().await else {
                    return;
                };
                let newcomers = Arc::clone(&self.newcomers);
                let place = Place {
                    room,
                    newcomer,
                    newcomers,
                };
                match self.listener.accept().await {
                    Ok((stream, _)) if doorstep::turn_away(&stream, &self.site) => {
                        slow_down(place.newcomers, TURNED_AWAY);
                    }
                    Ok((stream, peer)) => self.hall.welcome(&self.site, stream, peer, place),
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
            site,
            room,
            hall,
            ..
        } = self;
        let Ok(listener) = listener.into_std() else { return };
        // Nobody comes after them, so they need not wait for each other.
        let last = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        while let (Ok(room), Ok(newcomer), Ok((stream, peer))) = (
            Arc::clone(&room).try_acquire_owned(),
            Arc::clone(&last).try_acquire_owned(),
            listener.accept(),
        ) {
            let newcomers = Arc::clone(&last);
            let place = Place {
                room,
                newcomer,
                newcomers,
            };
            if stream.set_nonblocking(true).is_ok()
                && let Ok(stream) = TcpStream::from_std(stream)
            {
                hall.welcome(&site, stream, peer, place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::answers::{Reader, busy};
    use super::*;
    use axum::http::{Response, StatusCode, Version};

    #[test]
    fn only_those_for_whom_there_was_no_room_slow_the_door_down() {
        for path in ["/bai-thi/0a", "/api/v1/contests"] {
            assert!(is_sent_away(&busy(Reader::of(path), Version::HTTP_11)), "{path}");
        }
        let mut away = Response::new(());
        assert!(!is_sent_away(&away));
        *away.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        assert!(!is_sent_away(&away), "a store is away");
    }

    #[tokio::test(start_paused = true)]
    async fn the_door_waits_for_those_who_were_sent_away_even_if_nobody_stands_there_yet() {
        let newcomers = Arc::new(Semaphore::new(1));
        let begun = tokio::time::Instant::now();
        (0..5).for_each(|_| slow_down(Arc::clone(&newcomers), SENT_AWAY));
        tokio::task::yield_now().await;
        let next = Arc::clone(&newcomers).acquire_owned().await;
        assert!(next.is_ok());
        assert!(begun.elapsed() >= 5 * SENT_AWAY, "{:?}", begun.elapsed());
    }
}
