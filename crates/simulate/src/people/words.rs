//! The words of rounds and measures, the same as those of the records.

macro_rules! words {
    ($($(#[$about:meta])* $name:ident: $($(#[$doc:meta])* $item:ident = $code:literal),+;)+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $item,)+
        }

        impl $name {
            /// The word for it in files and records.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$item => $code,)+
                }
            }
        }
    )+};
}

words! {
    /// How long a self-scan is.
    Track:
    /// Every question.
    Full = "full",
    /// One hour, three people a process.
    Short = "short";

    /// How far a round is.
    RoundStatus:
    /// Being prepared.
    Prepared = "prepared",
    /// Takes answers.
    Open = "open",
    /// Takes no more answers.
    Closed = "closed",
    /// Spoken about in the meeting.
    Agreed = "agreed";

    /// From where somebody looks at a process.
    Side:
    /// Those who lead.
    Management = "management",
    /// Those who do the work.
    WorkFloor = "work-floor",
    /// Others, such as a controller.
    Other = "other";

    /// How far a measure is.
    MeasureStatus:
    /// Planned.
    Planned = "planned",
    /// Started.
    Started = "started",
    /// Done.
    Done = "done",
    /// Stopped.
    Stopped = "stopped";

    /// What a process is worth to a criminal.
    Attractiveness:
    /// Little.
    Low = "low",
    /// In between.
    Middle = "middle",
    /// Much.
    High = "high";
}
