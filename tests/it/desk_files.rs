//! Forms of the desk whose answer is a file: each shows how far it is while the file is made.

use std::fs;
use std::path::Path;

/// The passwords of issued accounts are given out once: a file that came in part would be thrown away, so the browser
/// takes that one itself.
const ONCE: &str = "{{ path }}/tep";

#[test]
fn every_form_that_asks_for_a_file_shows_how_far_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/console");
    let mut forms = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for form in text.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap();
            if !form.contains("name=\"format\"") || form.contains(&format!("action=\"{ONCE}\"")) {
                continue;
            }
            forms += 1;
            for part in ["console/wait-file.html", "console/wait.html"] {
                assert!(form.contains(part), "{}: no {part} in {form}", path.display());
            }
        }
    }
    assert!(forms >= 9, "only {forms} forms were found");
}
