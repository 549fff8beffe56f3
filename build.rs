//! Embeds `static/` with hashed names and rebuilds when a migration is added.
fn main() {
    memory_serve::load_directory("./static");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=locales");
}
