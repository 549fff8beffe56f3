//! Every fault that a contest or question file can have, with the facts that belong to it.
//!
//! Owns the list, the stable kebab-case names and the severity; leaves the sentences to `locales/*/faults.ftl`
//! (`fault-<name>` says what is wrong, its attribute `.fix` how to mend it) and the place to [`super::fault`].

use super::fact::{Args, Fact, Kind, Severity, SyntaxProblem};
use crate::i18n::{Lang, text};

macro_rules! fault_codes {
    ($($(#[$doc:meta])* $variant:ident $name:literal $severity:ident { $($field:ident: $kind:ty),* $(,)? })*) => {
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

fault_codes! {
    // files
    /// A file or folder `name` that every contest has is not there.
    MissingFile "missing-file" Error { name: &'static str }
    /// The directory `name` is not a slug, but it becomes part of every address.
    BadDirectory "bad-directory" Error { name: String }
    /// A file in `questions/` that is not a question file.
    StrayFile "stray-file" Warning { name: String }
    /// The file has `size` bytes, `limit` are allowed.
    FileTooLarge "file-too-large" Error { size: u64, limit: u64 }
    /// The bytes are not UTF-8 from here on.
    NotUtf8 "not-utf8" Error {}
    /// The grammar is broken; `problem` says how, `detail` is what the parser says.
    Syntax "syntax" Error { problem: SyntaxProblem, detail: String }
    /// More than `limit` faults in one file; the rest is not listed.
    TooManyFaults "too-many-faults" Error { limit: u64 }

    // shape
    /// `key` is not known in `table`; `near` is spelt alike.
    UnknownKey "unknown-key" Error { key: String, table: String, near: Option<String>, allowed: Vec<String> }
    /// `key` should be `expected` and is `found`.
    WrongType "wrong-type" Error { key: String, expected: Kind, found: Kind }
    /// `table` lacks `key`.
    MissingKey "missing-key" Error { key: String, table: String, example: &'static str }
    /// `value` is none of `allowed`.
    UnknownValue "unknown-value" Error { key: String, value: String, near: Option<String>, allowed: Vec<String> }
    /// `key` is `value`, outside `min` to `max`.
    OutOfRange "out-of-range" Error { key: String, value: String, min: i64, max: i64 }
    /// More than `limit` entries in `key`.
    TooManyEntries "too-many-entries" Error { key: String, count: u64, limit: u64 }

    // text
    /// `key` has no visible character.
    EmptyText "empty-text" Error { key: String }
    /// `key` has `chars` characters, `limit` are allowed.
    TextTooLong "text-too-long" Error { key: String, chars: u64, limit: u64 }
    /// Letters and marks are stored apart; they were joined.
    NotNfc "not-nfc" Warning { key: String }
    /// An invisible character.
    HiddenCharacter "hidden-character" Error { key: String, character: String }
    /// A space that is not the ordinary one; replaced.
    OddSpace "odd-space" Warning { key: String, character: String }
    /// `value` is not a slug.
    BadSlug "bad-slug" Error { key: String, value: String, proposal: Option<String> }

    // time
    /// `value` is not a date.
    BadDate "bad-date" Error { key: String, value: String, proposal: Option<String> }
    /// `value` is not a moment.
    BadMoment "bad-moment" Error { key: String, value: String }
    /// `value` has no offset.
    NoOffset "no-offset" Error { key: String, value: String }
    /// `value` is not a duration.
    BadDuration "bad-duration" Error { key: String, value: String }
    /// `value` is shorter than `min` or longer than `max`.
    DurationRange "duration-range" Error { key: String, value: String, min: &'static str, max: &'static str }

    // fields
    /// `field` is both required and optional.
    FieldTwice "field-twice" Error { field: String }
    /// `field` occurs again in the same list.
    FieldRepeated "field-repeated" Warning { field: String }
    /// `fields` must be required in every contest and are not.
    FieldsAlways "fields-always" Error { fields: Vec<String> }

    // rounds
    /// The contest has no round.
    NoRounds "no-rounds" Error {}
    /// Round `number` exists already, on line `line`.
    RoundDuplicate "round-duplicate" Error { number: i64, line: u64 }
    /// Round `expected` is missing before `number`.
    RoundGap "round-gap" Error { number: i64, expected: i64 }
    /// Round `number` stands after round `after`.
    RoundOrder "round-order" Error { number: i64, after: i64 }
    /// The round closes before it opens, or at once.
    RoundReversed "round-reversed" Error { number: i64 }
    /// Rounds `number` and `other` are open at the same time.
    RoundsOverlap "rounds-overlap" Error { number: i64, other: i64 }
    /// Round `number` opens before round `other`, which has a smaller number.
    RoundBefore "round-before" Error { number: i64, other: i64 }

    // paper
    /// A paper without a question.
    DrawEmpty "draw-empty" Error {}
    /// No question file has the set `set`.
    UnknownSet "unknown-set" Error { set: String, near: Option<String>, known: Vec<String> }
    /// The lines ask for `asks` questions of `set`, which holds `holds`.
    DrawTooMany "draw-too-many" Error { set: String, asks: u64, holds: u64 }
    /// The lines ask for `asks` questions of `level` in `set`, which holds `holds`.
    DrawLevelTooMany "draw-level-too-many" Error { set: String, level: &'static str, asks: u64, holds: u64 }
    /// A paper of `count` questions, `limit` are allowed.
    PaperTooLong "paper-too-long" Error { count: u64, limit: u64 }
    /// No paper draws from `set`.
    UnusedSet "unused-set" Warning { set: String }

    // ranking
    /// Nobody can reach `min_score`, the most is `max`.
    GateAboveMaximum "gate-above-maximum" Error { min_score: u64, max: u64 }
    /// An order without a key.
    OrderEmpty "order-empty" Error {}
    /// `key` occurs twice in the order.
    OrderDuplicate "order-duplicate" Error { key: String }
    /// `value` lacks `asc` or `desc`.
    OrderDirection "order-direction" Error { value: String }
    /// The direction of `key` ranks the worst first.
    OrderUnusual "order-unusual" Warning { key: String, usual: &'static str }
    /// The order uses the prediction, but none is asked for.
    OrderWithoutPrediction "order-without-prediction" Error {}
    /// A prediction is asked for, but the order does not use it.
    PredictionUnused "prediction-unused" Warning {}

    // prizes
    /// The name occurs twice in a scope.
    PrizeDuplicate "prize-duplicate" Error { name: String, line: u64 }
    /// The prizes add up to `computed`, `declared` is said.
    PrizeTotal "prize-total" Error { key: String, declared: u64, computed: u64 }
    /// The only round has the same ranking as the contest.
    PrizeSameRanking "prize-same-ranking" Warning { name: String }
    /// A rate needs headcounts, and these units have none.
    RateWithoutHeadcount "rate-without-headcount" Warning { units: Vec<String>, count: u64 }
    /// The tree of units has `depth` levels.
    LevelTooDeep "level-too-deep" Error { level: u64, depth: u64 }
    /// No unit belongs to `bloc`.
    UnknownBloc "unknown-bloc" Error { bloc: String, near: Option<String>, known: Vec<String> }
    /// No unit of that level and bloc competes.
    NobodyCompetes "nobody-competes" Error { level: u64, bloc: String }
    /// More prizes than units that compete.
    MorePlacesThanUnits "more-places-than-units" Warning { places: u64, units: u64 }
    /// `value` is not a rate from 0 to 1.
    BadRate "bad-rate" Error { key: String, value: String }

    // units
    /// The first row lacks the column `name`.
    MissingColumn "missing-column" Error { name: &'static str }
    /// `name` is not a column of units.
    UnknownColumn "unknown-column" Error { name: String, near: Option<String>, allowed: Vec<String> }
    /// The column `name` occurs twice.
    ColumnDuplicate "column-duplicate" Error { name: String }
    /// A row with `found` fields under `expected` columns.
    RowLength "row-length" Error { found: u64, expected: u64 }
    /// No unit at all.
    NoUnits "no-units" Error {}
    /// `value` is not a unit code.
    BadUnitCode "bad-unit-code" Error { value: String }
    /// The code exists already, on line `line`.
    UnitDuplicate "unit-duplicate" Error { code: String, line: u64 }
    /// No unit has the code `parent`.
    UnknownParent "unknown-parent" Error { parent: String, near: Option<String> }
    /// The units lie above each other in a circle.
    UnitCycle "unit-cycle" Error { chain: String }
    /// More than `limit` levels.
    UnitTooDeep "unit-too-deep" Error { level: u64, limit: u64 }
    /// The unit ends before it begins.
    ValidityReversed "validity-reversed" Error { from: String, to: String }
    /// `value` is not a number of people.
    BadHeadcount "bad-headcount" Error { value: String }
    /// On no day of the contest does any unit exist.
    NoUnitOnDays "no-unit-on-days" Error { from: String, to: String }

    // questions
    /// The set name exists already, in `file`.
    SetDuplicate "set-duplicate" Error { id: String, file: String }
    /// A set without questions.
    NoQuestions "no-questions" Error {}
    /// More than `limit` questions in the contest.
    TooManyQuestions "too-many-questions" Error { count: u64, limit: u64 }
    /// The question name exists already, on line `line`.
    QuestionDuplicate "question-duplicate" Error { id: String, line: u64 }
    /// A question with `count` options.
    OptionCount "option-count" Error { count: u64 }
    /// Options `first` and `second` are the same.
    OptionDuplicate "option-duplicate" Error { first: String, second: String }
    /// Options `first` and `second` differ in marks or punctuation alone.
    OptionSimilar "option-similar" Warning { first: String, second: String }
    /// The pinned option `label` is followed by a free one.
    PinNotLast "pin-not-last" Warning { label: String }
    /// The text points to other options, but its place may change.
    OptionPointsToOthers "option-points-to-others" Warning { label: String }
    /// No right option is named.
    KeyEmpty "key-empty" Error {}
    /// `value` is not one letter.
    KeyNotALetter "key-not-a-letter" Error { value: String, proposal: Option<String> }
    /// The question has no option `letter`; the last is `last`.
    KeyBeyond "key-beyond" Error { letter: String, last: String }
    /// `letter` occurs twice.
    KeyRepeated "key-repeated" Warning { letter: String }
    /// Every option is right.
    KeyAll "key-all" Warning {}
    /// The same text as the question `other`.
    StemDuplicate "stem-duplicate" Warning { other: String, file: String, line: u64 }
    /// Nearly the same text as the question `other`.
    StemSimilar "stem-similar" Warning { other: String, file: String, line: u64 }
    /// The file `path` is not in the contest directory.
    MediaMissing "media-missing" Error { path: String }
    /// `path` is not a picture inside the contest directory.
    BadMedia "bad-media" Error { path: String, allowed: Vec<String> }

    // combined options of foreign formats (faults-paper.ftl)
    /// The pinned option `label` names letters, which change when options are shuffled.
    PinNamesLetters "pin-names-letters" Warning { label: String }
    /// The pinned option `label` says "above", which is true at the last place alone.
    PinNamesPlace "pin-names-place" Warning { label: String }
}
