//! Tokens with which a program of somebody reaches the API: what they are for, until when, and the
//! secret once.

use super::start::own;
use super::words::date_fault;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::gate::lacks_second_step;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, button, deed, form, heading, lead,
    link, paragraph, table,
};
use crate::visit::Visit;
use accounts::{Scope, Token};
use jiff::{Timestamp, ToSpan as _};
use maud::{Markup, html};
use model::{Date, Lang, Moment};
use reports::numbers;
use std::collections::BTreeSet;

const HERE: &str = "/account/tokens";

/// The longest life of a token, in days.
const LONGEST: i64 = 365;

/// What a token may be for: what is sent, what that covers.
const USES: [(&str, &[Scope]); 4] = [
    ("lezen", &[Scope::Read]),
    ("schrijven", &[Scope::Read, Scope::Write]),
    ("bewijs", &[Scope::Read, Scope::Evidence]),
    ("alles", &[Scope::Read, Scope::Write, Scope::Evidence]),
];

fn use_title(lang: Lang, code: &str) -> &'static str {
    match code {
        "lezen" => lang.pick("Lezen", "Reading"),
        "schrijven" => lang.pick("Lezen en schrijven", "Reading and writing"),
        "bewijs" => lang.pick(
            "Lezen, ook bewijsrijen en het logboek",
            "Reading, rows of evidence and the log too",
        ),
        _ => lang.pick(
            "Lezen en schrijven, ook bewijsrijen en het logboek",
            "Reading and writing, rows of evidence and the log too",
        ),
    }
}

fn title(visit: &Visit) -> &'static str {
    visit.lang.pick("Tokens voor programma's", "Tokens for programs")
}

/// `GET /account/tokens`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &Faults::default(), None)
}

fn page(visit: &Visit, faults: &Faults, made: Option<&Markup>) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let tokens = visit.state.accounts.tokens(&visit.person()?.user)?;
    let content = html! {
        p class="nl-paragraph" { (link("/account", lang.pick("Mijn account", "My account"))) }
        (heading(1, title(visit)))
        (lead(lang.pick(
            "Met een token haalt een programma gegevens op zonder dat jij inlogt, bijvoorbeeld voor een dashboard. Het mag nooit meer dan jij.",
            "With a token a program fetches data without you signing in, for a dashboard for instance. It may never do more than you.",
        )))
        p class="nl-paragraph" {
            (lang.pick("Wat een programma kan vragen, staat in ", "What a program can ask stands in "))
            a class="nl-link" href="/api/v1/openapi.json" { (lang.pick("de beschrijving van de API", "the description of the API")) }
            "."
        }
        @if visit.query.get("gelukt") == "weg" {
            (alert(Mood::Done, &paragraph(lang.pick("Het token werkt niet meer.", "The token works no more."))))
        }
        @if let Some(made) = made { (made) }
        @if tokens.is_empty() {
            (paragraph(lang.pick("Je hebt geen tokens.", "You have no tokens.")))
        } @else {
            (list(visit, &tokens))
        }
        (make_form(visit, faults)?)
    };
    Ok(Answer::form(title(visit), content, faults))
}

fn list(visit: &Visit, tokens: &[Token]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Naam", "Name")),
        Column::text(lang.pick("Waarvoor", "What for")),
        Column::text(lang.pick("Organisatie", "Organisation")),
        Column::text(lang.pick("Tot en met", "Until")),
        Column::text(lang.pick("Laatst gebruikt", "Last used")),
        Column::text(lang.pick("Intrekken", "Withdraw")),
    ];
    let rows: Vec<Vec<Markup>> = tokens
        .iter()
        .map(|token| {
            let day = |at: Timestamp| {
                numbers::day(Moment::at(at.as_microsecond()), lang)
            };
            let known = USES.into_iter().find(|(_, scopes)| {
                token.scopes == scopes.iter().copied().collect::<BTreeSet<_>>()
            });
            let scopes: Vec<&str> = token.scopes.iter().map(|one| one.code()).collect();
            let scopes = known.map_or_else(
                || scopes.join(", "),
                |(code, _)| use_title(lang, code).to_owned(),
            );
            let all = lang.pick("alle", "all");
            let never = lang.pick("nooit", "never");
            vec![
                html! { (token.title) },
                html! { (scopes) },
                html! { (token.organisation.as_deref().unwrap_or(all)) },
                html! {
                    (day(token.ends_at))
                    @if token.ends_at <= visit.now { " (" (lang.pick("verlopen", "expired")) ")" }
                },
                html! { (token.used_at.map_or_else(|| never.to_owned(), day)) },
                deed(visit, HERE, ("weg", &token.id.to_string()), lang.pick("Trek in", "Withdraw")),
            ]
        })
        .collect();
    let caption =
        lang.pick("Je tokens, het nieuwste eerst", "Your tokens, the newest first");
    table("tokens", caption, &columns, &rows)
}

fn make_form(visit: &Visit, faults: &Faults) -> Result<Markup, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let uses = USES.map(|(value, _)| Choice { value, label: use_title(lang, value) });
    let own = own(visit)?;
    let all = lang.pick("Alle waarin ik een rol heb", "All in which I have a role");
    let mut organisations = vec![Choice { value: "", label: all }];
    organisations.extend(
        own.iter()
            .map(|kept| Choice { value: &kept.organisation, label: &kept.entry.title }),
    );
    let usual = visit.today().checked_add(90.days()).unwrap_or(visit.today()).to_string();
    // what was sent stays only where it has to be mended
    let of = |name| if faults.is_empty() { "" } else { fields.trimmed(name) };
    let until = if faults.is_empty() { usual.as_str() } else { of("einde") };
    let all = [
        Field::new(
            "titel",
            lang.pick("Naam van het token", "Name of the token"),
            Kind::Line,
        )
        .with_help(lang.pick(
            "Bijvoorbeeld: dashboard van de controller.",
            "For instance: dashboard of the controller.",
        ))
        .with_value(of("titel")),
        Field::new("waarvoor", lang.pick("Waarvoor?", "What for?"), Kind::Radio(&uses))
            .with_value(of("waarvoor")),
        Field::new(
            "organisatie",
            lang.pick("Voor welke organisatie?", "For which organisation?"),
            Kind::Select(&organisations),
        )
        .with_value(of("organisatie")),
        Field::new("einde", lang.pick("Werkt tot en met", "Works until"), Kind::Date)
            .with_help(lang.pick("Hoogstens een jaar.", "A year at most."))
            .with_value(until),
    ];
    Ok(html! {
        (heading(2, lang.pick("Nieuw token", "New token")))
        (form(visit, HERE, faults, &all, &button(lang.pick("Maak het token", "Make the token"))))
    })
}

/// The last moment of a day at the office.
fn end_of(day: Date) -> Option<Timestamp> {
    let (micros, _) = model::time::from_local(day.at(23, 59, 59, 0))?;
    Timestamp::from_microsecond(micros).ok()
}

/// What was filled in, as a token.
fn read(visit: &Visit) -> Result<Result<Token, Faults>, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut faults = Faults::default();
    let title = fields.trimmed("titel");
    if title.is_empty() || title.chars().count() > 100 {
        let text = lang.pick(
            "Geef het token een naam van hoogstens 100 tekens",
            "Give the token a name of at most 100 characters",
        );
        faults.add("titel", text);
    }
    let chosen = USES.into_iter().find(|(code, _)| *code == fields.get("waarvoor"));
    if chosen.is_none() {
        faults.add(
            "waarvoor",
            lang.pick("Kies waarvoor het token is", "Choose what the token is for"),
        );
    }
    let wanted = fields.get("organisatie");
    let is_known =
        wanted.is_empty() || own(visit)?.iter().any(|kept| kept.organisation == wanted);
    if !is_known {
        faults.add(
            "organisatie",
            lang.pick("Kies een organisatie", "Choose an organisation"),
        );
    }
    let day: Option<Date> = fields.trimmed("einde").parse().ok();
    let last = visit.today().checked_add(LONGEST.days()).unwrap_or(visit.today());
    match day {
        None => faults.add("einde", date_fault(lang)),
        Some(day) if day < visit.today() || day > last => faults.add(
            "einde",
            lang.pick(
                "Kies een dag van nu tot over een jaar",
                "Choose a day from now until a year from now",
            ),
        ),
        Some(_) => {}
    }
    let (Some((_, scopes)), Some(ends_at), true) =
        (chosen, day.and_then(end_of), faults.is_empty())
    else {
        return Ok(Err(faults));
    };
    Ok(Ok(Token {
        id: 0,
        title: title.to_owned(),
        scopes: scopes.iter().copied().collect(),
        organisation: (!wanted.is_empty()).then(|| wanted.to_owned()),
        ends_at,
        used_at: None,
    }))
}

/// `POST /account/tokens`: makes a token, and shows it once, or withdraws one
pub(crate) fn change(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, user) = (visit.lang, &visit.person()?.user);
    if let Ok(id) = visit.fields.get("weg").parse() {
        let was_there = visit.state.accounts.end_token(user, id, visit.now)?;
        let done = Answer::see(format!("{HERE}?gelukt=weg"));
        return if was_there { Ok(done) } else { Err(Fault::NotFound) };
    }
    // a token must not be a way round the second step
    if lacks_second_step(visit)? {
        return Err(Fault::SecondStep);
    }
    let token = match read(visit)? {
        Ok(token) => token,
        Err(faults) => return page(visit, &faults, None),
    };
    let secret = visit.state.accounts.make_token(user, &token, visit.now)?;
    let made = alert(
        Mood::Done,
        &html! {
            h2 class="nl-heading nl-heading--level-2" { (lang.pick("Je token", "Your token")) }
            (paragraph(lang.pick(
                "Kopieer het nu: het wordt nergens bewaard. Stuur het mee als Authorization: Bearer, gevolgd door het token.",
                "Copy it now: it is kept nowhere. Send it along as Authorization: Bearer, followed by the token.",
            )))
            p class="nl-paragraph dw-break" { code class="dw-code" { (secret.reveal()) } }
        },
    );
    page(visit, &Faults::default(), Some(&made))
}
