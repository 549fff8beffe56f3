//! Pages that may be a little old, answered from the replica of the database while it follows closely.
//!
//! Owns the choice, made once for a whole page: the replica while it is fresh, the primary otherwise, and whenever the
//! replica fails or does not have what is asked for. What a page shows is the same code in both cases.

use super::visitor::Visitor;
use crate::app::App;
use crate::store::replica::Replica;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tower::ServiceExt;

/// Routes whose GET requests decide nothing and concern nobody in person.
pub fn reading(app: &App, routes: fn() -> Router<App>) -> Router<App> {
    let Some(replica) = app.store.replica().cloned() else {
        return routes();
    };
    let there = routes().with_state(app.with_store(replica.store()));
    routes().layer(from_fn_with_state(Replicated { replica, there }, layer))
}

#[derive(Debug, Clone)]
struct Replicated {
    replica: Replica,
    /// The same routes on the replica's connections.
    there: Router,
}

async fn layer(
    State(Replicated { replica, there }): State<Replicated>,
    request: Request,
    next: Next,
) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !replica.is_fresh() {
        return next.run(request).await;
    }
    let Ok(response) = there.oneshot(copy(&request)).await;
    let status = response.status();
    if status.is_server_error() {
        replica.doubt();
        tracing::warn!(
            status = status.as_u16(),
            "the replica failed, the primary is asked"
        );
    } else if !status.is_client_error() {
        return response;
    }
    next.run(request).await
}

/// The request as it came, but for what routing has noted on it: it is routed anew.
fn copy(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    if let Some(visitor) = request.extensions().get::<Visitor>() {
        copy.extensions_mut().insert(visitor.clone());
    }
    copy
}
