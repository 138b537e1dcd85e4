//! From weighings to the form.

use super::{
    ANSWERS, ATTRACTIVENESS, AnswerKind, AttractivenessForm, CLASSES, EndsForm, FORM,
    FiguresForm, GroupsForm, PARTINGS, PartForm, PartsForm, PlaceForm, ProcessForm,
    RangeForm, RoundForm, SIDES, SaidForm, SensitivityForm, SubjectForm, WeighingForm,
    word,
};
use assessment::{Answer, Combined, Silence};
use picture::freeboard::{End, Ends, Freeboard, Inputs, Limits, dike_parts, water_parts};
use picture::weighing::Subject;
use picture::weighings::{WeighedProcess, Weighings};

impl WeighingForm {
    /// The form of weighings; the limits are those they were weighed with.
    pub fn of(weighings: &Weighings, limits: &Limits) -> Self {
        let head = &weighings.head;
        let places = weighings.places();
        let processes = weighings.processes.iter().map(|one| {
            let place = places.get(&one.weighing.process).copied();
            process(one, place, limits)
        });
        Self {
            form: FORM.to_owned(),
            organisation: head.organisation.clone(),
            as_of: head.as_of.to_string(),
            round: head.round.as_ref().map(|round| RoundForm {
                id: round.id.clone(),
                title: round.title.clone(),
                held_on: round.held_on.map(|date| date.to_string()),
            }),
            method: head.method,
            catalogue: head.catalogue.clone(),
            processes: processes.collect(),
            sensitivity: SensitivityForm {
                first: weighings.sensitivity.first.clone(),
                tried: weighings.sensitivity.tried,
                same: weighings.sensitivity.same,
            },
        }
    }
}

fn process(
    one: &WeighedProcess,
    place: Option<(usize, usize)>,
    limits: &Limits,
) -> ProcessForm {
    let weighing = &one.weighing;
    let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let figures = weighing.freeboard.as_ref();
    ProcessForm {
        process: weighing.process.code().to_owned(),
        attractiveness: AttractivenessForm {
            level: word(&ATTRACTIVENESS, &weighing.inputs.attractiveness),
            proposed: word(&ATTRACTIVENESS, &one.proposed),
            reason: one.reason.clone(),
        },
        subjects: weighing.subjects.iter().map(subject).collect(),
        figures: figures.map(|found| self::figures(found, &weighing.inputs, limits)),
        reasons: parts(weighing.reasons.clone()),
        place: place
            .map(|(first, last)| PlaceForm { first: whole(first), last: whole(last) }),
    }
}

fn subject(subject: &Subject) -> SubjectForm {
    SubjectForm {
        code: subject.code.clone(),
        kind: word(&SIDES, &subject.side),
        weight: subject.weight,
        key: subject.key,
        said: said(&subject.said),
        shown: subject.shown.map(range),
        silence: subject.silence.map(Silence::code).map(str::to_owned),
        counts: subject.judged.map(|judged| range((judged.low, judged.high))),
        parting: subject.parting.map(|parting| word(&PARTINGS, &parting)),
    }
}

fn said(said: &Combined) -> SaidForm {
    let (kind, level) = match said.answer {
        Answer::Level(level) => (AnswerKind::Level, Some(level)),
        Answer::NotApplicable => (AnswerKind::NotApplicable, None),
        Answer::DontKnow => (AnswerKind::NotKnown, None),
        Answer::NotAnswered => (AnswerKind::NotAnswered, None),
    };
    SaidForm {
        answer: word(&ANSWERS, &kind),
        level,
        agreed: said.agreed,
        levels: said.levels,
        not_applicable: said.not_applicable,
        not_known: said.dont_know,
        not_answered: said.not_answered,
        spread: said.spread.map(range),
        groups: said.groups.map(|(management, floor)| GroupsForm { management, floor }),
    }
}

const fn range((low, high): (u8, u8)) -> RangeForm {
    RangeForm { low, high }
}

fn figures(found: &Freeboard, inputs: &Inputs, limits: &Limits) -> FiguresForm {
    let at = |end: End| {
        let (dike, cap) = dike_parts(inputs, limits, end);
        PartsForm { water: parts(water_parts(inputs, end)), dike: parts(dike), cap }
    };
    let class = |class| word(&CLASSES, &class);
    // tenths of a percent are thousandths of the whole, which a number holds well enough
    let unknown =
        u32::try_from(found.unknown).map_or(1.0, |part| f64::from(part) / 1000.0);
    FiguresForm {
        water: ends(found.water),
        dike: ends(found.dike),
        freeboard: ends(found.freeboard),
        classes: found.classes.map(|(low, high)| [class(low), class(high)]),
        unknown,
        caps: parts(found.caps.clone()),
        worst: at(End::Worst),
        best: at(End::Best),
    }
}

const fn ends(ends: Ends) -> EndsForm {
    EndsForm { low: ends.low, high: ends.high }
}

fn parts(parts: Vec<(String, i64)>) -> Vec<PartForm> {
    let code = |code: String| (!code.is_empty()).then_some(code);
    parts
        .into_iter()
        .map(|(name, tenths)| PartForm { code: code(name), tenths })
        .collect()
}
