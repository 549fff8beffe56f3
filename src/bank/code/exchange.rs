//! What can be wrong with the formats that other programs exchange, with templates, and what cannot be written.
//!
//! Owns this part of the list in [`super`]; sentences are in `faults-exchange.ftl` and `faults-official.ftl`.

macro_rules! exchange_codes {
    // The macro that comes next, those after it, and what those before it have listed.
    ($next:ident $($rest:ident)*; $($listed:tt)*) => {
        $next! { $($rest)*; $($listed)*

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
            /// A line of one character was left out.
            AikenShortLine "aiken-short-line" Warning {}
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
    };
}
pub(super) use exchange_codes;
