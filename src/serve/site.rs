//! The routes with everything around them, as one service: no layer of its own for each concern, because every layer of a
//! router costs each request several allocations.
//!
//! Owns the order, from the outside in: measuring and security headers, admission, time limits and panics, compression, the
//! limit of bodies, the route, problem documents. What each of these does belongs to `guard`, `answers`, `admission` and `api`.

use super::admission::Class;
use super::answers::{Reader, busy, fault, refusal};
use super::{Frame, guard, probe};
use crate::api;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, MatchedPath};
use axum::http::header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE};
use axum::http::{Method, Request, Response, Version};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Join, Map, Ready, join, ready};
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower::{BoxError, Layer, Service};
use tower_http::CompressionLevel;
use tower_http::compression::Compression;
use tower_http::timeout::TimeoutBody;

/// A body that stands still for this long is given up.
const BODY_PAUSE: Duration = Duration::from_secs(15);
/// Uploads and exports of staff, over slow lines, may take this long.
const STAFF_LIMIT: Duration = Duration::from_secs(180);

/// Every address of the server; a clone costs one count.
#[derive(Clone)]
pub struct Site(Arc<Inside>);

struct Inside {
    frame: Frame,
    plain: Router,
    compressed: Compression<Router, guard::Compressible>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    pub(super) fn new(routes: Router, frame: Frame) -> Self {
        let plain = routes
            .layer(NoteRoute)
            .merge(probe::routes(frame.clone()).layer(NoteRoute));
        let compressed = Compression::new(plain.clone())
            .quality(CompressionLevel::Fastest)
            .compress_when(guard::Compressible);
        Self(Arc::new(Inside {
            frame,
            plain,
            compressed,
        }))
    }

    /// Answers one request, whatever becomes of it.
    pub(super) async fn answer<B>(self, request: Request<B>) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let inside = &*self.0;
        let watch = guard::Watch::begin(&inside.frame, request.method());
        let mut response = inside.admit(request).await;
        watch.end(&mut response);
        response
    }

    /// Whether nobody at all need be sent away now.
    pub(super) fn has_room_for_everybody(&self) -> bool {
        self.0.frame.gate.has_room_for_everybody()
    }

    /// The whole refusal of a request, if there is no room for it.
    pub(super) fn refusal(&self, method: &Method, path: &str, version: Version) -> Option<Response<Bytes>> {
        let frame = &self.0.frame;
        let class = Class::of(method, path);
        if probe::is_probe(path) || frame.gate.admit(class).is_some() {
            return None;
        }
        let watch = guard::Watch::begin(frame, method);
        frame.metrics.refused(class.name());
        let mut response = refusal(Reader::of(path), version);
        watch.end(&mut response);
        Some(response)
    }
}

impl Inside {
    /// Lets a request in if there is room, for a limited time, and catches what falls.
    async fn admit<B>(&self, request: Request<B>) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (path, version) = (request.uri().path(), request.version());
        let reader = Reader::of(path);
        let frame = &self.frame;
        let class = Class::of(request.method(), path);
        let pass = if probe::is_probe(path) {
            Some(frame.gate.enter(Class::File))
        } else {
            frame.gate.admit(class)
        };
        let Some(_pass) = pass else {
            frame.metrics.refused(class.name());
            return busy(reader, version);
        };
        let limit = if path.starts_with("/quan-tri") {
            STAFF_LIMIT.max(frame.limits.request)
        } else {
            frame.limits.request
        };
        // Held where it is made: the whole way of a request is large to move.
        let work = pin!(AssertUnwindSafe(self.route(request, reader)).catch_unwind());
        match tokio::time::timeout(limit, work).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => {
                frame.metrics.panics.inc();
                fault(reader)
            }
            Err(_) => busy(reader, version),
        }
    }

    async fn route<B>(&self, request: Request<B>, reader: Reader) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut request = request.map(|body| match body.is_end_stream() {
            true => Body::empty(),
            false => Body::new(TimeoutBody::new(BODY_PAUSE, body)),
        });
        let most = match reader {
            Reader::Browser => self.frame.limits.body,
            Reader::Program => api::MAX_BODY,
        };
        DefaultBodyLimit::max(most).apply(&mut request);
        let language = match reader {
            Reader::Browser => None,
            Reader::Program => request.headers().get(ACCEPT_LANGUAGE).cloned(),
        };
        let response = if *request.method() == Method::GET {
            let Ok(response) = self.compressed.clone().call(request).await;
            response.map(Body::new)
        } else {
            // Answers to forms and log-ins carry tokens beside what the visitor sent; the size of such an answer,
            // compressed, would tell of the token.
            request.headers_mut().remove(ACCEPT_ENCODING);
            let Ok(response) = self.plain.clone().call(request).await;
            response
        };
        match reader {
            Reader::Browser => response,
            Reader::Program => api::problem::finish(&self.frame.app, language.as_ref(), response),
        }
    }
}

impl<B> Service<Request<B>> for Site
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.clone().answer(request).map(Ok).boxed()
    }
}

/// Writes on every answer which route gave it: the router tells its routes alone.
#[derive(Debug, Clone, Copy)]
struct NoteRoute;

#[derive(Debug, Clone)]
struct Noting<S>(S);

impl<S> Layer<S> for NoteRoute {
    type Service = Noting<S>;

    fn layer(&self, inner: S) -> Noting<S> {
        Noting(inner)
    }
}

type Answered<E> = Result<Response<Body>, E>;
type Noted<E> = (Answered<E>, Option<MatchedPath>);

impl<S> Service<Request<Body>> for Noting<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Map<Join<S::Future, Ready<Option<MatchedPath>>>, fn(Noted<S::Error>) -> Answered<S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let route = request.extensions().get::<MatchedPath>().cloned();
        join(self.0.call(request), ready(route)).map(note)
    }
}

fn note<E>((answered, route): Noted<E>) -> Answered<E> {
    let mut response = answered?;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    Ok(response)
}
