//! Help: the same page for everybody, reached from the same place on every page.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{heading, lead, paragraph};
use crate::visit::Visit;
use maud::html;

/// `GET /hulp`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let title = lang.pick("Hulp", "Help");
    let questions = [
        (
            lang.pick("Ik kan niet inloggen", "I cannot sign in"),
            lang.pick(
                "Controleer je accountnaam en je wachtwoord. Na een paar verkeerde pogingen moet je even wachten; op de pagina staat hoe lang. Je account wordt nooit geblokkeerd. Wachtwoord kwijt? Vraag de beheerder om een nieuwe uitnodiging.",
                "Check your account name and your password. After a few wrong attempts you have to wait a while; the page says how long. Your account is never blocked. Lost your password? Ask the administrator for a new invitation.",
            ),
        ),
        (
            lang.pick("Mijn telefoon met de app is weg", "My telephone with the app is gone"),
            lang.pick(
                "Log in met een van je herstelcodes en stel daarna je nieuwe telefoon in. Geen herstelcodes meer? Vraag de beheerder om een nieuwe uitnodiging.",
                "Sign in with one of your recovery codes and then set up your new telephone. No recovery codes left? Ask the administrator for a new invitation.",
            ),
        ),
        (
            lang.pick("Ik zie een pagina niet die een collega wel ziet", "I do not see a page that a colleague sees"),
            lang.pick(
                "Wat je ziet hangt af van je rol. Vraag de beheerder om de rol die bij je werk hoort.",
                "What you see depends on your role. Ask the administrator for the role that goes with your work.",
            ),
        ),
        (
            lang.pick("Mijn sessie verloopt", "My session expires"),
            lang.pick(
                "Na een half uur zonder iets te doen, en na tien uur in elk geval, log je opnieuw in. Bewaar je werk voordat je weggaat.",
                "After half an hour of doing nothing, and after ten hours in any case, you sign in anew. Save your work before you go.",
            ),
        ),
    ];
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Antwoorden op vragen die vaak gesteld worden, en wie je verder helpt.",
            "Answers to questions that are often asked, and who helps you further.",
        )))
        @for (question, answer) in questions {
            (heading(2, question))
            (paragraph(answer))
        }
        (heading(2, lang.pick("Wie helpt je verder", "Who helps you further")))
        @match &visit.state.settings.help {
            Some(contact) => (paragraph(contact)),
            None => (paragraph(lang.pick(
                "Vraag het de beheerder van Dijkwacht in je organisatie.",
                "Ask the administrator of Dijkwacht in your organisation.",
            ))),
        }
    };
    Ok(Answer::page(title, content))
}
