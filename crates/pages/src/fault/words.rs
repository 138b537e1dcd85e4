//! What the page of a fault says: what happened, and what to do now.

use super::Fault;
use model::Lang;

/// The words of a page.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) what: String,
    /// What somebody can do now.
    pub(super) next: &'static str,
}

impl Words {
    pub(super) fn of(fault: &Fault, lang: Lang) -> Self {
        match fault {
            Fault::NotFound | Fault::SignIn | Fault::SecondStep => not_found(lang),
            Fault::Forbidden => forbidden(lang),
            Fault::Told(sentences) => told(lang, sentences),
            Fault::Stray => stray(lang),
            Fault::Unreadable | Fault::Kind | Fault::Host | Fault::Method => {
                unreadable(lang, fault)
            }
            Fault::TooLarge(bytes) => too_large(lang, *bytes),
            Fault::TooMany(seconds) => too_many(lang, *seconds),
            Fault::Slow => slow(lang),
            Fault::Broken(_) => broken(lang),
            Fault::Elsewhere(_) => elsewhere(lang),
        }
    }

    fn new(title: &'static str, what: &str, next: &'static str) -> Self {
        Self { title, what: what.to_owned(), next }
    }
}

fn not_found(lang: Lang) -> Words {
    Words::new(
        lang.pick("Deze pagina bestaat niet", "This page does not exist"),
        lang.pick(
            "Misschien klopt het adres niet, of is de pagina weggehaald. Het kan ook dat deze pagina bij een organisatie hoort waar je geen rol hebt.",
            "Perhaps the address is not right, or the page was taken away. It may also belong to an organisation in which you have no role.",
        ),
        lang.pick("Begin opnieuw op de startpagina.", "Begin again at the start page."),
    )
}

fn forbidden(lang: Lang) -> Words {
    Words::new(
        lang.pick("Je mag deze pagina niet zien", "You may not see this page"),
        lang.pick(
            "Je bent ingelogd, maar je rol geeft hier geen toegang.",
            "You are signed in, but your role gives no access here.",
        ),
        lang.pick(
            "Heb je deze pagina nodig voor je werk? Vraag de beheerder om de rol die erbij hoort.",
            "Do you need this page for your work? Ask the administrator for the role that goes with it.",
        ),
    )
}

fn told(lang: Lang, sentences: &[String]) -> Words {
    Words {
        title: lang.pick("Dit kan nu niet", "This cannot be done now"),
        what: sentences.join(" "),
        next: lang.pick(
            "Ga terug, pas aan wat hierboven staat, en probeer het nog een keer. Er is niets veranderd.",
            "Go back, change what stands above, and try once more. Nothing was changed.",
        ),
    }
}

fn stray(lang: Lang) -> Words {
    Words::new(
        lang.pick("Dit formulier is verlopen", "This form has expired"),
        lang.pick(
            "Het formulier hoort niet meer bij deze sessie. Daarom is er niets veranderd.",
            "The form no longer belongs to this session. Therefore nothing was changed.",
        ),
        lang.pick(
            "Open de pagina opnieuw en vul het formulier nog een keer in.",
            "Open the page anew and fill in the form once more.",
        ),
    )
}

fn unreadable(lang: Lang, fault: &Fault) -> Words {
    let what = match fault {
        Fault::Host => lang.pick(
            "Het verzoek noemt een ander adres dan dat van deze installatie.",
            "The request names another address than that of this installation.",
        ),
        Fault::Method => lang.pick(
            "Deze pagina kan niet op deze manier worden opgevraagd.",
            "This page cannot be asked for in this way.",
        ),
        _ => lang.pick(
            "Wat je browser stuurde, heeft een andere vorm dan deze pagina verwacht. Er is niets veranderd.",
            "What your browser sent has another form than this page expects. Nothing was changed.",
        ),
    };
    Words::new(
        lang.pick("Dit verzoek is niet te lezen", "This request cannot be read"),
        what,
        lang.pick("Begin opnieuw op de startpagina.", "Begin again at the start page."),
    )
}

fn too_large(lang: Lang, bytes: usize) -> Words {
    let most = lang.pick("Deze pagina neemt hoogstens", "This page takes at most");
    Words {
        title: lang.pick("Wat je stuurde is te groot", "What you sent is too large"),
        what: format!("{most} {} kB.", bytes.div_ceil(1_024)),
        next: lang.pick(
            "Maak de tekst korter en stuur het formulier nog een keer. Er is niets veranderd.",
            "Make the text shorter and send the form once more. Nothing was changed.",
        ),
    }
}

fn too_many(lang: Lang, seconds: i64) -> Words {
    Words {
        title: lang.pick("Te veel pogingen", "Too many attempts"),
        what: wait(lang, seconds),
        next: lang.pick(
            "Probeer het daarna nog een keer. Er is niets veranderd.",
            "Then try once more. Nothing was changed.",
        ),
    }
}

fn slow(lang: Lang) -> Words {
    Words::new(
        lang.pick("Het duurde te lang", "It took too long"),
        lang.pick(
            "De toepassing is nu druk. Het is niet zeker of je verzoek is uitgevoerd.",
            "The application is busy now. It is not certain that your request was carried out.",
        ),
        lang.pick(
            "Wacht even, laad de pagina opnieuw en kijk of je werk er staat.",
            "Wait a moment, load the page anew and see whether your work is there.",
        ),
    )
}

fn broken(lang: Lang) -> Words {
    Words::new(
        lang.pick("Er ging iets mis", "Something went wrong"),
        lang.pick(
            "Dat ligt niet aan jou. De beheerder van deze installatie kan zien wat er gebeurde.",
            "That is not your fault. Whoever keeps this installation can see what happened.",
        ),
        lang.pick(
            "Probeer het over een paar minuten nog een keer. Blijft het misgaan, geef dan het kenmerk hieronder door.",
            "Try again in a few minutes. If it goes on, pass on the reference below.",
        ),
    )
}

fn elsewhere(lang: Lang) -> Words {
    Words::new(
        lang.pick(
            "Inloggen bij je organisatie lukte niet",
            "Signing in at your organisation did not work",
        ),
        lang.pick(
            "De inlogdienst van je organisatie gaf geen bruikbaar antwoord. Je bent niet ingelogd.",
            "The sign-in service of your organisation gave no usable answer. You are not signed in.",
        ),
        lang.pick(
            "Probeer het over een paar minuten nog een keer. Blijft het misgaan, geef dan het kenmerk hieronder door aan de beheerder.",
            "Try again in a few minutes. If it goes on, pass on the reference below to the administrator.",
        ),
    )
}

/// How long to wait, in words: seconds up to a minute and a half, then whole minutes.
pub(crate) fn wait(lang: Lang, seconds: i64) -> String {
    let (number, unit) = if seconds <= 90 {
        let unit = lang.pick(("seconde", "seconden"), ("second", "seconds"));
        (seconds.max(1), unit)
    } else {
        let unit = lang.pick(("minuut", "minuten"), ("minute", "minutes"));
        (seconds.saturating_add(59) / 60, unit)
    };
    let unit = if number == 1 { unit.0 } else { unit.1 };
    format!("{} {number} {unit}.", lang.pick("Wacht", "Wait"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_or_whole_minutes_rounded_up() {
        assert_eq!(wait(Lang::Nl, 1), "Wacht 1 seconde.");
        assert_eq!(wait(Lang::En, 90), "Wait 90 seconds.");
        assert_eq!(wait(Lang::Nl, 91), "Wacht 2 minuten.");
        assert_eq!(wait(Lang::En, 900), "Wait 15 minutes.");
    }
}
