//! The mails: text only, to one respondent each.

use super::{Closing, Reminded};
use crate::calendar::{About, one_text, plain};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date as Sent;
use mail_builder::headers::raw::Raw;
use model::Lang;
use model::lang::month;
use std::collections::BTreeSet;

/// A mail as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The name of the file, ending in `.eml`.
    pub file: String,
    /// The message.
    pub bytes: Vec<u8>,
}

/// A mail for each respondent who has a question open, in the order given. A mail without an
/// address is a draft to which the sender adds one.
///
/// # Errors
/// Each address that cannot be one, and respondents whose files would have the same name; no
/// mail is made then.
pub fn mails(
    closing: &Closing,
    reminded: &[Reminded],
    about: &About,
) -> Result<Vec<Mail>, Vec<String>> {
    let waiting: Vec<&Reminded> = reminded.iter().filter(|one| one.count() > 0).collect();
    let mut faults = Vec::new();
    let addresses =
        waiting.iter().filter_map(|one| Some((&one.id, one.address.as_ref()?)));
    let sender = "the sender".to_owned();
    for (id, address) in [(&sender, &closing.sender.1)].into_iter().chain(addresses) {
        if !is_address(address) {
            faults.push(format!(
                "the address `{address}` of {id} is none; expected `name@organisation.nl`"
            ));
        }
    }
    let mut files = BTreeSet::new();
    for one in &waiting {
        if !files.insert(file_name(closing, one)) {
            faults.push(format!(
                "two respondents are called `{}`; give each a name of its own",
                one.id
            ));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(waiting.into_iter().map(|one| mail(closing, one, about)).collect())
}

fn file_name(closing: &Closing, one: &Reminded) -> String {
    format!("{}-{}.eml", plain(&closing.id), plain(&one.id))
}

/// Whether a text can stand as an address: one `@` with something on both sides, and nothing
/// that would end the address or begin another.
fn is_address(text: &str) -> bool {
    let bad = |sign: char| {
        sign.is_control() || sign.is_whitespace() || "<>()[],;:\\\"".contains(sign)
    };
    match text.split_once('@') {
        Some((name, host)) => {
            !name.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !text.contains(bad)
        }
        None => false,
    }
}

fn mail(closing: &Closing, one: &Reminded, about: &About) -> Mail {
    let lang = about.lang;
    let subject = match lang {
        Lang::Nl => format!("Herinnering: {}", closing.title),
        Lang::En => format!("Reminder: {}", closing.title),
    };
    let subject = one_line(&subject);
    let host = format!("{}.dijkwacht", plain(&about.organisation));
    let round = plain(&closing.id);
    let id = format!("{round}.{}.{}@{host}", plain(&one.id), about.made_at.micros);
    let sender = closing.sender.0.trim();
    let name = (!sender.is_empty()).then(|| one_line(sender));
    let mut message = MessageBuilder::new()
        .from(Address::new_address(name, closing.sender.1.clone()))
        .subject(subject)
        .date(Sent::new(about.made_at.micros.div_euclid(1_000_000)))
        .message_id(id)
        // mail programs open such a file to be sent, not as one that came in
        .header("X-Unsent", Raw::new("1"))
        .text_body(body(closing, one, about));
    if let Some(address) = &one.address {
        let name = one.name.trim();
        let name = (!name.is_empty()).then(|| one_line(name));
        message = message.to(Address::new_address(name, address.clone()));
    }
    let mut bytes = Vec::new();
    message.serialize(&mut bytes);
    Mail { file: file_name(closing, one), bytes }
}

fn one_line(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// The text, without anything about the answers of others.
fn body(closing: &Closing, one: &Reminded, about: &About) -> String {
    let lang = about.lang;
    let name = one_line(one.name.trim());
    let hello = match (lang, name.as_str()) {
        (Lang::Nl, "") => "Hallo,".to_owned(),
        (Lang::En, "") => "Hello,".to_owned(),
        (Lang::Nl, name) => format!("Beste {name},"),
        (Lang::En, name) => format!("Dear {name},"),
    };
    let date = closing.closes_on;
    let day = format!("{} {} {}", date.day(), month(date, lang), date.year());
    let (title, organisation) = (one_line(&closing.title), one_line(&about.organisation));
    let open = match (lang, one.count()) {
        (Lang::Nl, 1) => "Bij jou staat nog 1 vraag open.".to_owned(),
        (Lang::Nl, many) => format!("Bij jou staan nog {many} vragen open."),
        (Lang::En, 1) => "You have 1 question open.".to_owned(),
        (Lang::En, many) => format!("You have {many} questions open."),
    };
    let closes = match lang {
        Lang::Nl => {
            format!("De vragen van ‘{title}’ van {organisation} sluiten na {day}.")
        }
        Lang::En => {
            format!("The questions of ‘{title}’ of {organisation} close after {day}.")
        }
    };
    let mut lines = vec![hello, String::new(), format!("{closes} {open}")];
    for open in one.open.iter().filter(|open| !open.questions.is_empty()) {
        lines.extend([String::new(), format!("{}:", one_line(&open.process))]);
        lines.extend(
            open.questions.iter().map(|question| format!("- {}", one_line(question))),
        );
    }
    lines.push(String::new());
    if !closing.link.is_empty() {
        let link = one_line(&closing.link);
        lines.push(format!(
            "{}: {link}",
            lang.pick("Je antwoordt hier", "You answer here")
        ));
    }
    lines.push(lang.pick(
        "Weet je iets niet? Kies dan ‘weet ik niet’. Ook dat helpt.",
        "Is there something you do not know? Then choose ‘don't know’. That helps too.",
    ).to_owned());
    lines.push(
        lang.pick(
            "Noem in je antwoorden geen namen van mensen.",
            "Give no names of people in your answers.",
        )
        .to_owned(),
    );
    if !closing.sender.0.trim().is_empty() {
        lines.extend([String::new(), one_line(closing.sender.0.trim())]);
    }
    one_text(&lines.join("\n"))
}
