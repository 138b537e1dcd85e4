//! Messages that stand out. The kind is told by an icon and by the words, not by colour alone.

use maud::{Markup, html};

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Good to know.
    Info,
    /// Something was done.
    Done,
    /// Something is to be repaired.
    Fault,
}

impl Mood {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "utrecht-alert utrecht-alert--info dw-alert",
            Self::Done => "utrecht-alert utrecht-alert--ok dw-alert",
            Self::Fault => "utrecht-alert utrecht-alert--error dw-alert",
        }
    }

    /// The strokes of its icon in a square of 24.
    const fn strokes(self) -> &'static str {
        match self {
            Self::Info => "M12 11v6M12 7v.5",
            Self::Done => "m7.500 12.500 3 3 6-7",
            Self::Fault => "M12 7v6M12 16.500v.5",
        }
    }
}

/// A message. Use it for what happened just now or must be known here; `content` begins with
/// a heading where there is more than a sentence.
pub(crate) fn alert(mood: Mood, content: &Markup) -> Markup {
    html! {
        div class=(mood.class()) { (inside(mood, content)) }
    }
}

/// The icon and the content of a message.
pub(super) fn inside(mood: Mood, content: &Markup) -> Markup {
    html! {
        div class="utrecht-alert__icon" {
            svg class="utrecht-icon" viewBox="0 0 24 24" width="32" height="32"
                aria-hidden="true" focusable="false" fill="none" stroke="currentColor"
                stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {
                circle cx="12" cy="12" r="10" {}
                path d=(mood.strokes()) {}
            }
        }
        div class="utrecht-alert__content" {
            div class="utrecht-alert__message dw-stack dw-stack--close" { (content) }
        }
    }
}

/// The classes of a fault, for the summary of a form.
pub(super) const fn fault_class() -> &'static str {
    Mood::Fault.class()
}
