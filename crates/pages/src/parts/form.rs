//! Forms by the guidelines of the NL Design System: a label above each field, what is optional
//! is marked, no checks by the browser, a summary of faults above the form with links to the
//! fields, and each fault again at its field.

use super::alert::{Mood, fault_class, inside};
use crate::guard;
use crate::visit::Visit;
use maud::{Markup, html};
use model::Lang;

/// What is to be repaired: for each the name of a field and what to do, in the order of the
/// form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults(Vec<(String, String)>);

impl Faults {
    /// One fault.
    pub(crate) fn one(field: &str, text: impl Into<String>) -> Self {
        let mut faults = Self::default();
        faults.add(field, text);
        faults
    }

    pub(crate) fn add(&mut self, field: &str, text: impl Into<String>) {
        self.0.push((field.to_owned(), text.into()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }
}

/// One possible answer of a choice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'a> {
    /// What is sent.
    pub(crate) value: &'a str,
    /// What it says.
    pub(crate) label: &'a str,
}

/// What kind of field it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    /// A line of text.
    Line,
    /// The name of an account.
    Name,
    /// A password; what was typed is never sent back.
    Password,
    /// A code of digits that goes out of date.
    Digits,
    /// A code of letters and digits to be typed over.
    Code,
    /// A day, as `yyyy-mm-dd`.
    Date,
    /// Several lines.
    Text,
    /// Several lines of a file, with signs of one width.
    Lines,
    /// A file of one of these endings (`.csv,.xes`); empty for any.
    File(&'a str),
    /// One of a list that opens.
    Select(&'a [Choice<'a>]),
    /// One of a list that is seen.
    Radio(&'a [Choice<'a>]),
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its name in the form.
    pub(crate) name: &'a str,
    /// What it asks for, text only.
    pub(crate) label: &'a str,
    /// What helps to fill it in; empty where the label is enough.
    pub(crate) help: &'a str,
    /// What stands in it.
    pub(crate) value: &'a str,
    pub(crate) kind: Kind<'a>,
    /// Whether it may be left empty; the label then says so.
    pub(crate) is_optional: bool,
    /// What a browser may fill in, in the words of HTML; `off` for nothing.
    pub(crate) autocomplete: &'static str,
}

/// A form that posts to `action`; `rest` follows the fields: hidden values and the button. The
/// sentence about required fields is left out where there is one field.
pub(crate) fn form(
    visit: &Visit,
    action: &str,
    faults: &Faults,
    fields: &[Field<'_>],
    rest: &Markup,
) -> Markup {
    let lang = visit.lang;
    html! {
        (summary(lang, faults))
        form class="utrecht-form dw-form" method="post" action=(action) novalidate
            enctype=[fields.iter().any(Field::is_file).then_some("multipart/form-data")] {
            input type="hidden" name=(guard::FIELD) value=(visit.guard);
            (inside_form(lang, faults, fields, rest))
        }
    }
}

/// A form that asks for the same page with other values and changes nothing: it is sent with GET,
/// so its answer has an address. The rest as in [`form`].
pub(crate) fn ask(
    visit: &Visit,
    action: &str,
    faults: &Faults,
    fields: &[Field<'_>],
    rest: &Markup,
) -> Markup {
    html! {
        (summary(visit.lang, faults))
        form class="utrecht-form dw-form dw-screen-only" method="get" action=(action) novalidate {
            (inside_form(visit.lang, faults, fields, rest))
        }
    }
}

fn inside_form(
    lang: Lang,
    faults: &Faults,
    fields: &[Field<'_>],
    rest: &Markup,
) -> Markup {
    html! {
        @if fields.len() > 1 {
            p class="nl-paragraph" {
                (lang.pick(
                    "Vul alle velden in. Als een veld niet verplicht is, staat dit erbij.",
                    "Fill in all fields. If a field is optional, it says so.",
                ))
            }
        }
        @for field in fields {
            (field.show(lang, faults))
        }
        (rest)
    }
}

/// A value that goes along unseen.
pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The button that sends a form; it is never disabled.
pub(crate) fn button(text: &str) -> Markup {
    html! {
        div class="utrecht-action-group" {
            button class="nl-button nl-button--primary" type="submit" {
                span class="nl-button__label" { (text) }
            }
        }
    }
}

/// A form that is one button: `value` goes along under `name`.
pub(crate) fn deed(
    visit: &Visit,
    action: &str,
    (name, value): (&str, &str),
    label: &str,
) -> Markup {
    html! {
        form class="dw-plain-form dw-screen-only" method="post" action=(action) {
            input type="hidden" name=(guard::FIELD) value=(visit.guard);
            button class="nl-button nl-button--secondary" type="submit" name=(name) value=(value) {
                span class="nl-button__label" { (label) }
            }
        }
    }
}

/// The summary of faults, which gets the focus of the keyboard.
fn summary(lang: Lang, faults: &Faults) -> Markup {
    if faults.is_empty() {
        return html! {};
    }
    let content = html! {
        h2 class="nl-heading nl-heading--level-2" id="fouten" {
            (lang.pick(
                "Er was een probleem met je inzending. Controleer de onderstaande velden.",
                "There was a problem with what you sent. Check the fields below.",
            ))
        }
        ul class="utrecht-unordered-list" {
            @for (field, text) in &faults.0 {
                li class="utrecht-unordered-list__item" {
                    a class="nl-link" href={ "#veld-" (field) } { (text) }
                }
            }
        }
    };
    html! {
        section class=(fault_class()) aria-labelledby="fouten" tabindex="-1" autofocus {
            (inside(Mood::Fault, &content))
        }
    }
}

impl<'a> Field<'a> {
    /// A field that must be filled in, is empty, and that no browser fills in.
    pub(crate) const fn new(name: &'a str, label: &'a str, kind: Kind<'a>) -> Self {
        let (help, value) = ("", "");
        Self { name, label, help, value, kind, is_optional: false, autocomplete: "off" }
    }

    pub(crate) const fn with_help(self, help: &'a str) -> Self {
        Self { help, ..self }
    }

    pub(crate) const fn with_value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    pub(crate) const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}

impl Field<'_> {
    const fn is_lines(&self) -> bool {
        matches!(self.kind, Kind::Lines)
    }

    const fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File(_))
    }

    fn id(&self) -> String {
        format!("veld-{}", self.name)
    }

    /// The ids of help and fault, for who hears the page.
    fn described_by(&self, has_fault: bool) -> Option<String> {
        let mut ids = Vec::new();
        if !self.help.is_empty() {
            ids.push(format!("{}-uitleg", self.id()));
        }
        if has_fault {
            ids.push(format!("{}-fout", self.id()));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn show(&self, lang: Lang, faults: &Faults) -> Markup {
        let fault = faults.of(self.name);
        if let Kind::Radio(choices) = self.kind {
            return self.show_radio(lang, choices, fault);
        }
        html! {
            div class={ "utrecht-form-field" @if fault.is_some() { " utrecht-form-field--invalid" } } {
                div class="utrecht-form-field__label" {
                    label class="utrecht-form-label" for=(self.id()) { (self.label(lang)) }
                }
                (self.help_and_fault(fault))
                div class="utrecht-form-field__input" { (self.input(fault.is_some())) }
            }
        }
    }

    fn label(&self, lang: Lang) -> Markup {
        html! {
            (self.label)
            @if self.is_optional {
                span class="dw-optional" { (lang.pick(" (optioneel)", " (optional)")) }
            }
        }
    }

    fn help_and_fault(&self, fault: Option<&str>) -> Markup {
        html! {
            @if !self.help.is_empty() {
                div class="utrecht-form-field-description" id={ (self.id()) "-uitleg" } {
                    (self.help)
                }
            }
            @if let Some(fault) = fault {
                div class="utrecht-form-field-error-message" id={ (self.id()) "-fout" } { (fault) }
            }
        }
    }

    fn input(&self, is_faulty: bool) -> Markup {
        let required = (!self.is_optional).then_some("true");
        let invalid = is_faulty.then_some("true");
        let described = self.described_by(is_faulty);
        match self.kind {
            Kind::Text | Kind::Lines => html! {
                textarea class={ "utrecht-textarea utrecht-textarea--html-textarea" @if self.is_lines() { " dw-lines" } @if is_faulty { " utrecht-textarea--invalid" } }
                    id=(self.id()) name=(self.name) rows=(if self.is_lines() { 20 } else { 6 })
                    spellcheck=[self.is_lines().then_some("false")] aria-required=[required]
                    aria-invalid=[invalid] aria-describedby=[described] {
                    // a first end of line would be swallowed
                    "\n" (self.value)
                }
            },
            Kind::Select(choices) => html! {
                select class={ "utrecht-select utrecht-select--html-select" @if is_faulty { " utrecht-select--invalid" } }
                    id=(self.id()) name=(self.name) aria-required=[required]
                    aria-invalid=[invalid] aria-describedby=[described] {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == self.value] {
                            (choice.label)
                        }
                    }
                }
            },
            Kind::File(endings) => html! {
                input class="dw-file" id=(self.id()) name=(self.name) type="file"
                    accept=[(!endings.is_empty()).then_some(endings)] aria-required=[required]
                    aria-invalid=[invalid] aria-describedby=[described];
            },
            _ => self.line(is_faulty, required, invalid, described),
        }
    }

    fn line(
        &self,
        is_faulty: bool,
        required: Option<&str>,
        invalid: Option<&str>,
        described: Option<String>,
    ) -> Markup {
        let kind = match self.kind {
            Kind::Password => "password",
            Kind::Date => "date",
            _ => "text",
        };
        let is_password = kind == "password";
        let is_plain_text = matches!(self.kind, Kind::Line | Kind::Date);
        let mut class = "utrecht-textbox utrecht-textbox--html-input".to_owned();
        match self.kind {
            Kind::Digits | Kind::Code => class.push_str(" utrecht-textbox--dw-code"),
            Kind::Password => class.push_str(" utrecht-textbox--password"),
            _ => {}
        }
        if is_faulty {
            class.push_str(" utrecht-textbox--invalid");
        }
        html! {
            input class=(class) id=(self.id()) name=(self.name)
                type=(kind)
                value=[(!is_password).then_some(self.value)]
                autocomplete=(self.autocomplete)
                inputmode=[matches!(self.kind, Kind::Digits).then_some("numeric")]
                autocapitalize=[(!is_plain_text).then_some("none")]
                spellcheck=[(!is_plain_text).then_some("false")]
                aria-required=[required] aria-invalid=[invalid] aria-describedby=[described];
        }
    }

    fn show_radio(
        &self,
        lang: Lang,
        choices: &[Choice<'_>],
        fault: Option<&str>,
    ) -> Markup {
        let described = self.described_by(fault.is_some());
        html! {
            div class={ "utrecht-form-fieldset" @if fault.is_some() { " utrecht-form-fieldset--invalid" } } {
                fieldset class="utrecht-form-fieldset__fieldset utrecht-form-fieldset--html-fieldset"
                    aria-describedby=[described] {
                    legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend" {
                        (self.label(lang))
                    }
                    (self.help_and_fault(fault))
                    @for (at, choice) in choices.iter().enumerate() {
                        (self.show_choice(at, *choice, fault.is_some()))
                    }
                }
            }
        }
    }

    fn show_choice(&self, at: usize, choice: Choice<'_>, is_faulty: bool) -> Markup {
        // the first one bears the name of the field, so that the summary leads to it
        let id = if at == 0 { self.id() } else { format!("{}-{}", self.id(), at + 1) };
        html! {
            div class="utrecht-form-field utrecht-form-field--radio" {
                div class="utrecht-form-field__input" {
                    input class={ "utrecht-radio-button utrecht-radio-button--html-input" @if is_faulty { " utrecht-radio-button--invalid" } }
                        type="radio" id=(id) name=(self.name) value=(choice.value)
                        checked[choice.value == self.value];
                }
                div class="utrecht-form-field__label utrecht-form-field__label--radio" {
                    label class="utrecht-form-label utrecht-form-label--radio" for=(id) {
                        (choice.label)
                    }
                }
            }
        }
    }
}
