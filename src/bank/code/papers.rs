//! What can be wrong with a paper, in Word or pasted.
//!
//! Owns this part of the list in [`super`]; sentences are in `faults-paper.ftl`.

macro_rules! paper_codes {
    // The macro that comes next, those after it, and what those before it have listed.
    ($next:ident $($rest:ident)*; $($listed:tt)*) => {
        $next! { $($rest)*; $($listed)*

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
            /// Letters like those of TCVN3, VNI, or of a file opened in the wrong encoding.
            TextGarbled "text-garbled" Warning {}
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
            /// A remark at the margin was left out.
            PaperComment "paper-comment" Warning { text: String }
            /// Text is crossed out, and whether it counts is not for us to say.
            PaperStruck "paper-struck" Error {}
            /// A circle, an arrow or another drawn shape was left out.
            PaperShape "paper-shape" Warning {}
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
            /// Options before the first question were left out.
            PaperOptionsBefore "paper-options-before" Warning {}
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
            /// The words `value` in the line of the answer were left out.
            PaperKeyWords "paper-key-words" Warning { value: String }
            /// The question gives two different answers.
            PaperKeyTwice "paper-key-twice" Error {}
            /// The answer of question `number`, which is not there.
            PaperAnswerExtra "paper-answer-extra" Warning { number: u64 }
            /// A second, other answer of question `number`.
            PaperAnswerTwice "paper-answer-twice" Error { number: u64 }
            /// An explanation of question `number`, which is not there or has one.
            PaperExplanationExtra "paper-explanation-extra" Warning { number: u64 }
        }
    };
}
pub(super) use paper_codes;
