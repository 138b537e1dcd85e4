//! Where the bytes come from: a file or memory, packed with gzip or not. A source can be
//! opened more than once, because object-centric logs are read twice.

use crate::{Limits, ReadError};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Bytes taken from the disk, and handed on unpacked, at a time.
const BLOCK: usize = 128 << 10;

/// The two bytes with which every gzip member begins (RFC 1952, 2.3.1).
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A source of bytes.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// A file on disk.
    File(&'a Path),
    /// Bytes in memory.
    Bytes(&'a [u8]),
}

impl Input<'_> {
    /// Size as it stands there, packed or not, in bytes.
    ///
    /// # Errors
    /// The file does not exist, is a folder or cannot be looked at.
    pub fn size(&self) -> Result<u64, ReadError> {
        match self {
            Self::File(path) => {
                let found =
                    std::fs::metadata(path).map_err(|e| ReadError::io(None, &e))?;
                if found.is_dir() {
                    return Err(ReadError::whole("this is a folder; name a file in it"));
                }
                Ok(found.len())
            }
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// The last part of the path; empty for bytes in memory.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default(),
            Self::Bytes(_) => String::new(),
        }
    }

    /// Opens from the beginning, unpacked where it is gzip. `progress` hears the packed
    /// bytes read so far.
    ///
    /// # Errors
    /// The file cannot be opened or its first bytes cannot be read.
    pub fn open<'s>(
        &'s self,
        progress: &'s mut dyn FnMut(u64),
    ) -> Result<Box<dyn BufRead + 's>, ReadError> {
        let (packed, is_gzip) = self.packed(progress)?;
        if is_gzip {
            Ok(Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(packed))))
        } else {
            Ok(Box::new(packed))
        }
    }

    /// As [`Self::open`], for readers that keep a buffer of their own.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_unbuffered<'s>(
        &'s self,
        progress: &'s mut dyn FnMut(u64),
    ) -> Result<Box<dyn Read + 's>, ReadError> {
        let (packed, is_gzip) = self.packed(progress)?;
        if is_gzip {
            Ok(Box::new(MultiGzDecoder::new(packed)))
        } else {
            Ok(Box::new(packed))
        }
    }

    fn packed<'s>(
        &'s self,
        progress: &'s mut dyn FnMut(u64),
    ) -> Result<(BufReader<Counted<'s>>, bool), ReadError> {
        let inner: Box<dyn Read + 's> = match self {
            Self::File(path) => {
                Box::new(File::open(path).map_err(|e| ReadError::io(None, &e))?)
            }
            Self::Bytes(bytes) => Box::new(*bytes),
        };
        let mut packed =
            BufReader::with_capacity(BLOCK, Counted { inner, read: 0, progress });
        let start = packed.fill_buf().map_err(|e| ReadError::io(None, &e))?;
        let is_gzip = start.starts_with(&GZIP);
        Ok((packed, is_gzip))
    }

    /// An unpacked file for formats that jump about in it (`SQLite`, Parquet). A file on disk
    /// that is not packed is used as it stands; otherwise a temporary copy is written, which
    /// vanishes with the value.
    ///
    /// # Errors
    /// The file cannot be read, the copy cannot be written, or it unpacks to more than
    /// `limits.unpacked`.
    pub fn unpacked_file(
        &self,
        limits: &Limits,
        progress: &mut dyn FnMut(u64),
    ) -> Result<UnpackedFile, ReadError> {
        if let Self::File(path) = self {
            let mut start = [0_u8; 2];
            let mut file = File::open(path).map_err(|e| ReadError::io(None, &e))?;
            let got =
                read_full(&mut file, &mut start).map_err(|e| ReadError::io(None, &e))?;
            if got < 2 || start != GZIP {
                return Ok(UnpackedFile { path: path.to_path_buf(), _copy: None });
            }
        }
        let mut from = self.open(progress)?.take(limits.unpacked.saturating_add(1));
        let mut copy = tempfile::NamedTempFile::new().map_err(|e| {
            ReadError::whole(format!(
                "no temporary file can be made to unpack into ({e})"
            ))
        })?;
        let written = io::copy(&mut from, copy.as_file_mut())
            .map_err(|e| ReadError::io(None, &e))?;
        if written > limits.unpacked {
            return Err(ReadError::whole(format!(
                "the file unpacks to more than {} bytes; unpack it yourself and check it",
                limits.unpacked
            )));
        }
        let file = copy.as_file_mut();
        file.flush()
            .and_then(|()| file.seek(SeekFrom::Start(0)).map(|_| ()))
            .map_err(|e| ReadError::io(None, &e))?;
        Ok(UnpackedFile { path: copy.path().to_path_buf(), _copy: Some(copy) })
    }
}

/// A file that can be opened by path; a temporary copy vanishes with this value.
#[derive(Debug)]
pub struct UnpackedFile {
    path: std::path::PathBuf,
    _copy: Option<tempfile::NamedTempFile>,
}

impl UnpackedFile {
    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads until `into` is full or the input ends; how many bytes came.
pub(crate) fn read_full(from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while let Some(rest) = into.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(got)
}

struct Counted<'s> {
    inner: Box<dyn Read + 's>,
    read: u64,
    progress: &'s mut dyn FnMut(u64),
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(into)?;
        self.read += got as u64;
        (self.progress)(self.read);
        Ok(got)
    }
}
