//! Who is asked what in which round: an organisation before it spoke.

use crate::people::levels::Levels;
use crate::people::lines::Line;
use crate::people::words::{Side, Track};
use model::{Date, Process};

/// Everything from which the rounds of an organisation follow.
#[derive(Debug)]
pub(super) struct Cast {
    /// The same seed gives the same answers.
    pub(super) seed: u64,
    /// The name of the organisation in files.
    pub(super) slug: &'static str,
    /// Everybody who is ever asked.
    pub(super) members: &'static [Member],
    /// The rounds, in order of time.
    pub(super) sittings: &'static [Sitting],
    /// How things stand.
    pub(super) levels: Levels,
    /// What is said in so many words.
    pub(super) lines: Vec<Line>,
}

/// A process somebody is asked about, with the function in it by its name in the catalogue.
pub(super) type Ask = (Process, Option<&'static str>);

/// Somebody who is asked.
#[derive(Debug)]
pub(super) struct Member {
    /// A pseudonymous reference.
    pub(super) reference: &'static str,
    /// The function, as the organisation calls it.
    pub(super) part: &'static str,
    /// From where the work is looked at.
    pub(super) side: Side,
    /// One to three processes.
    pub(super) asks: &'static [Ask],
    /// From which round on, counted from 0.
    pub(super) since: usize,
    /// How often this is not known, from 0 to 1; high for somebody who just came.
    pub(super) unsure: f64,
}

/// How often somebody who knows the work says not to know.
pub(super) const SETTLED: f64 = 0.04;

/// A round before anybody answered.
#[derive(Debug)]
pub(super) struct Sitting {
    /// Its name on screens.
    pub(super) title: &'static str,
    /// How long it is.
    pub(super) track: Track,
    /// The profile of the catalogue.
    pub(super) profile: &'static str,
    /// The processes.
    pub(super) processes: &'static [Process],
    /// Who takes part; `None`: all.
    pub(super) people: Option<&'static [&'static str]>,
    /// The day on which it is prepared.
    pub(super) prepared: Date,
    /// The first day for answers.
    pub(super) opened: Date,
    /// The last day for answers.
    pub(super) closed: Date,
    /// The day of the meeting.
    pub(super) held_on: Date,
    /// Who answers nothing, about one process or (`None`) at all.
    pub(super) silent: &'static [(&'static str, Option<Process>)],
    /// Who stops halfway through each process.
    pub(super) halfway: &'static [&'static str],
}

impl Sitting {
    /// Whether somebody leaves a process unanswered.
    pub(super) fn is_silent(&self, who: &str, process: Process) -> bool {
        let on = |of: &Option<Process>| of.is_none_or(|of| of == process);
        self.silent.iter().any(|(silent, of)| *silent == who && on(of))
    }

    /// Whether somebody takes part.
    pub(super) fn asks(&self, member: &Member, round: usize) -> bool {
        let invited = self.people.is_none_or(|all| all.contains(&member.reference));
        invited && member.since <= round
    }
}

impl Cast {
    /// What somebody says in so many words to a question of a round.
    pub(super) fn line(
        &self,
        round: usize,
        who: &str,
        (process, code): (Process, &str),
    ) -> Option<&Line> {
        self.lines.iter().find(|line| {
            line.round == round
                && line.who == who
                && line.process == process
                && line.code == code
        })
    }
}
