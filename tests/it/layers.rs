//! Who may import whom: reads `src/**/*.rs` and compares every `crate::…` path and heavy crate with the table below.
//! The table is the architecture; a change of it belongs into the same commit as its reason.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A top-level module; the modules and the restricted crates that it may name.
struct Layer {
    name: &'static str,
    modules: &'static str,
    crates: &'static str,
}

/// From the rules outwards. Nothing names a module below its own row, except `web` and `api`, which share a router.
const LAYERS: &[Layer] = &[
    layer("clock", "", ""),
    layer("entropy", "", ""),
    layer("config", "entropy", "clap std::env std::fs"),
    layer("domain", "", ""),
    layer("keys", "domain", ""),
    layer("password", "", "tokio"),
    layer("picture", "", ""),
    layer("pulse", "", ""),
    layer("i18n", "domain", "fluent_templates"),
    layer(
        "bank",
        "domain i18n",
        "csv image quick_xml rust_xlsxwriter std::fs toml zip",
    ),
    layer("store", "domain", "sqlx tokio tracing"),
    layer("session", "domain", "redis tokio tracing"),
    layer("private", "", "redis sqlx std::fs tokio tracing"),
    layer(
        "app",
        "clock config domain entropy keys password pulse session store",
        "tokio tracing",
    ),
    layer(
        "action",
        "app bank domain entropy keys password session store",
        "tokio tracing",
    ),
    layer(
        "document",
        "bank domain i18n store",
        "csv rust_xlsxwriter std::env tokio zip",
    ),
    layer("telemetry", "config store", "tracing"),
    layer(
        "worker",
        "action app clock domain session store telemetry",
        "tokio tracing",
    ),
    layer(
        "api",
        "action app bank config domain i18n keys session store web",
        "axum axum_extra tokio tower tower_http tracing utoipa",
    ),
    layer(
        "web",
        "action api app bank config document domain i18n keys picture pulse session store",
        "askama axum axum_extra memory_serve tokio tower tower_http tracing utoipa",
    ),
    layer(
        "serve",
        "api app config i18n pulse telemetry web",
        "axum std::fs tokio tower tower_http tracing",
    ),
    layer(
        "cli",
        "action api app bank clock config document domain entropy i18n keys private serve session store telemetry \
         web worker",
        "clap std::fs tokio tracing",
    ),
    layer("main", "cli", "clap tokio tracing"),
    // hoithi-load, a program of its own: it makes log-in tokens as the server does and shares nothing else.
    layer("bin", "domain keys", "clap std::env std::fs tokio"),
];

/// Crates and parts of `std` that only the layers above which list them may name. The others are free.
const RESTRICTED: &str = "askama axum axum_extra clap csv fluent_templates image memory_serve quick_xml \
    redis rust_xlsxwriter sqlx std::env std::fs tokio toml tower tower_http tracing utoipa zip";

const fn layer(name: &'static str, modules: &'static str, crates: &'static str) -> Layer {
    Layer {
        name,
        modules,
        crates,
    }
}

fn lists(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

#[test]
fn every_module_names_only_the_layers_it_stands_on() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = String::new();
    let mut files = 0;
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).unwrap().to_path_buf();
        // The map names everything by its nature, and tests may.
        if inside == Path::new("lib.rs") || is_tests(&inside) {
            continue;
        }
        files += 1;
        for (line, fault) in faults_of(&inside, &fs::read_to_string(&path).unwrap()) {
            writeln!(faults, "src/{}:{line}: {fault}", inside.display()).unwrap();
        }
    }
    assert!(files > 10, "only {files} files were read");
    assert!(faults.is_empty(), "\n{faults}");
}

/// Whether a file holds nothing but tests: `tests.rs`, `…_tests.rs`, or one in a folder `tests`.
fn is_tests(file: &Path) -> bool {
    let name = file.file_stem().unwrap().to_str().unwrap();
    name == "tests" || name.ends_with("_tests") || file.iter().any(|part| part == "tests")
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    let faults = |file: &str, text: &str| faults_of(Path::new(file), text);
    assert_eq!(
        faults(
            "domain/paper.rs",
            "use super::question::Key;\n// crate::store\nuse rand::Rng;\n"
        ),
        []
    );
    assert_eq!(faults("domain/paper.rs", "\nuse crate::store::Tx;\n")[0].0, 2);
    assert_eq!(faults("domain/paper.rs", "use super::super::web::Page;").len(), 1);
    assert_eq!(faults("domain/mod.rs", "fn f() { super::clock::now() }").len(), 1);
    assert_eq!(faults("clock.rs", "use super::config;").len(), 1);
    let grouped = "use crate::{\n    domain::{Paper, ids},\n    web::Page,\n    app::App,\n};";
    assert_eq!(
        faults("action/start.rs", grouped),
        [(3, "action may not name crate::web".to_owned())]
    );
    assert_eq!(faults("web/home.rs", "let rows = sqlx::query(\"…\");").len(), 1);
    assert_eq!(faults("store/mod.rs", "use sqlx::PgPool;"), []);
    assert_eq!(faults("store/mod.rs", "use redis::Client;").len(), 1);
    assert_eq!(faults("bank/check.rs", "use std::{fs, io};").len(), 0);
    assert_eq!(faults("domain/paper.rs", "use std::{env, fs};").len(), 2);
    assert_eq!(
        faults("clock.rs", "#[cfg(test)]\nmod tests { use crate::web; }"),
        []
    );
    assert_eq!(faults("main.rs", "use hoithi::store::Store;").len(), 1);
    assert_eq!(
        faults("novel.rs", "")[0].1,
        "novel has no row in tests/it/layers.rs"
    );
}

/// Line and words of everything in a file that its layer may not name. Tests at the end of a file are free.
fn faults_of(file: &Path, text: &str) -> Vec<(usize, String)> {
    let path: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_str().unwrap().to_owned())
        .filter(|part| part != "mod")
        .collect();
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == path[0]) else {
        return vec![(1, format!("{} has no row in tests/it/layers.rs", path[0]))];
    };
    let code = without_comments(text.split("\n#[cfg(test)]\n").next().unwrap());
    let code = if code.starts_with("#[cfg(test)]") {
        String::new()
    } else {
        code
    };
    let mut faults = Vec::new();
    let root = "super::".repeat(path.len());
    for prefix in ["crate::", "hoithi::", &root] {
        for (offset, name) in names_after(&code, prefix) {
            let known = LAYERS.iter().any(|layer| layer.name == name);
            if known && name != layer.name && !lists(layer.modules, &name) {
                faults.push((
                    line_of(&code, offset),
                    format!("{} may not name crate::{name}", layer.name),
                ));
            }
        }
    }
    for restricted in RESTRICTED
        .split_whitespace()
        .filter(|name| !lists(layer.crates, name))
    {
        for offset in mentions(&code, restricted) {
            faults.push((
                line_of(&code, offset),
                format!("{} may not name {restricted}", layer.name),
            ));
        }
    }
    faults.sort();
    faults
}

/// Where `prefix` is followed by a name, and that name; of `prefix{a::b, c}` the names a and c.
fn names_after(code: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (start, _) in code.match_indices(prefix) {
        if continues_a_path(code, start) {
            continue;
        }
        let at = start + prefix.len();
        if !code[at..].starts_with('{') {
            names.push((start, name_at(code, at)));
            continue;
        }
        let mut depth = 0;
        let mut wanted = false;
        for (step, c) in code[at..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth == 1 && matches!(c, '{' | ',') {
                wanted = true;
            } else if wanted && !c.is_whitespace() {
                names.push((at + step, name_at(code, at + step)));
                wanted = false;
            }
        }
    }
    names
}

/// Where code names a crate (`sqlx::`), or a part of one, alone (`std::fs`) or in a group (`std::{fs, io}`).
fn mentions(code: &str, name: &str) -> Vec<usize> {
    match name.split_once("::") {
        Some((outer, part)) => names_after(code, &format!("{outer}::"))
            .into_iter()
            .filter(|(_, found)| found == part)
            .map(|(offset, _)| offset)
            .collect(),
        None => code
            .match_indices(&format!("{name}::"))
            .map(|(offset, _)| offset)
            .filter(|offset| !continues_a_path(code, *offset))
            .collect(),
    }
}

/// Whether what stands at `offset` is the later part of a longer name or path.
fn continues_a_path(code: &str, offset: usize) -> bool {
    code[..offset]
        .chars()
        .next_back()
        .is_some_and(|c| c == ':' || c == '_' || c.is_alphanumeric())
}

fn name_at(code: &str, offset: usize) -> String {
    code[offset..]
        .chars()
        .take_while(|c| *c == '_' || c.is_alphanumeric())
        .collect()
}

fn line_of(code: &str, offset: usize) -> usize {
    code[..offset].matches('\n').count() + 1
}

/// The text with `//` comments emptied; lines stay where they are. An address in a string loses its end, which names
/// nothing.
fn without_comments(text: &str) -> String {
    let line = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
