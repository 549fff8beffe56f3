//! More than one of everything: instances behind nginx, a Redis Cluster, a PostgreSQL that follows another, hundreds of
//! partitions. Each test starts the servers it needs, on ports that are free, and stops them again.

mod board;
mod cluster;
pub mod crowd;
mod instances;
mod machines;
mod news;
mod nginx;
mod partitions;
mod postgres;
mod proxy;
mod replica;
