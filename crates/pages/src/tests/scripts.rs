//! Text that would like to be a script, in every field of every form, and then a look at every
//! page: nowhere may it come out as it went in.

use super::bench::{Bench, Browser, Furnished};
use crate::routes::{Needs, ROUTES, Way};
use access::Role;
use axum::http::StatusCode;
use std::collections::BTreeSet;

const NASTY: &str = "x\"><script>alert(9)</script>";
const RAW: &str = "<script>alert(9)";
const ESCAPED: &str = "&lt;script&gt;alert(9)";

/// A form as it stands on a page, filled in as somebody would who types [`NASTY`] wherever text
/// may be typed and takes the first of every choice.
#[derive(Debug, Default)]
struct Filled {
    method: String,
    action: String,
    values: Vec<(String, String)>,
    /// The fields in which [`NASTY`] was typed.
    typed: Vec<String>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let text = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    let pairs = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    Some(
        pairs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign)),
    )
}

impl Filled {
    /// The forms of a page, but for those with a password or a file.
    fn all(page: &str) -> Vec<Self> {
        let forms = page.split("<form").skip(1);
        let forms = forms.filter_map(|rest| rest.split("</form>").next());
        forms.filter_map(Self::read).collect()
    }

    fn read(form: &str) -> Option<Self> {
        let mut filled = Self::default();
        let mut tags = form.split('<');
        let head = tags.next()?;
        filled.method = attribute(head, "method").unwrap_or_default();
        filled.action = attribute(head, "action").unwrap_or_default();
        let mut select = None;
        for tag in tags {
            let name = attribute(tag, "name").unwrap_or_default();
            let value = attribute(tag, "value").unwrap_or_default();
            match tag.split([' ', '>']).next()? {
                "input" => filled.input(tag, name, value)?,
                "textarea" => filled.type_in(name),
                "select" => select = Some(name),
                "option" if !value.is_empty() => {
                    filled.values.extend(select.take().map(|name| (name, value)));
                }
                "button" if !name.is_empty() => filled.choose(name, value),
                _ => {}
            }
        }
        Some(filled)
    }

    fn input(&mut self, tag: &str, name: String, value: String) -> Option<()> {
        match attribute(tag, "type").as_deref() {
            Some("password" | "file") => return None,
            Some("hidden") => self.values.push((name, value)),
            Some("radio" | "checkbox") => self.choose(name, value),
            Some("date") => self.values.push((name, "2026-12-01".to_owned())),
            Some("number" | "range") => self.values.push((name, "1".to_owned())),
            _ if attribute(tag, "inputmode").as_deref() == Some("numeric") => {
                self.values.push((name, "1".to_owned()));
            }
            _ => self.type_in(name),
        }
        Some(())
    }

    fn choose(&mut self, name: String, value: String) {
        if self.values.iter().all(|(known, _)| *known != name) {
            self.values.push((name, value));
        }
    }

    fn type_in(&mut self, name: String) {
        self.typed.push(name.clone());
        self.values.push((name, NASTY.to_owned()));
    }

    fn send(&self, browser: &mut Browser) -> StatusCode {
        let values: Vec<(&str, &str)> = self
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let reply = if self.method == "post" {
            browser.post(&self.action, &values)
        } else {
            let text = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(values)
                .finish();
            browser.get(&format!("{}?{text}", self.action))
        };
        assert!(!reply.body.contains(RAW), "{self:?}");
        reply.status
    }
}

fn pages(furnished: &Furnished) -> Vec<String> {
    let shown = ROUTES.iter().filter(|route| route.method == Way::Get);
    let shown = shown.filter(|route| route.needs != Needs::Code);
    let mut pages: Vec<String> = shown.map(|route| furnished.path(route.path)).collect();
    // the form that keeps a plan stands below a proposal
    pages.push("/organisaties/dijkveen/plan?uren=20".to_owned());
    // a list has every question; it comes before a form that ends the round
    pages.insert(0, "/organisaties/dijkveen/vragen/1?vorm=lijst".to_owned());
    pages
}

/// Forms that sign out, or change the language or the token of the next form.
fn is_left_out(action: &str) -> bool {
    ["/uitloggen", "/inloggen", "/taal/"].iter().any(|path| action.starts_with(path))
}

#[test]
fn text_in_any_field_comes_out_as_text_on_every_page() {
    let bench = Bench::new();
    let mut furnished = bench.furnish();
    // `bob` is asked the questions of the round, and brought the log that waits
    furnished.incoming = bench.bring_log("bob").id;
    bench.add("bob", Role::ALL);
    let mut browser = bench.browser_of("bob");
    let (mut typed, mut taken) = (BTreeSet::new(), BTreeSet::new());
    for path in pages(&furnished) {
        let page = browser.get(&path).body;
        for form in Filled::all(&page) {
            if is_left_out(&form.action) || form.typed.is_empty() {
                continue;
            }
            // a form takes the token of the page it stands on
            browser.get(&path);
            let status = form.send(&mut browser);
            assert!(!status.is_server_error(), "{status}: {form:?}");
            let fields =
                form.typed.iter().map(|name| (form.action.clone(), name.clone()));
            typed.extend(fields);
            if status == StatusCode::SEE_OTHER {
                taken.insert(form.action.clone());
            }
        }
    }
    let mut escaped = BTreeSet::new();
    for path in pages(&furnished) {
        let reply = browser.get(&path);
        // a file to keep is no page; no browser runs what stands in it
        if !reply.header("content-type").starts_with("text/html") {
            assert!(
                reply.header("content-disposition").starts_with("attachment")
                    || !reply.body.contains(RAW),
                "{path}"
            );
            continue;
        }
        assert!(!reply.body.contains(RAW), "{path}");
        if reply.body.contains(ESCAPED) {
            escaped.insert(path);
        }
    }
    for part in ["/vragen/", "/inkomend/", "/plan\""] {
        assert!(format!("{typed:?}").contains(part), "{part}: {typed:#?}");
    }
    assert!(typed.len() >= 27, "{typed:#?}");
    assert!(taken.len() >= 10, "{taken:#?}");
    assert!(escaped.len() >= 10, "{escaped:#?}");
}
