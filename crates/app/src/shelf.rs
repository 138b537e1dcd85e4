//! What was made once and is asked for again: a few values, each under what it was made from.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A few values, each under what it was made from; the oldest makes room.
///
/// Only what follows from its key alone belongs here: nothing is ever looked up anew.
pub struct Shelf<K, V> {
    most: usize,
    here: Mutex<VecDeque<(K, Arc<V>)>>,
}

impl<K, V> fmt::Debug for Shelf<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("most", &self.most).finish_non_exhaustive()
    }
}

impl<K: PartialEq, V> Shelf<K, V> {
    /// An empty shelf with room for that many.
    pub const fn new(most: usize) -> Self {
        Self { most, here: Mutex::new(VecDeque::new()) }
    }

    /// The value under a key; it is made where it is not there yet. One is made at a time: many
    /// who ask for the same wait for one making. What fails is not kept.
    pub fn get_or<E>(
        &self,
        key: K,
        make: impl FnOnce(&K) -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        // a panic in `make` leaves the shelf as it was
        let mut here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = here.iter().find(|(known, _)| *known == key) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(make(&key)?);
        if here.len() >= self.most {
            here.pop_front();
        }
        here.push_back((key, Arc::clone(&made)));
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn length(shelf: &Shelf<&'static str, usize>, key: &'static str) -> (usize, bool) {
        let mut is_made = false;
        let made = shelf.get_or(key, |key| {
            is_made = true;
            Ok::<_, Infallible>(key.len())
        });
        (*made.expect("it cannot fail"), is_made)
    }

    #[test]
    fn a_value_is_made_once_and_the_oldest_makes_room() {
        let shelf = Shelf::new(2);
        assert_eq!(length(&shelf, "one"), (3, true));
        assert_eq!(length(&shelf, "one"), (3, false));
        assert_eq!(length(&shelf, "three"), (5, true));
        assert_eq!(length(&shelf, "four"), (4, true));
        assert_eq!(length(&shelf, "three"), (5, false));
        assert_eq!(length(&shelf, "one"), (3, true));
    }

    #[test]
    fn what_fails_is_tried_again() {
        let shelf: Shelf<u8, u8> = Shelf::new(2);
        assert_eq!(shelf.get_or(1, |_| Err("not now")), Err("not now"));
        assert_eq!(shelf.get_or(1, |_| Ok::<_, &str>(7)).as_deref(), Ok(&7));
    }
}
