//! The steps that a card is made of. Four bytes each, so that a whole card is a table of about a kilobyte.

use crate::{label::Label, name::Name};

/// One step. Where it names a field, that is a field of what is in place, at first the card itself; a step whose
/// field is missing draws nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Begins an element: tag, part.
    Open(Name, Name),
    /// Ends an element.
    Close,
    /// An attribute with a fixed value.
    Attr(Name, Name),
    /// An attribute with the contract's own word from a field.
    Word(Name, Name),
    /// Text of ours.
    Say(Label),
    /// An element with text of ours: tag, part, label.
    Ours(Name, Name, Label),
    /// An element with text from a field, its direction its own business: tag, part, field.
    Theirs(Name, Name, Name),
    /// Begins a section under a heading: part, label.
    Section(Name, Label),
    /// Begins a row of a list of terms, and its value: part, label.
    OpenRow(Name, Label),
    /// Ends a row.
    CloseRow,
    /// A row with text from a field; telephone numbers and e-mail addresses can be tapped.
    Row(Label, Name),
    /// A row with a day: part, label, field.
    DayRow(Name, Label, Name),
    /// A day.
    Time(Name),

    /// Until `End`, in the object in a field.
    In(Name),
    /// Until `End`, once in each element of the list in a field.
    Each(Name),
    /// Until `End`, if the field holds something.
    Has(Name),
    /// Until `End`, if it does not.
    Lacks(Name),
    /// Until `End`, if the field holds this word.
    Is(Name, Name),
    /// Until `End`, if it does not.
    Not(Name, Name),
    /// Until `End`, if the reason in place says more than head and recall notices do.
    Untold,
    /// Until `End`, if the card has such reasons, or addresses to go on to.
    Findings,
    /// Until `End`, on somebody else's page only.
    Embedded,
    /// Until `End`, on a page of ours only.
    OnPage,
    /// Ends what one of the steps above began.
    End,

    /// The shape of a tone.
    Shape(Name),
    /// A picture of this service.
    Picture(Name),
    /// A lot on the way to a recalled input.
    Ancestor(Name),
    /// A link that shows the host it leads to, after a label: part, label, field.
    Visit(Name, Label, Name),
    /// A link that shows a label: label, field.
    Onward(Label, Name),
    /// Who stands behind a statement.
    Source,
    /// The same, when that is more than a declaration (the card's foot says that for all).
    SourceBeyondDeclared,
}

// The size is what the table is for.
const _: () = assert!(size_of::<Step>() == 4);
