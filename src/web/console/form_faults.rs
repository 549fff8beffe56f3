//! What is wrong with a form that was sent: every fault at its field, and all of them on top of the page, linked.
//!
//! Owns how templates ask for it (`console/fault-summary.html`, `console/fault-at.html`); the words are each form's.

/// Faults of one form, in the order of its fields. A field is the id of what the reader is to mend.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FormFaults(Vec<(String, String)>);

impl FormFaults {
    /// Notes a fault at a field.
    pub(super) fn add(&mut self, field: impl Into<String>, message: String) {
        self.0.push((field.into(), message));
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field with its message.
    pub(super) fn all(&self) -> &[(String, String)] {
        &self.0
    }

    /// The message of a field; the first, if it has several.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        let (_, message) = self.0.iter().find(|(own, _)| own == field)?;
        Some(message)
    }

    /// The class that marks a field with a fault.
    pub(super) fn bad(&self, field: &str) -> &'static str {
        if self.of(field).is_some() { " bad" } else { "" }
    }

    /// Attributes of an input: described by its hint, if it has one, and by its fault. A field is a name of the program,
    /// so that nothing needs escaping.
    pub(super) fn described(&self, field: &str, has_hint: bool) -> String {
        match (self.of(field).is_some(), has_hint) {
            (false, false) => String::new(),
            (false, true) => format!(" aria-describedby=\"{field}-hint\""),
            (true, false) => format!(" aria-invalid=\"true\" aria-describedby=\"{field}-error\""),
            (true, true) => {
                format!(" aria-invalid=\"true\" aria-describedby=\"{field}-hint {field}-error\"")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_on_top_and_each_field_tells_its_first() {
        let mut faults = FormFaults::default();
        assert!(faults.is_empty() && faults.described("ngay", false).is_empty());
        for message in ["Chọn một ngày.", "Chọn một ngày sau."] {
            faults.add("ngay", message.to_owned());
        }
        assert_eq!(faults.all().len(), 2);
        assert_eq!(faults.of("ngay"), Some("Chọn một ngày."));
        assert_eq!((faults.bad("ngay"), faults.bad("ly-do")), (" bad", ""));
        assert_eq!(
            faults.described("ngay", true),
            " aria-invalid=\"true\" aria-describedby=\"ngay-hint ngay-error\""
        );
        assert_eq!(
            faults.described("ly-do", true),
            " aria-describedby=\"ly-do-hint\""
        );
    }
}
