//! Every fault that a contest or question file can have, with the facts that belong to it.
//!
//! Owns the list, the stable kebab-case names and the severity; leaves the sentences to `locales/*/faults.ftl`
//! (`fault-<name>` says what is wrong, its attribute `.fix` how to mend it) and the place to [`super::fault`].

use super::fact::{Args, Fact, Kind, Severity, SyntaxProblem};
use super::paper::{Conventions, KeyConvention};
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

    // rules that hold together
    /// The largest age is below the smallest.
    AgeReversed "age-reversed" Error { min_age: u64, max_age: u64 }
    /// A contest password of fewer than 4 characters.
    PasswordShort "password-short" Error {}
    /// `round` is no earlier round, or is named twice.
    QualifyingRound "qualifying-round" Error { round: i64 }
    /// `qualifying` names no rounds, or neither `top` nor `per_unit` nor `min_score`.
    QualifyingEmpty "qualifying-empty" Error {}
    /// The rounds of `phase` do not follow one another.
    PhaseSplit "phase-split" Error { phase: String }
    /// More rounds are asked for than there are.
    MinRoundsTooMany "min-rounds-too-many" Error { min_rounds: u64, rounds: u64 }
    /// Over all rounds no single prediction is above or below anything.
    OverallAbove "overall-above" Error {}
    /// A cap per phase, but no round belongs to a phase.
    CapWithoutPhases "cap-without-phases" Error {}
    /// The cap of the contest is below that of a round or phase.
    CapReversed "cap-reversed" Warning { wide: u64, narrow: u64 }
    /// Fewer attempts in the contest than in one round.
    AttemptsReversed "attempts-reversed" Warning { wide: u64, narrow: u64 }
    /// The measure `by` is made of parts, and none are named.
    PartsMissing "parts-missing" Error { by: String }
    /// `key` says nothing about the measure `by`.
    PartsUnused "parts-unused" Error { key: String, by: String }
    /// The part `key` occurs twice.
    PartTwice "part-twice" Error { key: String }
    /// Bands of size that do not ascend.
    BandsOrder "bands-order" Error {}
    /// One rate for all and rates by size at once.
    RateTwice "rate-twice" Error {}
    /// A winner from `bloc` is asked for, but no unit belongs to it.
    PrizeBlocUnknown "prize-bloc-unknown" Error { bloc: String, near: Option<String>, known: Vec<String> }
    /// A round asks for people of units of level `level`; the tree has `depth`.
    QualifyingLevel "qualifying-level" Error { level: u64, depth: u64 }

    // units
    /// No unit has the code `successor`.
    UnknownSuccessor "unknown-successor" Error { successor: String, near: Option<String> }
    /// The unit `code` takes itself over, at once or by way of others.
    SuccessorCycle "successor-cycle" Error { code: String }
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
    /// `path` is not a media file inside the contest directory.
    BadMedia "bad-media" Error { path: String, allowed: Vec<String> }

    // media (faults-media.ftl)
    /// Nothing says what the picture shows.
    PictureNoAlt "picture-no-alt" Error { path: String }
    /// The question has `count` media files, `limit` are allowed.
    MediaMany "media-many" Error { count: u64, limit: u64 }
    /// The file has `size` bytes, `limit` are allowed for its kind.
    MediaSize "media-size" Error { path: String, size: u64, limit: u64 }
    /// The picture has more than `limit` million pixels, or a side that is too long.
    MediaPixels "media-pixels" Error { path: String, width: u64, height: u64, limit: u64 }
    /// All media of a set together are too much; `limit` is in bytes.
    MediaTotal "media-total" Error { limit: u64 }
    /// The file is a `kind`, which is not taken; `unknown` where nobody knows.
    MediaFormat "media-format" Error { path: String, kind: String }
    /// A drawing that is a program as well.
    MediaSvg "media-svg" Error { path: String }
    /// The name promises a picture, a sound or a film, and the content is another of them, `found`.
    MediaOther "media-other" Error { path: String, found: String }
    /// The file is cut off or damaged.
    MediaBroken "media-broken" Error { path: String }
    /// The sound or film is in a `codec` that ordinary telephones do not play.
    MediaCodec "media-codec" Error { path: String, codec: String }
    /// Of a picture that moves the first is shown.
    MediaMoves "media-moves" Warning { path: String }
    /// A zip file holds `count` files of questions, or none.
    BundleQuestions "bundle-questions" Error { names: Vec<String>, count: u64 }

    // combined options of foreign formats (faults-paper.ftl)
    /// The pinned option `label` names letters, which change when options are shuffled.
    PinNamesLetters "pin-names-letters" Warning { label: String }
    /// The pinned option `label` says "above", which is true at the last place alone.
    PinNamesPlace "pin-names-place" Warning { label: String }

    // formats and sheets (faults-sheet.ftl)
    /// Files with the ending `name` cannot be read.
    UnknownFormat "unknown-format" Error { name: String, allowed: Vec<String> }
    /// Files with the ending `name` cannot be written.
    FormatNotWritten "format-not-written" Error { name: String, allowed: Vec<String> }
    /// Only a printable paper can be without its key, not a file with the ending `name`.
    KeyNeeded "key-needed" Error { name: String }
    /// The file is really a `kind`.
    SheetOther "sheet-other" Error { kind: String }
    /// The workbook needs a password.
    SheetLocked "sheet-locked" Error {}
    /// The workbook holds macros.
    SheetMacro "sheet-macro" Error {}
    /// The workbook cannot be understood.
    SheetBroken "sheet-broken" Error {}
    /// The workbook is unpacked to more than any table of questions.
    SheetBomb "sheet-bomb" Error {}
    /// More than `limit` sheets.
    TooManySheets "too-many-sheets" Error { limit: u64 }
    /// More rows than `limit` questions.
    TooManyRows "too-many-rows" Error { limit: u64 }
    /// The cell `cell` holds something, far from any table.
    CellTooFar "cell-too-far" Error { cell: String }
    /// No names of columns in the first `rows` rows.
    NoHeader "no-header" Error { rows: u64 }
    /// The row of names lacks `names`.
    ColumnsMissing "columns-missing" Error { names: Vec<String> }
    /// A second column is called `name` or means the same.
    HeaderTwice "header-twice" Error { name: String }
    /// A set has no place for the column `name`.
    ColumnIgnored "column-ignored" Warning { name: String }
    /// The column `name` has cells and no name.
    ColumnNameless "column-nameless" Warning { name: String }
    /// The column `name` is hidden and was read.
    ColumnHidden "column-hidden" Warning { name: String }
    /// The rows `rows` are hidden and were read.
    RowsHidden "rows-hidden" Warning { rows: String }
    /// A row of words without a question.
    RowIgnored "row-ignored" Warning { value: String }
    /// The sheet `name` is hidden and was not read.
    SheetHidden "sheet-hidden" Warning { name: String }
    /// The sheet `name` has no table and was not read.
    SheetIgnored "sheet-ignored" Warning { name: String }
    /// The sheets `names` have different columns.
    SheetsDiffer "sheets-differ" Error { names: Vec<String> }
    /// Pictures lie on the sheet, beside its cells.
    PicturesIgnored "pictures-ignored" Warning {}
    /// The cells `range` are one.
    MergedCells "merged-cells" Error { range: String }
    /// The cell computes its value.
    FormulaCell "formula-cell" Error {}
    /// The cell shows the error `value`.
    ErrorCell "error-cell" Error { value: String }
    /// The cell is true or false, not a text.
    BooleanCell "boolean-cell" Warning { value: String }
    /// The cell is a date, and its author may have typed one of `meant`.
    DateCell "date-cell" Error { meant: Option<String> }
    /// The cell is a date and was read as `shown`.
    DateRead "date-read" Warning { shown: String }
    /// The text `value` was a date for a while; its author may have typed one of `meant`.
    TextDate "text-date" Warning { value: String, meant: String }
    /// The cell is a number and was read as `shown`, as people in Việt Nam write it.
    NumberShown "number-shown" Warning { shown: String }
    /// The cell is the number `value` and shows it in a way of its own.
    NumberFormat "number-format" Error { value: String }
    /// The row has no stem.
    RowWithoutStem "row-without-stem" Error {}
    /// The option `label` is empty and later ones are not.
    OptionGap "option-gap" Error { label: String }
    /// All options began with their labels, which were taken off.
    LabelsRemoved "labels-removed" Warning {}
    /// `value` is neither letters nor numbers nor the text of an option.
    KeyUnreadable "key-unreadable" Error { value: String }
    /// The other keys are written otherwise; `proposal` are the letters that this one may mean.
    KeyMixed "key-mixed" Error { value: String, proposal: String }
    /// The number may count options (`first`) or be the text of one (`second`).
    KeyAmbiguous "key-ambiguous" Error { value: String, first: String, second: String }
    /// Two numbers with a comma became one number.
    KeyDecimal "key-decimal" Error { value: String }
    /// `value` is no level.
    LevelUnknown "level-unknown" Error { value: String }
    /// `value` are no letters of options to be pinned.
    PinUnreadable "pin-unreadable" Error { value: String }
    /// A printed paper has no place for the levels, sources and pictures of so many questions.
    PaperLeavesOut "paper-leaves-out" Warning { levels: u64, sources: u64, media: u64 }
    // Word documents (faults-paper.ftl)
    /// A document of the binary format of 1997.
    DocxOld "docx-old" Error {}
    /// The document asks for a password.
    DocxLocked "docx-locked" Error {}
    /// The document holds macros.
    DocxMacro "docx-macro" Error {}
    /// The file is of another format, `kind`.
    DocxOther "docx-other" Error { kind: String }
    /// The zip or the XML in it is damaged.
    DocxBroken "docx-broken" Error {}
    /// Too many parts, too large unpacked, too deep: no word processor writes that.
    DocxBomb "docx-bomb" Error {}
    /// Another document is embedded here, whose text is not in this one.
    DocxChunk "docx-chunk" Error {}
    /// A picture that lies outside the document.
    PictureOutside "picture-outside" Error {}
    /// A picture whose file is not in the document.
    PictureMissing "picture-missing" Error {}
    /// A picture of a kind that browsers do not show.
    PictureKind "picture-kind" Error { kind: String }
    /// Option `label` is a picture, or holds one.
    PictureInOption "picture-in-option" Error { label: String }

    // papers, in Word or pasted (faults-paper.ftl)
    /// Letters and marks were stored apart; they were joined.
    PaperDecomposed "paper-decomposed" Warning {}
    /// `count` invisible characters were left out.
    PaperUnseen "paper-unseen" Warning { count: u64 }
    /// `count` tracked changes were read as accepted.
    PaperTracked "paper-tracked" Warning { count: u64 }
    /// Text in `font`, from the time before Unicode.
    PaperLegacyFont "paper-legacy-font" Error { font: String }
    /// The header or footer of the pages holds a question.
    PaperMargin "paper-margin" Error { text: String }
    /// The text of a text box was left out.
    PaperTextBox "paper-text-box" Warning { text: String }
    /// Hidden text was left out.
    PaperHidden "paper-hidden" Warning { text: String }
    /// A footnote was left out.
    PaperFootnote "paper-footnote" Warning { text: String }
    /// A formula of Word.
    PaperEquation "paper-equation" Error { text: String }
    /// An embedded object, chart or drawing.
    PaperObject "paper-object" Error { kind: String }
    /// Nothing in the paper begins like a question.
    PaperNoQuestions "paper-no-questions" Error {}
    /// A question without a stem.
    PaperNoStem "paper-no-stem" Error {}
    /// A question whose options were not found; `count` of them stand alone.
    PaperNoOptions "paper-no-options" Error { count: u64 }
    /// Option `label` has no text.
    PaperEmptyOption "paper-empty-option" Error { label: String }
    /// Option `found` stands where `expected` should.
    PaperOptionOrder "paper-option-order" Error { expected: String, found: String }
    /// A line begins like option `label` and was taken as text.
    PaperLabelAsText "paper-label-as-text" Warning { label: String }
    /// A line that belongs to no question was left out.
    PaperStray "paper-stray" Warning {}
    /// Question `found` stands where `expected` should.
    PaperNumber "paper-number" Warning { expected: u64, found: u64 }
    /// Questions follow the end of the paper.
    PaperAfterEnd "paper-after-end" Error {}
    /// `value` is no level.
    PaperLevel "paper-level" Error { value: String }
    /// No convention marks half of the questions; `found` mark some.
    PaperNoKey "paper-no-key" Error { found: Conventions, total: u64 }
    /// Two conventions mark most questions and contradict each other.
    PaperKeyUnclear "paper-key-unclear" Error { first: KeyConvention, second: KeyConvention }
    /// No option is marked.
    PaperKeyNone "paper-key-none" Error { how: KeyConvention }
    /// Every option is marked.
    PaperKeyAll "paper-key-all" Error { how: KeyConvention }
    /// Several options are marked, which is unusual in this paper.
    PaperKeySeveral "paper-key-several" Warning { how: KeyConvention, labels: String }
    /// Two conventions name different options.
    PaperKeyDisagrees "paper-key-disagrees" Error {
        how: KeyConvention, labels: String, other: KeyConvention, other_labels: String
    }
    /// The line of the answer does not name letters.
    PaperKeyUnread "paper-key-unread" Error { value: String }
    /// The answer of question `number`, which is not there.
    PaperAnswerExtra "paper-answer-extra" Warning { number: u64 }
    /// A second, other answer of question `number`.
    PaperAnswerTwice "paper-answer-twice" Error { number: u64 }
    /// An explanation of question `number`, which is not there or has one.
    PaperExplanationExtra "paper-explanation-extra" Warning { number: u64 }

    // exchange formats: what any of them may hold (faults-exchange.ftl)
    /// A question of the type `kind`, which a contest cannot ask.
    QuestionType "question-type" Error { kind: String }
    /// A text without a question.
    DescriptionSkipped "description-skipped" Warning {}
    /// The name `given` cannot be an id; the question is called `id`, or by its number.
    IdChanged "id-changed" Warning { given: String, id: Option<String> }
    /// Two tags name different levels.
    LevelTwice "level-twice" Warning {}
    /// The tag `tag` of `count` questions names no level.
    TagDropped "tag-dropped" Warning { tag: String, count: u64 }
    /// `count` categories become one set.
    CategoriesJoined "categories-joined" Warning { names: Vec<String>, count: u64 }
    /// `count` questions give shares of their points for some of the right options.
    AllOrNothing "all-or-nothing" Warning { count: u64 }
    /// `count` questions give points for options that are not the right one.
    PartialCredit "partial-credit" Warning { count: u64 }
    /// `count` options say something to those who chose them wrongly.
    FeedbackDropped "feedback-dropped" Warning { count: u64 }
    /// `count` questions are worth more or less than the first.
    PointsDropped "points-dropped" Warning { count: u64 }
    /// The options of `count` questions keep their order.
    OrderKept "order-kept" Warning { count: u64 }
    /// The part `setting` of the format is not taken over.
    SettingDropped "setting-dropped" Warning { setting: String, count: u64 }
    /// The tag `tag` of HTML has no sign; its text was kept.
    HtmlDropped "html-dropped" Warning { tag: String, count: u64 }
    /// The element `tag` holds what cannot be shown, such as a formula or a film.
    HtmlContent "html-content" Error { tag: String }
    /// `count` texts have styles that cannot be written side by side.
    StyleLost "style-lost" Warning { count: u64 }
    /// No option earns all points.
    NoFullMark "no-full-mark" Error {}
    /// `count` options earn all points where one is to be chosen.
    SeveralFullMarks "several-full-marks" Error { count: u64 }
    /// The share `weight` is none that Moodle knows.
    WeightUnknown "weight-unknown" Error { weight: String, near: Option<String> }
    /// The shares of the right options add up to `sum` percent.
    WeightSum "weight-sum" Error { sum: String }
    /// The picture `src` is not in the file.
    PackagePictureMissing "package-picture-missing" Error { src: String }
    /// The picture `src` lies elsewhere.
    PictureRemote "picture-remote" Error { src: String }
    /// An option is a picture.
    PackagePictureInOption "package-picture-in-option" Error {}

    // GIFT
    /// Of `{` and `}` one is missing, or they stand the wrong way round.
    GiftBrace "gift-brace" Error {}
    /// A second block of answers is text.
    GiftSecondBlock "gift-second-block" Warning {}
    /// A question follows the category without an empty line.
    GiftCategoryLine "gift-category-line" Warning {}
    /// The name after `::` does not end.
    GiftNameOpen "gift-name-open" Warning {}
    /// `[name]` is no format and stays text.
    GiftFormat "gift-format" Warning { name: String }
    /// `value` looks like TRUE or FALSE and is a text to type.
    GiftTruthWord "gift-truth-word" Error { value: String }
    /// An `=` inside `part` begins an option.
    GiftEqualsSplits "gift-equals-splits" Warning { part: String }
    /// `text` looks like a weight and is text.
    GiftWeightText "gift-weight-text" Warning { text: String }
    /// `count` questions have `sign` without a backslash.
    GiftLoose "gift-loose" Warning { sign: String, count: u64 }

    // Aiken
    /// An option or answer without a question before it.
    AikenNoStem "aiken-no-stem" Error {}
    /// The next question begins before this one has its answer.
    AikenUnfinished "aiken-unfinished" Error {}
    /// A second answer for one question.
    AikenAnswerTwice "aiken-answer-twice" Error {}
    /// The line looks like an option, but `expected` is the next.
    AikenLetter "aiken-letter" Error { expected: String }
    /// The line looks like an option and begins a question.
    AikenStemLikeOption "aiken-stem-like-option" Warning { text: String }
    /// A question of several lines.
    AikenLongStem "aiken-long-stem" Warning {}
    /// `value` is not one capital letter.
    AikenAnswer "aiken-answer" Error { value: String }

    // XML
    /// The XML is broken; `detail` is what the parser says.
    XmlBroken "xml-broken" Error { detail: String }
    /// The file declares a document type.
    XmlDoctype "xml-doctype" Error {}
    /// The entity `name` is none of XML's own.
    XmlEntity "xml-entity" Error { name: String }
    /// The file is written in `name`, not in UTF-8.
    XmlEncoding "xml-encoding" Error { name: String }
    /// More of `what` than `limit`.
    XmlLimit "xml-limit" Error { what: &'static str, limit: u64 }
    /// The root element is `root`.
    XmlRoot "xml-root" Error { root: String }
    /// The answers of a statement are not `true` and `false`.
    TruthAnswers "truth-answers" Error {}

    // QTI
    /// The item is scored in a way that is not understood.
    QtiScoring "qti-scoring" Error { template: String }
    /// The item has `count` interactions.
    QtiInteractions "qti-interactions" Error { count: u64 }
    /// The item names no right answer.
    QtiNoKey "qti-no-key" Error {}
    /// The right answer `value` is none of the choices.
    QtiKeyUnknown "qti-key-unknown" Error { value: String }
    /// `max` choices may be chosen, `right` are right.
    QtiMaxChoices "qti-max-choices" Error { max: u64, right: u64 }
    /// The identifier `id` occurs twice among the choices.
    QtiChoiceTwice "qti-choice-twice" Error { id: String }
    /// Two items have the identifier `id`; the other is in `file`.
    QtiItemTwice "qti-item-twice" Error { id: String, file: String }
    /// The package names `path`, which is not in it.
    PackageMissing "package-missing" Error { path: String }
    /// The package holds `path` without naming it.
    PackageUnlisted "package-unlisted" Warning { path: String }
    /// The file is no archive that can be opened; `detail` says why.
    PackageBroken "package-broken" Error { detail: String }
    /// `what` of the archive passes `limit`.
    PackageLimit "package-limit" Error { what: &'static str, limit: u64 }
    /// The path `path` leaves the archive.
    PackagePath "package-path" Error { path: String }
    /// A part of the archive is locked by a password.
    PackageLocked "package-locked" Error {}

    // templates of official papers (faults-official.ftl)
    /// No field is called `name`.
    TemplateField "template-field" Error { name: String, near: Option<String>, allowed: Vec<String> }
    /// No part is called `name`.
    TemplatePart "template-part" Error { name: String, near: Option<String>, allowed: Vec<String> }
    /// A brace without its other half.
    TemplateBrace "template-brace" Error {}
    /// More lines than `limit`.
    TemplateTooLong "template-too-long" Error { limit: u64 }
    /// The template has no line.
    TemplateEmpty "template-empty" Error {}
    /// A file in `papers/` that is none of `allowed`.
    StrayPaper "stray-paper" Warning { name: String, allowed: Vec<String> }

    // writing exchange formats
    /// The question `id` cannot be written in this format.
    ExportSkipped "export-skipped" Warning { id: String, why: &'static str }
    /// `what` of `count` questions cannot be written in this format.
    ExportLoses "export-loses" Warning { what: &'static str, count: u64 }
}
