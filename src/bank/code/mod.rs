//! Every fault that a contest or question file can have, with the facts that belong to it.
//!
//! Owns the list, the stable kebab-case names and the severity; leaves the sentences to `locales/*/faults.ftl`
//! (`fault-<name>` says what is wrong, its attribute `.fix` how to mend it) and the place to [`super::fault`].
//!
//! The list is long, so it stands in four files, each a macro that adds its part to what those before it listed.

mod contest;
mod exchange;
mod papers;
mod questions;

use super::fact::{Args, Fact, Kind, Severity, SyntaxProblem};
use super::paper::{Conventions, KeyConvention};
use crate::i18n::{Lang, text};
use contest::contest_codes;
use exchange::exchange_codes;
use papers::paper_codes;
use questions::question_codes;

macro_rules! fault_codes {
    (; $($(#[$doc:meta])* $variant:ident $name:literal $severity:ident { $($field:ident: $kind:ty),* $(,)? })*) => {
        /// What is wrong, with its facts.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum FaultCode {
            $(
                $(#[$doc])*
                $variant {
                    $(#[doc = concat!("The fact `", stringify!($field), "` of the sentence above.")] $field: $kind),*
                },
            )*
        }

        impl FaultCode {
            /// The names of all faults, for documentation and tests.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The stable name in JSON and in the message files.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $name,)* }
            }

            /// Whether the fault stops the load.
            pub const fn severity(&self) -> Severity {
                match self { $(Self::$variant { .. } => Severity::$severity,)* }
            }

            fn args(&self, lang: Lang) -> Args {
                let mut args = Args::new();
                match self {
                    $(Self::$variant { $($field),* } => {
                        $($field.push(stringify!($field), concat!("has_", stringify!($field)), lang, &mut args);)*
                    })*
                }
                args
            }
        }
    };
}

impl FaultCode {
    /// One sentence: what is wrong.
    pub fn message(&self, lang: Lang) -> String {
        text(lang, &format!("fault-{}", self.name()), &self.args(lang))
    }

    /// One sentence: how to mend it.
    pub fn suggestion(&self, lang: Lang) -> String {
        text(lang, &format!("fault-{}.fix", self.name()), &self.args(lang))
    }
}

contest_codes! { question_codes paper_codes exchange_codes fault_codes; }
