//! The parts pages are made of, in the markup of the NL Design System. A part knows nothing of
//! where its words come from.

mod alert;
mod badge;
mod form;
mod qr;
mod table;
mod text;

pub(crate) use alert::{Mood, alert};
pub(crate) use badge::{badge, badges};
pub(crate) use form::{Choice, Faults, Field, Kind, ask, button, deed, form, hidden};
pub(crate) use qr::qr;
pub(crate) use table::{Column, table};
pub(crate) use text::{data_list, heading, lead, link, paragraph};
