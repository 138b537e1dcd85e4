//! All parts on one page: for whoever makes a theme for an organisation, and for the tests of
//! accessibility. Nothing that is filled in here is kept.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badge, badges, button, data_list,
    form, heading, lead, link, paragraph, table,
};
use crate::visit::Visit;
use maud::{Markup, html};

/// `GET /huisstijl`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    Ok(Answer::page(title(visit), page(visit, &Faults::default())))
}

/// `POST /huisstijl`: every field that is empty is told, and nothing else happens
pub(crate) fn check(visit: &Visit) -> Result<Answer, Fault> {
    let text = visit.lang.pick("Vul dit veld in", "Fill in this field");
    let mut faults = Faults::default();
    for field in fields(visit).iter().filter(|field| !field.is_optional) {
        if field.value.is_empty() {
            faults.add(field.name, format!("{text}: {}", field.label));
        }
    }
    if faults.is_empty() {
        return show(visit);
    }
    Ok(Answer::faulty(title(visit), page(visit, &faults)))
}

fn title(visit: &Visit) -> &'static str {
    visit.lang.pick("Proefpagina voor de huisstijl", "Test page for the house style")
}

fn page(visit: &Visit, faults: &Faults) -> Markup {
    let lang = visit.lang;
    html! {
        (heading(1, title(visit)))
        (lead(lang.pick(
            "Hier staan alle onderdelen van de pagina's bij elkaar. Zo zie je of een eigen huisstijl overal past.",
            "Here all parts of the pages stand together. So you see whether a house style of your own fits everywhere.",
        )))
        (heading(2, lang.pick("Teksten", "Texts")))
        p class="nl-paragraph dw-text" {
            (lang.pick("Een alinea met ", "A paragraph with "))
            (link("/hulp", lang.pick("een koppeling", "a link")))
            (lang.pick(" erin.", " in it."))
        }
        (heading(3, lang.pick("Een kop van niveau 3", "A heading of level 3")))
        (paragraph(lang.pick("Nog een alinea.", "Another paragraph.")))
        (heading(2, lang.pick("Meldingen", "Messages")))
        (alert(Mood::Info, &paragraph(lang.pick("Goed om te weten.", "Good to know."))))
        (alert(Mood::Done, &paragraph(lang.pick("Het is gelukt.", "It is done."))))
        (alert(Mood::Fault, &paragraph(lang.pick("Hier klopt iets niet.", "Something is not right here."))))
        (heading(2, lang.pick("Gegevens", "Data")))
        (data_list(&[
            (lang.pick("Proces", "Process"), html! { (lang.pick("Vergunningen", "Permits")) }),
            (lang.pick("Stand", "State"), badge(lang.pick("in behandeling", "in hand"))),
            (lang.pick("Rollen", "Roles"), badges([lang.pick("lezer", "reader"), "auditor"])),
        ]))
        (rows(visit))
        (heading(2, lang.pick("Formulier", "Form")))
        (form(visit, "/huisstijl", faults, &fields(visit), &button(lang.pick("Controleren", "Check"))))
    }
}

fn rows(visit: &Visit) -> Markup {
    let lang = visit.lang;
    let columns = [
        (lang.pick("Proces", "Process"), false),
        (lang.pick("Zaken", "Cases"), true),
        (lang.pick("Aandeel", "Share"), true),
        (lang.pick("Opmerking", "Remark"), false),
    ]
    .map(|(title, is_number)| Column { title, is_number });
    let row = |process: &str, cases: &str, share: &str, remark: &str| {
        [process, cases, share, remark].map(|cell| html! { (cell) }).to_vec()
    };
    let rows = [
        row(
            lang.pick("Vergunningen", "Permits"),
            lang.pick("1.040", "1,040"),
            lang.pick("80,2%", "80.2%"),
            lang.pick(
                "Dezelfde persoon deed beide stappen",
                "One person took both steps",
            ),
        ),
        row(lang.pick("Subsidies", "Subsidies"), "96", lang.pick("4,5%", "4.5%"), "–"),
    ];
    table(
        "proef",
        lang.pick("Een tabel met cijfers", "A table with figures"),
        &columns,
        &rows,
    )
}

fn fields(visit: &Visit) -> [Field<'_>; 5] {
    let lang = visit.lang;
    let levels: &[Choice<'_>] = lang.pick(
        &[
            Choice { value: "0", label: "Nee" },
            Choice { value: "3", label: "Ja, altijd" },
            Choice { value: "unknown", label: "Dat weet ik niet" },
        ],
        &[
            Choice { value: "0", label: "No" },
            Choice { value: "3", label: "Yes, always" },
            Choice { value: "unknown", label: "I do not know" },
        ],
    );
    let processes: &[Choice<'_>] = lang.pick(
        &[
            Choice { value: "", label: "Kies een proces" },
            Choice { value: "permits", label: "Vergunningen" },
            Choice { value: "subsidies", label: "Subsidies" },
        ],
        &[
            Choice { value: "", label: "Choose a process" },
            Choice { value: "permits", label: "Permits" },
            Choice { value: "subsidies", label: "Subsidies" },
        ],
    );
    let field = |name, label, help, kind| Field {
        name,
        label,
        help,
        value: visit.fields.get(name),
        kind,
        is_optional: false,
        autocomplete: "off",
    };
    [
        field("regel", lang.pick("Een regel tekst", "A line of text"), "", Kind::Line),
        field(
            "keuze",
            lang.pick(
                "Kijkt altijd een tweede persoon mee?",
                "Does a second person always look?",
            ),
            lang.pick("Kies wat meestal gebeurt.", "Choose what usually happens."),
            Kind::Radio(levels),
        ),
        field("proces", lang.pick("Proces", "Process"), "", Kind::Select(processes)),
        Field {
            is_optional: true,
            ..field(
                "toelichting",
                lang.pick("Toelichting", "Explanation"),
                lang.pick("Noem geen namen van personen.", "Name no persons."),
                Kind::Text,
            )
        },
        field("code", lang.pick("Een code", "A code"), "", Kind::Code),
    ]
}
