//! The three answers.

use model::Lang;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $nl:literal, $en:literal;)*) => {
        /// Why a rule could not judge a subject. A closed list, so that it can be counted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The words in `--json` and in examples.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// One short phrase for people.
            pub const fn phrase(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($nl, $en),)* }
            }
        }
    };
}

reasons! {
    /// An event of the step names nobody.
    HandlerMissing = "handler missing", "behandelaar ontbreekt", "handler missing";
    /// The step was done by a service account.
    ServiceAccount = "service account", "gedaan door een systeemaccount", "done by a service account";
    /// The step was done under the name of a desk that several people share.
    SharedDesk = "shared desk", "gedaan onder een gedeelde naam", "done under a shared name";
    /// An event has no time.
    TimeMissing = "time missing", "tijd ontbreekt", "time missing";
    /// Only the date is known where the hour matters.
    DateOnly = "date only", "alleen de datum is bekend", "only the date is known";
    /// The term has not ended on the as-of date.
    TermRunning = "term still running", "de termijn loopt nog", "the term is still running";
    /// A value of a column is missing.
    ValueMissing = "value missing", "waarde ontbreekt", "value missing";
    /// The log has no such column.
    ColumnMissing = "column missing", "kolom ontbreekt in het logboek", "column not in the log";
    /// The log does not record the step.
    StepNotRecorded = "step not recorded", "stap staat niet in het logboek", "step not in the log";
    /// Nothing in the log links the event to a case.
    NoLink = "no link", "koppeling met een zaak ontbreekt", "no link to a case";
    /// Too few to compare with.
    TooFew = "too few", "te weinig om mee te vergelijken", "too few to compare with";
    /// What is looked for is so common that nobody can stand out by it.
    RateTooHigh = "rate too high", "het komt bij iedereen te vaak voor", "too common among all to stand out";
    /// Cases are handed out by district or account manager, so fixed pairs say nothing.
    Assigned = "assigned", "zaken worden volgens een vaste indeling verdeeld", "cases are handed out by a fixed scheme";
    /// The event has no value in the column by which the rule groups.
    NoGroup = "no group", "waarde om op te groeperen ontbreekt", "no value to group by";
}

/// What a pattern says of one group or one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The rule does not speak of it; it is not counted.
    NoSubject,
    /// The rule was judged and found nothing.
    Clear,
    /// The rule found it; the rows that prove it stand in [`Answer::rows`].
    Found,
    /// The rule could not judge it.
    Unknown(Reason),
}

/// A verdict with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it rests on the order in the file of events with equal times.
    pub by_order: bool,
    /// The rows that prove it, ascending, each once; positions in the view. Empty unless
    /// found.
    pub rows: Vec<usize>,
}

impl Answer {
    /// Not counted.
    pub const NO_SUBJECT: Self =
        Self { verdict: Verdict::NoSubject, by_order: false, rows: Vec::new() };
    /// Nothing found.
    pub const CLEAR: Self =
        Self { verdict: Verdict::Clear, by_order: false, rows: Vec::new() };

    /// Could not be judged.
    pub const fn unknown(reason: Reason) -> Self {
        Self { verdict: Verdict::Unknown(reason), by_order: false, rows: Vec::new() }
    }

    /// Found, proved by these rows.
    pub fn found(mut rows: Vec<usize>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        Self { verdict: Verdict::Found, by_order: false, rows }
    }

    /// Found or clear, proved by these rows; they are gathered only where it is found.
    pub fn when(found: bool, rows: impl IntoIterator<Item = usize>) -> Self {
        if found { Self::found(rows.into_iter().collect()) } else { Self::CLEAR }
    }

    /// The same, resting on the order in the file or not.
    #[must_use]
    pub fn resting_on_order(mut self, by_order: bool) -> Self {
        self.by_order |= by_order;
        self
    }

    /// Whether it was found.
    pub fn is_found(&self) -> bool {
        self.verdict == Verdict::Found
    }
}
