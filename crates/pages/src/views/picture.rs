//! The picture of an organisation: the dike profile, where said and shown part, what changed,
//! and each process. It shows what was kept, so everybody who may see it sees the same.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Mood, alert, heading, link, paragraph};
use crate::visit::Visit;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maud::{Markup, html};
use reports::weighing::{self, Material};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The style sheet: that of the parts, and how their tables lie in these pages.
pub(crate) fn style() -> String {
    [weighing::STYLE, include_str!("picture.css")].concat()
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
    let kept = visit.state.registrar.picture(&visit.person()?.actor, name)?;
    let title = lang.pick("Beeld", "Picture");
    let content = html! {
        (heading(1, title))
        @match &kept {
            Some(kept) => {
                (weighing::parts(&Material {
                    catalogue: &kept.catalogue,
                    weighings: &kept.now,
                    before: kept.before.as_ref(),
                    remarks: &[],
                    region: None,
                    lang,
                }))
            }
            None => (nothing(visit)),
        }
        p class="nl-paragraph" {
            (link(&format!("/organisaties/{name}"), lang.pick("Terug naar de organisatie", "Back to the organisation")))
        }
    };
    Ok(Answer::page(title, content))
}

fn nothing(visit: &Visit) -> Markup {
    let text = paragraph(visit.lang.pick(
        "Er is nog geen beeld bewaard. De coördinator bewaart er een na een ronde.",
        "No picture was kept yet. The coordinator keeps one after a round.",
    ));
    alert(Mood::Info, &text)
}
