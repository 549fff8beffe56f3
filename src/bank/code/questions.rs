//! What can be wrong with questions, their media, and the sheets they come in.
//!
//! Owns this part of the list in [`super`]; sentences are in `faults.ftl`, `faults-media.ftl` and `faults-sheet.ftl`.

macro_rules! question_codes {
    // The macro that comes next, those after it, and what those before it have listed.
    ($next:ident $($rest:ident)*; $($listed:tt)*) => {
        $next! { $($rest)*; $($listed)*

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
            /// The text of option `label` names the letters of some others; the options of the question keep their order.
            PinKeepsOrder "pin-keeps-order" Warning { label: String }
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
            /// Cells of the sheet have comments, which were not read.
            CommentsIgnored "comments-ignored" Warning {}
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
            /// All stems began with "Câu 1." and the like, which were taken off.
            NumbersRemoved "numbers-removed" Warning {}
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
            PaperLeavesOut "paper-leaves-out" Warning { levels: u64, sources: u64, topics: u64, media: u64 }
        }
    };
}
pub(super) use question_codes;
