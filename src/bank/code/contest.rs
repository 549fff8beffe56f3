//! What can be wrong with the files of a contest but its questions: their shape, texts, times, rounds, rules, prizes, units.
//!
//! Owns this part of the list in [`super`]; sentences are in `locales/*/faults.ftl` and `faults-rules.ftl`.

macro_rules! contest_codes {
    // The macro that comes next, those after it, and what those before it have listed.
    ($next:ident $($rest:ident)*; $($listed:tt)*) => {
        $next! { $($rest)*; $($listed)*

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
            /// Two lines may draw the same question of `set`, for `first` points by one and `second` by the other.
            DrawPointsMixed "draw-points-mixed" Warning { set: String, first: u64, second: u64 }
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
            /// A near prediction earns points, and the order uses its distance as well.
            PredictionTwice "prediction-twice" Warning {}
            /// Bands of points that do not widen, or do not give less the wider they are.
            PredictionBands "prediction-bands" Error {}
            /// The attempt with the most points counts, and the points of the prediction are those of that attempt.
            PredictionPointsBest "prediction-points-best" Error {}
            /// The gate asks for a paper without mistake, which points for the prediction can replace.
            GateByPrediction "gate-by-prediction" Warning { min_score: u64 }

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
            /// The highest prizes are kept, but no cap reaches over rounds (settlement.ftl).
            KeepWithoutCap "keep-without-cap" Warning {}
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

            // bringing newcomers (faults-spread.ftl)
            /// Newcomers are counted, but nothing is given for them.
            SpreadWithoutPrize "spread-without-prize" Error {}
            /// The prize asks for more newcomers than count.
            SpreadBeyondCap "spread-beyond-cap" Error { min_newcomers: u64, cap: u64 }
            /// A newcomer must hand in more papers than anybody may.
            SpreadAttempts "spread-attempts" Error { min_attempts: u64, allowed: u64 }

            // the essay (faults-essay.ftl)
            /// A text must be longer than it may be.
            EssayLengths "essay-lengths" Error { min_chars: u64, max_chars: u64 }
            /// The gate is higher than the best mark.
            EssayGate "essay-gate" Error { min_points: u64, points: u64 }
            /// One marker has nobody to differ from.
            EssayOneMarker "essay-one-marker" Error {}
            /// No two marks can differ by more.
            EssayDifference "essay-difference" Warning { max_difference: u64, points: u64 }
            /// The order does not use the points, and the mark is nothing else.
            EssayUnranked "essay-unranked" Error {}

            // groups of people who never win (faults-barred.ftl)
            /// The group says neither units nor birth dates.
            BarredNobody "barred-nobody" Error {}
            /// The day `last` is before the day `first`.
            BarredDays "barred-days" Error { first: String, last: String }
            /// No unit has the code `unit`.
            BarredUnit "barred-unit" Error { unit: String, near: Option<String> }

            // groups that take turns (access.ftl)
            /// The turn ends before it begins, or at once.
            AccessReversed "access-reversed" Error {}
            /// The turn does not lie within one round.
            AccessOutside "access-outside" Error {}
            /// `group` and the group on line `line` take in the people of `unit` in one round.
            AccessTwice "access-twice" Warning { group: String, unit: String, line: u64 }
            /// No group of round `round` takes in the people of these units.
            AccessNobody "access-nobody" Warning { round: i64, units: Vec<String>, count: u64 }
            /// No unit belongs to `bloc`.
            AccessBloc "access-bloc" Error { bloc: String, near: Option<String> }

            // the list of people who never win (faults-spread.ftl)
            /// The first row lacks the column of reasons.
            ExcludedColumns "excluded-columns" Error {}
            /// The row names nobody, or a name without a birth date.
            ExcludedNobody "excluded-nobody" Error {}
            /// No mobile number.
            ExcludedPhone "excluded-phone" Error {}
            /// No identity number of 12 digits.
            ExcludedId "excluded-id" Error {}

            // accounts that the organisers issue (faults-accounts.ftl)
            /// A contest password, but nobody registers.
            AccountsPassword "accounts-password" Error {}
            /// Prizes for bringing newcomers, but nobody registers.
            AccountsSpread "accounts-spread" Error {}
            /// The first row lacks one of the columns that must be there.
            AccountsColumns "accounts-columns" Error { missing: Vec<String> }
            /// The sheet `name` of a workbook was not read: the list is the first sheet that is not hidden.
            AccountsSheet "accounts-sheet" Warning { name: String }
            /// `value` cannot be a log-in code.
            AccountsCode "accounts-code" Error { value: String }
            /// The code stands on line `line` already.
            AccountsTwice "accounts-twice" Error { value: String, line: u64 }
            /// No name of a person.
            AccountsName "accounts-name" Error {}
            /// So many years old on the first day, below the smallest age.
            AccountsYoung "accounts-young" Error { age: i64, least: u64, day: String }
            /// So many years old on the first day, above the largest age.
            AccountsOld "accounts-old" Error { age: i64, most: u64, day: String }
            /// A birth date still to come, or before 1900.
            AccountsBirth "accounts-birth" Error {}
            /// No unit that people may enter for has the code `unit`.
            AccountsUnit "accounts-unit" Error { unit: String, near: Option<String> }

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
        }
    };
}
pub(super) use contest_codes;
