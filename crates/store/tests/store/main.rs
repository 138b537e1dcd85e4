//! The store from outside: build, name, open, read back.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod helper;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod sealed;
#[cfg(test)]
mod way;
