//! The picture of an organisation: the dike profile, where said and shown part, what changed,
//! and each process. It shows what was kept, so everybody who may see it sees the same.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Mood, alert, heading, link, paragraph};
use crate::visit::Visit;
use app::people::KeptPicture;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maud::{Markup, html};
use reports::html::PARTS_STYLE;
use reports::weighing::{self, Material};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// The style sheet of everything that is told as in a report: that of the parts, and how they lie
/// in these pages.
pub(crate) fn style() -> String {
    [weighing::STYLE, include_str!("picture.css"), PARTS_STYLE].concat()
}

/// The address of the style sheet of the picture; it changes when the sheet does.
pub(crate) fn sheet() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let hash = Sha256::digest(style().as_bytes());
        let hash: String = URL_SAFE_NO_PAD.encode(hash).chars().take(16).collect();
        format!("/opmaak/beeld.{hash}.css")
    })
}

/// `GET /organisaties/{organisatie}/beeld`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let name = &visit.place()?.organisation;
    let lang = visit.lang;
    let mut registry = visit.registry()?;
    let installation = &visit.state.installation;
    let kept = installation.last_picture(&mut visit.desk(&mut registry)?, name)?;
    drop(registry);
    let title = lang.pick("Beeld", "Picture");
    let content = html! {
        (heading(1, title))
        @match &*kept {
            Some((now, before)) => {
                nav class="dw-screen-only" aria-label=(lang.pick("Processen", "Processes")) {
                    ul class="dw-steps" {
                        @for one in now.weighings.in_order() {
                            @let process = one.weighing.process;
                            li { (link(&format!("/organisaties/{name}/beeld/{process}"), visit.process_title(process))) }
                        }
                    }
                }
                (drawn(visit, name, now, before.as_ref())?)
            }
            None => (nothing(visit)),
        }
        p class="nl-paragraph" {
            (link(&format!("/organisaties/{name}"), lang.pick("Terug naar de organisatie", "Back to the organisation")))
        }
    };
    Ok(Answer::page(title, content))
}

/// A picture in the language of the visit. It is the same for everybody who may see it, so it is
/// drawn once.
fn drawn(
    visit: &Visit,
    organisation: &str,
    now: &KeptPicture,
    before: Option<&KeptPicture>,
) -> Result<Arc<Markup>, Fault> {
    let (state, lang) = (&visit.state, visit.lang);
    let ids = (now.id, before.map(|before| before.id));
    state.drawn.get_or((organisation.to_owned(), ids, lang), |_| {
        Ok(weighing::parts(&Material {
            catalogue: visit.catalogue(),
            weighings: &now.weighings,
            before: before.map(|before| &before.weighings),
            remarks: &[],
            region: None,
            lang,
        }))
    })
}

fn nothing(visit: &Visit) -> Markup {
    let text = paragraph(visit.lang.pick(
        "Er is nog geen beeld bewaard. De coördinator bewaart er een na een ronde.",
        "No picture was kept yet. The coordinator keeps one after a round.",
    ));
    alert(Mood::Info, &text)
}
