//! A copy while the program runs, and bringing it back into an empty place.
//!
//! `SQLite` gives a copy of its file; a server gives an archive. Both are written beside the
//! target, flushed, and renamed: a backup is there whole or not at all.

use crate::archive::check_restored;
use crate::error::RecordsError;
use crate::migrate::migrate;
use crate::records::{FILE, Records, make_file_private, make_private};
use crate::sqlite::Sqlite;
use access::{Action, Actor, Resource, Verb};
use jiff::Timestamp;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

impl Records {
    /// Writes a backup to a file that does not exist yet. Others may write meanwhile; the copy
    /// shows one moment. Needs a grant for the archive in every organisation.
    pub fn backup(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        target: &Path,
    ) -> Result<(), RecordsError> {
        let action = Action::new(Verb::Export, Resource::Archive);
        let all = self.permit_everywhere(actor, now, action)?;
        must_be_absent(target)?;
        let beside = beside(target);
        begin_anew(&beside)?;
        let done = self.write_copy(actor, now, (&beside, &all));
        let done = done.and_then(|()| put_in_place(&beside, target));
        if done.is_err() {
            // the error of the copy says more than one of tidying up
            drop(fs::remove_file(&beside));
        }
        done
    }

    fn write_copy(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        (file, all): (&Path, &[String]),
    ) -> Result<(), RecordsError> {
        if self.db.copy_to(file)? {
            let action = Action::new(Verb::Export, Resource::Archive);
            return all
                .iter()
                .try_for_each(|name| self.enter(actor, now, name, action, false));
        }
        let out = File::create(file).map_err(at("write", file))?;
        self.export(actor, now, &mut io::BufWriter::new(out))
    }
}

/// Brings a backup of `SQLite` back into a data folder that holds no records.
///
/// The pages of the file, the logs and all rows are verified before it is put in place. Needs a grant to restore
/// the archive in every organisation of it.
///
/// A backup of a server is an archive: [`Records::import`] brings it back, into either database.
pub fn restore(
    actor: &Actor,
    now: Timestamp,
    backup: &Path,
    folder: &Path,
) -> Result<Records, RecordsError> {
    make_private(folder)?;
    let target = folder.join(FILE);
    must_be_absent(&target)?;
    // the journal of a lost database would be played into the one that is brought back
    for ending in ["-wal", "-journal"] {
        must_be_absent(&folder.join(format!("{FILE}{ending}")))?;
    }
    let beside = beside(&target);
    begin_anew(&beside)?;
    let done = copy_and_check(actor, now, backup, &beside);
    let done = done.and_then(|()| put_in_place(&beside, &target));
    if let Err(error) = done {
        drop(fs::remove_file(&beside));
        return Err(error);
    }
    Records::open(folder, now)
}

/// The organisations in a backup of `SQLite`, by name: whoever brings it back needs a grant in
/// each. The file is not changed.
pub fn organisations_of_backup(backup: &Path) -> Result<Vec<String>, RecordsError> {
    let folder = tempfile::tempdir().map_err(at("make room beside", backup))?;
    let copy = folder.path().join(FILE);
    fs::copy(backup, &copy).map_err(at("copy", backup))?;
    let mut copy = Sqlite::open(&copy)?;
    crate::records::names(&mut copy)
}

fn copy_and_check(
    actor: &Actor,
    now: Timestamp,
    backup: &Path,
    beside: &Path,
) -> Result<(), RecordsError> {
    fs::copy(backup, beside).map_err(at("copy", backup))?;
    let mut copy = Sqlite::open(beside)?;
    if !copy.is_whole()? {
        let why = format!("the pages of `{}` do not hang together", backup.display());
        return Err(RecordsError::Archive { why });
    }
    migrate(&mut copy, now)?;
    // a table that lost its triggers, or a view in the place of a table
    let mut model = Sqlite::in_memory()?;
    migrate(&mut model, now)?;
    if copy.definitions()? != model.definitions()? {
        let why = format!("the tables of `{}` are not ours", backup.display());
        return Err(RecordsError::Archive { why });
    }
    check_restored(&mut copy, actor)?;
    Ok(copy.into_one_file()?)
}

fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> RecordsError {
    move |cause| RecordsError::File { doing, path: path.to_owned(), cause }
}

fn must_be_absent(path: &Path) -> Result<(), RecordsError> {
    if path.symlink_metadata().is_ok() {
        return Err(RecordsError::NotEmpty { place: path.display().to_string() });
    }
    Ok(())
}

/// The name under which a file is written before it is complete.
fn beside(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Removes what an earlier attempt left, and makes an empty file for this one.
fn begin_anew(path: &Path) -> Result<(), RecordsError> {
    if path.symlink_metadata().is_ok() {
        fs::remove_file(path).map_err(at("remove", path))?;
    }
    make_file_private(path)
}

/// Flushes a file and gives it its name, so that the name never stands for half of it.
fn put_in_place(beside: &Path, target: &Path) -> Result<(), RecordsError> {
    let flush = |path: &Path| {
        File::open(path).and_then(|file| file.sync_all()).map_err(at("flush", path))
    };
    flush(beside)?;
    fs::rename(beside, target).map_err(at("name", target))?;
    #[cfg(unix)]
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        flush(folder)?;
    }
    Ok(())
}
