//! What first: the plan that was proposed, with what it rests on. Kept in the records and
//! printed by `--json`; read back it is the same plan again, so that an old one can still be
//! shown as it was.
//!
//! Amounts named *tenths* are tenths of a point of freeboard. Those of a whole plan are
//! weighted: times the weight of the process, added up over processes and years.

use crate::mirror::{Mirror, mirror};
use plan::{Advice, Proof, Unknown};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/plan/1";

mirror! {
    /// What there is to spend in one year; null: no limit.
    BudgetForm of plan::Budget {
        /// Hours for what starts in this year.
        hours_once: Option<u64>,
        /// Hours for what runs in this year.
        hours_yearly: Option<u64>,
        /// Whole euros for both.
        euros: Option<u64>,
    }

    /// What something takes.
    CostForm of plan::Cost {
        /// Hours, once.
        hours_once: u64,
        /// Hours in each year.
        hours_yearly: u64,
        /// Whole euros, once.
        euros_once: u64,
        /// Whole euros in each year.
        euros_yearly: u64,
    }

    /// What people decided by hand, by code of the measure.
    WishesForm of plan::Wishes {
        /// Must be in the plan.
        must_have: BTreeSet<String>,
        /// Must not.
        must_not: BTreeSet<String>,
        /// Not before that year; the first year is 1.
        not_before: BTreeMap<String, usize>,
        /// Done before the plan.
        in_place: BTreeSet<String>,
    }

    /// A process that counted.
    AimedForm of plan::Aimed {
        /// Its code.
        process: String,
        /// How heavily a point of its shortfall counted.
        weight: u32,
        /// The freeboard to reach.
        target_tenths: i32,
        /// The share of its weight that is unknown, in tenths of a percent.
        unknown: u64,
        /// Whether that is more than the method allows for a class.
        too_unknown: bool,
    }

    /// Something nobody knows, counted at its worst end.
    AssumedForm of plan::Assumed {
        /// The process.
        process: String,
        /// The control or circumstance.
        code: String,
        /// Whether it is a control.
        control: bool,
        /// Why it is not known.
        why: WhyForm,
        /// The level that counted.
        counted: u8,
        /// The level at the other end.
        at_best: u8,
    }

    /// Where a process stands, in tenths of a point.
    ScoreForm of plan::Score {
        /// The water level.
        water: i64,
        /// The dike height.
        dike: i64,
        /// Dike minus water.
        freeboard: i64,
        /// What the freeboard lacks of its target.
        shortfall: i64,
        /// The key control that caps the dike, or null.
        capped_by: Option<String>,
    }

    /// A process before the plan and after a year of it.
    StandingForm of plan::Standing {
        /// The process.
        process: String,
        /// Today.
        before: ScoreForm,
        /// At the end of the year.
        after: ScoreForm,
    }

    /// One year.
    YearForm of plan::Year {
        /// The measures that start.
        starts: Vec<String>,
        /// What the year takes of this organisation.
        spent: CostForm,
        /// Where each process stands at its end.
        processes: Vec<StandingForm>,
    }

    /// What would be lost without a measure, with nothing in its place.
    LossForm of plan::Loss {
        /// Weighted tenths, with all that requires it.
        tenths: i64,
        /// Weighted tenths by its own effect.
        own_tenths: i64,
        /// Measures of the plan that require it.
        dependents: Vec<String>,
        /// Process → by how many tenths it would fall back, without weight.
        processes: BTreeMap<String, i64>,
    }

    /// A measure of the plan.
    ChosenForm of plan::Chosen {
        /// Its code.
        code: String,
        /// The year in which it starts; the first is 1.
        year: usize,
        /// What it takes of this organisation.
        cost: CostForm,
        /// Whether it is in by hand.
        must_have: bool,
        /// Why it is in.
        loss: LossForm,
    }

    /// What lacks for a measure, at the tightest moment.
    LackForm of plan::Lack {
        /// Hours for what starts.
        hours_once: u64,
        /// Hours for what runs.
        hours_yearly: u64,
        /// Whole euros.
        euros: u64,
    }

    /// A measure that would help and does not fit.
    MissedForm of plan::Missed {
        /// Its code.
        code: String,
        /// What it requires and would come along.
        along: Vec<String>,
        /// Weighted tenths it would remove on top of the plan.
        gain_tenths: i64,
        /// What lacks for it.
        lack: LackForm,
        /// The year in which the plan starts it after all, or null.
        planned_year: Option<usize>,
    }

    /// What a share of the hours reaches.
    ReachedForm of plan::Reached {
        /// Whether it is proven.
        proof: ProofForm,
        /// Weighted tenths removed.
        removed_tenths: i64,
        /// Weighted tenths that stay.
        left_tenths: i64,
        /// What each year takes.
        spent: Vec<CostForm>,
        /// Measures that the plan does not have.
        more: Vec<String>,
        /// Measures of the plan that are not in here.
        fewer: Vec<String>,
    }

    /// One share of the hours.
    StepForm of plan::Step {
        /// In percent.
        percent: u32,
        /// What there is then.
        years: Vec<BudgetForm>,
        /// What is reached; null where the measures that must be there do not fit.
        reached: Option<ReachedForm>,
    }
}

/// Whether a plan is known to be the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofForm {
    /// No other choice removes more.
    pub optimal: bool,
    /// Otherwise: by so many weighted tenths another may remove more; 0 where it is optimal.
    pub gap_tenths: i64,
}

impl Mirror<Proof> for ProofForm {
    fn of(proof: &Proof) -> Self {
        match proof {
            Proof::Optimal => Self { optimal: true, gap_tenths: 0 },
            Proof::Gap { gap_tenths } => Self { optimal: false, gap_tenths: *gap_tenths },
        }
    }

    fn back(&self) -> Proof {
        if self.optimal {
            Proof::Optimal
        } else {
            Proof::Gap { gap_tenths: self.gap_tenths }
        }
    }
}

/// Why a level is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyForm {
    /// Nobody answered, or nobody was asked.
    #[serde(rename = "not answered")]
    NotAnswered,
    /// Who answered did not know.
    #[serde(rename = "don't know")]
    DontKnow,
}

impl Mirror<Unknown> for WhyForm {
    fn of(why: &Unknown) -> Self {
        match why {
            Unknown::NotAnswered => Self::NotAnswered,
            Unknown::DontKnow => Self::DontKnow,
        }
    }

    fn back(&self) -> Unknown {
        match self {
            Self::NotAnswered => Unknown::NotAnswered,
            Self::DontKnow => Unknown::DontKnow,
        }
    }
}

/// A plan with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalForm {
    /// [`FORM`].
    pub form: String,
    /// The version of the catalogue.
    pub content: String,
    /// What there was to spend, one entry a year.
    pub capacity: Vec<BudgetForm>,
    /// How many organisations carry a shared measure together.
    pub partners: u32,
    /// Whether it is for a small organisation.
    pub small: bool,
    /// What people decided by hand.
    pub wishes: WishesForm,
    /// The processes that counted.
    pub processes: Vec<AimedForm>,
    /// Whether the plan is known to be the best.
    pub proof: ProofForm,
    /// Weighted tenths removed.
    pub removed_tenths: i64,
    /// Weighted tenths that stay.
    pub left_tenths: i64,
    /// Year by year.
    pub years: Vec<YearForm>,
    /// What is in.
    pub chosen: Vec<ChosenForm>,
    /// What just missed, what lacks least first.
    pub missed: Vec<MissedForm>,
    /// What is in place and stays.
    pub in_place: Vec<String>,
    /// The same for other shares of the hours.
    pub frontier: Vec<StepForm>,
    /// What nobody knows and was counted at its worst end.
    pub counted_as_worst: Vec<AssumedForm>,
    /// Processes of which no control applies; they did not count.
    pub processes_left_out: Vec<String>,
    /// Measures that do not fit a small organisation; they could not be chosen.
    pub measures_left_out: Vec<String>,
}

impl From<&Advice> for ProposalForm {
    fn from(advice: &Advice) -> Self {
        let plan = &advice.proposal.plan;
        Self {
            form: FORM.to_owned(),
            content: advice.content.clone(),
            capacity: Mirror::of(&advice.capacity),
            partners: advice.partners,
            small: advice.small,
            wishes: Mirror::of(&advice.wishes),
            processes: Mirror::of(&advice.aims),
            proof: Mirror::of(&plan.proof),
            removed_tenths: plan.removed_tenths,
            left_tenths: plan.left_tenths,
            years: Mirror::of(&plan.years),
            chosen: Mirror::of(&plan.chosen),
            missed: Mirror::of(&plan.missed),
            in_place: plan.in_place.clone(),
            frontier: Mirror::of(&advice.proposal.frontier),
            counted_as_worst: Mirror::of(&advice.assumed),
            processes_left_out: advice.left_out.clone(),
            measures_left_out: advice.not_small.clone(),
        }
    }
}

impl ProposalForm {
    /// The plan again, to show or to compare.
    pub fn advice(&self) -> Advice {
        let plan = plan::Plan {
            proof: self.proof.back(),
            removed_tenths: self.removed_tenths,
            left_tenths: self.left_tenths,
            years: self.years.back(),
            chosen: self.chosen.back(),
            missed: self.missed.back(),
            in_place: self.in_place.clone(),
        };
        Advice {
            content: self.content.clone(),
            capacity: self.capacity.back(),
            partners: self.partners,
            small: self.small,
            wishes: self.wishes.back(),
            aims: self.processes.back(),
            proposal: plan::Proposal { plan, frontier: self.frontier.back() },
            assumed: self.counted_as_worst.back(),
            left_out: self.processes_left_out.clone(),
            not_small: self.measures_left_out.clone(),
        }
    }
}

/// Reads a plan that was kept.
///
/// # Errors
/// One sentence: the text is no such form, or one of another version.
pub fn read(text: &str) -> Result<ProposalForm, String> {
    let form: ProposalForm = serde_json::from_str(text).map_err(|error| {
        format!(
            "line {}: this is no kept plan ({error}); make one with `dijkwacht plan --json`",
            error.line()
        )
    })?;
    if form.form == FORM {
        return Ok(form);
    }
    Err(format!(
        "the form is `{}`, expected `{FORM}`; make the plan again with this version",
        form.form
    ))
}

#[cfg(test)]
mod tests;
