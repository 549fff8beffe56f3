//! The process: allocator, arguments in, exit code out.

use std::process::ExitCode;

// Many small short-lived values per request: this allocator keeps them fast and the resident memory low.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hoithi::cli::main()
}
