//! What measurements against a database share: a schema of their own on this machine, made anew and dropped.
//!
//! Leaves what is filled in and measured to each benchmark.

use hoithi::store::MIGRATOR;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, PgPool};

/// Connections to the database of `DATABASE_URL` that see the schema alone.
#[expect(
    clippy::disallowed_methods,
    reason = "the bench is told where the database is by the environment"
)]
pub async fn connect(schema: &str) -> PgPool {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names the database to measure with");
    let options: PgConnectOptions = url.parse().unwrap();
    let host = options.get_host();
    assert!(
        matches!(host, "localhost" | "127.0.0.1" | "::1") || host.starts_with('/'),
        "only a database of this machine is measured"
    );
    let options = options.options([("search_path", schema), ("timezone", "UTC")]);
    PgPoolOptions::new()
        .max_connections(4)
        .connect_with(options)
        .await
        .unwrap()
}

/// Makes the schema anew, with all tables.
pub async fn make(pool: &PgPool, schema: &str) {
    run(
        pool,
        &format!("drop schema if exists {schema} cascade; create schema {schema}"),
    )
    .await;
    MIGRATOR.run(pool).await.unwrap();
}

/// Drops the schema.
pub async fn drop(pool: &PgPool, schema: &str) {
    run(pool, &format!("drop schema {schema} cascade")).await;
}

/// Runs statements that are written in the benchmark.
pub async fn run(pool: &PgPool, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text.to_owned()))
        .execute(pool)
        .await
        .unwrap();
}
