//! The one table of routes: what is asked, who may, what may be sent, which view answers. The
//! router is built from it, and a test walks it with every role.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::views::{
    account, catalogue, decisions, effect, fill_in, founding, help, incoming, invitation,
    language, learn, log, management, measures, names, organisation, own_rules, picture,
    plan, process, provided, questions, readings, round, rounds, second_step, sign_in,
    signals, sources, spread, staff, start, style, tokens, well_known,
};
use crate::visit::Visit;
use access::{Action, Grant, Place, Resource, Role, Verb, allowed};
use axum::http::Method;
use axum::routing::MethodFilter;
use std::fmt::Write as _;
use std::time::Duration;

/// The most bytes of a form without long texts.
const SMALL: usize = 16 * 1_024;

/// The most bytes of a form with many questions or a list.
const LONG: usize = 512 * 1_024;

/// The most bytes of a form with a file: the log of a process of some years.
const GREAT: usize = 1_024 * 1_024 * 1_024;

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long it may take to bring or to read a log.
const LONG_PATIENCE: Duration = Duration::from_mins(15);

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: Way,
    /// With `{…}` in the places of values; an organisation is always `{organisatie}`.
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    pub(crate) takes: Takes,
    /// How long a request may take, with reading it.
    pub(crate) patience: Duration,
    /// Whether the request must name this installation; a probe of a balancer need not.
    pub(crate) checks_host: bool,
    pub(crate) view: View,
}

/// A view: gets everything, may wait for a disk, computes nothing of its own.
pub(crate) type View = fn(&Visit) -> Result<Answer, Fault>;

/// The methods there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Looks and changes nothing; a request for the head alone too.
    Get,
    /// Changes something.
    Post,
}

impl Way {
    pub(crate) const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
        }
    }

    pub(crate) const fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
        }
    }
}

/// Who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Anybody.
    Nothing,
    /// Whoever gave a password and must still give a code.
    Code,
    /// Whoever is in.
    Account,
    /// Whoever may do this in the organisation in the path.
    May(Action),
}

/// What may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing; what is sent is not read.
    Nothing,
    /// A form with the token of the browser.
    Form {
        /// Its greatest size.
        most_bytes: usize,
    },
    /// A form with the token of the browser and, after it, one file.
    File {
        /// The greatest size of all together.
        most_bytes: usize,
    },
}

impl Route {
    pub(crate) const fn get(path: &'static str, needs: Needs, view: View) -> Self {
        let takes = Takes::Nothing;
        let patience = PATIENCE;
        Self { method: Way::Get, path, needs, takes, patience, checks_host: true, view }
    }

    const fn post(path: &'static str, needs: Needs, view: View) -> Self {
        let takes = Takes::Form { most_bytes: SMALL };
        let patience = PATIENCE;
        Self { method: Way::Post, path, needs, takes, patience, checks_host: true, view }
    }

    /// A form with texts of some length.
    const fn with_texts(self) -> Self {
        Self { takes: Takes::Form { most_bytes: LONG }, ..self }
    }

    /// A form with one file.
    const fn with_file(self) -> Self {
        Self { takes: Takes::File { most_bytes: GREAT }, patience: LONG_PATIENCE, ..self }
    }

    /// What reads a whole log, so that it takes as long as that does.
    const fn slow(self) -> Self {
        Self { patience: LONG_PATIENCE, ..self }
    }

    /// What stands for everything that is not in the table.
    pub(crate) const fn missing(view: View) -> Self {
        Self::get("", Needs::Nothing, view)
    }

    const fn for_anybody_who_knocks(self) -> Self {
        Self { checks_host: false, ..self }
    }
}

const READ_PICTURE: Needs = Needs::May(Action::new(Verb::Read, Resource::Picture));
const READ_OWN: Needs = Needs::May(Action::new(Verb::ReadOwn, Resource::Assignment));
const ANSWER: Needs = Needs::May(Action::new(Verb::Add, Resource::Answer));
const READ_ROUND: Needs = Needs::May(Action::new(Verb::Read, Resource::Round));
const ADD_ROUND: Needs = Needs::May(Action::new(Verb::Add, Resource::Round));
const CHANGE_ROUND: Needs = Needs::May(Action::new(Verb::Change, Resource::Round));
const ASSIGN: Needs = Needs::May(Action::new(Verb::Add, Resource::Assignment));
const HAND_OVER: Needs = Needs::May(Action::new(Verb::Change, Resource::Assignment));
const KEEP_PICTURE: Needs = Needs::May(Action::new(Verb::Add, Resource::Picture));
const READ_ANSWERS: Needs = Needs::May(Action::new(Verb::Read, Resource::Answer));
const AGREE: Needs = Needs::May(Action::new(Verb::Add, Resource::AgreedAnswer));
const READ_FINDING: Needs = Needs::May(Action::new(Verb::Read, Resource::Finding));
const JUDGE: Needs = Needs::May(Action::new(Verb::Change, Resource::Finding));
const READ_EVIDENCE: Needs = Needs::May(Action::new(Verb::Read, Resource::Evidence));
const READ_SOURCE: Needs = Needs::May(Action::new(Verb::Read, Resource::Source));
const ADD_SOURCE: Needs = Needs::May(Action::new(Verb::Add, Resource::Source));
const REMOVE_SOURCE: Needs = Needs::May(Action::new(Verb::Remove, Resource::Source));
const READ_LOG: Needs = Needs::May(Action::new(Verb::Read, Resource::Log));
const READ_NAME: Needs = Needs::May(Action::new(Verb::Read, Resource::Pseudonym));
const ASK_NAME: Needs = Needs::May(Action::new(Verb::Ask, Resource::Pseudonym));
const UNLOCK_NAME: Needs = Needs::May(Action::new(Verb::Unlock, Resource::Pseudonym));
const READ_SETTINGS: Needs = Needs::May(Action::new(Verb::Read, Resource::Settings));
const SET: Needs = Needs::May(Action::new(Verb::Change, Resource::Settings));
const FOUND: Needs = Needs::May(Action::new(Verb::Add, Resource::Organisation));
const EXPORT: Needs = Needs::May(Action::new(Verb::Export, Resource::Archive));
const READ_GRANTS: Needs = Needs::May(Action::new(Verb::Read, Resource::Grant));
const GRANT: Needs = Needs::May(Action::new(Verb::Change, Resource::Grant));
const READ_PLAN: Needs = Needs::May(Action::new(Verb::Read, Resource::Plan));
const ADD_PLAN: Needs = Needs::May(Action::new(Verb::Add, Resource::Plan));
const READ_MEASURE: Needs = Needs::May(Action::new(Verb::Read, Resource::Measure));
const ADD_MEASURE: Needs = Needs::May(Action::new(Verb::Add, Resource::Measure));
const CHANGE_MEASURE: Needs = Needs::May(Action::new(Verb::Change, Resource::Measure));
const READ_DECISION: Needs = Needs::May(Action::new(Verb::Read, Resource::Decision));
const ADD_DECISION: Needs = Needs::May(Action::new(Verb::Add, Resource::Decision));
const READ_ORGANISATION: Needs =
    Needs::May(Action::new(Verb::Read, Resource::Organisation));

/// Every route.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("/", Needs::Account, start::show),
    Route::get("/organisaties/{organisatie}", READ_ORGANISATION, organisation::show),
    Route::get("/organisaties/{organisatie}/beeld", READ_PICTURE, picture::show),
    Route::get("/organisaties/{organisatie}/vragen", READ_OWN, questions::show),
    Route::get(
        "/organisaties/{organisatie}/vragen/{toewijzing}",
        READ_OWN,
        questions::one,
    ),
    Route::post(
        "/organisaties/{organisatie}/vragen/{toewijzing}",
        ANSWER,
        questions::save,
    )
    .with_texts(),
    Route::get("/organisaties/{organisatie}/rondes", READ_ROUND, rounds::show),
    Route::post("/organisaties/{organisatie}/rondes", ADD_ROUND, rounds::add),
    Route::get("/organisaties/{organisatie}/rondes/{ronde}", READ_ROUND, round::show),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/stand",
        CHANGE_ROUND,
        round::set,
    ),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/toewijzingen",
        ASSIGN,
        round::ask,
    ),
    Route::get(
        "/organisaties/{organisatie}/rondes/{ronde}/toewijzingen/{toewijzing}",
        HAND_OVER,
        round::show_hand_over,
    ),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/toewijzingen/{toewijzing}",
        HAND_OVER,
        round::take_over,
    ),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/lijst",
        ASSIGN,
        round::ask_list,
    )
    .with_texts(),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/link",
        ASSIGN,
        round::give_link,
    ),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/beeld",
        KEEP_PICTURE,
        round::keep,
    ),
    Route::get(
        "/organisaties/{organisatie}/rondes/{ronde}/antwoorden",
        READ_ANSWERS,
        spread::show,
    ),
    Route::get(
        "/organisaties/{organisatie}/rondes/{ronde}/bijeenkomst",
        READ_ANSWERS,
        spread::meeting,
    ),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/bijeenkomst",
        AGREE,
        spread::settle,
    ),
    Route::post(
        "/organisaties/{organisatie}/rondes/{ronde}/bijeenkomst/handen",
        AGREE,
        spread::count,
    ),
    Route::get("/invullen", Needs::Nothing, fill_in::show),
    Route::post("/invullen", Needs::Nothing, fill_in::save).with_texts(),
    Route::post("/invullen/link", Needs::Nothing, fill_in::enter),
    Route::post("/invullen/stem", Needs::Nothing, fill_in::find_back),
    Route::post("/invullen/klaar", Needs::Nothing, fill_in::leave),
    Route::get("/organisaties/{organisatie}/beeld/{proces}", READ_PICTURE, process::show),
    Route::get("/organisaties/{organisatie}/signalen", READ_FINDING, signals::show),
    Route::get(
        "/organisaties/{organisatie}/signalen/{proces}/{regel}",
        READ_FINDING,
        signals::one,
    ),
    Route::get(
        "/organisaties/{organisatie}/signalen/{proces}/{regel}/cijfers.csv",
        READ_FINDING,
        signals::numbers_csv,
    ),
    Route::get(
        "/organisaties/{organisatie}/signalen/{proces}/{regel}/rijen.csv",
        READ_EVIDENCE,
        signals::rows_csv,
    ),
    Route::get(
        "/organisaties/{organisatie}/signalen/{proces}/{regel}/{bevinding}",
        READ_FINDING,
        signals::finding,
    ),
    Route::post(
        "/organisaties/{organisatie}/signalen/{proces}/{regel}/{bevinding}",
        JUDGE,
        signals::judge,
    ),
    Route::get("/organisaties/{organisatie}/bronnen", READ_SOURCE, sources::show),
    Route::post("/organisaties/{organisatie}/bronnen", ADD_SOURCE, sources::bring)
        .with_file(),
    Route::get("/organisaties/{organisatie}/bronnen/{proces}", READ_SOURCE, sources::one),
    Route::post(
        "/organisaties/{organisatie}/bronnen/{proces}",
        REMOVE_SOURCE,
        readings::remove,
    )
    .slow(),
    Route::get(
        "/organisaties/{organisatie}/bronnen/inkomend/{log}",
        ADD_SOURCE,
        incoming::show,
    )
    .slow(),
    Route::post(
        "/organisaties/{organisatie}/bronnen/inkomend/{log}",
        ADD_SOURCE,
        incoming::decide,
    )
    .with_texts()
    .slow(),
    Route::get("/organisaties/{organisatie}/logboek", READ_LOG, log::show),
    Route::post("/organisaties/{organisatie}/logboek", READ_LOG, log::check),
    Route::get("/organisaties/{organisatie}/logboek/regels", READ_LOG, own_rules::show),
    Route::get("/organisaties/{organisatie}/ontsluiten", READ_NAME, names::show),
    Route::post("/organisaties/{organisatie}/ontsluiten", ASK_NAME, names::ask),
    Route::get("/organisaties/{organisatie}/ontsluiten/{verzoek}", READ_NAME, names::one),
    Route::post(
        "/organisaties/{organisatie}/ontsluiten/{verzoek}",
        UNLOCK_NAME,
        names::judge,
    ),
    Route::post(
        "/organisaties/{organisatie}/ontsluiten/{verzoek}/naam",
        READ_NAME,
        names::see,
    ),
    Route::get("/organisaties/{organisatie}/beheer", READ_SETTINGS, management::show),
    Route::post("/organisaties/{organisatie}/beheer", SET, management::set),
    Route::post(
        "/organisaties/{organisatie}/beheer/archief",
        EXPORT,
        management::archive,
    ),
    Route::get("/organisaties/{organisatie}/beheer/erbij", FOUND, founding::show),
    Route::post("/organisaties/{organisatie}/beheer/erbij", FOUND, founding::found),
    Route::get("/organisaties/{organisatie}/beheer/mensen", READ_GRANTS, staff::show),
    Route::post("/organisaties/{organisatie}/beheer/mensen", GRANT, staff::change),
    Route::get("/organisaties/{organisatie}/plan", READ_PLAN, plan::show),
    Route::post("/organisaties/{organisatie}/plan", ADD_PLAN, plan::keep),
    Route::get("/organisaties/{organisatie}/plan/{plan}", READ_PLAN, plan::one),
    Route::post("/organisaties/{organisatie}/plan/{plan}", ADD_MEASURE, plan::take_up),
    Route::get("/organisaties/{organisatie}/maatregelen", READ_MEASURE, measures::show),
    Route::post("/organisaties/{organisatie}/maatregelen", ADD_MEASURE, measures::add),
    Route::get(
        "/organisaties/{organisatie}/maatregelen/lijst.csv",
        READ_MEASURE,
        measures::csv,
    ),
    Route::get(
        "/organisaties/{organisatie}/maatregelen/lijst.xlsx",
        READ_MEASURE,
        measures::workbook,
    ),
    Route::get(
        "/organisaties/{organisatie}/maatregelen/agenda.ics",
        READ_MEASURE,
        measures::agenda,
    ),
    Route::get(
        "/organisaties/{organisatie}/maatregelen/{maatregel}",
        READ_MEASURE,
        measures::one,
    ),
    Route::post(
        "/organisaties/{organisatie}/maatregelen/{maatregel}",
        CHANGE_MEASURE,
        measures::set,
    ),
    Route::get("/organisaties/{organisatie}/effect", READ_MEASURE, effect::show),
    Route::get("/organisaties/{organisatie}/besluiten", READ_DECISION, decisions::show),
    Route::post("/organisaties/{organisatie}/besluiten", ADD_DECISION, decisions::add),
    Route::get("/inloggen", Needs::Nothing, sign_in::show),
    Route::post("/inloggen", Needs::Nothing, sign_in::enter),
    Route::get("/inloggen/code", Needs::Code, sign_in::show_code),
    Route::post("/inloggen/code", Needs::Code, sign_in::enter_code),
    Route::get("/inloggen/organisatie", Needs::Nothing, provided::leave),
    Route::get("/inloggen/terug", Needs::Nothing, provided::arrive),
    Route::post("/uitloggen", Needs::Account, sign_in::leave),
    Route::get("/uitnodiging", Needs::Nothing, invitation::show),
    Route::post("/uitnodiging", Needs::Nothing, invitation::look_up),
    Route::get("/uitnodiging/account", Needs::Nothing, invitation::show),
    Route::post("/uitnodiging/account", Needs::Nothing, invitation::accept),
    Route::get("/account", Needs::Account, account::show),
    Route::get("/account/wachtwoord", Needs::Account, account::show_password),
    Route::post("/account/wachtwoord", Needs::Account, account::change_password),
    Route::get("/account/tokens", Needs::Account, tokens::show),
    Route::post("/account/tokens", Needs::Account, tokens::change),
    Route::get("/account/tweede-stap", Needs::Account, second_step::show),
    Route::post("/account/tweede-stap", Needs::Account, second_step::turn_on),
    Route::get("/account/tweede-stap/uit", Needs::Account, second_step::show_off),
    Route::post("/account/tweede-stap/uit", Needs::Account, second_step::turn_off),
    Route::get("/huisstijl", Needs::Account, style::show),
    Route::post("/huisstijl", Needs::Account, style::check),
    Route::get("/catalogus", Needs::Nothing, catalogue::show),
    Route::get("/catalogus/{soort}", Needs::Nothing, catalogue::kind),
    Route::get("/catalogus/{soort}/{code}", Needs::Nothing, catalogue::item),
    Route::get("/begrippen", Needs::Nothing, catalogue::terms),
    Route::get("/leren", Needs::Nothing, learn::show),
    Route::get("/leren/kaarten/{code}", Needs::Nothing, learn::card),
    Route::get("/leren/dilemmas/{code}", Needs::Nothing, learn::dilemma),
    Route::get("/hulp", Needs::Nothing, help::show),
    Route::get("/taal/{taal}", Needs::Nothing, language::choose),
    Route::get("/opmaak/{*naam}", Needs::Nothing, well_known::dress),
    Route::get("/robots.txt", Needs::Nothing, well_known::robots),
    Route::get("/.well-known/security.txt", Needs::Nothing, well_known::security),
    Route::get("/health", Needs::Nothing, well_known::health).for_anybody_who_knocks(),
];

/// Who comes, in the columns of [`table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Nobody is in.
    Visitor,
    /// Somebody is in and has no role.
    NoRole,
    /// Somebody has this role in the organisation.
    Role(Role),
    /// Somebody has this role in another organisation.
    Elsewhere(Role),
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The view speaks.
    In,
    /// To the sign-in page.
    SignIn,
    /// It is refused.
    Refused,
    /// It is, for this person, not there.
    Hidden,
}

impl Outcome {
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::In => "x",
            Self::SignIn => "in",
            Self::Refused => ".",
            Self::Hidden => "-",
        }
    }
}

impl Caller {
    pub(crate) fn all() -> Vec<Self> {
        let roles = Role::ALL.iter().map(|role| Self::Role(*role));
        let beside = [Self::Visitor, Self::NoRole];
        let elsewhere = [Self::Elsewhere(Role::Administrator)];
        beside.into_iter().chain(roles).chain(elsewhere).collect()
    }

    pub(crate) fn title(self) -> String {
        match self {
            Self::Visitor => "visitor".to_owned(),
            Self::NoRole => "no-role".to_owned(),
            Self::Role(role) => role.code().to_owned(),
            Self::Elsewhere(role) => format!("{}-elsewhere", role.code()),
        }
    }
}

impl Route {
    /// What the table says becomes of a caller. The gate judges by itself; a test holds the
    /// two together.
    pub(crate) fn outcome(&self, caller: Caller) -> Outcome {
        match (self.needs, caller) {
            (Needs::Code, _) | (Needs::Account | Needs::May(_), Caller::Visitor) => {
                Outcome::SignIn
            }
            (Needs::Nothing | Needs::Account, _) => Outcome::In,
            (Needs::May(_), Caller::NoRole | Caller::Elsewhere(_)) => Outcome::Hidden,
            (Needs::May(action), Caller::Role(role)) => {
                let grants = [Grant::organisation(role, "here")];
                if allowed(&grants, action, &Place::of("here")) {
                    Outcome::In
                } else {
                    Outcome::Refused
                }
            }
        }
    }
}

/// The routes as text: one line a route, one column a caller. `x` is let in, `.` is refused,
/// `in` is sent to the sign-in page, `-` is told that there is no such page.
pub fn table() -> String {
    let callers = Caller::all();
    let width = ROUTES.iter().map(|route| route.path.len()).max().unwrap_or_default();
    let mut text = format!("{:<5}{:<width$}  {:<20}", "", "", "needs");
    for caller in &callers {
        // writing to a string cannot fail
        write!(text, "  {}", caller.title()).unwrap_or_default();
    }
    text.push('\n');
    for route in ROUTES {
        let needs = match route.needs {
            Needs::Nothing => "nothing".to_owned(),
            Needs::Code => "a code".to_owned(),
            Needs::Account => "an account".to_owned(),
            Needs::May(action) => action.to_string(),
        };
        let method = route.method.method();
        let mut row =
            format!("{:<5}{:<width$}  {needs:<20}", method.as_str(), route.path);
        for caller in &callers {
            let (mark, wide) = (route.outcome(*caller).mark(), caller.title().len());
            write!(row, "  {mark:<wide$}").unwrap_or_default();
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
