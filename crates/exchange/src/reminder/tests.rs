use super::*;
use jiff::civil::date;
use mail_parser::MessageParser;
use model::Moment;

fn about(lang: Lang) -> About {
    // 24 November 2026, 09:00 UTC
    let made_at = Moment::at(1_795_510_800_000_000);
    About { organisation: "Gemeente Waterdrecht".to_owned(), made_at, lang }
}

fn closing() -> Closing {
    Closing {
        id: "7".to_owned(),
        title: "Zelfscan najaar 2026".to_owned(),
        closes_on: date(2026, 12, 4),
        sender: (
            "Coördinator weerbaarheid".to_owned(),
            "weerbaar@waterdrecht.example".to_owned(),
        ),
        link: "https://scan.waterdrecht.example/r/7".to_owned(),
    }
}

fn reminded() -> Vec<Reminded> {
    let open = |process: &str, questions: &[&str]| Open {
        process: process.to_owned(),
        questions: questions.iter().map(|one| (*one).to_owned()).collect(),
    };
    vec![
        Reminded {
            id: "r1".to_owned(),
            name: "Zoë de Vries".to_owned(),
            address: Some("zoe@waterdrecht.example".to_owned()),
            open: vec![
                open(
                    "Vergunningen",
                    &["Kijkt er altijd een tweede mee?", "Wie mag wat?"],
                ),
                open("Betalingen", &["Bel je terug bij een nieuw rekeningnummer?"]),
            ],
        },
        Reminded {
            id: "r2".to_owned(),
            name: String::new(),
            address: None,
            open: vec![open(
                "Betalingen",
                &["Bel je terug bij een nieuw rekeningnummer?"],
            )],
        },
        Reminded {
            id: "r3".to_owned(),
            name: "Klaar".to_owned(),
            address: None,
            open: vec![open("Betalingen", &[])],
        },
    ]
}

#[test]
fn each_respondent_with_something_open_gets_one_mail_that_another_program_reads() {
    let mails = mails(&closing(), &reminded(), &about(Lang::Nl)).expect("mails");
    let files: Vec<&str> = mails.iter().map(|mail| mail.file.as_str()).collect();
    assert_eq!(files, ["7-r1.eml", "7-r2.eml"], "who is done gets none");
    let message = MessageParser::new().parse(&mails[0].bytes).expect("a message");
    let to = message.to().and_then(|to| to.first()).expect("a recipient");
    assert_eq!(to.address(), Some("zoe@waterdrecht.example"));
    assert_eq!(to.name(), Some("Zoë de Vries"));
    let from = message.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!(from.name(), Some("Coördinator weerbaarheid"));
    assert_eq!(message.subject(), Some("Herinnering: Zelfscan najaar 2026"));
    let date = message.date().expect("a date").to_rfc3339();
    assert_eq!(date, "2026-11-24T09:00:00Z");
    let text = message.body_text(0).expect("a text").replace("\r\n", "\n");
    assert_eq!(
        text.trim_end(),
        "Beste Zoë de Vries,\n\n\
         De vragen van ‘Zelfscan najaar 2026’ van Gemeente Waterdrecht sluiten na 4 december 2026. \
         Bij jou staan nog 3 vragen open.\n\n\
         Vergunningen:\n- Kijkt er altijd een tweede mee?\n- Wie mag wat?\n\n\
         Betalingen:\n- Bel je terug bij een nieuw rekeningnummer?\n\n\
         Je antwoordt hier: https://scan.waterdrecht.example/r/7\n\
         Weet je iets niet? Kies dan ‘weet ik niet’. Ook dat helpt.\n\
         Noem in je antwoorden geen namen van mensen.\n\n\
         Coördinator weerbaarheid"
    );
}

#[test]
fn without_an_address_the_mail_is_a_draft_without_a_recipient() {
    let mails = mails(&closing(), &reminded(), &about(Lang::En)).expect("mails");
    let message = MessageParser::new().parse(&mails[1].bytes).expect("a message");
    assert!(message.to().is_none());
    assert_eq!(message.header_raw("X-Unsent").map(str::trim), Some("1"));
    assert!(message.body_text(0).expect("a text").starts_with("Hello,"));
}

#[test]
fn the_same_round_gives_the_same_bytes() {
    let made = || mails(&closing(), &reminded(), &about(Lang::Nl)).expect("mails");
    assert_eq!(made(), made());
}

#[test]
fn every_line_of_a_mail_is_short_and_ends_as_the_standard_asks() {
    let mut long = reminded();
    long[0].open[0].questions.push("Zie je ".repeat(200));
    for mail in mails(&closing(), &long, &about(Lang::Nl)).expect("mails") {
        let text = String::from_utf8(mail.bytes).expect("only ASCII or UTF-8");
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
        for line in text.split("\r\n") {
            assert!(line.len() <= 998, "{} octets", line.len());
        }
    }
}

#[test]
fn nothing_that_somebody_typed_becomes_a_head_of_the_mail() {
    let mut closing = closing();
    closing.title = "Ronde\r\nBcc: everyone@example.org\r\n\r\nHallo".to_owned();
    closing.sender.0 = "Naam\r\nCc: everyone@example.org".to_owned();
    let mut reminded = reminded();
    reminded[0].name = "\"Zoë\" <x@example.org>\r\nBcc: y@example.org".to_owned();
    for mail in mails(&closing, &reminded, &about(Lang::Nl)).expect("mails") {
        let message = MessageParser::new().parse(&mail.bytes).expect("a message");
        assert!(message.cc().is_none() && message.bcc().is_none());
        let known = [
            "From",
            "Subject",
            "Date",
            "Message-ID",
            "X-Unsent",
            "To",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ];
        for header in message.headers() {
            assert!(known.contains(&header.name()), "{}", header.name());
        }
        let to = message.to().map_or(0, |to| to.iter().count());
        assert!(to <= 1, "one recipient at most");
    }
}

#[test]
fn an_address_that_is_none_is_told_and_no_mail_is_made() {
    for bad in
        ["", "zoe", "zoe@", "@x", "a@b@c", "a b@c", "a@b>", "a@b,c@d", "a@b\r\nBcc: x@y"]
    {
        let mut reminded = reminded();
        reminded[0].address = Some(bad.to_owned());
        reminded[1].id = "r1".to_owned();
        let faults = mails(&closing(), &reminded, &about(Lang::Nl)).unwrap_err();
        assert_eq!(faults.len(), 2, "{bad:?}: {faults:?}");
        assert!(
            faults[0].starts_with(&format!("the address `{bad}` of r1")),
            "{faults:?}"
        );
    }
}

#[test]
fn the_closing_day_stands_in_a_calendar_and_names_nobody() {
    let text = calendar(&closing(), &reminded(), &about(Lang::Nl));
    let calendar: icalendar::Calendar = text.parse().expect("a calendar");
    assert_eq!(calendar.components.len(), 1);
    let event = calendar.components[0].as_event().expect("an event");
    assert_eq!(event.get_summary(), Some("Ronde sluit: Zelfscan najaar 2026"));
    assert_eq!(event.get_description(), Some("2 deelnemers hebben nog vragen open."));
    assert!(text.contains("DTSTART;VALUE=DATE:20261204\r\n"), "{text}");
    assert!(!text.contains("Zoë") && !text.contains("zoe@"), "{text}");
}
