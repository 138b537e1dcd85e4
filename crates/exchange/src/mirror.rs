//! A form that says the same as a type of the middle, field by field, and can be read back.
//!
//! Written once for both ways: a field that is added to the type and forgotten in the form
//! does not compile, so nothing that is kept can silently lack something.

use std::collections::{BTreeMap, BTreeSet};

/// What is written for a value, and the value again.
pub(crate) trait Mirror<T>: Sized {
    /// What is written.
    fn of(value: &T) -> Self;
    /// The value again.
    fn back(&self) -> T;
}

macro_rules! as_it_is {
    ($($kind:ty)*) => {
        $(impl Mirror<$kind> for $kind {
            fn of(value: &$kind) -> Self {
                value.clone()
            }
            fn back(&self) -> $kind {
                self.clone()
            }
        })*
    };
}

as_it_is! { bool u8 u32 u64 i32 i64 usize String }

impl<T, F: Mirror<T>> Mirror<Option<T>> for Option<F> {
    fn of(value: &Option<T>) -> Self {
        value.as_ref().map(F::of)
    }

    fn back(&self) -> Option<T> {
        self.as_ref().map(F::back)
    }
}

impl<T, F: Mirror<T>> Mirror<Vec<T>> for Vec<F> {
    fn of(value: &Vec<T>) -> Self {
        value.iter().map(F::of).collect()
    }

    fn back(&self) -> Vec<T> {
        self.iter().map(F::back).collect()
    }
}

impl Mirror<Self> for BTreeSet<String> {
    fn of(value: &Self) -> Self {
        value.clone()
    }

    fn back(&self) -> Self {
        self.clone()
    }
}

impl Mirror<Self> for BTreeMap<String, usize> {
    fn of(value: &Self) -> Self {
        value.clone()
    }

    fn back(&self) -> Self {
        self.clone()
    }
}

/// Pairs in the order of their codes.
impl Mirror<Vec<(String, i64)>> for BTreeMap<String, i64> {
    fn of(value: &Vec<(String, i64)>) -> Self {
        value.iter().cloned().collect()
    }

    fn back(&self) -> Vec<(String, i64)> {
        self.iter().map(|(code, number)| (code.clone(), *number)).collect()
    }
}

macro_rules! mirror {
    ($($(#[$of_form:meta])* $form:ident of $kind:ty {
        $($(#[$of_field:meta])* $field:ident: $written:ty,)*
    })*) => {
        $(
            $(#[$of_form])*
            #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            pub struct $form {
                $($(#[$of_field])* pub $field: $written,)*
            }

            impl $crate::mirror::Mirror<$kind> for $form {
                fn of(value: &$kind) -> Self {
                    type Kind = $kind;
                    // every field of the type is named here
                    let Kind { $($field,)* } = value;
                    Self { $($field: $crate::mirror::Mirror::of($field),)* }
                }

                fn back(&self) -> $kind {
                    type Kind = $kind;
                    Kind { $($field: $crate::mirror::Mirror::back(&self.$field),)* }
                }
            }
        )*
    };
}

pub(crate) use mirror;
