//! Names: of elements, parts, attributes, fields and words of the contract. One table, one byte each.

use crate::word::Word;

macro_rules! names {
    ($($name:ident = $text:literal,)+) => {
        /// A name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Name { $($name,)+ }

        /// The names, a line each.
        pub(crate) const NAMES: &str = concat!($($text, "\n",)+);
        /// How many there are.
        #[expect(clippy::cast_possible_truncation, reason = "a few dozen")]
        pub(crate) const COUNT: u16 = [$($text,)+].len() as u16;
    };
}

/// The path of a tone's shape, in a box of 24 by 24, filled by the even-odd rule: an octagon, a triangle, a disc, a
/// seal; an open square for `neutral` and for a tone that this version does not know. Drawn here, so that a tone is
/// told by shape and word as well as by colour.
#[must_use]
pub fn icon_path(tone: &str) -> &'static str {
    let shape = match tone {
        "danger" => Name::Octagon,
        "caution" => Name::Triangle,
        "info" => Name::Disc,
        "positive" => Name::Seal,
        _ => Name::Square,
    };
    Word::from(shape).text()
}

names! {
    // No part; or the value in hand itself, where a field is asked for.
    None = "",
    // Elements.
    H1 = "h1", H2 = "h2", Article = "article", Header = "header", Footer = "footer", Div = "div", P = "p", Ul = "ul", Ol = "ol", Li = "li",
    Dl = "dl", Dt = "dt", Dd = "dd", Bdi = "bdi", S = "s", Strong = "strong", Span = "span", A = "a", Img = "img",
    Svg = "svg", Path = "path", TimeTag = "time", Progress = "progress",
    // Attributes and their values.
    Lang = "lang", Dir = "dir", Auto = "auto", Id = "id", OriginTitle = "origin-title",
    Labelledby = "aria-labelledby", Hidden = "aria-hidden", True = "true",
    Href = "href", CardPath = "/card", Tel = "tel:", MailTo = "mailto:", Rel = "rel", NoFollow = "noopener nofollow", Target = "target", Blank = "_blank", Src = "src",
    Alt = "alt", Datetime = "datetime", ViewBox = "viewBox",
    FillRule = "fill-rule", EvenOdd = "evenodd", D = "d", DataTone = "data-tone", DataVerdict = "data-verdict",
    DataStatus = "data-status",
    // Parts.
    Card = "card", Title = "title", Heading = "heading", HeaderPart = "header verdict", Badge = "badge", Demo = "demo", Icon = "icon", Section = "section", Row = "row", Rows = "rows",
    LabelPart = "label", Value = "value", Line = "line", Relation = "relation", RecallPart = "section recall warning",
    Lot = "lot", ProductPart = "section product", About = "about", PicturePart = "picture", Claim = "name claim",
    ReasonsPart = "section reasons", Reason = "reason", Difference = "rows difference", BatchPart = "section batch",
    ExpiryPart = "row expiry", ProducerPart = "section producer", Certificate = "certificate",
    CertificateEnded = "certificate ended", Until = "until", Event = "event", Stage = "stage",
    When = "when", Meter = "meter completeness", Max = "max", Ten = "10", Present = "present",
    Link = "link", Button = "button link", List = "list", SourcePart = "source",
    // Fields and words of the contract.
    Tone = "tone", Verdict = "verdict", Headline = "headline", Advice = "advice", Stale = "stale", Safety = "safety",
    Recalls = "recalls", Status = "status", Withdrawn = "withdrawn", Closed = "closed", Active = "active",
    MatchedBy = "matched_by", Serial = "serial", Product = "product", Input = "input", OtherLots = "other_lots",
    Hazard = "hazard", Lots = "lots", Serials = "serials", WhereLot = "where_to_find_lot", Remedy = "remedy",
    ReturnTo = "return_to", Phone = "phone", Class = "class", ClassA = "A", ClassB = "B", ClassC = "C",
    Issuer = "issuer", DocumentNo = "document_no", From = "from", To = "to", Ended = "ended", Code = "code",
    Danger = "danger", Caution = "caution", Info = "info", Neutral = "neutral", Positive = "positive",
    Images = "images", Image = "image", Called = "name", IsClaim = "name_is_claim", Brand = "brand",
    Model = "model", NetContent = "net_content", Origin = "origin", Standards = "standards", Warnings = "warnings",
    Reasons = "reasons", Text = "text", InCode = "in_code", OnRecord = "on_record", Links = "links",
    CaseVariant = "case_variant", TradeUnit = "trade_unit", Batch = "batch", Item = "item", Produced = "produced",
    Expires = "expires", Expiry = "expiry", BestBefore = "best_before", Gtin = "gtin", Producer = "producer",
    Place = "place", Address = "address", LegacyAddress = "legacy_address", Email = "email", Website = "website",
    Certificates = "certificates", State = "state", NotYet = "not_yet", Number = "number", Scope = "scope",
    Url = "url", Timeline = "timeline", Date = "date", Compare = "compare", Completeness = "completeness",
    Missing = "missing", By = "by", Level = "level", Declared = "declared", Verified = "verified", En = "en",
    Stars = "stars", Three = "3", Four = "4", Five = "5", GtinOnRecord = "gtin_on_record",
    LotOnRecord = "lot_on_record", SerialOnRecord = "serial_on_record", NotCheckedYet = "not_checked_yet",
    RecallActive = "recall_active", RecallClosed = "recall_closed", RecallWithdrawn = "recall_withdrawn",
    RecallOtherLots = "recall_other_lots", InputRecalled = "input_recalled",
    // Shapes: see `icon_path`.
    Octagon = "M7 1h10l6 6v10l-6 6H7l-6-6V7zM11 5v9h2V5zM11 16v3h2v-3z",
    Triangle = "M12 1 24 22H0zM11 8v7h2V8zM11 17v3h2v-3z",
    Disc = "M12 1a11 11 0 0 1 0 22 11 11 0 0 1 0-22zM11 5v3h2V5zM11 10v9h2v-9z",
    Seal = "M12 0 22 6v12l-10 6-10-6V6zM6 12l5 5 8-8-2-2-6 6-3-3z",
    Square = "M2 2h20v20H2zM8 9h2c0-3 4-3 4 0 0 2-3 2-3 6h2c0-3 3-3 3-6 0-5-8-5-8 0zM11 17v3h2v-3z",
    First = "0", Count = "count",
    IconBox = "0 0 24 24",
}
